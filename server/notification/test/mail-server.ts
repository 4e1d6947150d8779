import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** What happens to a mail: at which step the server says what, or what it does without a word. */
export type Fault =
  | { at: 'MAIL FROM' | 'RCPT TO' | 'DATA'; reply: string }
  | { at: 'AUTH'; reply: string }
  | { at: 'RCPT TO'; silence: true }
  /** The mail has arrived, the "250" for it has not. */
  | { at: 'DATA'; drop: true };

export interface Delivery {
  recipients: string[];
  sender: string;
  raw: string;
}

/** A real SMTP server on a port of its own. `faults` are used up in turn, one for each mail. */
export async function startMailServer(options: SMTPServerOptions = {}) {
  const faults: (Fault | null)[] = [];
  const deliveries: Delivery[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  let fault: Fault | null = null;

  const refusal = (step: Fault['at']): Error | null => {
    if (fault?.at !== step || !('reply' in fault)) return null;
    const { reply } = fault;
    return Object.assign(new Error(reply.slice(4)), { responseCode: Number(reply.slice(0, 3)) });
  };
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    authOptional: true,
    allowInsecureAuth: true,
    disableReverseLookup: true,
    logger: false,
    ...options,
    onAuth(auth, _session, callback) {
      fault = faults[0]?.at === 'AUTH' ? (faults.shift() ?? null) : null;
      const refused = refusal('AUTH');
      if (refused) return callback(refused);
      callback(null, { user: auth.username ?? '' });
    },
    onMailFrom(_address, _session, callback) {
      fault = faults.shift() ?? null;
      callback(refusal('MAIL FROM'));
    },
    onRcptTo(_address, _session, callback) {
      if (fault !== null && 'silence' in fault) return;
      callback(refusal('RCPT TO'));
    },
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const refused = refusal('DATA');
        if (refused) return callback(refused);
        const { mailFrom, rcptTo } = session.envelope;
        deliveries.push({
          recipients: rcptTo.map(({ address }) => address),
          sender: mailFrom === false ? '' : mailFrom.address,
          raw: Buffer.concat(chunks).toString('utf8'),
        });
        if (fault !== null && 'drop' in fault) {
          return sockets.forEach((socket) => socket.destroy());
        }
        callback();
      });
    },
  });
  server.on('error', () => {});
  server.server.on('connection', (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');

  return {
    port: portOf(server.server),
    faults,
    deliveries,
    connections: () => connections,
    close: async () => {
      sockets.forEach((socket) => socket.destroy());
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** A server that is no SMTP server: `talk` does whatever it likes with each connection. */
export async function startStrangeServer(talk: (socket: Socket) => void) {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    talk(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: portOf(server),
    close: async () => {
      sockets.forEach((socket) => socket.destroy());
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

const portOf = (server: Pick<Server, 'address'>): number => (server.address() as AddressInfo).port;

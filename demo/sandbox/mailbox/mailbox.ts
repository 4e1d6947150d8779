import type { AddressInfo, Socket } from 'node:net';
import { simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';
import type { Clock } from '../../../server/clock.ts';

export interface MailAttachment {
  filename: string;
  contentType: string;
  content: Uint8Array;
}

export interface MailMessage {
  id: string;
  receivedAt: string;
  /** From the envelope, which is where it really went. */
  from: string;
  to: string[];
  subject: string;
  messageId: string | null;
  text: string;
  html: string | null;
  attachments: MailAttachment[];
  /** As it came over the wire. */
  raw: string;
}

/** Numbers count the next messages that are befallen. */
export interface MailFaults {
  /** 451, come back later. */
  greylist: number;
  /** 550, never. */
  reject: number;
  /** Kept, but the connection ends before the sender learns of it. */
  dropAfterData: number;
  slowMs: number;
}

export interface Mailbox {
  /** Newest first. */
  readonly messages: MailMessage[];
  readonly faults: MailFaults;
  /** Listens on the loopback address; answers the port, which the system chooses for 0. */
  listen(port: number): Promise<number>;
  /** Senders connected right now. */
  connections(): number;
  clear(): void;
  stop(): Promise<void>;
}

const noFaults = (): MailFaults => ({ greylist: 0, reject: 0, dropAfterData: 0, slowMs: 0 });

const refusal = (code: number, message: string): Error =>
  Object.assign(new Error(message), { responseCode: code });

async function readMessage(
  raw: Buffer,
  session: SMTPServerSession,
): Promise<Omit<MailMessage, 'id' | 'receivedAt'>> {
  const parsed = await simpleParser(raw);
  const { mailFrom, rcptTo } = session.envelope;
  return {
    from: mailFrom ? mailFrom.address : '',
    to: rcptTo.map((recipient) => recipient.address),
    subject: parsed.subject ?? '',
    messageId: parsed.messageId ?? null,
    text: parsed.text ?? '',
    html: parsed.html || null,
    attachments: parsed.attachments.map((attachment) => ({
      filename:
        attachment.filename ??
        (attachment.contentType === 'text/calendar' ? 'invite.ics' : 'attachment'),
      contentType: attachment.contentType,
      content: attachment.content,
    })),
    raw: raw.toString(),
  };
}

/** A mail server that keeps what it is given, and may be told to misbehave as mail servers do. */
export function createMailbox(deps: { clock: Clock }): Mailbox {
  const messages: MailMessage[] = [];
  const faults = noFaults();
  const sockets = new Set<Socket>();
  let received = 0;

  const take = (fault: 'greylist' | 'reject' | 'dropAfterData'): boolean => {
    if (faults[fault] <= 0) return false;
    faults[fault] -= 1;
    return true;
  };

  const hangUp = (session: SMTPServerSession): void => {
    for (const socket of sockets) if (socket.remotePort === session.remotePort) socket.destroy();
  };

  async function receive(
    stream: NodeJS.ReadableStream,
    session: SMTPServerSession,
  ): Promise<boolean> {
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(Buffer.from(chunk));
    await deps.clock.wait(faults.slowMs);
    if (take('greylist')) throw refusal(451, '4.7.1 Greylisted, please try again later');
    if (take('reject')) throw refusal(550, '5.7.1 Message refused');
    const message = await readMessage(Buffer.concat(chunks), session);
    received += 1;
    messages.unshift({
      id: String(received),
      receivedAt: new Date(deps.clock.now()).toISOString(),
      ...message,
    });
    return !take('dropAfterData');
  }

  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    async onData(stream, session, done) {
      try {
        if (await receive(stream, session)) done();
        else hangUp(session);
      } catch (error) {
        done(error instanceof Error ? error : new Error(String(error)));
      }
    },
  });
  // A sender that leaves in the middle is nothing to fall over.
  server.on('error', () => undefined);
  server.server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });

  return {
    messages,
    faults,
    listen: (port) =>
      new Promise((resolve, reject) => {
        server.server.once('error', reject);
        server.listen(port, '127.0.0.1', () => {
          server.server.off('error', reject);
          resolve((server.server.address() as AddressInfo).port);
        });
      }),
    connections: () => sockets.size,
    clear() {
      messages.length = 0;
      Object.assign(faults, noFaults());
    },
    stop: () =>
      new Promise((resolve) => {
        if (!server.server.listening) return resolve();
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

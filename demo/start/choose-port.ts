import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

/** Below what systems give to outgoing connections, so that none of those takes a port before it is listened on. */
const lowest = 20_000;
const highest = 32_000;
const mostTries = 100;

/**
 * The wanted port when it is free, else one that is; 0 wants any. Nobody else who asks here is given it, in this process or
 * in another one, until this process ends.
 */
export async function choosePort(wanted: number): Promise<number> {
  if (wanted !== 0 && (await take(wanted))) return wanted;
  for (let tries = 0; tries < mostTries; tries += 1) {
    const port = lowest + Math.floor(Math.random() * (highest - lowest));
    if (await take(port)) return port;
  }
  throw new Error('This machine has no free port.');
}

// On every address, as the backend listens, and on the loopback address, as the sandbox does: some systems let two
// programs share a port when their addresses differ.
const take = async (port: number): Promise<boolean> =>
  (await reserve(port)) && (await canListen(port)) && (await canListen(port, '127.0.0.1'));

/** UDP and TCP count their ports apart: who holds the one may use the other, and the system lets go of it when they end. */
function reserve(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    socket.once('error', () => {
      socket.close();
      resolve(false);
    });
    socket.bind({ port, address: '127.0.0.1', exclusive: true }, () => {
      socket.unref();
      resolve(true);
    });
  });
}

function canListen(port: number, host?: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, host, () => server.close(() => resolve(true)));
  });
}

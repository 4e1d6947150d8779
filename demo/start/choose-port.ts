import { createServer } from 'node:net';

/** The wanted port when it is free, else one that is; 0 wants any. */
export async function choosePort(wanted: number): Promise<number> {
  const port = (await probe(wanted)) ?? (await probe(0));
  if (port === null) throw new Error('This machine has no free port.');
  return port;
}

// On every address, as the backend listens, and on the loopback address, as the sandbox does: some systems let two
// programs share a port when their addresses differ.
const probe = async (wanted: number): Promise<number | null> => {
  const port = await listenOnce(wanted);
  return port === null ? null : listenOnce(port, '127.0.0.1');
};

function listenOnce(wanted: number, host?: string): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(null));
    server.listen(wanted, host, () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : null;
      server.close(() => resolve(port));
    });
  });
}

import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { compress } from '../build/publish.ts';

export interface FrontServer {
  url: string;
  stop(): void;
}

/** What is served under a path; everything else is passed on. */
export type Files = Record<string, { type: string; content: Uint8Array }>;

/**
 * One server for both pages that are compared: the same compression, the same headers, the same way to the backend.
 * Without a backend it serves only its files.
 */
export async function startFrontServer(
  files: Files,
  { port = 0, backend }: { port?: number; backend?: URL },
): Promise<FrontServer> {
  const compressed = new Map(
    Object.entries(files).map(([path, { type, content }]) => [
      path,
      { type, body: compress(content) },
    ]),
  );
  const server = createServer((incoming, outgoing) => {
    const path = incoming.url?.split('?')[0] ?? '/';
    const file = compressed.get(path);
    if (file !== undefined) {
      outgoing.writeHead(200, {
        'content-type': file.type,
        'content-encoding': 'br',
        'content-length': file.body.length,
        'cache-control': 'no-store',
        'access-control-allow-origin': '*',
        'timing-allow-origin': '*',
      });
      outgoing.end(file.body);
    } else if (backend !== undefined && path.startsWith('/api/')) {
      passOn(incoming, outgoing, backend);
    } else {
      outgoing.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(port, resolve));
  const address = server.address() as AddressInfo;
  return {
    url: `http://localhost:${address.port}`,
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function passOn(incoming: IncomingMessage, outgoing: ServerResponse, backend: URL): void {
  const { method, url, headers } = incoming;
  const passed = request(
    { host: backend.hostname, port: backend.port, method, path: url, headers },
    (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    },
  );
  passed.on('error', () => outgoing.writeHead(502).end());
  incoming.pipe(passed);
}

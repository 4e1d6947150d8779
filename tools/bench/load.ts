import { connect, type Socket } from 'node:net';

export interface LoadResult {
  requestsPerSecond: number;
  failures: number;
}

const HEAD_END = Buffer.from('\r\n\r\n');

/**
 * Keeps a number of connections busy for a while, one request at a time on each. Plain sockets, because a real client
 * would need more of the machine than the servers that are measured.
 */
export async function load(
  url: URL,
  headers: Record<string, string>,
  { connections, durationMs }: { connections: number; durationMs: number },
): Promise<LoadResult> {
  const request = Buffer.from(
    [
      `GET ${url.pathname}${url.search} HTTP/1.1`,
      `host: ${url.host}`,
      ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
      '\r\n',
    ].join('\r\n'),
  );
  const started = performance.now();
  const until = started + durationMs;
  const results = await Promise.all(
    Array.from({ length: connections }, () => keepAsking(url, request, until)),
  );
  const seconds = (performance.now() - started) / 1_000;
  const sum = (pick: (result: Asked) => number) =>
    results.reduce((total, result) => total + pick(result), 0);
  return {
    requestsPerSecond: sum(({ answers }) => answers) / seconds,
    failures: sum(({ failures }) => failures),
  };
}

interface Asked {
  answers: number;
  failures: number;
}

function keepAsking(url: URL, request: Buffer, until: number): Promise<Asked> {
  return new Promise((resolve) => {
    const asked: Asked = { answers: 0, failures: 0 };
    const socket: Socket = connect(Number(url.port), url.hostname);
    let pending: Buffer = Buffer.alloc(0);
    socket.setNoDelay(true);
    socket.on('connect', () => socket.write(request));
    socket.on('data', (chunk: Buffer) => {
      pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
      const length = answerLength(pending);
      if (length === undefined || pending.length < length) return;
      if (pending.toString('latin1', 9, 12) === '200') asked.answers += 1;
      else asked.failures += 1;
      pending = pending.subarray(length);
      if (performance.now() >= until) socket.end();
      else socket.write(request);
    });
    socket.on('error', () => (asked.failures += 1));
    socket.on('close', () => resolve(asked));
  });
}

/** Bytes of the whole answer, once its head is there. Both servers name the length of the body. */
function answerLength(received: Buffer): number | undefined {
  const headEnd = received.indexOf(HEAD_END);
  if (headEnd === -1) return undefined;
  const head = received.toString('latin1', 0, headEnd);
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  if (length === undefined)
    throw new Error(`An answer without a length cannot be measured:\n${head}`);
  return headEnd + HEAD_END.length + Number(length);
}

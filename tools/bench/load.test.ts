import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { load } from './load.ts';

const servers: ReturnType<typeof createServer>[] = [];
afterEach(() => servers.splice(0).forEach((server) => server.close()));

async function serve(status: number): Promise<{ url: URL; asked: () => number }> {
  let asked = 0;
  const server = createServer((_request, response) => {
    asked += 1;
    const body = 'x'.repeat(asked % 2 === 0 ? 10 : 100_000);
    response.writeHead(status, { 'content-length': body.length }).end(body);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const { port } = server.address() as AddressInfo;
  return { url: new URL(`http://localhost:${port}/`), asked: () => asked };
}

test('counts every answer, however it is cut on its way', async () => {
  const { url, asked } = await serve(200);
  const started = performance.now();
  const result = await load(url, {}, { connections: 3, durationMs: 200 });
  const seconds = (performance.now() - started) / 1_000;
  expect(result.failures).toBe(0);
  expect(result.requestsPerSecond).toBeGreaterThanOrEqual(asked() / seconds);
  expect(asked()).toBeGreaterThan(10);
});

test('a refusal is not an answer', async () => {
  const { url } = await serve(503);
  const result = await load(url, {}, { connections: 1, durationMs: 50 });
  expect(result.requestsPerSecond).toBe(0);
  expect(result.failures).toBeGreaterThan(0);
});

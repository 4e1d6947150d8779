import { createServer } from 'node:net';
import { once } from 'node:events';
import { describe, expect, it, onTestFinished } from 'vitest';
import { choosePort } from './choose-port.ts';

const listen = async (host?: string) => {
  const server = createServer().listen(0, host);
  await once(server, 'listening');
  const address = server.address();
  return { server, port: typeof address === 'object' ? (address?.port ?? 0) : 0 };
};

describe('choosePort', () => {
  it('takes the wanted port when it is free', async () => {
    const { server, port } = await listen();
    server.close();
    await once(server, 'close');
    expect(await choosePort(port)).toBe(port);
  });

  it.each(['127.0.0.1', undefined])('takes another one when it is taken on %s', async (host) => {
    const { server, port } = await listen(host);
    onTestFinished(() => void server.close());
    expect(await choosePort(port)).not.toBe(port);
  });

  it('gives a port away once, however many ask for it at once and before anybody listens', async () => {
    const wanted = await choosePort(0);
    const ports = await Promise.all(Array.from({ length: 20 }, () => choosePort(wanted + 1)));
    expect(new Set([wanted, ...ports]).size).toBe(21);
  });

  it('stays clear of the ports of outgoing connections', async () => {
    const ports = await Promise.all(Array.from({ length: 20 }, () => choosePort(0)));
    expect(Math.max(...ports)).toBeLessThan(32_768);
  });
});

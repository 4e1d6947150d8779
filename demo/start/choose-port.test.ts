import { createServer } from 'node:net';
import { once } from 'node:events';
import { describe, expect, it, onTestFinished } from 'vitest';
import { choosePort } from './choose-port.ts';

describe('choosePort', () => {
  it('takes the wanted port when it is free', async () => {
    const port = await choosePort(0);
    expect(await choosePort(port)).toBe(port);
  });

  it.each(['127.0.0.1', undefined])('takes another one when it is taken on %s', async (host) => {
    const taken = createServer().listen(0, host);
    onTestFinished(() => void taken.close());
    await once(taken, 'listening');
    const address = taken.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    expect(await choosePort(port)).not.toBe(port);
  });
});

import { getEventListeners } from 'node:events';
import { describe, expect, test } from 'vitest';
import { ReplyLost } from '../http/exchange.ts';
import { createClient } from './calendly.client.ts';
import { createManualClock } from '../../demo/sandbox/manual-clock.ts';
import { json, settled } from './test/calendly-stub.ts';

const clientOver = (answer: (url: string, init: RequestInit) => Response | Promise<Response>) => {
  const clock = createManualClock('2026-11-23T08:00:00.000Z');
  const client = createClient({
    url: 'http://localhost:4010/calendly/',
    token: 'secret-token',
    fetch: async (input, init = {}) =>
      answer(input instanceof Request ? input.url : input.toString(), init),
    clock,
    callTimeoutMs: 3000,
    maxReplyBytes: 1000,
  });
  return { clock, client };
};

const get = { method: 'GET', path: '/users/me' } as const;

/** A body that arrives in pieces and notes when it is let go. */
function bodyOf(pieces: Iterable<Promise<string> | string>): {
  response: Response;
  let: { go: boolean };
} {
  const state = { go: false };
  const left = pieces[Symbol.iterator]();
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = left.next();
      if (done) return controller.close();
      controller.enqueue(new TextEncoder().encode(await value));
    },
    cancel() {
      state.go = true;
    },
  });
  return { response: new Response(stream), let: state };
}

describe('a request to Calendly', () => {
  test('goes behind the configured address, with the token, and follows no redirect', async () => {
    let seen: { url: string; init: RequestInit } | undefined;
    const { client } = clientOver((url, init) => {
      seen = { url, init };
      return json({});
    });
    const query = { user: 'https://api.calendly.com/users/A B', invitee_email: 'a+b@example.org' };
    await client.send({ method: 'GET', path: '/scheduled_events', query });
    expect(seen?.url).toBe(
      'http://localhost:4010/calendly/scheduled_events?user=https%3A%2F%2Fapi.calendly.com%2Fusers%2FA+B&invitee_email=a%2Bb%40example.org',
    );
    expect(seen?.init.redirect).toBe('error');
    expect(new Headers(seen?.init.headers).get('Authorization')).toBe('Bearer secret-token');
    expect(seen?.init.body).toBeUndefined();
  });

  test('carries its body as JSON', async () => {
    let init: RequestInit = {};
    const { client } = clientOver((_, given) => {
      init = given;
      return json({}, 201);
    });
    await client.send({ method: 'POST', path: '/invitees', body: { name: 'Zoë "\u2028' } });
    expect(JSON.parse(init.body as string)).toEqual({ name: 'Zoë "\u2028' });
    expect(new Headers(init.headers).get('Content-Type')).toBe('application/json');
  });

  test('is ended by its deadline even when nothing listens to the signal, and leaves no timer', async () => {
    let signal: AbortSignal | null | undefined;
    const { clock, client } = clientOver((_, init) => {
      signal = init.signal;
      return new Promise<Response>(() => undefined);
    });
    const result = await settled(clock, client.send(get));
    expect(result).toMatchObject({ error: { reason: 'timeout' } });
    expect(clock.now()).toBe(Date.parse('2026-11-23T08:00:03.000Z'));
    expect(signal?.aborted).toBe(true);
    expect(await clock.step()).toBe(false);
  });

  test('is ended by its deadline while the body is still trickling in', async () => {
    const { response, let: body } = bodyOf(['{"a":', new Promise<string>(() => undefined)]);
    const { clock, client } = clientOver(() => response);
    expect(await settled(clock, client.send(get))).toMatchObject({ error: { reason: 'timeout' } });
    expect(body.go).toBe(true);
    expect(await clock.step()).toBe(false);
  });

  test('is ended by the caller at once', async () => {
    const { clock, client } = clientOver(() => new Promise<Response>(() => undefined));
    const caller = new AbortController();
    const sent = client.send(get, caller.signal);
    caller.abort(new Error('The visitor left.'));
    await expect(sent).rejects.toMatchObject({ reason: 'abandoned', cause: caller.signal.reason });
    expect(await clock.step()).toBe(false);
  });

  test('is not sent when the caller has left already', async () => {
    let sent = 0;
    const { client } = clientOver(() => {
      sent += 1;
      return json({});
    });
    await expect(client.send(get, AbortSignal.abort())).rejects.toMatchObject({
      reason: 'abandoned',
    });
    expect(sent).toBe(0);
  });

  test('leaves nothing behind on a caller who makes many', async () => {
    const { client } = clientOver(() => json({}));
    const { signal } = new AbortController();
    for (let call = 0; call < 20; call++) await client.send(get, signal);
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  test('leaves no timer after an answer', async () => {
    const { clock, client } = clientOver(() => json({}));
    await client.send(get);
    expect(await clock.step()).toBe(false);
  });

  test('lets go of an answer that is too large', async () => {
    const endless = {
      *[Symbol.iterator]() {
        for (;;) yield 'x'.repeat(300);
      },
    };
    const { response, let: body } = bodyOf(endless);
    const { client } = clientOver(() => response);
    await expect(client.send(get)).rejects.toMatchObject({ reason: 'too_large' });
    expect(body.go).toBe(true);
  });

  test.each([
    ['reset', () => Promise.reject(new TypeError('fetch failed'))],
    ['redirected', () => Promise.reject(new TypeError('unexpected redirect'))],
    [
      'closed in the middle of the body',
      () => new Response(new ReadableStream({ pull: (c) => c.error(new TypeError('terminated')) })),
    ],
    [
      'refused before it was sent',
      () => {
        throw new TypeError('invalid header');
      },
    ],
  ])('that is %s has lost its reply', async (_, answer) => {
    const { clock, client } = clientOver(answer);
    const lost = await client.send(get).catch((error: unknown) => error);
    expect(lost).toBeInstanceOf(ReplyLost);
    expect(lost).toMatchObject({ reason: 'connection' });
    expect(await clock.step()).toBe(false);
  });
});

describe('a reply of Calendly', () => {
  test.each([
    ['a gateway’s HTML', '<html><h1>502 Bad Gateway</h1></html>', 502],
    ['half a JSON', '{"resource":{"uri":"https', 200],
    ['nothing', '', 200],
  ])('that is %s has no body', async (_, text, status) => {
    const { client } = clientOver(() => new Response(text, { status }));
    expect(await client.send(get)).toMatchObject({ status, body: undefined });
  });

  test('without content has no body', async () => {
    const { client } = clientOver(() => new Response(null, { status: 204 }));
    expect(await client.send(get)).toEqual({ status: 204, body: undefined, retryAfterMs: null });
  });

  test('is put together from pieces that split a letter', async () => {
    const bytes = new TextEncoder().encode('{"name":"Zoë"}');
    const stream = new ReadableStream({
      start(controller) {
        for (const byte of bytes) controller.enqueue(new Uint8Array([byte]));
        controller.close();
      },
    });
    const { client } = clientOver(() => new Response(stream));
    expect((await client.send(get)).body).toEqual({ name: 'Zoë' });
  });

  test.each([
    [{ 'X-RateLimit-Reset': '37' }, 37_000],
    [{ 'X-RateLimit-Reset': '37', 'Retry-After': '2' }, 2000],
    [{ 'Retry-After': 'Mon, 23 Nov 2026 08:00:05 GMT' }, 5000],
    [{ 'Retry-After': 'Mon, 23 Nov 2026 07:00:00 GMT', 'X-RateLimit-Reset': '1' }, 1000],
    [{ 'Retry-After': 'soon' }, null],
    [{ 'X-RateLimit-Reset': '-4' }, null],
    [{ 'X-RateLimit-Reset': '1e9' }, null],
    [{}, null],
  ])('with %j asks for a pause of %s ms', async (headers, expected) => {
    const { client } = clientOver(() => json({}, 429, headers));
    expect((await client.send(get)).retryAfterMs).toBe(expected);
  });
});

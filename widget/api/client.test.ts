import { expect } from 'chai';
import { json } from '../test/stub-backend.ts';
import { createCall } from './client.ts';

const callWith = (fetch: typeof globalThis.fetch) =>
  createCall({ server: 'https://book.example.com/', authToken: () => null, fetch });
const readNumber = (body: unknown) => (typeof body === 'number' ? body : undefined);

describe('a call', () => {
  it('gives what was read from the answer', async () => {
    const call = callWith(() => Promise.resolve(json(200, 7)));
    expect(await call('x', readNumber)).to.deep.equal({ ok: true, value: 7 });
  });

  it('gives a refusal in the words of the server', async () => {
    const body = {
      success: false,
      error: 'Taken.',
      code: 'slot_taken',
      fields: { a: 'b' },
      slots: [{ startTime: '2026-11-19T13:45:00Z', endTime: '2026-11-19T14:45:00Z' }, 'nonsense'],
    };
    const reply = await callWith(() => Promise.resolve(json(409, body)))('x', readNumber);
    if (reply.ok || reply.failure.is !== 'refused') throw new Error('Not refused.');
    expect(reply.failure).to.include({ code: 'slot_taken', sentence: 'Taken.' });
    expect(reply.failure.fields).to.deep.equal({ a: 'b' });
    expect(reply.failure.slots).to.have.length(1);
  });

  it('reached nobody when there is no sense in the answer', async () => {
    const answers: (() => Promise<Response>)[] = [
      () => Promise.reject(new TypeError('Failed to fetch')),
      () => Promise.resolve(new Response('<h1>502 Bad Gateway</h1>', { status: 502 })),
      () => Promise.resolve(new Response('<h1>Hello</h1>', { status: 200 })),
      () => Promise.resolve(new Response('')),
      () => Promise.resolve(json(200, 'not a number')),
      () => Promise.resolve(json(500, null)),
      () => Promise.resolve(json(500, { error: {} })),
    ];
    for (const answer of answers) {
      expect(await callWith(answer)('x', readNumber)).to.deep.equal({
        ok: false,
        failure: { is: 'unreachable' },
      });
    }
  });

  it('rejects only when nobody wants the answer any more', async () => {
    const stop = new AbortController();
    const call = callWith((_, init) => {
      stop.abort();
      return Promise.reject(init?.signal?.reason as Error);
    });
    const failure = await call('x', readNumber, { signal: stop.signal }).catch(
      (error: unknown) => error,
    );
    expect(failure).to.be.instanceOf(DOMException);
  });

  it('sends no cookie, and the token only when there is one', async () => {
    const seen: RequestInit[] = [];
    const fetch: typeof globalThis.fetch = (_, init) => {
      seen.push(init ?? {});
      return Promise.resolve(json(200, 1));
    };
    await callWith(fetch)('x', readNumber);
    await createCall({ server: 'https://a.example/', authToken: () => 'jwt', fetch })(
      'x',
      readNumber,
    );
    expect(seen.map(({ credentials }) => credentials)).to.deep.equal(['omit', 'omit']);
    expect(seen.map(({ headers }) => new Headers(headers).get('authorization'))).to.deep.equal([
      null,
      'Bearer jwt',
    ]);
  });
});

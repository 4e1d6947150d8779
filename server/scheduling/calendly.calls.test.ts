import { describe, expect, test } from 'vitest';
import { eventAnswer, inviteeUri, owner, page, userAnswer } from './test/calendly-answers.ts';
import { createStub, json, reset, settled, silence, type Answer } from './test/calendly-stub.ts';

const resource =
  (value: object): Answer =>
  () =>
    json({ resource: value });

describe('reads', () => {
  test.each<[string, Answer]>([
    ['a reset', reset],
    ['a gateway’s HTML', () => new Response('<html>', { status: 502 })],
    ['half a JSON', () => new Response('{"resource":{', { status: 200 })],
    ['another shape', () => json({ resource: [] })],
    ['silence', silence],
    ['a full window that opens in a second', () => json({}, 429, { 'X-RateLimit-Reset': '1' })],
    ['an unreadable calendar', () => json({ title: 'External Calendar Error' }, 424)],
  ])('get over %s', async (_, trouble) => {
    const good = resource(userAnswer);
    const { calendly, clock, heard } = createStub((call, nth) =>
      (nth === 1 ? trouble : good)(call, nth),
    );
    expect(await settled(clock, calendly.owner())).toEqual({ value: owner });
    expect(heard).toHaveLength(2);
    expect(await clock.step()).toBe(false);
  });

  test.each([
    [400, 'invalid'],
    [401, 'token'],
    [403, 'permission'],
    [404, 'not_found'],
  ])('do not ask again after %s', async (status, failure) => {
    const { calendly, heard } = createStub(() => json({}, status));
    await expect(calendly.owner()).rejects.toMatchObject({ failure, status });
    expect(heard).toHaveLength(1);
  });

  test('end within eight seconds when Calendly is silent', async () => {
    const { calendly, clock } = createStub(silence);
    const began = clock.now();
    expect(await settled(clock, calendly.owner())).toMatchObject({
      error: { failure: 'unavailable' },
    });
    expect(clock.now() - began).toBeLessThanOrEqual(8000);
  });

  test('leave Calendly alone until its window opens again', async () => {
    const { calendly, clock, heard, answer } = createStub(() =>
      json({}, 429, { 'X-RateLimit-Reset': '30' }),
    );
    await expect(calendly.owner()).rejects.toMatchObject({ failure: 'unavailable', status: 429 });
    answer(resource(userAnswer));
    await expect(calendly.owner()).rejects.toMatchObject({ failure: 'unavailable', status: 429 });
    expect(heard).toHaveLength(1);
    await clock.advance(30_000);
    expect(await calendly.owner()).toEqual(owner);
  });

  test('fail at once while Calendly is down, and work again soon after it is back', async () => {
    const { calendly, clock, heard, answer } = createStub(() => json({}, 503));
    await settled(clock, calendly.owner());
    await settled(clock, calendly.owner());
    expect(heard).toHaveLength(5);
    await expect(calendly.owner()).rejects.toMatchObject({ failure: 'unavailable' });
    expect(heard).toHaveLength(5);
    answer(resource(userAnswer));
    await clock.advance(1250);
    expect(await calendly.owner()).toEqual(owner);
  });

  test('that their callers give up say nothing about Calendly', async () => {
    const { calendly, heard } = createStub(silence);
    for (let read = 0; read < 10; read++) {
      const caller = new AbortController();
      const given = calendly.owner({ signal: caller.signal });
      caller.abort();
      await expect(given).rejects.toMatchObject({ failure: 'unavailable' });
    }
    expect(heard).toHaveLength(10);
  });

  test('that their caller gives up end in a SchedulingError', async () => {
    const { calendly } = createStub(silence);
    const caller = new AbortController();
    const read = calendly.owner({ signal: caller.signal });
    caller.abort();
    await expect(read).rejects.toMatchObject({ name: 'SchedulingError', failure: 'unavailable' });
  });
});

describe.each<[string, Answer]>([
  ['refuses', reset],
  ['answers 503', () => json({}, 503)],
  ['is silent', silence],
])('a Calendly that %s for two minutes', (_, outage) => {
  test('is asked little, and asked again soon after', { timeout: 30_000 }, async () => {
    const { calendly, clock, heard, answer } = createStub(outage);
    const began = clock.now();
    const at: number[] = [];
    const perSecond = 20;
    const readFor = async (ms: number): Promise<number> => {
      let succeeded = 0;
      for (const end = clock.now() + ms; clock.now() < end;) {
        calendly.owner().then(
          () => (succeeded += 1),
          () => undefined,
        );
        await clock.advance(1000 / perSecond);
        while (at.length < heard.length) at.push(clock.now() - began);
      }
      return succeeded;
    };

    expect(await readFor(120_000)).toBe(0);
    expect(at.length).toBeLessThan(1.1 * perSecond * 120);
    const afterTenSeconds = at.filter((ms) => ms > 10_000);
    expect(afterTenSeconds.length).toBeGreaterThan(5);
    expect(afterTenSeconds.length).toBeLessThanOrEqual(110);

    answer(resource(userAnswer));
    await readFor(15_000);
    expect(await readFor(10_000)).toBe(10 * perSecond);
  });
});

describe('the log', () => {
  test('has every call, and neither token nor address nor answer', async () => {
    const { calendly, clock, logged } = createStub((_, nth) =>
      nth === 1
        ? json(page([{ ...eventAnswer, start_time: 'canary' }]))
        : json({ resource: { email: 'canary' } }),
    );
    const query = {
      owner,
      from: '2026-12-01T00:00:00Z',
      to: '2026-12-02T00:00:00Z',
      email: 'canary@example.org',
    };
    await settled(clock, calendly.scheduledEvents(query));
    await settled(clock, calendly.invitee(inviteeUri));
    expect(logged[0]).toEqual({
      event: 'calendly-call',
      method: 'GET',
      path: '/scheduled_events',
      status: 200,
      ms: 0,
    });
    expect(JSON.stringify(logged)).not.toMatch(/canary|secret-token/);
  });
});

import { describe, expect, test } from 'vitest';
import { createManualClock } from '../../demo/sandbox/manual-clock.ts';
import { SchedulingError } from '../scheduling/scheduling.ts';
import { createCachedAnswer, patienceMs, pauseMs, type Answer } from './cached-answer.ts';

const down = new SchedulingError('unavailable', 'Calendly did not answer in time.');

/** A source whose answers are numbered in the order in which they were asked for. */
function createSource(latencyMs = 100) {
  const clock = createManualClock('2026-11-23T08:00:00Z');
  const source = {
    asked: 0,
    underWay: 0,
    mostUnderWay: 0,
    latencyMs,
    failure: null as Error | null,
  };
  const failures: unknown[] = [];
  const answer = createCachedAnswer({
    clock,
    freshMs: 30_000,
    staleMs: 300_000,
    onFailure: (error) => failures.push(error),
    async ask(signal) {
      const number = ++source.asked;
      const { failure } = source;
      source.mostUnderWay = Math.max(source.mostUnderWay, ++source.underWay);
      try {
        await clock.wait(source.latencyMs, signal);
      } finally {
        source.underWay--;
      }
      if (failure) throw failure;
      return number;
    },
  });
  /** Reads, letting as much time pass as it takes. */
  async function read(options: Parameters<typeof answer.read>[0] = {}): Promise<Answer<number>> {
    let settled = false;
    const reading = answer.read(options).finally(() => (settled = true));
    reading.catch(() => undefined);
    for (;;) {
      await clock.advance(0);
      if (settled || !(await clock.step())) return reading;
    }
  }
  return { clock, source, answer, read, failures };
}

describe('fresh and stale', () => {
  test('a crowd causes one question', async () => {
    const { clock, source, answer } = createSource();
    const crowd = Promise.all(Array.from({ length: 1_000 }, () => answer.read()));
    await clock.advance(100);
    expect(new Set((await crowd).map(({ value }) => value))).toEqual(new Set([1]));
    expect(source.asked).toBe(1);
  });

  test('an answer is fresh for 30 seconds from when it was asked for', async () => {
    const { clock, source, read } = createSource();
    expect(await read()).toMatchObject({ value: 1, stale: false });
    await clock.advance(29_899);
    expect(await read()).toMatchObject({ value: 1, stale: false });
    await clock.advance(1);
    expect(await read()).toMatchObject({ value: 2, stale: false });
    expect(source.asked).toBe(2);
  });

  test('while the new one fails, the old one is shown and marked, up to five minutes', async () => {
    const { clock, source, read, failures } = createSource(0);
    const first = await read();
    source.failure = down;
    await clock.advance(30_000);
    expect(await read()).toEqual({ value: 1, askedAt: first.askedAt, stale: true });
    await clock.advance(first.askedAt + 299_999 - clock.now());
    expect(await read()).toMatchObject({ value: 1, stale: true });
    await clock.advance(1);
    await expect(read()).rejects.toBe(down);
    expect(failures).toEqual([down, down]);
  });

  test('when the new one is slow, the old one is shown after half a second, and the new one to the next', async () => {
    const { clock, source, read } = createSource();
    await read();
    await clock.advance(30_000);
    source.latencyMs = 5_000;
    const askedAt = clock.now();
    expect(await read()).toMatchObject({ value: 1, stale: true });
    expect(clock.now() - askedAt).toBe(patienceMs);
    expect(await read()).toMatchObject({ value: 1, stale: true });
    expect(clock.now() - askedAt).toBe(patienceMs);
    await clock.advance(4_500);
    expect(await read()).toMatchObject({ value: 2, stale: false });
    expect(source.asked).toBe(2);
  });

  test('nobody who wants it fresh gets an old one', async () => {
    const { clock, source, read } = createSource();
    await read();
    await clock.advance(30_000);
    source.failure = down;
    await expect(read({ fresh: true })).rejects.toBe(down);
    expect(await read()).toMatchObject({ value: 1, stale: true });
  });
});

describe('failures', () => {
  test('a dead Calendly is asked once in two seconds', async () => {
    const { clock, source, read } = createSource(0);
    source.failure = down;
    for (let visitor = 0; visitor < 10; visitor++) await expect(read()).rejects.toBe(down);
    expect(source.asked).toBe(1);
    await clock.advance(pauseMs);
    source.failure = null;
    expect(await read()).toMatchObject({ value: 2, stale: false });
  });

  test('what Calendly no longer has is not shown from memory', async () => {
    const { clock, source, read } = createSource();
    await read();
    await clock.advance(30_000);
    source.failure = new SchedulingError('not_found', 'Calendly answered 404');
    await expect(read()).rejects.toMatchObject({ failure: 'not_found' });
    await expect(read()).rejects.toMatchObject({ failure: 'not_found' });
  });

  test('a question that never ends is given up, and can be asked again', async () => {
    const { clock, source, read } = createSource(Infinity);
    const asking = read();
    asking.catch(() => undefined);
    await clock.advance(10_000);
    await expect(asking).rejects.toMatchObject({ failure: 'unavailable' });
    source.latencyMs = 0;
    await clock.advance(pauseMs);
    expect(await read()).toMatchObject({ value: 2 });
  });

  test('one who leaves does not end it for the others', async () => {
    const { clock, source, answer } = createSource();
    const leaving = new AbortController();
    const left = answer.read({ signal: leaving.signal });
    const stayed = answer.read();
    leaving.abort(new Error('gone'));
    await expect(left).rejects.toMatchObject({ failure: 'unavailable' });
    await clock.advance(100);
    expect(await stayed).toMatchObject({ value: 1 });
    expect(source.asked).toBe(1);
  });
});

describe('expiry', () => {
  test('after it the answer is asked for again', async () => {
    const { answer, read } = createSource();
    await read();
    answer.expire();
    expect(await read()).toMatchObject({ value: 2, stale: false });
  });

  test('an answer that was under way does not count as fresh', async () => {
    const { clock, answer, read } = createSource();
    const before = answer.read();
    await clock.advance(50);
    answer.expire();
    const after = answer.read();
    await clock.advance(50);
    expect(await before).toMatchObject({ value: 1 });
    await clock.advance(100);
    expect(await after).toMatchObject({ value: 2, stale: false });
    expect(await read()).toMatchObject({ value: 2, stale: false });
    await clock.advance(30_000);
    expect(await read()).toMatchObject({ value: 3, stale: false });
  });

  test('an answer that was under way is not kept as fresh when nobody else asked meanwhile', async () => {
    const { clock, answer, read } = createSource();
    const before = answer.read();
    answer.expire();
    await clock.advance(100);
    await before;
    expect(await read()).toMatchObject({ value: 2, stale: false });
  });

  test('with Calendly down, what was known before is shown and marked', async () => {
    const { source, answer, read } = createSource();
    await read();
    answer.expire();
    source.failure = down;
    expect(await read()).toMatchObject({ value: 1, stale: true });
  });

  test('a storm of bookings never causes two questions at once', async () => {
    const { clock, source, answer } = createSource();
    const readers: Promise<Answer<number>>[] = [];
    for (let booking = 0; booking < 200; booking++) {
      answer.expire();
      readers.push(answer.read());
      await clock.advance(5);
    }
    await clock.advance(1_000);
    await Promise.all(readers);
    expect(source.mostUnderWay).toBe(1);
    expect(source.asked).toBeLessThanOrEqual(12);
  });
});

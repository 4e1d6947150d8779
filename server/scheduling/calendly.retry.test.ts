import { describe, expect, test } from 'vitest';
import { createManualClock } from '../../demo/sandbox/manual-clock.ts';
import { createRetryBudget } from './calendly.retry-budget.ts';
import { createRetry, type Attempt } from './calendly.retry.ts';
import { SchedulingError } from './scheduling.ts';
import { settled } from './test/calendly-stub.ts';

const start = (budget = createRetryBudget()) => {
  const clock = createManualClock(0);
  const times: number[] = [];
  const retry = createRetry({
    clock,
    fraction: () => 0.5,
    budget,
    callTimeoutMs: 3000,
    deadlineMs: 8000,
  });
  const answering =
    (...results: Attempt<string>[]) =>
    async (): Promise<Attempt<string>> => {
      times.push(clock.now());
      return results[times.length - 1] ?? { value: 'too late' };
    };
  return { clock, retry, times, answering };
};

const error = new SchedulingError('unavailable', 'Down.');
const down: Attempt<string> = { error, retry: 'soon' };

describe('a read', () => {
  test('is tried three times, later each time', async () => {
    const { clock, retry, times, answering } = start();
    expect(await settled(clock, retry(answering(down, down, { value: 'yes' })))).toEqual({
      value: 'yes',
    });
    expect(times).toEqual([0, 150, 600]);
  });

  test('fails with the last error after three', async () => {
    const { clock, retry, times, answering } = start();
    expect(await settled(clock, retry(answering(down, down, down, { value: 'no' })))).toEqual({
      error,
    });
    expect(times).toHaveLength(3);
  });

  test('is not tried again when that makes no sense', async () => {
    const { retry, times, answering } = start();
    await expect(retry(answering({ error, retry: 'never' }))).rejects.toBe(error);
    expect(times).toHaveLength(1);
  });

  test('waits as long as Calendly asks, when that is short', async () => {
    const { clock, retry, times, answering } = start();
    await settled(clock, retry(answering({ error, retry: { hintedMs: 2000 } }, { value: 'yes' })));
    expect(times).toEqual([0, 2075]);
  });

  test('leaves a longer wait to its caller', async () => {
    const { clock, retry, answering } = start();
    const result = retry(answering({ error, retry: { hintedMs: 2001 } }));
    await expect(result).rejects.toBe(error);
    expect(clock.now()).toBe(0);
  });

  test('is not tried again when the try could end after the deadline', async () => {
    const { clock, retry, times } = start();
    const slow = async (): Promise<Attempt<string>> => {
      times.push(clock.now());
      await clock.wait(3000);
      return down;
    };
    await settled(clock, retry(slow));
    expect(times).toEqual([0, 3150]);
    expect(clock.now()).toBeLessThan(8000);
  });

  test('is not tried again once its caller has left', async () => {
    const { clock, retry, times, answering } = start();
    const caller = new AbortController();
    const result = retry(answering(down, { value: 'no' }), caller.signal);
    await Promise.resolve();
    caller.abort();
    await expect(result).rejects.toBe(error);
    expect(times).toHaveLength(1);
    expect(await clock.step()).toBe(false);
  });
});

describe('the retry budget', () => {
  test('holds ten retries to begin with, then one for ten calls', () => {
    const budget = createRetryBudget();
    const spend = (): number => {
      let spent = 0;
      while (budget.spend()) spent += 1;
      return spent;
    };
    expect(spend()).toBe(10);
    for (let call = 0; call < 9; call++) budget.earn();
    expect(spend()).toBe(0);
    budget.earn();
    expect(spend()).toBe(1);
    for (let call = 0; call < 1000; call++) budget.earn();
    expect(spend()).toBe(10);
  });

  test('keeps a long outage at 1.1 tries for a read', async () => {
    const { clock, retry, times } = start();
    const fail = async (): Promise<Attempt<string>> => {
      times.push(clock.now());
      return down;
    };
    const reads = 1000;
    for (let read = 0; read < reads; read++) await settled(clock, retry(fail));
    expect(times.length).toBeLessThanOrEqual(reads * 1.1 + 10);
    expect(times.length).toBeGreaterThan(reads);
  }, 60_000);
});

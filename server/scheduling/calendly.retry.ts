import type { Clock } from '../clock.ts';
import type { RetryBudget } from './calendly.retry-budget.ts';
import type { SchedulingError } from './scheduling.ts';

/** What became of one try: a value, or an error and whether another try makes sense. */
export type Attempt<T> =
  | { value: T }
  | {
      error: SchedulingError;
      /** `hinted`: not before Calendly's own hint. */
      retry: 'never' | 'soon' | { hintedMs: number };
    };

export type Retry = <T>(attempt: () => Promise<Attempt<T>>, signal?: AbortSignal) => Promise<T>;

export interface RetryDeps {
  clock: Clock;
  fraction: () => number;
  budget: RetryBudget;
  callTimeoutMs: number;
  /** No try begins that could end later than this after the first one began. */
  deadlineMs: number;
}

const mostAttempts = 3;
const firstBackOffMs = 150;
/** Longer waits are the caller's to decide. */
const longestHintedMs = 2000;

/** For reads only: up to three tries, apart by a jittered back-off, as far as budget, deadline and caller allow. */
export function createRetry(deps: RetryDeps): Retry {
  const { clock, fraction, budget, callTimeoutMs, deadlineMs } = deps;

  /** Apart by 75 to 225 ms, then by three times that; after a hint by a little more than it says. */
  const backOffMs = (retry: 'soon' | { hintedMs: number }, attempts: number): number =>
    retry === 'soon'
      ? firstBackOffMs * 3 ** (attempts - 1) * (0.5 + fraction())
      : retry.hintedMs + firstBackOffMs * fraction();

  return async function withRetries<T>(
    attempt: () => Promise<Attempt<T>>,
    signal?: AbortSignal,
  ): Promise<T> {
    const startedAt = clock.now();
    budget.earn();
    for (let attempts = 1; ; attempts++) {
      const result = await attempt();
      if ('value' in result) return result.value;
      const { error, retry } = result;
      if (retry === 'never' || attempts >= mostAttempts) throw error;
      if (retry !== 'soon' && retry.hintedMs > longestHintedMs) throw error;
      const waitMs = backOffMs(retry, attempts);
      if (clock.now() + waitMs + callTimeoutMs > startedAt + deadlineMs) throw error;
      if (!budget.spend()) throw error;
      try {
        await clock.wait(waitMs, signal);
      } catch {
        throw error;
      }
    }
  };
}

import type { Clock } from '../../server/clock.ts';

/** A clock that stands still until it is moved. */
export interface ManualClock extends Clock {
  /** Moves time forward; everything due on the way runs at its own instant, in order. */
  advance(ms: number): Promise<void>;
  /** Moves time to the next waiter and runs it; false when nobody waits. */
  step(): Promise<boolean>;
}

interface Waiter {
  at: number;
  order: number;
  resolve: () => void;
}

export interface ManualClockOptions {
  /** How often the event loop turns at each instant. One is enough where nothing does real I/O. */
  turns?: number;
}

export function createManualClock(
  start: string | number,
  { turns = 5 }: ManualClockOptions = {},
): ManualClock {
  let now = typeof start === 'number' ? start : Date.parse(start);
  let order = 0;
  /** The next one first. */
  const waiters: Waiter[] = [];

  /** Lets every promise that is already settled run its continuations, real I/O included. */
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
  };

  /** Where a waiter is, or would be. */
  function indexOf(at: number, nth: number): number {
    let low = 0;
    let high = waiters.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = waiters[middle];
      if (other && (other.at < at || (other.at === at && other.order < nth))) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  function fire(): boolean {
    const waiter = waiters.shift();
    if (!waiter) return false;
    now = Math.max(now, waiter.at);
    waiter.resolve();
    return true;
  }

  return {
    now: () => now,
    wait(ms, signal) {
      if (signal?.aborted) return Promise.reject(signal.reason);
      if (ms <= 0) return Promise.resolve();
      return new Promise((resolve, reject) => {
        const abort = (): void => {
          waiters.splice(indexOf(waiter.at, waiter.order), 1);
          reject(signal?.reason);
        };
        const waiter: Waiter = {
          at: now + Math.ceil(ms),
          order: order++,
          resolve: () => {
            signal?.removeEventListener('abort', abort);
            resolve();
          },
        };
        waiters.splice(indexOf(waiter.at, waiter.order), 0, waiter);
        signal?.addEventListener('abort', abort, { once: true });
      });
    },
    async advance(ms) {
      const end = now + ms;
      await settle();
      while (waiters[0] && waiters[0].at <= end) {
        fire();
        await settle();
      }
      now = end;
      await settle();
    },
    async step() {
      await settle();
      if (!fire()) return false;
      await settle();
      return true;
    },
  };
}

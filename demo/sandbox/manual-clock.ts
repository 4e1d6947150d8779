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

/** Lets every promise that is already settled run its continuations, real I/O included. */
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
};

export function createManualClock(start: string | number): ManualClock {
  let now = typeof start === 'number' ? start : Date.parse(start);
  let order = 0;
  const waiters = new Set<Waiter>();

  const next = (): Waiter | undefined =>
    [...waiters].toSorted((a, b) => a.at - b.at || a.order - b.order)[0];

  const fire = (waiter: Waiter): void => {
    waiters.delete(waiter);
    now = Math.max(now, waiter.at);
    waiter.resolve();
  };

  return {
    now: () => now,
    wait(ms, signal) {
      if (signal?.aborted) return Promise.reject(signal.reason);
      if (ms <= 0) return Promise.resolve();
      return new Promise((resolve, reject) => {
        const abort = (): void => {
          waiters.delete(waiter);
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
        waiters.add(waiter);
        signal?.addEventListener('abort', abort, { once: true });
      });
    },
    async advance(ms) {
      const end = now + ms;
      await settle();
      for (let waiter = next(); waiter && waiter.at <= end; waiter = next()) {
        fire(waiter);
        await settle();
      }
      now = end;
      await settle();
    },
    async step() {
      await settle();
      const waiter = next();
      if (!waiter) return false;
      fire(waiter);
      await settle();
      return true;
    },
  };
}

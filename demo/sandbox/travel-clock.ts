import type { Clock } from '../../server/clock.ts';

/** The machine's time, which can be sent ahead: for a person who will not wait a day to see a day pass. */
export interface TravelClock extends Clock {
  advance(ms: number): void;
}

interface Waiter {
  at: number;
  arm(): void;
}

/** Longer timers overflow to none; a waiter that wakes early goes back to sleep. */
const longestTimerMs = 24 * 60 * 60_000;

export function createTravelClock(): TravelClock {
  let ahead = 0;
  const waiters = new Set<Waiter>();
  const now = (): number => Date.now() + ahead;

  return {
    now,
    wait(ms, signal) {
      return new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        if (ms <= 0) return resolve();
        let timer: NodeJS.Timeout | undefined;
        const done = (): void => {
          clearTimeout(timer);
          waiters.delete(waiter);
          signal?.removeEventListener('abort', abort);
        };
        const abort = (): void => {
          done();
          reject(signal?.reason);
        };
        const wake = (): void => {
          if (now() < waiter.at) return waiter.arm();
          done();
          resolve();
        };
        const waiter: Waiter = {
          at: now() + ms,
          arm() {
            clearTimeout(timer);
            timer = setTimeout(wake, Math.min(Math.max(0, waiter.at - now()), longestTimerMs));
          },
        };
        waiters.add(waiter);
        signal?.addEventListener('abort', abort, { once: true });
        waiter.arm();
      });
    },
    advance(ms) {
      ahead += ms;
      for (const waiter of waiters) waiter.arm();
    },
  };
}

import { LRUCache } from 'lru-cache';
import type { Clock } from '../clock.ts';
import type { CallOptions, OpenTime, Scheduling } from '../scheduling/scheduling.ts';
import { createCachedAnswer, type CachedAnswer } from './cached-answer.ts';
import { windowsBetween, windowStart } from './windows.ts';

/** An open time with the moment (epoch ms) at which Calendly was asked for it. */
export interface AskedTime extends OpenTime {
  askedAt: number;
}

/** Calendly's open times, remembered window by window for all visitors together. */
export interface OpenWindows {
  /** Those that start in `[fromMs, toMs)`, ascending. */
  read(
    eventType: string,
    fromMs: number,
    toMs: number,
    options?: CallOptions & { fresh?: boolean },
  ): Promise<{ times: AskedTime[]; stale: boolean }>;
  /** What is remembered of one event type in a range may be wrong. */
  expire(eventType: string, fromMs: number, toMs: number): void;
  expireAll(): void;
}

export interface OpenWindowsDeps {
  scheduling: Scheduling;
  clock: Clock;
  log?: (entry: { event: string; [key: string]: unknown }) => void;
}

const freshMs = 30_000;
const staleMs = 5 * 60_000;

export function createOpenWindows({ scheduling, clock, log }: OpenWindowsDeps): OpenWindows {
  const windows = new LRUCache<string, CachedAnswer<OpenTime[]>>({ max: 500 });

  function windowOf(eventType: string, index: number): CachedAnswer<OpenTime[]> {
    const key = `${index} ${eventType}`;
    const known = windows.get(key);
    if (known !== undefined) return known;
    const from = new Date(windowStart(index)).toISOString();
    const to = new Date(windowStart(index + 1)).toISOString();
    const window = createCachedAnswer({
      clock,
      freshMs,
      staleMs,
      ask: (signal) => scheduling.openTimes(eventType, from, to, { signal }),
      onFailure: (error) =>
        log?.({ event: 'available-times-not-read', eventType, from, problem: String(error) }),
    });
    windows.set(key, window);
    return window;
  }

  return {
    async read(eventType, fromMs, toMs, options) {
      const answers = await Promise.all(
        windowsBetween(Math.max(fromMs, clock.now()), toMs).map((index) =>
          windowOf(eventType, index).read(options),
        ),
      );
      const times = answers.flatMap(({ value, askedAt }) =>
        value
          .filter(({ startTime }) => {
            const startMs = Date.parse(startTime);
            return startMs >= fromMs && startMs < toMs;
          })
          .map((time) => ({ ...time, askedAt })),
      );
      return { times, stale: answers.some(({ stale }) => stale) };
    },
    expire(eventType, fromMs, toMs) {
      for (const index of windowsBetween(fromMs, toMs)) windowOf(eventType, index).expire();
    },
    expireAll() {
      for (const window of windows.values()) window.expire();
    },
  };
}

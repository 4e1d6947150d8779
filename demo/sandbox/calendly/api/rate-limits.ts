import { type Core, planOf } from '../core.ts';
import { tooManyRequests } from '../refusal.ts';
import type { Plan, User } from '../resources.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

interface Window {
  limit: number;
  ms: number;
}

export interface RateState {
  limit: number;
  remaining: number;
  /** Seconds until there is room again. */
  resetSeconds: number;
}

export interface RateLimits {
  /** Counts a request, or refuses it. Bookings by API have a budget of their own. */
  count(user: User, booking: boolean): RateState;
  /** For answers to nobody in particular. */
  untouched(): RateState;
  reset(): void;
}

const generalWindow = (plan: Plan): Window => ({ limit: plan === 'free' ? 50 : 500, ms: minute });

const bookingWindows = (plan: Plan, freeQuotaPerDay: number): Window[] => {
  switch (plan) {
    case 'free':
      return [{ limit: freeQuotaPerDay, ms: day }];
    case 'trial':
      return [{ limit: 5, ms: day }];
    case 'paid':
      return [
        { limit: 10, ms: minute },
        { limit: 50, ms: hour },
        { limit: 100, ms: day },
      ];
    case 'enterprise':
      return [{ limit: 500, ms: minute }];
  }
};

export class RateLimited extends Error {
  readonly rate: RateState;
  readonly refusal = tooManyRequests();

  constructor(rate: RateState) {
    super('Too many requests');
    this.rate = rate;
  }
}

/**
 * Sliding windows: whoever keeps within these keeps within fixed ones too, wherever those begin. Attempts count, whatever
 * becomes of them; a request that was turned away here does not, or a client that retries would never get through.
 */
export function createRateLimits(core: Core): RateLimits {
  const attempts = new Map<string, number[]>();

  function take(key: string, windows: Window[]): RateState {
    const now = core.clock.now();
    const longest = Math.max(...windows.map((window) => window.ms));
    const times = (attempts.get(key) ?? []).filter((time) => time > now - longest);
    attempts.set(key, times);
    const states = windows.map(({ limit, ms }) => {
      const within = times.filter((time) => time > now - ms);
      const oldest = within[0] ?? now;
      return {
        limit,
        remaining: limit - within.length,
        resetSeconds: Math.ceil((oldest + ms - now) / 1000),
      };
    });
    const full = states.filter((state) => state.remaining <= 0);
    if (full.length > 0) {
      const longestWait = full.reduce((a, b) => (a.resetSeconds > b.resetSeconds ? a : b));
      throw new RateLimited({ ...longestWait, remaining: 0 });
    }
    times.push(now);
    const tightest = states.reduce((a, b) => (a.remaining <= b.remaining ? a : b));
    return { ...tightest, remaining: tightest.remaining - 1 };
  }

  return {
    count(user, booking) {
      const plan = planOf(core, user);
      if (!booking) return take(`general ${user.uri}`, [generalWindow(plan)]);
      if (core.trouble.quotaUsedUp)
        throw new RateLimited({ limit: 100, remaining: 0, resetSeconds: 60 });
      return take(`booking ${user.uri}`, bookingWindows(plan, core.trouble.freeQuotaPerDay));
    },
    untouched: () => ({ limit: 500, remaining: 500, resetSeconds: 60 }),
    reset: () => attempts.clear(),
  };
}

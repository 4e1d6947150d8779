import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { RequestError } from './errors.ts';

/** Counts what clients ask for. */
export interface RateLimit {
  /** Throws `too_many_requests` when this client has asked too often. */
  admit(client: string): Promise<void>;
  /** What this client asked for does not count any more. */
  forget(client: string): Promise<void>;
}

/** Refuses a client that asks more than `points` times in `seconds`. */
export function createRateLimit(points: number, seconds: number): RateLimit {
  const limiter = new RateLimiterMemory({ points, duration: seconds });
  return {
    async admit(client) {
      try {
        await limiter.consume(client);
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal;
        throw new RequestError('too_many_requests', undefined, {
          headers: { 'retry-after': String(Math.max(1, Math.ceil(refusal.msBeforeNext / 1000))) },
        });
      }
    },
    async forget(client) {
      await limiter.reward(client);
    },
  };
}

import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { RequestError } from './errors.ts';

/** Refuses a client that asks more than `points` times in `seconds`. */
export function createRateLimit(
  points: number,
  seconds: number,
): (client: string) => Promise<void> {
  const limiter = new RateLimiterMemory({ points, duration: seconds });
  return async function limit(client) {
    try {
      await limiter.consume(client);
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      throw new RequestError('too_many_requests', undefined, {
        headers: { 'retry-after': String(Math.max(1, Math.ceil(refusal.msBeforeNext / 1000))) },
      });
    }
  };
}

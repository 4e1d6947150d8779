import type { MiddlewareHandler } from 'hono';
import { RequestError } from './errors.ts';

export interface Origins {
  /** The value for Access-Control-Allow-Origin; null when the origin may not read the answer. */
  allow(origin: string | undefined): string | null;
  /** Answers preflights, names the origin in answers, and refuses what a page elsewhere must not change. */
  guard: MiddlewareHandler;
}

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Pages of `allowed` and of this backend itself; nobody else, `null` origins included. */
export function createOrigins(publicUrl: string, origins: readonly string[]): Origins {
  const known = new Set([...origins, new URL(publicUrl).origin]);
  const allow = (origin: string | undefined): string | null =>
    origin !== undefined && known.has(origin) ? origin : null;

  return {
    allow,
    async guard(c, next) {
      const origin = c.req.header('origin');
      const allowed = allow(origin);
      if (c.req.method === 'OPTIONS' && c.req.header('access-control-request-method')) {
        return new Response(null, {
          status: 204,
          headers: {
            vary: 'Origin',
            ...(allowed === null
              ? {}
              : {
                  'access-control-allow-origin': allowed,
                  'access-control-allow-methods': 'GET, POST',
                  'access-control-allow-headers': 'Authorization, Content-Type, Idempotency-Key',
                  'access-control-max-age': '7200',
                }),
          },
        });
      }
      // The header only keeps a page from reading the answer; what changes something must not run at all.
      if (origin !== undefined && allowed === null && !safeMethods.has(c.req.method)) {
        throw new RequestError('origin_not_allowed');
      }
      await next();
      c.res.headers.append('vary', 'Origin');
      if (allowed !== null) {
        c.res.headers.set('access-control-allow-origin', allowed);
        c.res.headers.set('access-control-expose-headers', 'Retry-After');
      }
    },
  };
}

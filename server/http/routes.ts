import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { SchedulingError } from '../scheduling/scheduling.ts';
import { RequestError } from './errors.ts';
import type { Origins } from './origins.ts';

export interface RoutesDeps {
  origins: Origins;
  log: (entry: { event: string; [key: string]: unknown }) => void;
  /** Asked for by every visitor, with all its headers in its answers: nothing else may run before it. */
  availability: Hono;
  bookings: Hono;
  webhooks: Hono;
  payments: Hono;
  /** Health, pages, assets, documents. */
  others: readonly Hono[];
}

const bodyBytes = 64 * 1024;
/** Stripe shows whole objects, with whatever their owner has written on them. */
const deliveryBytes = 256 * 1024;

/** All routes under one roof, and the one place where what went wrong becomes an answer. */
export function createRoutes({
  origins,
  log,
  availability,
  bookings,
  webhooks,
  payments,
  others,
}: RoutesDeps): Hono {
  const limitBody = (maxSize: number) =>
    bodyLimit({
      maxSize,
      onError: () => {
        throw new RequestError('payload_too_large');
      },
    });
  const app = new Hono()
    .use('/api/scheduling/bookings/*', origins.guard, limitBody(bodyBytes))
    .use('/api/webhooks/*', limitBody(deliveryBytes))
    .route('/api/scheduling', availability)
    .route('/api/scheduling', bookings)
    .route('/api/webhooks', webhooks)
    .route('/api/payments', payments);
  for (const other of others) app.route('/', other);

  const answer = (refusal: RequestError, origin: string | undefined): Response => {
    const allowed = origins.allow(origin);
    return Response.json(refusal.body, {
      status: refusal.status,
      headers: {
        'cache-control': 'no-store',
        vary: 'Origin',
        // Without it a page cannot read why it was refused.
        ...(allowed === null
          ? {}
          : {
              'access-control-allow-origin': allowed,
              'access-control-expose-headers': 'Retry-After',
            }),
        ...refusal.headers,
      },
    });
  };

  const isAnswered = (method: string, path: string): boolean =>
    app.router.match(method, path)[0].some(([[, route]]) => route.method === method);

  app.notFound((c) => {
    const allowed = [
      ...(isAnswered('GET', c.req.path) ? ['GET', 'HEAD'] : []),
      ...(isAnswered('POST', c.req.path) ? ['POST'] : []),
    ];
    const refusal =
      allowed.length === 0
        ? new RequestError('not_found')
        : new RequestError('method_not_allowed', undefined, {
            headers: { allow: allowed.join(', ') },
          });
    return answer(refusal, c.req.header('origin'));
  });
  app.onError((error, c) => {
    const refusal = asRequestError(error);
    // Nobody failed when the visitor left.
    if (refusal.status >= 500 && !c.req.raw.signal.aborted) {
      log({ event: 'error', route: c.req.routePath, status: refusal.status, error: error.message });
    }
    return answer(refusal, c.req.header('origin'));
  });
  return app;
}

/** What went wrong in Calendly, or in us, as a sentence that tells a visitor what to do and nothing else. */
function asRequestError(error: Error): RequestError {
  if (error instanceof RequestError) return error;
  if (!(error instanceof SchedulingError)) return new RequestError('internal_error');
  return error.failure === 'not_found'
    ? new RequestError('session_type_not_found')
    : new RequestError('scheduling_unavailable', undefined, { headers: { 'retry-after': '5' } });
}

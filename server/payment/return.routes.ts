import { Hono } from 'hono';
import * as v from 'valibot';
import { findBooking, findSecrets } from '../booking/booking.store.ts';
import { openToken } from '../booking/token.ts';
import { confirmationUrl } from '../booking/view.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../database/connection.ts';
import { withDeadline } from '../http/deadline.ts';
import { RequestError } from '../http/errors.ts';
import { backToPage } from './checkout-request.ts';
import type { Fulfill } from './fulfill.ts';
import { findPayment } from './payment.store.ts';

export interface ReturnRoutesDeps {
  db: Database;
  clock: Clock;
  fulfill: Fulfill;
  publicUrl: string;
  linkSecret: string;
  log: (entry: { event: string; [key: string]: unknown }) => void;
}

const Query = v.object({
  booking: v.pipe(v.string(), v.regex(/^[\da-f-]{36}$/)),
  session_id: v.pipe(v.string(), v.regex(/^cs_\w{1,250}$/)),
});

/** A visitor is looking at an empty page: what takes longer than this, they see on their own page. */
const patienceMs = 3_000;

/** Where Stripe sends whoever has paid, on their way back to the page that they came from. */
export function createReturnRoutes(deps: ReturnRoutesDeps) {
  const { db, clock, fulfill, publicUrl, linkSecret, log } = deps;

  return new Hono().get('/return', async function returnFromCheckout(c) {
    const query = v.safeParse(Query, c.req.query());
    const record = query.success ? await findPayment(db, query.output.booking) : null;
    // The address alone proves nothing: the session's id is known to Stripe, to us and to who pays.
    if (!query.success || !record || record.sessionId !== query.output.session_id) {
      throw new RequestError('not_found', 'This payment does not belong to a booking here.');
    }
    const { outcome } = await withDeadline(clock, patienceMs, c.req.raw.signal, (signal) =>
      fulfill(record.bookingId, { signal }),
    ).catch((error: unknown) => {
      // The webhook or the sweep will hear the same; the visitor goes back, whatever it was, and sees it there.
      log({ event: 'return', booking: record.bookingId, reason: String(error) });
      return { outcome: 'unknown' } as const;
    });
    // Who was only shown the way to pay has no right to the booking yet.
    const hasPaid = outcome === 'funded';
    return c.body(null, 303, {
      location: await wayBack(record.bookingId, record.returnUrl, hasPaid),
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    });
  });

  async function wayBack(
    bookingId: string,
    returnUrl: string | null,
    hasPaid: boolean,
  ): Promise<string> {
    const booking = await findBooking(db, bookingId);
    const secrets = await findSecrets(db, bookingId);
    if (!booking || !secrets) throw new RequestError('booking_not_found');
    const token = hasPaid ? openToken(secrets.linkToken, linkSecret, booking.calendarUid) : null;
    return returnUrl === null
      ? confirmationUrl(publicUrl, bookingId, token ?? undefined)
      : backToPage(returnUrl, bookingId, token);
  }
}

import { Hono } from 'hono';
import {
  BookingCancelRequest,
  BookingConfirmRequest,
  BookingRescheduleRequest,
  IdempotencyKey,
} from '../contract/booking.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../database/connection.ts';
import { withDeadline } from '../http/deadline.ts';
import { RequestError } from '../http/errors.ts';
import { readJson, validate } from '../http/validate.ts';
import { calendarFile } from '../notification/calendar-file.ts';
import type { Worker } from '../outbox/worker.ts';
import type { BookingRecord } from './booking.ts';
import { findBooking, findReplacement, findSecrets } from './booking.store.ts';
import { streamBooking } from './booking-stream.ts';
import type { Changes } from './changes.ts';
import type { LimitUnpaidHolds } from './unpaid-holds.ts';
import type { BookingDesk } from './desk.ts';
import { factsOf } from './facts.ts';
import type { Ledger } from './ledger.ts';
import { tokenMatches } from './token.ts';
import { confirmationUrl, viewBooking, viewConfirmed } from './view.ts';
import { watchUntil } from './watch.ts';

export interface BookingRoutesDeps {
  db: Database;
  clock: Clock;
  ledger: Ledger;
  changes: Changes;
  worker: Worker;
  desk: BookingDesk;
  publicUrl: string;
  /** Aborts when this process is about to end: nobody is kept waiting for what another one will tell. */
  stopping: AbortSignal;
  /** Throws `too_many_requests` when this client books too often. */
  limitConfirm: (client: string) => Promise<void>;
  limitUnpaidHolds: LimitUnpaidHolds;
  clientOf: (request: Request, env: unknown) => string;
}

/** A request for a booking ends after this time, whatever Calendly does. */
const requestMs = 8_000;

export function createBookingRoutes(deps: BookingRoutesDeps) {
  const { db, clock, ledger, changes, worker, desk, publicUrl, stopping } = deps;
  const { limitConfirm, limitUnpaidHolds, clientOf } = deps;

  const bearer = (request: Request): string => {
    const token = /^Bearer ([\w-]{43})$/.exec(request.headers.get('authorization') ?? '')?.[1];
    if (token === undefined) throw new RequestError('unauthorized');
    return token;
  };

  /** The booking that the token opens. An unknown id and a wrong token look the same from outside. */
  async function authorized(request: Request, id: string): Promise<BookingRecord> {
    const token = bearer(request);
    const secrets = await findSecrets(db, id);
    if (!secrets || !tokenMatches(token, secrets.tokenHash)) throw new RequestError('unauthorized');
    const booking = await findBooking(db, id);
    if (!booking) throw new RequestError('booking_not_found');
    return booking;
  }

  const idempotencyKey = (request: Request): string | undefined => {
    const key = request.headers.get('idempotency-key');
    if (key === null) return undefined;
    try {
      return validate(IdempotencyKey, key);
    } catch {
      throw new RequestError('invalid_request', undefined, {
        fields: { 'Idempotency-Key': 'An Idempotency-Key has 1 to 255 printable characters.' },
      });
    }
  };

  const answer = (booking: BookingRecord, continueUrl = booking.continueUrl) => ({
    success: true as const,
    booking: { ...viewBooking(booking, publicUrl), continueUrl },
  });

  return new Hono()
    .post('/bookings/confirm', async function confirmBooking(c) {
      const client = clientOf(c.req.raw, c.env);
      await limitConfirm(client);
      const request = validate(BookingConfirmRequest, await readJson(c.req.raw));
      const key = idempotencyKey(c.req.raw);
      const { booking, token } = await withDeadline(clock, requestMs, c.req.raw.signal, (signal) =>
        desk.confirm(request, key, signal, (book) => limitUnpaidHolds(client, book)),
      );
      return c.json({
        success: true,
        booking: viewConfirmed(booking, token, publicUrl),
        paymentRequired: booking.status === 'awaiting_payment',
        ...(booking.checkoutUrl === null ? {} : { checkoutUrl: booking.checkoutUrl }),
      });
    })

    .get('/bookings/:id', async function readBooking(c) {
      const booking = await authorized(c.req.raw, c.req.param('id'));
      if (c.req.header('accept')?.includes('text/event-stream')) {
        const signal = AbortSignal.any([c.req.raw.signal, stopping]);
        return streamBooking({ db, clock, changes, publicUrl }, booking, signal);
      }
      return c.json(answer(booking), 200, { 'cache-control': 'no-store' });
    })

    .get('/bookings/:id/calendar.ics', async function readCalendarFile(c) {
      const booking = await authorized(c.req.raw, c.req.param('id'));
      const manageUrl = confirmationUrl(publicUrl, booking.id, bearer(c.req.raw));
      const facts = factsOf(booking, { manageUrl, hostEmail: null, previousStartTime: null });
      const file = calendarFile(facts, {
        status: booking.status === 'canceled' ? 'CANCELLED' : 'CONFIRMED',
        stamp: new Date(booking.updatedAt).toISOString(),
        domain: new URL(publicUrl).hostname,
      });
      return c.body(file, 200, {
        'content-type': 'text/calendar; charset=utf-8; method=PUBLISH',
        'content-disposition': 'attachment; filename="booking.ics"',
        'cache-control': 'no-store',
      });
    })

    .post('/bookings/:id/cancel', async function cancelBooking(c) {
      const booking = await authorized(c.req.raw, c.req.param('id'));
      const { reason } = validate(BookingCancelRequest, await readJson(c.req.raw));
      if (booking.status === 'canceled' || booking.cancelRequestedAt !== null) {
        return c.json(answer(booking));
      }
      // One seat of a group cannot be canceled by API without canceling everybody's.
      if (booking.status === 'confirmed' && booking.group) {
        return c.json(answer(booking, booking.cancelUrl));
      }
      if (Date.parse(booking.startTime) <= clock.now()) {
        throw new RequestError('booking_not_changeable');
      }
      const requested = await ledger.transact(async (writer) => {
        // Looked for where it counts: a move and a cancellation of one booking exclude each other.
        const replacement = await findReplacement(writer.trx, booking.id);
        const event = {
          type: 'cancel-requested',
          at: clock.now(),
          reason: reason || null,
        } as const;
        // A move that waits for the invitee on Calendly's page is given up with the booking.
        const isWaiting = replacement?.status === 'awaiting_invitee';
        if (isWaiting) await writer.apply(replacement.id, event);
        const after =
          replacement === null || isWaiting ? await writer.apply(booking.id, event) : null;
        return after?.status === 'canceled' || (after?.cancelRequestedAt ?? null) !== null
          ? after
          : null;
      });
      if (!requested) throw new RequestError('booking_not_changeable');
      worker.wake();
      // The cancellation goes through the outbox; the visitor sees its end when it comes in time.
      const isSettled = (current: BookingRecord): boolean =>
        current.cancelRequestedAt === null || current.status !== 'confirmed';
      const leaving = AbortSignal.any([c.req.raw.signal, stopping]);
      const settled = await withDeadline(clock, requestMs, leaving, (signal) =>
        watchUntil({ db, clock, changes }, requested, isSettled, signal),
      );
      return c.json(answer(settled));
    })

    .post('/bookings/:id/reschedule', async function rescheduleBooking(c) {
      const client = clientOf(c.req.raw, c.env);
      await limitConfirm(client);
      const booking = await authorized(c.req.raw, c.req.param('id'));
      const request = validate(BookingRescheduleRequest, await readJson(c.req.raw));
      if (booking.status === 'confirmed' && booking.group) {
        return c.json(answer(booking, booking.rescheduleUrl));
      }
      const key = idempotencyKey(c.req.raw);
      const moved = await withDeadline(clock, requestMs, c.req.raw.signal, (signal) =>
        desk.reschedule(booking, bearer(c.req.raw), request, key, signal),
      );
      return c.json(answer(moved.booking));
    });
}

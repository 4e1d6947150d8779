import type { OfferedSession } from '../availability/session-types.ts';
import type { BookingConfirmRequest, BookingRescheduleRequest } from '../contract/booking.ts';
import { RequestError } from '../http/errors.ts';
import { book, type BookDeps } from './book.ts';
import type { BookingRecord } from './booking.ts';
import { findBooking, findReplacement } from './booking.store.ts';
import { fit } from './fit.ts';
import { free, termsOf } from './new-booking.ts';
import { repeatedRequest, type Confirmed } from './repeated-request.ts';
import { newToken, sha256 } from './token.ts';

/** Where visitors' wishes for a time arrive. */
export interface BookingDesk {
  /** Books what the request asks for, or gives the booking that the same `idempotencyKey` made before. */
  confirm(
    request: BookingConfirmRequest,
    idempotencyKey: string | undefined,
    signal: AbortSignal,
    /** Given what costs money to do; throws to refuse. */
    limitCheckout: (book: () => Promise<Confirmed>) => Promise<Confirmed>,
  ): Promise<Confirmed>;
  /** Books the new time; once Calendly has it, the old one is given back. */
  reschedule(
    booking: BookingRecord,
    token: string,
    request: BookingRescheduleRequest,
    idempotencyKey: string | undefined,
    signal: AbortSignal,
  ): Promise<Confirmed>;
}

/** Whether a booking can still be moved by its invitee: not once it has begun. */
export const isChangeable = (booking: BookingRecord | null, now: number): boolean =>
  booking?.status === 'confirmed' &&
  booking.cancelRequestedAt === null &&
  Date.parse(booking.startTime) > now;

export function createBookingDesk(deps: BookDeps): BookingDesk {
  const { sessionTypes, random, clock } = deps;

  return {
    async confirm(request, idempotencyKey, signal, limitCheckout) {
      const identity = { idempotencyKey, requestHash: sha256(JSON.stringify(request)) };
      const earlier = await repeatedRequest(deps, identity, signal);
      if (earlier) return earlier;

      const { returnUrl = null } = request;
      if (returnUrl !== null && !deps.mayReturnTo(returnUrl)) {
        throw new RequestError('invalid_request', undefined, {
          fields: { returnUrl: 'This must be on a site that may use this booking service.' },
        });
      }
      const { session, fitted } = await fittingSession(request, signal);
      const terms = termsOf(session);
      const { name, email, timezone } = request.clientDetails;
      const { timeSlot, tracking, guests = [] } = request;
      const details = (id: string) => ({
        name,
        email,
        timezone,
        notes: fitted.notes,
        location: fitted.location,
        answers: fitted.answers,
        guests,
        tracking: {
          utm_campaign: tracking?.utm_campaign || null,
          utm_source: tracking?.utm_source || null,
          utm_medium: tracking?.utm_medium || null,
          utm_content: tracking?.utm_content || null,
          utm_term: tracking?.utm_term || null,
        },
        replaces: null,
        calendarUid: id,
        sequence: 0,
      });
      const wish = {
        session,
        terms,
        timeSlot,
        token: newToken(random),
        identity,
        details,
        returnUrl,
      };
      const bookIt = () => book(deps, wish, signal);
      return terms.price === null ? bookIt() : limitCheckout(bookIt);
    },

    async reschedule(old, token, request, idempotencyKey, signal) {
      const requestHash = sha256(JSON.stringify({ reschedule: old.id, ...request }));
      const identity = { idempotencyKey, requestHash };
      const earlier = await repeatedRequest(deps, identity, signal);
      if (earlier) return earlier;

      if (!isChangeable(old, clock.now())) throw new RequestError('booking_not_changeable');
      const session = await bookableSession(old.sessionTypeId, signal).catch((error: unknown) => {
        // The session type may have another name by now; what Calendly calls it stays.
        if (error instanceof RequestError && error.code === 'session_type_not_found') {
          return bookableSession(old.eventType, signal);
        }
        throw error;
      });
      const { name, email, location, answers, guests, tracking, calendarUid } = old;
      const details = () => ({
        name,
        email,
        timezone: request.timezone ?? old.timezone,
        notes: null,
        location,
        answers,
        guests,
        tracking,
        replaces: old.id,
        calendarUid,
        sequence: old.sequence + 1,
      });
      const { timeSlot } = request;
      return book(
        deps,
        {
          session,
          // What was paid for is moved, not sold again.
          terms: free,
          timeSlot,
          token,
          identity,
          details,
          returnUrl: null,
          async guard({ trx, apply }) {
            if (!isChangeable(await findBooking(trx, old.id), clock.now())) {
              throw new RequestError('booking_not_changeable');
            }
            // A move that waits for the invitee on Calendly's page gives way to the one that they ask for now.
            const waiting = await findReplacement(trx, old.id);
            if (waiting?.status === 'awaiting_invitee') {
              await apply(waiting.id, {
                type: 'cancel-requested',
                at: clock.now(),
                reason: null,
              });
            }
          },
        },
        signal,
      );
    },
  };

  async function bookableSession(name: string, signal: AbortSignal): Promise<OfferedSession> {
    const session = await sessionTypes.find(name, { signal });
    if (!session) throw new RequestError('session_type_not_found');
    if (session.sessionType.requiresAuth) throw new RequestError('sign_in_required');
    return session;
  }

  /** A request that does not fit may be right and our copy of the questions old: look once more before refusing. */
  async function fittingSession(request: BookingConfirmRequest, signal: AbortSignal) {
    const session = await bookableSession(request.sessionTypeId, signal);
    const fitted = fit(request, session.eventType);
    if (fitted.fits) return { session, fitted };

    await sessionTypes.refresh({ signal });
    const current = await bookableSession(request.sessionTypeId, signal);
    const again = fit(request, current.eventType);
    if (!again.fits) throw new RequestError('invalid_request', undefined, { fields: again.fields });
    return { session: current, fitted: again };
  }
}

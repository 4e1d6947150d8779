import type { BookingConfirmRequest, BookingRescheduleRequest } from '../contract/booking.ts';
import type { Slot } from '../contract/available-times.ts';
import type { Availability } from '../availability/availability.ts';
import type { OfferedSession, SessionTypes } from '../availability/session-types.ts';
import type { Clock, RandomBytes } from '../clock.ts';
import type { Connection, Database } from '../database/connection.ts';
import { conflictOf } from '../database/conflict.ts';
import { RequestError } from '../http/errors.ts';
import { enqueueJobs } from '../outbox/job.store.ts';
import type { Worker } from '../outbox/worker.ts';
import type { Scheduling } from '../scheduling/scheduling.ts';
import type { BookingRecord } from './booking.ts';
import {
  findBooking,
  findByIdempotencyHash,
  findConfirmedIds,
  findSecrets,
  type BookingSecrets,
} from './booking.store.ts';
import type { Changes } from './changes.ts';
import { fit, wishOf } from './fit.ts';
import type { Ledger } from './ledger.ts';
import { proposeSeat, readFreshSlot, type FreshSlot } from './seat.ts';
import { newId, newToken, openToken, sealToken, sha256 } from './token.ts';
import { watchUntil } from './watch.ts';

export interface ConfirmDeps {
  db: Database;
  clock: Clock;
  random: RandomBytes;
  ledger: Ledger;
  changes: Changes;
  worker: Worker;
  scheduling: Scheduling;
  sessionTypes: SessionTypes;
  availability: Availability;
  /** A secret of the environment that seals the tokens for mails. */
  linkSecret: string;
}

export interface Confirmed {
  booking: BookingRecord;
  token: string;
}

/** What a booking takes over from the request, or from the booking that it replaces. */
type BookingDetails = Pick<
  BookingRecord,
  | 'name'
  | 'email'
  | 'timezone'
  | 'notes'
  | 'location'
  | 'answers'
  | 'guests'
  | 'tracking'
  | 'replaces'
  | 'calendarUid'
  | 'sequence'
>;

/** How many free times a visitor is offered when the chosen one is gone. */
const nearestCount = 6;

export interface BookingDesk {
  /** Books what the request asks for, or gives the booking that the same `idempotencyKey` made before. */
  confirm(
    request: BookingConfirmRequest,
    idempotencyKey: string | undefined,
    signal: AbortSignal,
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

export function createBookingDesk(deps: ConfirmDeps): BookingDesk {
  const {
    db,
    clock,
    random,
    ledger,
    changes,
    worker,
    scheduling,
    sessionTypes,
    availability,
    linkSecret,
  } = deps;

  return {
    async confirm(request, idempotencyKey, signal) {
      const requestHash = sha256(JSON.stringify(request));
      const earlier = await replay(idempotencyKey, requestHash, signal);
      if (earlier) return earlier;

      const session = await bookableSession(request.sessionTypeId, signal);
      const fitted = await fitFreshly(request, session, signal);
      return book(session, request.timeSlot, idempotencyKey, requestHash, signal, {
        token: newToken(random),
        details: (id) => ({
          name: request.clientDetails.name,
          email: request.clientDetails.email,
          timezone: request.clientDetails.timezone,
          notes: fitted.notes,
          location: fitted.location,
          answers: fitted.answers,
          guests: request.guests ?? [],
          tracking: {
            utm_campaign: request.tracking?.utm_campaign || null,
            utm_source: request.tracking?.utm_source || null,
            utm_medium: request.tracking?.utm_medium || null,
            utm_content: request.tracking?.utm_content || null,
            utm_term: request.tracking?.utm_term || null,
          },
          replaces: null,
          calendarUid: id,
          sequence: 0,
        }),
      });
    },

    async reschedule(old, token, request, idempotencyKey, signal) {
      const requestHash = sha256(JSON.stringify({ reschedule: old.id, ...request }));
      const earlier = await replay(idempotencyKey, requestHash, signal);
      if (earlier) return earlier;

      if (old.status !== 'confirmed' || old.cancelRequestedAt !== null) {
        throw new RequestError('booking_not_changeable');
      }
      const session = await bookableSession(old.eventType, signal);
      return book(session, request.timeSlot, idempotencyKey, requestHash, signal, {
        token,
        details: () => ({
          name: old.name,
          email: old.email,
          timezone: request.timezone ?? old.timezone,
          notes: null,
          location: old.location,
          answers: old.answers,
          guests: old.guests,
          tracking: old.tracking,
          replaces: old.id,
          calendarUid: old.calendarUid,
          sequence: old.sequence + 1,
        }),
        async guard(trx) {
          const current = await findBooking(trx, old.id);
          if (current?.status !== 'confirmed' || current.cancelRequestedAt !== null) {
            throw new RequestError('booking_not_changeable');
          }
        },
      });
    },
  };

  /** What the same key made before; the same answer again once it is settled. */
  async function replay(
    idempotencyKey: string | undefined,
    requestHash: string,
    signal: AbortSignal,
  ): Promise<Confirmed | null> {
    if (idempotencyKey === undefined) return null;
    const booking = await findByIdempotencyHash(db, sha256(idempotencyKey));
    if (!booking) return null;
    const secrets = await findSecrets(db, booking.id);
    if (secrets?.requestHash !== requestHash || secrets.sealedToken === null) {
      throw new RequestError('idempotency_key_reused');
    }
    return {
      booking: await settled(booking, signal),
      token: openToken(secrets.sealedToken, idempotencyKey, booking.id),
    };
  }

  async function bookableSession(name: string, signal: AbortSignal): Promise<OfferedSession> {
    const session = await sessionTypes.find(name, { signal });
    if (!session) throw new RequestError('session_type_not_found');
    if (session.sessionType.requiresAuth) throw new RequestError('sign_in_required');
    if (session.sessionType.price) throw new RequestError('payments_unavailable');
    return session;
  }

  /** A request that does not fit may be right and our copy of the questions old: look once more before refusing. */
  async function fitFreshly(
    request: BookingConfirmRequest,
    session: OfferedSession,
    signal: AbortSignal,
  ) {
    const first = fit(request, session.eventType);
    if (first.fits) return first;
    await sessionTypes.refresh({ signal });
    const current = await bookableSession(request.sessionTypeId, signal);
    const second = fit(request, current.eventType);
    if (!second.fits)
      throw new RequestError('invalid_request', undefined, { fields: second.fields });
    return second;
  }

  async function book(
    session: OfferedSession,
    timeSlot: { startTime: string; endTime: string },
    idempotencyKey: string | undefined,
    requestHash: string,
    signal: AbortSignal,
    wish: {
      token: string;
      details: (id: string) => BookingDetails;
      guard?: (trx: Connection) => Promise<void>;
    },
  ): Promise<Confirmed> {
    const { startTime } = timeSlot;
    const slot = await readFreshSlot({ scheduling, clock }, session, startTime, { signal });
    // Another end than the visitor saw means that the session has changed: they choose again, knowing.
    if (!slot || slot.endTime !== timeSlot.endTime) {
      // The slot may be gone because the same request, sent twice, was quicker the other time.
      const earlier = await replay(idempotencyKey, requestHash, signal);
      if (earlier) return earlier;
      throw await slotTaken(session, startTime, signal);
    }

    const id = newId(random);
    const details = wish.details(id);
    const secrets: BookingSecrets = {
      tokenHash: sha256(wish.token),
      linkToken: sealToken(wish.token, linkSecret, details.calendarUid, random),
      idempotencyHash: idempotencyKey === undefined ? null : sha256(idempotencyKey),
      sealedToken:
        idempotencyKey === undefined ? null : sealToken(wish.token, idempotencyKey, id, random),
      requestHash,
    };
    let opened: Awaited<ReturnType<Ledger['open']>>;
    try {
      opened = await ledger.open(async (trx) => {
        await wish.guard?.(trx);
        const seat = await proposeSeat(trx, session, startTime, slot);
        if (seat === null) return null;
        return {
          booking: newBooking(id, session, slot, seat, details),
          secrets,
        };
      }, newId(random));
    } catch (error) {
      switch (conflictOf(error)) {
        case 'seat':
          opened = null;
          break;
        case 'idempotency_key': {
          const earlier = await replay(idempotencyKey, requestHash, signal);
          if (earlier) return earlier;
          throw error;
        }
        case 'replacement':
          throw new RequestError('booking_not_changeable');
        default:
          throw error;
      }
    }
    if (!opened) {
      const earlier = await replay(idempotencyKey, requestHash, signal);
      if (earlier) return earlier;
      await doubtConfirmed(session, startTime, slot.endTime);
      throw await slotTaken(session, startTime, signal);
    }
    if (opened.job) await worker.run(opened.job, signal);
    worker.wake();

    const booking = (await findBooking(db, id)) ?? opened.booking;
    if (booking.status === 'rejected') throw await rejected(booking, session, signal);
    return { booking, token: wish.token };
  }

  function newBooking(
    id: string,
    session: OfferedSession,
    slot: FreshSlot,
    seat: number,
    details: BookingDetails,
  ): BookingRecord {
    const { sessionType, eventType } = session;
    const now = clock.now();
    return {
      ...details,
      id,
      owner: session.owner,
      calendar: session.calendar,
      version: 1,
      status: 'scheduling',
      paymentStatus: 'not_required',
      sessionTypeId: sessionType.id,
      eventType: eventType.uri,
      title: sessionType.title,
      hostName: sessionType.host?.name ?? null,
      group: eventType.kind === 'group',
      price: null,
      startTime: slot.openTime.startTime,
      endTime: slot.endTime,
      seat,
      holdExpiresAt: null,
      inviteeUri: null,
      eventUri: null,
      cancelUrl: null,
      rescheduleUrl: null,
      knownSince: null,
      place: null,
      schedulingUrl: slot.openTime.schedulingUrl,
      continueUrl: null,
      rejection: null,
      cancelRequestedAt: null,
      canceledBy: null,
      cancelReason: null,
      rescheduledTo: null,
      createdAt: now,
      updatedAt: now,
    };
  }

  /** A booking that another request may still be working on, once it has left `scheduling` or the time is up. */
  async function settled(booking: BookingRecord, signal: AbortSignal): Promise<BookingRecord> {
    const isSettled = ({ status }: BookingRecord): boolean => status !== 'scheduling';
    const current = await watchUntil({ db, clock, changes }, booking, isSettled, signal);
    if (current.status !== 'rejected') return current;
    const session = await sessionTypes.find(current.eventType, { signal });
    throw session
      ? await rejected(current, session, signal)
      : new RequestError('scheduling_refused');
  }

  async function rejected(booking: BookingRecord, session: OfferedSession, signal: AbortSignal) {
    if (booking.rejection === 'slot_taken') return slotTaken(session, booking.startTime, signal);
    // The questions or the places may have changed while we were booking: say what no longer fits.
    const current = (await sessionTypes.find(session.eventType.uri, { signal })) ?? session;
    const fitted = fit(wishOf(booking), current.eventType);
    return fitted.fits
      ? new RequestError('scheduling_refused')
      : new RequestError('invalid_request', undefined, { fields: fitted.fields });
  }

  async function slotTaken(session: OfferedSession, startTime: string, signal: AbortSignal) {
    availability.clear();
    const slots: Slot[] = await availability
      .nearest(session, startTime, nearestCount, { signal })
      .catch(() => []);
    return new RequestError('slot_taken', undefined, { extra: { slots } });
  }

  /** Calendly offers a time that is confirmed here: most likely it was canceled there and the news got lost. */
  async function doubtConfirmed(session: OfferedSession, from: string, to: string): Promise<void> {
    const now = clock.now();
    const ids = await findConfirmedIds(db, session.calendar, from, to);
    await enqueueJobs(
      db,
      ids.map((bookingId) => ({
        kind: 'compare-booking',
        key: `compare-booking:${bookingId}:${Math.floor(now / 60_000)}`,
        bookingId,
      })),
      now,
    );
    if (ids.length > 0) worker.wake();
  }
}

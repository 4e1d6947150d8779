import type { OfferedSession } from '../availability/session-types.ts';
import type { Clock, RandomBytes } from '../clock.ts';
import { conflictOf } from '../database/conflict.ts';
import type { Connection } from '../database/connection.ts';
import { RequestError } from '../http/errors.ts';
import { enqueueJobs } from '../outbox/job.store.ts';
import type { Worker } from '../outbox/worker.ts';
import { findBooking, findConfirmedIds } from './booking.store.ts';
import type { Ledger, LedgerWriter } from './ledger.ts';
import type { BookingRecord } from './booking.ts';
import { newBooking, type BookingDetails, type Terms } from './new-booking.ts';
import { slotTaken, whyRejected, type RefusalDeps } from './refusal.ts';
import {
  repeatedRequest,
  secretsOf,
  type Confirmed,
  type RequestIdentity,
} from './repeated-request.ts';
import { proposeSeat } from './seat.ts';
import { newId } from './token.ts';
import type { WatchDeps } from './watch.ts';

export interface BookDeps extends WatchDeps, RefusalDeps {
  clock: Clock;
  random: RandomBytes;
  ledger: Ledger;
  worker: Worker;
  /** A secret of the environment that seals the tokens for mails. */
  linkSecret: string;
  /** Whether a visitor may be sent to this address: it is on a site that may use this backend. */
  mayReturnTo: (url: string) => boolean;
  /** What has to be there before money is asked for; joins the transaction that takes the seat. Throws to refuse. */
  preparePayment: (
    trx: Connection,
    booking: BookingRecord,
    session: OfferedSession,
    returnUrl: string | null,
  ) => Promise<void>;
}

/** What is to be booked, however it was asked for. */
export interface Wish {
  session: OfferedSession;
  terms: Terms;
  timeSlot: { startTime: string; endTime: string };
  token: string;
  identity: RequestIdentity;
  details: (id: string) => BookingDetails;
  /** The page that the visitor comes back to after paying. */
  returnUrl: string | null;
  /** Runs in the transaction that takes the seat; throws to refuse. */
  guard?: (writer: LedgerWriter) => Promise<void>;
}

/** Asks Calendly for the slot afresh, takes the seat in one transaction, creates the invitee, says what came of it. */
export async function book(deps: BookDeps, wish: Wish, signal: AbortSignal): Promise<Confirmed> {
  const { db, clock, random, ledger, worker } = deps;
  const { session, identity, token } = wish;
  const { startTime, endTime } = wish.timeSlot;

  /** The slot may be gone because the same request, sent twice, was quicker the other time. */
  const gone = async (): Promise<Confirmed> => {
    const earlier = await repeatedRequest(deps, identity, signal);
    if (earlier) return earlier;
    throw await slotTaken(deps, session, startTime, signal);
  };

  const slot = await deps.availability.freshSlot(session, startTime, { signal });
  // Another end than the visitor saw means that the session has changed: they choose again, knowing.
  if (slot?.endTime !== endTime) return gone();

  const id = newId(random);
  const details = { ...wish.details(id), ...wish.terms };
  const opened = await ledger
    .open(async (writer) => {
      await wish.guard?.(writer);
      const seat = await proposeSeat(writer.trx, session, startTime, slot);
      if (seat === null) return null;
      const booking = newBooking(id, session, slot, seat, details, clock.now());
      const also = (inserted: Connection): Promise<void> =>
        deps.preparePayment(inserted, booking, session, wish.returnUrl);
      return {
        booking,
        secrets: secretsOf(token, identity, booking, deps),
        ...(booking.price === null ? {} : { also }),
      };
    }, newId(random))
    .catch((error: unknown) => {
      const conflict = conflictOf(error);
      if (conflict === 'replacement') throw new RequestError('booking_not_changeable');
      if (conflict === 'seat' || conflict === 'idempotency_key') return null;
      throw error;
    });
  if (!opened) {
    await doubtConfirmed(deps, session, startTime, endTime);
    return gone();
  }

  if (opened.job) await worker.run(opened.job, signal);
  worker.wake();
  const booking = (await findBooking(db, id)) ?? opened.booking;
  if (booking.status === 'rejected') throw await whyRejected(deps, booking, signal);
  return { booking, token };
}

/** Calendly offers a time that is confirmed here: most likely it was canceled there and the news got lost. */
async function doubtConfirmed(
  { db, clock, worker }: BookDeps,
  session: OfferedSession,
  from: string,
  to: string,
): Promise<void> {
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

import { findBooking } from '../booking/booking.store.ts';
import type { BookingRecord } from '../booking/booking.ts';
import type { Ledger } from '../booking/ledger.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../database/connection.ts';
import { concludeJob } from '../outbox/job.store.ts';
import { done, type JobHandler } from '../outbox/job.ts';
import { backOff } from '../outbox/worker.ts';
import { SchedulingError, type Scheduling } from './scheduling.ts';

/**
 * Cancels the booking's event in Calendly: for an invitee who asked, because another booking took its place, or because
 * it had been given up before we heard of it. Never for a group, whose event belongs to the other invitees as well.
 */
export function createCancelEvent(deps: {
  db: Database;
  clock: Clock;
  ledger: Ledger;
  scheduling: Scheduling;
}): JobHandler {
  const { db, clock, ledger, scheduling } = deps;
  return async function cancelEvent(job, signal) {
    const booking = job.bookingId === null ? null : await findBooking(db, job.bookingId);
    const wanted =
      booking &&
      // Moved while a cancellation was under way: that has gone along with the new booking.
      ((booking.status === 'rescheduled' && booking.cancelRequestedAt === null) ||
        (booking.status === 'confirmed' && booking.cancelRequestedAt !== null) ||
        (booking.status === 'canceled' && booking.knownSince === null));
    if (!wanted || booking.group || booking.eventUri === null) return done;

    try {
      let result = await scheduling.cancelEvent(booking.eventUri, booking.cancelReason, { signal });
      if (result.outcome === 'already_canceled') {
        // Perhaps because it was moved on Calendly's own page: what it has become is what has to go.
        const moved = await readMoved(booking, signal);
        if (moved) result = await scheduling.cancelEvent(moved, booking.cancelReason, { signal });
      }
      switch (result.outcome) {
        case 'canceled':
        case 'already_canceled':
        case 'gone':
          await ledger.apply(
            booking.id,
            {
              type: 'invitee-canceled',
              at: clock.now(),
              by: 'invitee',
              reason: booking.cancelReason,
            },
            (trx) => concludeJob(trx, job, done, clock.now()),
          );
          return done;
        case 'in_past':
        case 'not_allowed':
          await ledger.apply(booking.id, { type: 'cancel-refused' });
          return booking.status === 'confirmed'
            ? done
            : { result: 'dead', error: `The ${booking.status} event stands: ${result.outcome}.` };
      }
    } catch (error) {
      if (!(error instanceof SchedulingError)) throw error;
      return { result: 'again', inMs: backOff(job.attempts), error: error.message };
    }
  };

  /** The event that the booking's invitee was moved to and is still invited to; null when there is none. */
  async function readMoved(booking: BookingRecord, signal: AbortSignal): Promise<string | null> {
    if (booking.inviteeUri === null) return null;
    let invitee = await scheduling.invitee(booking.inviteeUri, { signal });
    while (invitee.newInvitee) invitee = await scheduling.invitee(invitee.newInvitee, { signal });
    return invitee.status === 'active' && invitee.event !== booking.eventUri ? invitee.event : null;
  }
}

import { findBooking } from '../booking/booking.store.ts';
import type { Ledger } from '../booking/ledger.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../database/connection.ts';
import { concludeJob } from '../outbox/job.store.ts';
import { done, type JobHandler } from '../outbox/job.ts';
import { backOff } from '../outbox/worker.ts';
import { SchedulingError, type Scheduling } from './scheduling.ts';

/**
 * Cancels the booking's event in Calendly: for an invitee who asked, or because another booking took its place. Never
 * for a group, whose event belongs to the other invitees as well.
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
      (booking.status === 'rescheduled' ||
        (booking.status === 'confirmed' && booking.cancelRequestedAt !== null));
    if (!wanted || booking.group || booking.eventUri === null) return done;

    try {
      const result = await scheduling.cancelEvent(booking.eventUri, booking.cancelReason, {
        signal,
      });
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
          return booking.status === 'rescheduled'
            ? { result: 'dead', error: `The replaced event was not canceled: ${result.outcome}.` }
            : done;
      }
    } catch (error) {
      if (!(error instanceof SchedulingError)) throw error;
      return { result: 'again', inMs: backOff(job.attempts), error: error.message };
    }
  };
}

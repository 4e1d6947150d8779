import { findBooking } from '../booking/booking.store.ts';
import type { Database } from '../database/connection.ts';
import { done, type JobHandler } from '../outbox/job.ts';
import { backOff } from '../outbox/worker.ts';
import type { Reconcile } from './reconcile.ts';
import { SchedulingError } from './scheduling.ts';

/** Compares one confirmed booking with Calendly, because something suggests that they disagree. */
export function createCompareBooking(deps: { db: Database; reconcile: Reconcile }): JobHandler {
  return async function compareBooking(job, signal) {
    const booking = job.bookingId === null ? null : await findBooking(deps.db, job.bookingId);
    if (booking?.status !== 'confirmed' || booking.inviteeUri === null) return done;
    try {
      await deps.reconcile(booking.inviteeUri, { signal });
      return done;
    } catch (error) {
      if (!(error instanceof SchedulingError)) throw error;
      if (job.attempts >= 5) return done;
      return { result: 'again', inMs: backOff(job.attempts), error: error.message };
    }
  };
}

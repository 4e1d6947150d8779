import { findBooking } from '../booking/booking.store.ts';
import type { Ledger } from '../booking/ledger.ts';
import type { Database } from '../database/connection.ts';
import { done, type JobHandler } from '../outbox/job.ts';
import { SchedulingError, type Scheduling } from './scheduling.ts';

/** Conference links are made after the booking: asked for until they are there, then given up quietly. */
const tries = 10;

export function createReadPlace(deps: {
  db: Database;
  ledger: Ledger;
  scheduling: Scheduling;
}): JobHandler {
  const { db, ledger, scheduling } = deps;
  return async function readPlace(job, signal) {
    const booking = job.bookingId === null ? null : await findBooking(db, job.bookingId);
    if (booking?.status !== 'confirmed' || booking.eventUri === null) return done;
    try {
      const { location } = await scheduling.scheduledEvent(booking.eventUri, { signal });
      if (location) {
        const { kind, location: text, joinUrl } = location;
        await ledger.apply(booking.id, {
          type: 'place-known',
          place: { kind, location: text, joinUrl },
        });
      }
      if (!location?.pending || job.attempts >= tries) return done;
      return {
        result: 'again',
        inMs: 5_000 * 2 ** Math.min(job.attempts, 7),
        error: 'The link is not there yet.',
      };
    } catch (error) {
      if (!(error instanceof SchedulingError)) throw error;
      if (job.attempts >= tries) return done;
      return {
        result: 'again',
        inMs: 5_000 * 2 ** Math.min(job.attempts, 7),
        error: error.message,
      };
    }
  };
}

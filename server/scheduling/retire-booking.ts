import type { Ledger } from '../booking/ledger.ts';
import { findBooking } from '../booking/booking.store.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../database/connection.ts';
import { concludeJob } from '../outbox/job.store.ts';
import { done, type JobHandler } from '../outbox/job.ts';

/** Ends the booking whose place the job's booking has taken; canceling its event in Calendly follows from that. */
export function createRetireBooking(deps: {
  db: Database;
  clock: Clock;
  ledger: Ledger;
}): JobHandler {
  const { db, clock, ledger } = deps;
  return async function retireBooking(job) {
    const booking = job.bookingId === null ? null : await findBooking(db, job.bookingId);
    if (!booking?.replaces) return done;
    await ledger.apply(
      booking.replaces,
      { type: 'booking-replaced', by: booking.id, canceledInCalendly: false },
      (trx) => concludeJob(trx, job, done, clock.now()),
    );
    return done;
  };
}

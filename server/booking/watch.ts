import type { Clock } from '../clock.ts';
import type { Database } from '../database/connection.ts';
import type { BookingRecord } from './booking.ts';
import { findBooking } from './booking.store.ts';
import type { Changes } from './changes.ts';

/** Another process may be the one that moves the booking: look this often even when nothing is heard. */
const lookMs = 250;

export interface WatchDeps {
  db: Database;
  clock: Clock;
  changes: Changes;
}

/** The booking as soon as it is `settled`, or as it is when the signal aborts. */
export async function watchUntil(
  { db, clock, changes }: WatchDeps,
  booking: BookingRecord,
  settled: (booking: BookingRecord) => boolean,
  signal: AbortSignal,
): Promise<BookingRecord> {
  let current = booking;
  while (!settled(current) && !signal.aborted) {
    // Listening begins before looking, or a change between the two would be slept through.
    const moved = new AbortController();
    const stop = changes.listen(booking.id, () => moved.abort());
    try {
      current = (await findBooking(db, booking.id)) ?? current;
      if (settled(current)) break;
      await clock.wait(lookMs, AbortSignal.any([moved.signal, signal])).catch(() => undefined);
    } finally {
      stop();
    }
  }
  return current;
}

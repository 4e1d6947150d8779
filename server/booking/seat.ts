import type { FreshSlot } from '../availability/availability.ts';
import type { OfferedSession } from '../availability/session-types.ts';
import type { Connection } from '../database/connection.ts';
import { findSeats, findTakenSeats } from './booking.store.ts';

/**
 * The number of the seat to take, or null when every one is spoken for. It only proposes: that no seat is taken twice and
 * no two sessions of one calendar overlap is the database's promise, kept when the booking is inserted.
 *
 * In a group, seats that Calendly's answer cannot have counted come off what it says is left. When in doubt one is
 * counted twice and the visitor is refused, never the other way round.
 */
export async function proposeSeat(
  trx: Connection,
  session: OfferedSession,
  startTime: string,
  fresh: FreshSlot,
): Promise<number | null> {
  if (session.eventType.kind === 'solo') return 1;
  const seats = await findSeats(trx, session.calendar, startTime, fresh.endTime);
  const uncounted = seats.filter(
    ({ knownSince }) => knownSince === null || knownSince >= fresh.askedAt,
  );
  if (uncounted.length >= fresh.inviteesRemaining) return null;
  const taken = new Set(await findTakenSeats(trx, session.calendar, startTime));
  let seat = 1;
  while (taken.has(seat)) seat++;
  return seat;
}

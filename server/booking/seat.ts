import type { OfferedSession } from '../availability/session-types.ts';
import type { Clock } from '../clock.ts';
import type { Connection } from '../database/connection.ts';
import type { CallOptions, OpenTime, Scheduling } from '../scheduling/scheduling.ts';
import { findSeats, findTakenSeats } from './booking.store.ts';

/** A slot as Calendly had it when it was asked, a moment ago. */
export interface FreshSlot {
  openTime: OpenTime;
  endTime: string;
  /** Epoch ms before the question went out: what we have known for longer, the answer knows too. */
  askedAt: number;
}

/** Asks Calendly itself, never a cache; null when the slot is not offered (any more). */
export async function readFreshSlot(
  deps: { scheduling: Scheduling; clock: Clock },
  session: OfferedSession,
  startTime: string,
  options: CallOptions,
): Promise<FreshSlot | null> {
  const askedAt = deps.clock.now();
  const start = Date.parse(startTime);
  if (start <= askedAt) return null;
  const times = await deps.scheduling.openTimes(
    session.eventType.uri,
    new Date(start - 1_000).toISOString(),
    new Date(start + 60_000).toISOString(),
    options,
  );
  const openTime = times.find((time) => time.startTime === startTime);
  if (!openTime) return null;
  const endTime = new Date(start + session.eventType.durationMinutes * 60_000).toISOString();
  return { openTime, endTime, askedAt };
}

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
  if (uncounted.length >= fresh.openTime.inviteesRemaining) return null;
  const taken = new Set(await findTakenSeats(trx, session.calendar, startTime));
  let seat = 1;
  while (taken.has(seat)) seat++;
  return seat;
}

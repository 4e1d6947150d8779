import { sql } from 'kysely';
import type { Connection } from '../database/connection.ts';

/** How many bookings Calendly takes by API: tries count, whatever comes of them. */
export interface BookingQuota {
  perMinute: number;
  perHour: number;
  perDay: number;
}

/** What Calendly documents for the ordinary paid plans. */
export const ordinaryQuota: BookingQuota = { perMinute: 10, perHour: 50, perDay: 100 };

const minuteMs = 60_000;
/** How soon a try that the minute has no room for is worth another look. */
const soonMs = 10_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

interface Use {
  minute: number;
  hour: number;
  day: number;
  /** Promised to bookings that are still being paid for, and not used yet. */
  reserved: number;
}

async function inUse(db: Connection, owner: string, now: number): Promise<Use> {
  const row = await db
    .selectFrom('quota_use')
    .leftJoin('booking', 'booking.id', 'quota_use.booking_id')
    .select([
      sql<number>`count(*) filter (where used_at > ${now - minuteMs})`.as('minute'),
      sql<number>`count(*) filter (where used_at > ${now - hourMs})`.as('hour'),
      sql<number>`count(*) filter (where used_at > ${now - dayMs})`.as('day'),
      sql<number>`count(*) filter (where used_at is null
        and booking.status in ('awaiting_payment', 'scheduling'))`.as('reserved'),
    ])
    .where('quota_use.owner', '=', owner)
    .where((is) => is.or([is('used_at', 'is', null), is('used_at', '>', now - dayMs)]))
    .executeTakeFirstOrThrow();
  return row;
}

/** Whether one more fits beside what is used and promised. The minute passes by itself while somebody pays. */
const fits = ({ hour, day, reserved }: Use, quota: BookingQuota): boolean =>
  hour + reserved < quota.perHour && day + reserved < quota.perDay;

/** Promises a booking that Calendly will be asked for it, before money is. False: there is nothing left to promise. */
export async function reserveQuota(
  trx: Connection,
  quota: BookingQuota,
  booking: { id: string; owner: string },
  now: number,
): Promise<boolean> {
  if (!fits(await inUse(trx, booking.owner, now), quota)) return false;
  await trx
    .insertInto('quota_use')
    .values({ booking_id: booking.id, owner: booking.owner, used_at: null })
    .execute();
  return true;
}

/**
 * Counts one try, the booking's own reservation first. What has none leaves alone what is promised to others. Null: the
 * try may be made; else when to look again, in ms.
 */
export async function useQuota(
  trx: Connection,
  quota: BookingQuota,
  booking: { id: string; owner: string },
  now: number,
): Promise<number | null> {
  const use = await inUse(trx, booking.owner, now);
  const own = await trx
    .selectFrom('quota_use')
    .select('id')
    .where('booking_id', '=', booking.id)
    .where('used_at', 'is', null)
    .executeTakeFirst();
  // Without promises to keep, Calendly itself decides: it may allow more than we know.
  if (use.reserved > 0 && use.minute >= quota.perMinute) return soonMs;
  if (!own && use.reserved > 0 && !fits(use, quota)) return hourMs;
  if (own) {
    await trx.updateTable('quota_use').set({ used_at: now }).where('id', '=', own.id).execute();
  } else {
    await trx
      .insertInto('quota_use')
      .values({ booking_id: booking.id, owner: booking.owner, used_at: now })
      .execute();
  }
  return null;
}

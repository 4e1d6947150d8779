import { findOpenBookings } from '../booking/booking.store.ts';
import { isGivenUp, type BookingRecord } from '../booking/booking.ts';
import type { SessionTypes } from '../availability/session-types.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../database/connection.ts';
import { isTaggedFor, mayHaveAnotherHost } from './recognize.ts';
import type { Reconcile } from './reconcile.ts';
import {
  SchedulingError,
  type CallOptions,
  type ScheduledEvent,
  type Scheduling,
} from './scheduling.ts';

export interface SweepDeps {
  db: Database;
  clock: Clock;
  scheduling: Scheduling;
  sessionTypes: SessionTypes;
  reconcile: Reconcile;
  log: (entry: { event: string; [key: string]: unknown }) => void;
}

const dayMs = 86_400_000;

/**
 * Compares everything that is not over with Calendly, so that the same state is reached with every webhook lost, only
 * later. Scheduled events can be filtered by the time of the meeting alone, so the whole open range is listed; single
 * invitees are read only where a list disagrees with us, which keeps the reads few.
 */
export async function sweepCalendly(
  deps: SweepDeps,
  options: CallOptions,
): Promise<{ compared: number }> {
  const { db, clock, scheduling, sessionTypes, reconcile, log } = deps;
  const bookings = await findOpenBookings(db, clock.now());
  if (bookings.length === 0) return { compared: 0 };

  const owner = await sessionTypes.owner(options);
  const awaiting = bookings.filter(
    (booking) => booking.status === 'awaiting_invitee' || isGivenUp(booking),
  );
  const confirmed = bookings.filter(({ status }) => status === 'confirmed');
  const starts = bookings.map(({ startTime }) => Date.parse(startTime));
  // An invitee on Calendly's page may take another time than the one that was handed over, an earlier one included.
  const from = Math.min(...starts, ...awaiting.map(({ createdAt }) => createdAt));
  const to = Math.max(...starts) + (awaiting.length > 0 ? 60 * dayMs : 1000);
  const active = await scheduling.scheduledEvents(
    {
      owner,
      everybodys: bookings.some(mayHaveAnotherHost),
      from: new Date(from - 1000).toISOString(),
      to: new Date(to).toISOString(),
      status: 'active',
    },
    options,
  );
  const byUri = new Map(active.map((event) => [event.uri, event]));

  for (const booking of confirmed) {
    if (booking.inviteeUri === null || booking.eventUri === null) continue;
    const event = byUri.get(booking.eventUri);
    // A seat of a group can be given back while its event goes on.
    if (event && !booking.group && event.startTime === booking.startTime) continue;
    if (event && booking.group && (await isStillInvited(booking, event))) continue;
    await look(booking.inviteeUri);
  }

  const known = new Set(confirmed.map(({ eventUri }) => eventUri));
  for (const event of active) {
    const candidates = awaiting.filter(({ eventType }) => eventType === event.eventType);
    if (candidates.length === 0 || (known.has(event.uri) && event.counter.limit === 1)) continue;
    for (const invitee of await scheduling.invitees(event.uri, { status: 'active' }, options)) {
      if (candidates.some((booking) => isTaggedFor(invitee, booking))) await look(invitee.uri);
    }
  }
  return { compared: bookings.length };

  async function isStillInvited(booking: BookingRecord, event: ScheduledEvent): Promise<boolean> {
    const invitees = await scheduling.invitees(event.uri, { status: 'active' }, options);
    return invitees.some(({ uri }) => uri === booking.inviteeUri);
  }

  async function look(inviteeUri: string): Promise<void> {
    try {
      const adoption = await reconcile(inviteeUri, options);
      if (adoption !== 'known') log({ event: 'sweep', adoption });
    } catch (error) {
      // One that cannot be read must not keep the others from being compared.
      if (!(error instanceof SchedulingError)) throw error;
      log({ event: 'sweep', error: error.message });
    }
  }
}

import type { BookingRecord } from '../booking/booking.ts';
import type { Invitee, Owner, ScheduledEvent, Scheduling } from './scheduling.ts';

export interface Recognized {
  invitee: Invitee;
  event: ScheduledEvent;
}

/** The tag that says an invitee is this booking's. */
export const isTaggedFor = (invitee: Invitee, booking: BookingRecord): boolean =>
  invitee.tracking?.salesforce_uuid === booking.id;

/** The event of a pool, or of a colleague's calendar, is not among the owner's own. */
export const mayHaveAnotherHost = ({ calendar, owner }: BookingRecord): boolean =>
  calendar !== owner;

/**
 * Looks in Calendly for the invitee of a booking whose outcome is unknown. Canceled ones count too: an invitee that was
 * created and canceled since must not be created again. The address may have another spelling there, the tag may not.
 */
export async function findOwnInvitee(
  scheduling: Scheduling,
  owner: Owner,
  booking: BookingRecord,
  signal: AbortSignal,
): Promise<Recognized | null> {
  const start = Date.parse(booking.startTime);
  const events = await scheduling.scheduledEvents(
    {
      owner,
      everybodys: mayHaveAnotherHost(booking),
      from: new Date(start - 1000).toISOString(),
      to: new Date(start + 1000).toISOString(),
    },
    { signal },
  );
  for (const event of events) {
    if (event.eventType !== booking.eventType) continue;
    const invitees = await scheduling.invitees(event.uri, {}, { signal });
    const invitee = invitees.find((candidate) => isTaggedFor(candidate, booking));
    if (invitee) return { invitee, event };
  }
  return null;
}

import { findBooking, findBookingByInvitee } from '../booking/booking.store.ts';
import type { BookingRecord } from '../booking/booking.ts';
import type { Database } from '../database/connection.ts';
import type { Adopt, Adoption } from './adopt.ts';
import { SchedulingError, type CallOptions, type Scheduling } from './scheduling.ts';

/**
 * Reads one invitee from Calendly as it is now and makes our records agree, moves to other times included. What a
 * delivery or a list said is only the reason to look.
 */
export interface Reconcile {
  (inviteeUri: string, options: CallOptions): Promise<Adoption>;
}

export function createReconcile(deps: {
  db: Database;
  scheduling: Scheduling;
  adopt: Adopt;
}): Reconcile {
  const { db, scheduling, adopt } = deps;

  /** The booking behind an invitee; one whose creation we have not heard of yet is caught up with first. */
  async function bookingOf(
    inviteeUri: string,
    options: CallOptions,
  ): Promise<BookingRecord | null> {
    const known = await findBookingByInvitee(db, inviteeUri);
    if (known) return known;
    try {
      const invitee = await scheduling.invitee(inviteeUri, options);
      const tag = invitee.tracking?.salesforce_uuid;
      if (!tag || !(await findBooking(db, tag))) return null;
      await adopt(invitee, await scheduling.scheduledEvent(invitee.event, options), null);
    } catch (error) {
      if (error instanceof SchedulingError && error.failure === 'not_found') return null;
      throw error;
    }
    return findBookingByInvitee(db, inviteeUri);
  }

  return async function reconcile(inviteeUri, options) {
    const invitee = await scheduling.invitee(inviteeUri, options);
    const event = await scheduling.scheduledEvent(invitee.event, options);
    const previous =
      invitee.oldInvitee === null ? null : await bookingOf(invitee.oldInvitee, options);
    const adoption = await adopt(invitee, event, previous);
    if (invitee.newInvitee === null || adoption === 'foreign') return adoption;

    // Moved on Calendly's page: the news may come by the old invitee or by the new one, whichever is heard of first.
    const moved = await scheduling.invitee(invitee.newInvitee, options);
    const movedEvent = await scheduling.scheduledEvent(moved.event, options);
    return adopt(moved, movedEvent, await findBookingByInvitee(db, inviteeUri));
  };
}

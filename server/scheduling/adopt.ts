import type { Clock, RandomBytes } from '../clock.ts';
import { isGivenUp, type BookingRecord } from '../booking/booking.ts';
import {
  findBooking,
  findBookingByInvitee,
  findReplacement,
  findSecrets,
} from '../booking/booking.store.ts';
import type { Ledger } from '../booking/ledger.ts';
import { cancelJob, captureJob, type OwedJob } from '../booking/booking-event.ts';
import { inheritedMoney } from '../booking/scheduling-transitions.ts';
import { newId } from '../booking/token.ts';
import { isTaggedFor } from './recognize.ts';
import { canceledEvent, createdEvent } from './schedule-invitee.ts';
import type { Invitee, ScheduledEvent } from './scheduling.ts';

/** What came of holding an invitee of Calendly's against our bookings. */
export type Adoption =
  | 'confirmed'
  | 'canceled'
  | 'rescheduled'
  | 'known'
  /** Made elsewhere: none of ours. */
  | 'foreign'
  /** Ours, and one more than the booking asked for: somebody has to look. */
  | 'duplicate';

/**
 * Makes our records say what Calendly says about one invitee. Called with what a fresh read returned, from a delivery or
 * from the sweep, as often and in whatever order: the outcome is the same.
 */
export interface Adopt {
  /** `previous` is the invitee that this one was moved from, when it is known. */
  (invitee: Invitee, event: ScheduledEvent, previous: BookingRecord | null): Promise<Adoption>;
}

export function createAdopt(deps: { ledger: Ledger; clock: Clock; random: RandomBytes }): Adopt {
  const { ledger, clock, random } = deps;

  return (invitee, event, previous) =>
    ledger.transact(async (writer): Promise<Adoption> => {
      const tag = invitee.tracking?.salesforce_uuid ?? null;
      let booking = await findBookingByInvitee(writer.trx, invitee.uri);
      let adoption: Adoption = 'known';

      if (!booking && previous) {
        // Moved on Calendly's own page: a new invitee in the place of one of ours. It carries the tag of the first one.
        const current = await findBooking(writer.trx, previous.id);
        if (current?.status !== 'confirmed') return 'foreign';
        const replacement = await findReplacement(writer.trx, current.id);
        const isOvertaken = replacement?.status === 'awaiting_invitee';
        if (invitee.status === 'active' && (replacement === null || isOvertaken)) {
          // A move that we had handed over and that was never finished: they have made this one instead.
          if (isOvertaken) {
            const at = clock.now();
            await writer.apply(replacement.id, { type: 'cancel-requested', at, reason: null });
          }
          const secrets = await findSecrets(writer.trx, current.id);
          if (!secrets) throw new Error(`Booking ${current.id} has no token.`);
          const moved = movedBooking(current, invitee, event);
          await writer.insert(
            moved,
            // The same token opens it, so the links in the invitee's mails go on working.
            { ...secrets, sealedToken: null, idempotencyHash: null, requestHash: null },
            movedJobs(moved),
          );
          await writer.apply(current.id, {
            type: 'booking-replaced',
            by: moved.id,
            canceledInCalendly: true,
          });
          return 'rescheduled';
        }
        // Moved and then canceled, before we heard of either.
        if (invitee.status === 'canceled' && !invitee.rescheduled) booking = current;
      } else if (!booking && tag !== null) {
        const tagged = await findBooking(writer.trx, tag);
        if (tagged && belongsTo(tagged, invitee, event)) {
          booking = await writer.apply(tagged.id, createdEvent(invitee, event, clock.now()));
          adoption = booking.status === 'canceled' ? 'canceled' : 'confirmed';
          // It has another one, or has come to its end without any.
          if (booking.inviteeUri !== invitee.uri) {
            return invitee.status === 'active' ? 'duplicate' : 'foreign';
          }
        }
      }
      if (!booking) return 'foreign';

      if (invitee.status === 'canceled' && booking.status === 'confirmed' && !invitee.rescheduled) {
        await writer.apply(booking.id, canceledEvent(invitee, clock.now()));
        return 'canceled';
      }
      return adoption;
    });

  function movedBooking(
    from: BookingRecord,
    invitee: Invitee,
    event: ScheduledEvent,
  ): BookingRecord {
    const now = clock.now();
    return {
      ...from,
      ...inheritedMoney(from, now),
      id: newId(random),
      version: 1,
      status: 'confirmed',
      startTime: event.startTime,
      endTime: event.endTime,
      // Calendly has decided already; its time needs no guard of ours, and ours must not stand against it.
      seat: null,
      holdExpiresAt: null,
      name: invitee.name,
      email: invitee.email,
      timezone: invitee.timezone ?? from.timezone,
      notes: null,
      inviteeUri: invitee.uri,
      eventUri: invitee.event,
      cancelUrl: invitee.cancelUrl,
      rescheduleUrl: invitee.rescheduleUrl,
      knownSince: now,
      place: null,
      continueUrl: null,
      // A wish to cancel that was under way goes along with what it was about.
      canceledBy: null,
      replaces: from.id,
      rescheduledTo: null,
      sequence: from.sequence + 1,
      createdAt: now,
      updatedAt: now,
    };
  }
}

/**
 * The tag is in an address that the invitee can read, so it proves little alone. A booking we make by API must have our
 * own time and address; one that is finished on Calendly's page may have another time there, and another address.
 */
function belongsTo(booking: BookingRecord, invitee: Invitee, event: ScheduledEvent): boolean {
  if (!isTaggedFor(invitee, booking) || event.eventType !== booking.eventType) return false;
  if (booking.status === 'awaiting_invitee' || isGivenUp(booking)) return true;
  return (
    event.startTime === booking.startTime &&
    invitee.email.toLowerCase() === booking.email.toLowerCase()
  );
}

const movedJobs = (moved: BookingRecord): OwedJob[] => [
  { kind: 'read-place', key: `read-place:${moved.id}` },
  ...(moved.cancelRequestedAt === null ? [] : [cancelJob(moved)]),
  ...(moved.paymentStatus === 'authorized' ? [captureJob(moved)] : []),
  {
    kind: 'send-mail',
    key: `send-mail:${moved.id}:booking-rescheduled:${moved.sequence}`,
    mail: 'booking-rescheduled',
  },
];

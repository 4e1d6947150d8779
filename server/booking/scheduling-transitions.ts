import { isGivenUp, type BookingRecord } from './booking.ts';
import {
  cancelJob,
  captureJob,
  mailJob,
  unchanged,
  type BookingEvent,
  type Decision,
  type OwedJob,
  type ScheduledInvitee,
} from './booking-event.ts';
import { refundUntil, settle } from './settle-payment.ts';

type EventOf<T extends BookingEvent['type']> = Extract<BookingEvent, { type: T }>;

/** Who finished in the last moment, perhaps for another time, is heard of by the sweep at the latest. */
const newsMs = 15 * 60_000;

const isUnfinished = ({ status }: BookingRecord): boolean =>
  status === 'scheduling' || status === 'awaiting_invitee';

/**
 * A confirmed booking keeps its seat as a guard against a second one. Not in a pool (its calendar is the event type's
 * own), where Calendly goes on offering the time with another host, nor at a time that it was not held for.
 */
const keepsSeat = (booking: BookingRecord, { startTime, endTime }: ScheduledInvitee): boolean =>
  booking.calendar !== booking.eventType &&
  startTime === booking.startTime &&
  endTime === booking.endTime;

export function inviteeCreated(
  booking: BookingRecord,
  event: EventOf<'invitee-created'>,
  replaced: BookingRecord | null,
): Decision {
  const { inviteeUri, eventUri, cancelUrl, rescheduleUrl } = event;
  const invitee = { inviteeUri, eventUri, cancelUrl, rescheduleUrl };
  // What was finished on Calendly's page and then given up here, before we heard of it, is given up there too. The event
  // of a group belongs to others as well, and whoever finishes afterwards has thought better of it.
  if (isGivenUp(booking) && !booking.group && event.createdAt <= booking.updatedAt) {
    return { booking: { ...booking, ...invitee }, jobs: [cancelJob(booking)] };
  }
  if (!isUnfinished(booking)) return unchanged(booking);
  const jobs: OwedJob[] = [{ kind: 'read-place', key: `read-place:${booking.id}` }];
  // Its money has gone back while the move was under way, or was earned: nothing is left that this could be booked for.
  const isOrphan =
    replaced !== null &&
    replaced.price !== null &&
    (replaced.status !== 'confirmed' || Date.parse(replaced.startTime) <= event.at);
  if (isOrphan) jobs.push(cancelJob(booking));
  const money =
    replaced === null || isOrphan ? booking : { ...booking, ...inheritedMoney(replaced, event.at) };
  jobs.push(mailJob(booking, booking.replaces ? 'booking-rescheduled' : 'booking-confirmed'));
  if (booking.notes) jobs.push(mailJob(booking, 'note-to-host'));
  if (money.paymentStatus === 'authorized') jobs.push(captureJob(booking));
  return {
    booking: {
      ...money,
      cancelRequestedAt: isOrphan ? event.at : null,
      status: 'confirmed',
      ...invitee,
      // On Calendly's page the invitee may have chosen another time; Calendly's word counts.
      startTime: event.startTime,
      endTime: event.endTime,
      seat: keepsSeat(booking, event) ? booking.seat : null,
      holdExpiresAt: null,
      knownSince: event.at,
      continueUrl: null,
    },
    jobs,
  };
}

/** A booking that was moved stays paid: the money goes along, and was paid for where it began. */
export const inheritedMoney = (from: BookingRecord, at: number) => {
  const until = refundUntil(from);
  return {
    price: from.price,
    paymentStatus: from.paymentStatus,
    refundUntilHours: from.refundUntilHours,
    refundEndedAt: until !== null && at > Date.parse(until) ? until : null,
    capture: from.capture,
    paidBy: from.price === null ? null : (from.paidBy ?? from.id),
  };
};

export function notScheduled(
  booking: BookingRecord,
  event: EventOf<'slot-lost' | 'scheduling-failed'>,
): Decision {
  if (booking.status !== 'scheduling') return unchanged(booking);
  const { paymentStatus, jobs } = settle(booking);
  return {
    booking: {
      ...booking,
      status: 'rejected',
      paymentStatus,
      rejection: event.type === 'slot-lost' ? 'slot_taken' : 'refused',
      seat: null,
      holdExpiresAt: null,
    },
    jobs: event.heard ? jobs : [...jobs, mailJob(booking, 'booking-rejected')],
  };
}

export function schedulingRefused(
  booking: BookingRecord,
  { continueUrl, holdExpiresAt }: EventOf<'scheduling-refused'>,
): Decision {
  if (booking.status !== 'scheduling') return unchanged(booking);
  // Who has paid here cannot be sent on to where nobody knows of the money.
  if (booking.price !== null) {
    return notScheduled(booking, { type: 'scheduling-failed', heard: false });
  }
  const { id, startTime } = booking;
  return {
    booking: { ...booking, status: 'awaiting_invitee', continueUrl, holdExpiresAt },
    jobs: [
      { kind: 'expire-hold', key: `expire-hold:${id}:invitee`, runAt: holdExpiresAt },
      {
        kind: 'expire-invitation',
        key: `expire-invitation:${id}`,
        runAt: Date.parse(startTime) + newsMs,
      },
    ],
  };
}

export function placeKnown(booking: BookingRecord, { place }: EventOf<'place-known'>): Decision {
  if (booking.status !== 'confirmed') return unchanged(booking);
  const same =
    booking.place?.kind === place.kind &&
    booking.place.location === place.location &&
    booking.place.joinUrl === place.joinUrl;
  return same ? unchanged(booking) : { booking: { ...booking, place }, jobs: [] };
}

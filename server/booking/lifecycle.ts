/**
 * The lifecycle of a booking as one pure function. An event that does not fit the state changes nothing: deliveries
 * repeat, come late and out of order, and the same fact may arrive by three ways.
 */
import type { BookingStatus, PaymentStatus } from '../contract/booking.ts';
import type { MailKind } from '../notification/notification.ts';
import type { BookingRecord, Place } from './booking.ts';

/** What Calendly calls an invitee, as far as a booking keeps it. */
export interface ScheduledInvitee {
  inviteeUri: string;
  eventUri: string;
  cancelUrl: string;
  rescheduleUrl: string;
  startTime: string;
  endTime: string;
}

export type BookingEvent =
  /** Calendly has it, however we heard of it. */
  | ({ type: 'invitee-created'; at: number } & ScheduledInvitee)
  /** The slot went to somebody else, for certain. `heard`: the invitee was told in the same request. */
  | { type: 'slot-lost'; heard: boolean }
  /** Calendly will never take it as it is. */
  | { type: 'scheduling-failed'; heard: boolean }
  /** Calendly does not take it by API; the invitee can finish on its page. */
  | { type: 'scheduling-refused'; continueUrl: string; holdExpiresAt: number }
  | { type: 'hold-expired'; at: number }
  /** The slot has begun and nobody finished the booking. */
  | { type: 'slot-begun' }
  | { type: 'cancel-requested'; at: number; reason: string | null }
  /** Calendly will not cancel it (it has begun, say): the booking stands. */
  | { type: 'cancel-refused' }
  | { type: 'invitee-canceled'; by: 'host' | 'invitee'; reason: string | null }
  /** Another booking, confirmed, took its place. */
  | { type: 'booking-replaced'; by: string; canceledInCalendly: boolean }
  | { type: 'place-known'; place: Place }
  | { type: 'payment-authorized' }
  | { type: 'payment-captured' }
  | { type: 'payment-released' }
  | { type: 'payment-refunded' }
  | { type: 'refund-failed' };

/** An effect owed to the world. `key` makes it owed once; `runAt` is epoch ms, at once when absent. */
export type OwedJob =
  | { kind: 'schedule-invitee'; key: string }
  | { kind: 'retire-booking'; key: string; replaced: string }
  | { kind: 'cancel-event'; key: string }
  | { kind: 'read-place'; key: string }
  | { kind: 'expire-hold'; key: string; runAt: number }
  | { kind: 'expire-invitation'; key: string; runAt: number }
  | { kind: 'send-mail'; key: string; mail: MailKind }
  | { kind: 'capture-payment'; key: string }
  | { kind: 'release-payment'; key: string }
  | { kind: 'refund-payment'; key: string };

export interface Decision {
  /** The same object when nothing changed. */
  booking: BookingRecord;
  jobs: OwedJob[];
}

export const endedStatuses: ReadonlySet<BookingStatus> = new Set<BookingStatus>([
  'canceled',
  'rescheduled',
  'expired',
  'rejected',
]);

/** Joint states that must never be stored: each is money without a booking, or a booking without money. */
const illegalPayments: Record<BookingStatus, readonly PaymentStatus[]> = {
  awaiting_payment: [
    'not_required',
    'authorized',
    'paid',
    'refunding',
    'refunded',
    'refund_failed',
  ],
  scheduling: ['open', 'releasing', 'released', 'refunding', 'refunded', 'refund_failed'],
  awaiting_invitee: ['open', 'releasing', 'released', 'refunding', 'refunded', 'refund_failed'],
  confirmed: ['open', 'releasing', 'released', 'refunding', 'refunded', 'refund_failed'],
  canceled: ['authorized'],
  rescheduled: [],
  expired: ['authorized', 'paid'],
  rejected: ['open', 'authorized', 'paid'],
};

/** Why this booking must not be stored; null when it may. Asserted on every write. */
export function contradiction(booking: BookingRecord): string | null {
  const { status, paymentStatus, price } = booking;
  if (illegalPayments[status].includes(paymentStatus))
    return `${status} with payment ${paymentStatus}`;
  if ((price === null) !== (paymentStatus === 'not_required')) {
    return `payment ${paymentStatus} with ${price === null ? 'no price' : 'a price'}`;
  }
  if (status === 'confirmed' && (booking.inviteeUri === null || booking.knownSince === null)) {
    return 'confirmed without an invitee';
  }
  if (endedStatuses.has(status) && booking.seat !== null) return `${status} with a seat`;
  if (status === 'rescheduled' && booking.rescheduledTo === null) return 'rescheduled to nothing';
  if (status === 'rejected' && booking.rejection === null) return 'rejected without a reason';
  if (status === 'awaiting_invitee' && booking.continueUrl === null)
    return 'awaiting the invitee with no way on';
  return null;
}

/** The jobs a new booking starts with. */
export function begin(booking: BookingRecord): OwedJob[] {
  return booking.status === 'scheduling'
    ? [{ kind: 'schedule-invitee', key: `schedule-invitee:${booking.id}` }]
    : [];
}

/** Money that is owed back when a booking ends, as the next payment status and the job that makes it true. */
function settle(booking: BookingRecord): { paymentStatus: PaymentStatus; jobs: OwedJob[] } {
  switch (booking.paymentStatus) {
    case 'open':
    case 'authorized':
      return {
        paymentStatus: 'releasing',
        jobs: [{ kind: 'release-payment', key: `release-payment:${booking.id}` }],
      };
    case 'paid':
      return {
        paymentStatus: 'refunding',
        jobs: [{ kind: 'refund-payment', key: `refund-payment:${booking.id}` }],
      };
    default:
      return { paymentStatus: booking.paymentStatus, jobs: [] };
  }
}

/**
 * A confirmed booking keeps its seat as a guard against a second one. Not in a pool (its calendar is the event type's
 * own), where Calendly goes on offering the time with another host, nor at a time that it was not held for.
 */
const keepsSeat = (booking: BookingRecord, startTime: string): boolean =>
  booking.calendar !== booking.eventType && startTime === booking.startTime;

const isUnfinished = (status: BookingStatus): boolean =>
  status === 'scheduling' || status === 'awaiting_invitee';

export function decide(booking: BookingRecord, event: BookingEvent): Decision {
  const unchanged: Decision = { booking, jobs: [] };
  const mail = (kind: MailKind, sequence = booking.sequence): OwedJob => ({
    kind: 'send-mail',
    key: `send-mail:${booking.id}:${kind}:${sequence}`,
    mail: kind,
  });

  switch (event.type) {
    case 'invitee-created': {
      if (!isUnfinished(booking.status)) return unchanged;
      const confirmed: BookingRecord = {
        ...booking,
        status: 'confirmed',
        inviteeUri: event.inviteeUri,
        eventUri: event.eventUri,
        cancelUrl: event.cancelUrl,
        rescheduleUrl: event.rescheduleUrl,
        // On Calendly's page the invitee may have chosen another time; Calendly's word counts.
        startTime: event.startTime,
        endTime: event.endTime,
        seat: keepsSeat(booking, event.startTime) ? booking.seat : null,
        holdExpiresAt: null,
        knownSince: event.at,
        continueUrl: null,
      };
      const jobs: OwedJob[] = [{ kind: 'read-place', key: `read-place:${booking.id}` }];
      if (booking.replaces) {
        jobs.push(
          {
            kind: 'retire-booking',
            key: `retire-booking:${booking.replaces}`,
            replaced: booking.replaces,
          },
          mail('booking-rescheduled'),
        );
      } else {
        jobs.push(mail('booking-confirmed'));
      }
      if (booking.notes) jobs.push(mail('note-to-host'));
      if (booking.paymentStatus === 'authorized') {
        jobs.push({ kind: 'capture-payment', key: `capture-payment:${booking.id}` });
      }
      return { booking: confirmed, jobs };
    }

    case 'slot-lost':
    case 'scheduling-failed': {
      if (booking.status !== 'scheduling') return unchanged;
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
        jobs: event.heard ? jobs : [...jobs, mail('booking-rejected')],
      };
    }

    case 'scheduling-refused':
      if (booking.status !== 'scheduling') return unchanged;
      return {
        booking: {
          ...booking,
          status: 'awaiting_invitee',
          continueUrl: event.continueUrl,
          holdExpiresAt: event.holdExpiresAt,
        },
        jobs: [
          { kind: 'expire-hold', key: `expire-hold:${booking.id}`, runAt: event.holdExpiresAt },
          {
            kind: 'expire-invitation',
            key: `expire-invitation:${booking.id}`,
            runAt: Date.parse(booking.startTime),
          },
        ],
      };

    case 'hold-expired': {
      if (booking.holdExpiresAt === null || event.at < booking.holdExpiresAt) return unchanged;
      // The seat goes back, yet the invitee may still finish on Calendly's page: Calendly decides who gets it.
      if (booking.status === 'awaiting_invitee') {
        return { booking: { ...booking, seat: null, holdExpiresAt: null }, jobs: [] };
      }
      if (booking.status !== 'awaiting_payment') return unchanged;
      const { paymentStatus, jobs } = settle(booking);
      return {
        booking: { ...booking, status: 'expired', paymentStatus, seat: null, holdExpiresAt: null },
        jobs,
      };
    }

    case 'slot-begun': {
      if (booking.status !== 'awaiting_invitee' && booking.status !== 'awaiting_payment')
        return unchanged;
      const { paymentStatus, jobs } = settle(booking);
      return {
        booking: {
          ...booking,
          status: 'expired',
          paymentStatus,
          seat: null,
          holdExpiresAt: null,
          continueUrl: null,
        },
        jobs,
      };
    }

    case 'cancel-requested': {
      if (booking.status === 'awaiting_invitee' || booking.status === 'awaiting_payment') {
        const { paymentStatus, jobs } = settle(booking);
        return {
          booking: {
            ...booking,
            status: 'canceled',
            paymentStatus,
            seat: null,
            holdExpiresAt: null,
            continueUrl: null,
            canceledBy: 'invitee',
            cancelReason: event.reason,
          },
          jobs,
        };
      }
      if (booking.status !== 'confirmed' || booking.cancelRequestedAt !== null) return unchanged;
      return {
        booking: { ...booking, cancelRequestedAt: event.at, cancelReason: event.reason },
        jobs: [{ kind: 'cancel-event', key: `cancel-event:${booking.id}` }],
      };
    }

    case 'cancel-refused':
      if (booking.status !== 'confirmed' || booking.cancelRequestedAt === null) return unchanged;
      return { booking: { ...booking, cancelRequestedAt: null, cancelReason: null }, jobs: [] };

    case 'invitee-canceled': {
      if (booking.status !== 'confirmed') return unchanged;
      const { paymentStatus, jobs } = settle(booking);
      const sequence = booking.sequence + 1;
      return {
        booking: {
          ...booking,
          status: 'canceled',
          paymentStatus,
          seat: null,
          // A cancellation through the API always carries the host's name: the invitee's own request is ours to know.
          canceledBy: booking.cancelRequestedAt === null ? event.by : 'invitee',
          cancelReason: booking.cancelReason ?? event.reason,
          sequence,
        },
        jobs: [...jobs, mail('booking-canceled', sequence)],
      };
    }

    case 'booking-replaced':
      if (booking.status !== 'confirmed') return unchanged;
      return {
        booking: { ...booking, status: 'rescheduled', rescheduledTo: event.by, seat: null },
        jobs: event.canceledInCalendly
          ? []
          : [{ kind: 'cancel-event', key: `cancel-event:${booking.id}` }],
      };

    case 'place-known': {
      if (booking.status !== 'confirmed') return unchanged;
      const { place } = booking;
      const same =
        place?.kind === event.place.kind &&
        place.location === event.place.location &&
        place.joinUrl === event.place.joinUrl;
      return same ? unchanged : { booking: { ...booking, place: event.place }, jobs: [] };
    }

    case 'payment-authorized':
      if (booking.status !== 'awaiting_payment' || booking.paymentStatus !== 'open')
        return unchanged;
      return {
        booking: { ...booking, status: 'scheduling', paymentStatus: 'authorized' },
        jobs: [{ kind: 'schedule-invitee', key: `schedule-invitee:${booking.id}` }],
      };

    case 'payment-captured':
      if (booking.status === 'awaiting_payment' && booking.paymentStatus === 'open') {
        return {
          booking: { ...booking, status: 'scheduling', paymentStatus: 'paid' },
          jobs: [{ kind: 'schedule-invitee', key: `schedule-invitee:${booking.id}` }],
        };
      }
      if (booking.paymentStatus !== 'authorized') return unchanged;
      return { booking: { ...booking, paymentStatus: 'paid' }, jobs: [] };

    case 'payment-released':
      if (booking.paymentStatus !== 'releasing') return unchanged;
      return { booking: { ...booking, paymentStatus: 'released' }, jobs: [] };

    case 'payment-refunded':
      if (booking.paymentStatus !== 'refunding') return unchanged;
      return { booking: { ...booking, paymentStatus: 'refunded' }, jobs: [] };

    case 'refund-failed':
      if (booking.paymentStatus !== 'refunding') return unchanged;
      return { booking: { ...booking, paymentStatus: 'refund_failed' }, jobs: [] };
  }
}

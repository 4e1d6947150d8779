import type { BookingRecord } from './booking.ts';
import {
  cancelJob,
  mailJob,
  unchanged,
  type BookingEvent,
  type Decision,
  type OwedJob,
} from './booking-event.ts';
import { settle, settleCanceled } from './settle-payment.ts';

type EventOf<T extends BookingEvent['type']> = Extract<BookingEvent, { type: T }>;

/** Neither in Calendly nor given up: the invitee has something left to do. */
const isWaiting = ({ status }: BookingRecord): boolean =>
  status === 'awaiting_payment' || status === 'awaiting_invitee';

const released = {
  seat: null,
  holdExpiresAt: null,
  continueUrl: null,
  checkoutUrl: null,
  paymentDeclined: false,
} as const;

export function holdExpired(booking: BookingRecord, { at }: EventOf<'hold-expired'>): Decision {
  if (booking.holdExpiresAt === null || at < booking.holdExpiresAt) return unchanged(booking);
  // The seat goes back, yet the invitee may still finish on Calendly's page: Calendly decides who gets it.
  if (booking.status === 'awaiting_invitee') {
    return { booking: { ...booking, seat: null, holdExpiresAt: null }, jobs: [] };
  }
  return booking.status === 'awaiting_payment' ? expired(booking) : unchanged(booking);
}

export const slotBegun = (booking: BookingRecord): Decision =>
  isWaiting(booking) ? expired(booking) : unchanged(booking);

function expired(booking: BookingRecord): Decision {
  const { paymentStatus, jobs } = settle(booking);
  return { booking: { ...booking, ...released, status: 'expired', paymentStatus }, jobs };
}

export function cancelRequested(
  booking: BookingRecord,
  { at, reason }: EventOf<'cancel-requested'>,
): Decision {
  if (isWaiting(booking)) {
    const { paymentStatus, jobs } = settle(booking);
    return {
      booking: {
        ...booking,
        ...released,
        status: 'canceled',
        paymentStatus,
        canceledBy: 'invitee',
        cancelReason: reason,
      },
      jobs,
    };
  }
  if (booking.status !== 'confirmed' || booking.cancelRequestedAt !== null) {
    return unchanged(booking);
  }
  return {
    booking: { ...booking, cancelRequestedAt: at, cancelReason: reason },
    jobs: [cancelJob(booking)],
  };
}

export const cancelRefused = (booking: BookingRecord): Decision =>
  booking.status === 'confirmed' && booking.cancelRequestedAt !== null
    ? { booking: { ...booking, cancelRequestedAt: null, cancelReason: null }, jobs: [] }
    : unchanged(booking);

export function inviteeCanceled(
  booking: BookingRecord,
  event: EventOf<'invitee-canceled'>,
): Decision {
  if (booking.status !== 'confirmed') return unchanged(booking);
  // A cancellation through the API always carries the host's name: the invitee's own request is ours to know.
  const { cancelRequestedAt } = booking;
  const canceledBy = cancelRequestedAt === null ? event.by : 'invitee';
  const { paymentStatus, jobs } = settleCanceled(
    booking,
    cancelRequestedAt ?? event.at,
    canceledBy,
  );
  const canceled: BookingRecord = {
    ...booking,
    ...released,
    status: 'canceled',
    paymentStatus,
    canceledBy,
    cancelReason: booking.cancelReason ?? event.reason,
    sequence: booking.sequence + 1,
  };
  // What stays paid may have been given back by hand before.
  const look: OwedJob[] =
    paymentStatus === 'paid'
      ? [{ kind: 'look-at-payment', key: `look-at-payment:${booking.id}` }]
      : [];
  return { booking: canceled, jobs: [...jobs, ...look, mailJob(canceled, 'booking-canceled')] };
}

export function bookingReplaced(
  booking: BookingRecord,
  { by, canceledInCalendly }: EventOf<'booking-replaced'>,
): Decision {
  if (booking.status !== 'confirmed') return unchanged(booking);
  return {
    booking: { ...booking, ...released, status: 'rescheduled', rescheduledTo: by },
    jobs: canceledInCalendly ? [] : [cancelJob(booking)],
  };
}

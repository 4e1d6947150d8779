/**
 * The lifecycle of a booking as one pure function. An event that does not fit the state changes nothing: deliveries
 * repeat, come late and out of order, and the same fact may arrive by three ways.
 */
import type { BookingRecord } from './booking.ts';
import { scheduleJob, type BookingEvent, type Decision, type OwedJob } from './booking-event.ts';
import {
  bookingReplaced,
  cancelRefused,
  cancelRequested,
  holdExpired,
  inviteeCanceled,
  slotBegun,
} from './ending-transitions.ts';
import {
  checkoutOpened,
  checkoutRefused,
  moneyArrived,
  paymentDeclined,
  paymentRefunded,
  paymentReleased,
  paymentReturned,
  refundFailed,
} from './payment-transitions.ts';
import {
  inviteeCreated,
  notScheduled,
  placeKnown,
  schedulingRefused,
} from './scheduling-transitions.ts';

/** The jobs a new booking starts with; the first is the one that its maker works on at once. */
export function begin(booking: BookingRecord): OwedJob[] {
  const { id, status, holdExpiresAt } = booking;
  if (status === 'scheduling') return [scheduleJob(booking)];
  if (status !== 'awaiting_payment' || holdExpiresAt === null) return [];
  return [
    { kind: 'open-checkout', key: `open-checkout:${id}` },
    { kind: 'expire-hold', key: `expire-hold:${id}`, runAt: holdExpiresAt },
  ];
}

/** `replaced`: the booking whose place this one takes, as it is now. */
export function decide(
  booking: BookingRecord,
  event: BookingEvent,
  replaced: BookingRecord | null = null,
): Decision {
  switch (event.type) {
    case 'invitee-created':
      return inviteeCreated(booking, event, replaced);
    case 'slot-lost':
    case 'scheduling-failed':
      return notScheduled(booking, event);
    case 'scheduling-refused':
      return schedulingRefused(booking, event);
    case 'place-known':
      return placeKnown(booking, event);
    case 'hold-expired':
      return holdExpired(booking, event);
    case 'slot-begun':
      return slotBegun(booking);
    case 'cancel-requested':
      return cancelRequested(booking, event);
    case 'cancel-refused':
      return cancelRefused(booking);
    case 'invitee-canceled':
      return inviteeCanceled(booking, event);
    case 'booking-replaced':
      return bookingReplaced(booking, event);
    case 'checkout-opened':
      return checkoutOpened(booking, event);
    case 'checkout-refused':
      return checkoutRefused(booking);
    case 'payment-declined':
      return paymentDeclined(booking);
    case 'payment-authorized':
      return moneyArrived(booking, 'authorized', event.seat);
    case 'payment-captured':
      return moneyArrived(booking, 'paid', event.seat);
    case 'payment-released':
      return paymentReleased(booking);
    case 'payment-refunded':
      return paymentRefunded(booking, event);
    case 'payment-returned':
      return paymentReturned(booking);
    case 'refund-failed':
      return refundFailed(booking);
  }
}

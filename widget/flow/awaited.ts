import type { Booking } from './state.ts';

/** More is to come by itself: somebody is asked, somebody pays, money moves, a link is made. */
export const isAwaited = (booking: Booking): boolean => {
  const { status, paymentStatus, cancelRequested, location } = booking;
  switch (status) {
    case 'awaiting_payment':
    case 'scheduling':
    case 'awaiting_invitee':
      return true;
    case 'confirmed':
      return (
        cancelRequested ||
        paymentStatus === 'authorized' ||
        (location !== null && location.kind.endsWith('_conference') && location.joinUrl === null)
      );
    case 'expired':
      // Whoever pays at the last moment may still be booked.
      return paymentStatus !== 'not_required';
    default:
      return paymentStatus === 'releasing' || paymentStatus === 'refunding';
  }
};

const signs = (booking: Booking): unknown[] => [
  booking.id,
  booking.status,
  booking.paymentStatus,
  booking.checkoutUrl,
  booking.holdExpiresAt,
  booking.paymentDeclined,
  booking.cancelRequested,
  booking.continueUrl,
  booking.rejection,
  booking.location?.joinUrl,
];

/** Nothing that a visitor would see has changed. */
export const isAsBefore = (before: Booking, now: Booking): boolean =>
  signs(before).join('\n') === signs(now).join('\n');

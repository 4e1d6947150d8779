import type { BookingStatus, PaymentStatus } from '../contract/booking.ts';
import type { BookingRecord } from './booking.ts';

export const endedStatuses: ReadonlySet<BookingStatus> = new Set<BookingStatus>([
  'canceled',
  'rescheduled',
  'expired',
  'rejected',
]);

const neverPaid: readonly PaymentStatus[] = [
  'open',
  'releasing',
  'released',
  'refunding',
  'refunded',
  'refund_failed',
];

/** Joint states that must never be stored: each is money without a booking, or a booking without money. */
const illegalPayments: Record<BookingStatus, readonly PaymentStatus[]> = {
  awaiting_payment: [
    'not_required',
    'authorized',
    'paid',
    'releasing',
    'released',
    'refunding',
    'refunded',
    'refund_failed',
  ],
  scheduling: neverPaid,
  awaiting_invitee: neverPaid,
  confirmed: neverPaid,
  // `paid` may stay: canceled too late for a refund.
  canceled: ['open', 'authorized'],
  rescheduled: [],
  expired: ['open', 'authorized', 'paid'],
  rejected: ['open', 'authorized', 'paid'],
};

/** Why this booking must not be stored; null when it may. Asserted on every write. */
export function contradiction(booking: BookingRecord): string | null {
  const { status, paymentStatus, price } = booking;
  if (illegalPayments[status].includes(paymentStatus)) {
    return `${status} with payment ${paymentStatus}`;
  }
  if ((price === null) !== (paymentStatus === 'not_required')) {
    return `payment ${paymentStatus} with ${price === null ? 'no price' : 'a price'}`;
  }
  if (status === 'confirmed' && (booking.inviteeUri === null || booking.knownSince === null)) {
    return 'confirmed without an invitee';
  }
  if (status !== 'awaiting_payment' && booking.checkoutUrl !== null)
    return `${status} with a checkout`;
  if (status === 'awaiting_payment' && booking.holdExpiresAt === null) {
    return 'awaiting payment without an end';
  }
  if (endedStatuses.has(status) && booking.seat !== null) return `${status} with a seat`;
  if (status === 'rescheduled' && booking.rescheduledTo === null) return 'rescheduled to nothing';
  if (status === 'rejected' && booking.rejection === null) return 'rejected without a reason';
  if (status === 'awaiting_invitee' && booking.continueUrl === null) {
    return 'awaiting the invitee with no way on';
  }
  return null;
}

import type { PaymentStatus } from '../contract/booking.ts';
import type { BookingRecord } from './booking.ts';
import { scheduleJob, unchanged, type Decision } from './booking-event.ts';
import { refunding, releasing } from './settle-payment.ts';

/** No checkout could be opened, so no money was ever asked for. */
export const checkoutRefused = (booking: BookingRecord): Decision =>
  booking.status === 'awaiting_payment'
    ? {
        booking: {
          ...booking,
          status: 'rejected',
          paymentStatus: 'released',
          rejection: 'refused',
          seat: null,
          holdExpiresAt: null,
        },
        jobs: [],
      }
    : unchanged(booking);

/**
 * Money has come in, reserved or taken. In time: the booking goes on. After the hold: it goes on if a seat is free, else
 * the money goes back. After anything else: it goes back.
 */
export function moneyArrived(
  booking: BookingRecord,
  paymentStatus: 'authorized' | 'paid',
  seat: number | null,
): Decision {
  const { status, paymentStatus: before } = booking;
  if (status === 'awaiting_payment') {
    return {
      booking: { ...booking, status: 'scheduling', paymentStatus, holdExpiresAt: null },
      jobs: [scheduleJob(booking)],
    };
  }
  const isLate = before === 'releasing' || before === 'released';
  if (status === 'expired' && isLate && seat !== null) {
    return {
      booking: { ...booking, status: 'scheduling', paymentStatus, seat },
      jobs: [scheduleJob(booking)],
    };
  }
  if (!isLate) return captured(booking, paymentStatus);
  // A release is on its way already; it will find the authorization.
  if (paymentStatus === 'authorized' && before === 'releasing') return unchanged(booking);
  const settlement = paymentStatus === 'paid' ? refunding(booking) : releasing(booking);
  return {
    booking: { ...booking, paymentStatus: settlement.paymentStatus },
    jobs: settlement.jobs,
  };
}

/** What was reserved is taken: the last step of a booking that was authorized first. */
const captured = (booking: BookingRecord, paymentStatus: PaymentStatus): Decision =>
  booking.paymentStatus === 'authorized' && paymentStatus === 'paid'
    ? { booking: { ...booking, paymentStatus }, jobs: [] }
    : unchanged(booking);

/** From where a payment may come to where it ends. */
export const paymentEnded = (
  booking: BookingRecord,
  from: PaymentStatus,
  to: PaymentStatus,
): Decision =>
  booking.paymentStatus === from
    ? { booking: { ...booking, paymentStatus: to }, jobs: [] }
    : unchanged(booking);

import type { PaymentStatus } from '../contract/booking.ts';
import type { BookingRecord } from './booking.ts';
import {
  mailJob,
  scheduleJob,
  unchanged,
  type BookingEvent,
  type Decision,
  type OwedJob,
} from './booking-event.ts';
import { refunding, releasing, settle } from './settle-payment.ts';
import { endedStatuses } from './soundness.ts';

type EventOf<T extends BookingEvent['type']> = Extract<BookingEvent, { type: T }>;

export function checkoutOpened(
  booking: BookingRecord,
  { checkoutUrl }: EventOf<'checkout-opened'>,
): Decision {
  if (booking.status === 'awaiting_payment') {
    return booking.checkoutUrl === checkoutUrl
      ? unchanged(booking)
      : { booking: { ...booking, checkoutUrl }, jobs: [] };
  }
  // The booking came to its end while the page was being opened: nobody may pay there.
  return booking.paymentStatus === 'released'
    ? backTo(booking, releasing(booking))
    : unchanged(booking);
}

/** No checkout could be opened, so no money was ever asked for. */
export const checkoutRefused = (booking: BookingRecord): Decision =>
  booking.status === 'awaiting_payment'
    ? {
        booking: {
          ...booking,
          ...noCheckout,
          status: 'rejected',
          paymentStatus: 'released',
          rejection: 'payment_unavailable',
          seat: null,
        },
        jobs: [],
      }
    : unchanged(booking);

export const paymentDeclined = (booking: BookingRecord): Decision =>
  booking.status === 'awaiting_payment' && !booking.paymentDeclined
    ? { booking: { ...booking, paymentDeclined: true }, jobs: [] }
    : unchanged(booking);

/**
 * Money has come in, reserved or taken. In time: the booking goes on. After the hold: it goes on if a seat is free, else
 * it is rejected. From then on, and after anything else, the money goes back.
 */
export function moneyArrived(
  booking: BookingRecord,
  paymentStatus: 'authorized' | 'paid',
  seat: number | null,
): Decision {
  const { status, paymentStatus: before } = booking;
  if (status === 'awaiting_payment') return goOn(booking, paymentStatus, booking.seat);
  const isLate = before === 'releasing' || before === 'released';
  if (!isLate) return captured(booking, paymentStatus);
  if (status === 'expired') {
    return seat === null ? tooLate(booking, paymentStatus) : goOn(booking, paymentStatus, seat);
  }
  // A release is on its way already; it will find the authorization.
  if (paymentStatus === 'authorized' && before === 'releasing') return unchanged(booking);
  return backTo(booking, paymentStatus === 'paid' ? refunding(booking) : releasing(booking));
}

const noCheckout = { holdExpiresAt: null, checkoutUrl: null, paymentDeclined: false } as const;

const goOn = (
  booking: BookingRecord,
  paymentStatus: PaymentStatus,
  seat: number | null,
): Decision => ({
  booking: { ...booking, ...noCheckout, status: 'scheduling', paymentStatus, seat },
  jobs: [scheduleJob(booking)],
});

function tooLate(booking: BookingRecord, paymentStatus: 'authorized' | 'paid'): Decision {
  const settlement = settle({ ...booking, paymentStatus });
  return {
    booking: {
      ...booking,
      status: 'rejected',
      rejection: 'slot_taken',
      paymentStatus: settlement.paymentStatus,
    },
    jobs: [...settlement.jobs, mailJob(booking, 'booking-rejected')],
  };
}

const backTo = (
  booking: BookingRecord,
  { paymentStatus, jobs }: { paymentStatus: PaymentStatus; jobs: OwedJob[] },
): Decision => ({ booking: { ...booking, paymentStatus }, jobs });

/** What was reserved is taken: the last step of a booking that was authorized first. */
const captured = (booking: BookingRecord, paymentStatus: PaymentStatus): Decision =>
  booking.paymentStatus === 'authorized' && paymentStatus === 'paid'
    ? { booking: { ...booking, paymentStatus }, jobs: [] }
    : unchanged(booking);

export const paymentReleased = (booking: BookingRecord): Decision =>
  booking.paymentStatus === 'releasing'
    ? { booking: { ...booking, paymentStatus: 'released' }, jobs: [] }
    : unchanged(booking);

/** Refunds that have succeeded may fail within a month: looked at again, should the news of it get lost. */
const doubtsMs = [1, 7, 31].map((days) => days * 86_400_000);

export function paymentRefunded(
  booking: BookingRecord,
  { at }: EventOf<'payment-refunded'>,
): Decision {
  if (booking.paymentStatus !== 'refunding') return unchanged(booking);
  return {
    booking: { ...booking, paymentStatus: 'refunded' },
    jobs: doubtsMs.map((ms) => ({
      kind: 'check-refund',
      key: `check-refund:${booking.id}:${ms}`,
      runAt: at + ms,
    })),
  };
}

/**
 * The owner may give back by hand what we would have kept, what failed, or what we had not looked at yet. A booking that
 * stands goes on standing: that is theirs to decide.
 */
export function paymentReturned(booking: BookingRecord): Decision {
  if (booking.status === 'awaiting_payment') {
    return {
      booking: {
        ...booking,
        ...noCheckout,
        status: 'canceled',
        canceledBy: 'host',
        paymentStatus: 'refunded',
        seat: null,
      },
      jobs: [],
    };
  }
  const isOpen =
    endedStatuses.has(booking.status) &&
    booking.status !== 'rescheduled' &&
    ['paid', 'refund_failed', 'releasing', 'released'].includes(booking.paymentStatus);
  return isOpen
    ? { booking: { ...booking, paymentStatus: 'refunded' }, jobs: [] }
    : unchanged(booking);
}

/** Somebody has to give it back by hand, however we heard of it. */
export const refundFailed = (booking: BookingRecord): Decision =>
  booking.paymentStatus === 'refunding' || booking.paymentStatus === 'refunded'
    ? {
        booking: { ...booking, paymentStatus: 'refund_failed' },
        jobs: [{ kind: 'failed-refund', key: `failed-refund:${booking.id}:${booking.version}` }],
      }
    : unchanged(booking);

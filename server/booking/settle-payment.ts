import type { PaymentStatus } from '../contract/booking.ts';
import type { BookingRecord } from './booking.ts';
import type { OwedJob } from './booking-event.ts';

/** How a payment goes on, and the job that makes it true. */
export interface Settlement {
  paymentStatus: PaymentStatus;
  jobs: OwedJob[];
}

/** The version makes it owed again when money comes again; the provider's own keys keep it from being done twice. */
export const releasing = ({ id, version }: BookingRecord): Settlement => ({
  paymentStatus: 'releasing',
  jobs: [{ kind: 'release-payment', key: `release-payment:${id}:${version}` }],
});

export const refunding = ({ id }: BookingRecord): Settlement => ({
  paymentStatus: 'refunding',
  jobs: [{ kind: 'refund-payment', key: `refund-payment:${id}` }],
});

/** What happens to the money of a booking that comes to nothing: all of it goes back. */
export function settle(booking: BookingRecord): Settlement {
  switch (booking.paymentStatus) {
    case 'open':
    case 'authorized':
      return releasing(booking);
    case 'paid':
      return refunding(booking);
    default:
      return { paymentStatus: booking.paymentStatus, jobs: [] };
  }
}

/** The last moment at which the invitee's cancellation gives the money back; null: there is no such moment. */
export const refundUntil = (booking: BookingRecord): string | null => {
  const { price, refundUntilHours, refundEndedAt, startTime } = booking;
  if (price === null || refundUntilHours === null) return null;
  return (
    refundEndedAt ?? new Date(Date.parse(startTime) - refundUntilHours * 3_600_000).toISOString()
  );
};

/**
 * What happens to the money of a booking that is canceled at `at`. The host's cancellation gives all of it back; the
 * invitee's does until the session type's hour, and an authorization that is not captured yet is always released.
 */
export function settleCanceled(
  booking: BookingRecord,
  at: number,
  by: 'host' | 'invitee',
): Settlement {
  const { paymentStatus } = booking;
  const lastMoment = refundUntil(booking);
  const isTooLate = by === 'invitee' && lastMoment !== null && at > Date.parse(lastMoment);
  return paymentStatus === 'paid' && isTooLate ? { paymentStatus, jobs: [] } : settle(booking);
}

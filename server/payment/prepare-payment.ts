import type { PayTo } from '../availability/session-type-config.ts';
import type { OfferedSession } from '../availability/session-types.ts';
import type { BookingRecord } from '../booking/booking.ts';
import type { Connection } from '../database/connection.ts';
import { RequestError } from '../http/errors.ts';
import { reserveQuota, type BookingQuota } from '../scheduling/quota.ts';
import { checkoutRequest } from './checkout-request.ts';
import type { PaymentRecipient } from './payment.ts';
import { insertPayment } from './payment.store.ts';

/** What has to be there before money is asked for: the checkout's exact parameters, and Calendly's promise to be asked. */
export async function preparePayment(
  deps: { publicUrl: string; quota: BookingQuota; takesPayments: boolean; now: number },
  trx: Connection,
  booking: BookingRecord,
  { config }: OfferedSession,
  returnUrl: string | null,
): Promise<void> {
  const { publicUrl, quota, takesPayments, now } = deps;
  if (!takesPayments) throw new RequestError('payments_unavailable');
  const recipient = recipientOf(config.payTo);
  const request = checkoutRequest(booking, { publicUrl, returnUrl, recipient, now });
  if (request === null) throw new Error(`Booking ${booking.id} has no price.`);
  if (!(await reserveQuota(trx, quota, booking, now))) {
    throw new RequestError(
      'scheduling_unavailable',
      'Calendly takes no more bookings from this site for the moment. Please try again later.',
      { headers: { 'retry-after': '600' } },
    );
  }
  await insertPayment(trx, { bookingId: booking.id, request, returnUrl }, now);
}

export const recipientOf = (payTo: PayTo | undefined): PaymentRecipient => ({
  account: payTo && 'stripeAccount' in payTo ? payTo.stripeAccount : null,
  transferDestination: payTo && 'transferDestination' in payTo ? payTo.transferDestination : null,
  applicationFee: payTo?.applicationFee ?? null,
});

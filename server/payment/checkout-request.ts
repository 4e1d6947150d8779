import type { BookingRecord } from '../booking/booking.ts';
import { timeInWords } from '../notification/words/time-in-words.ts';
import type { CheckoutRequest, PaymentRecipient } from './payment.ts';

const minuteMs = 60_000;

/** Longer than any hold; Stripe takes no less than 30 minutes, by its own clock. */
const leastCheckoutMs = 30 * minuteMs;
const checkoutMs = leastCheckoutMs + 5 * minuteMs;

/** Stripe refuses what would end so soon; `now`: epoch ms. */
export const isTooLate = ({ expiresAt }: CheckoutRequest, now: number): boolean =>
  expiresAt * 1000 < now + leastCheckoutMs;

/** Where Stripe sends whoever has paid. The session's id proves that they come from there. */
export const returnAddress = (publicUrl: string, bookingId: string): string =>
  `${publicUrl}/api/payments/return?booking=${bookingId}&session_id={CHECKOUT_SESSION_ID}`;

/** The page that the visitor came from, told which booking they come back with. */
export function backToPage(page: string, bookingId: string, token: string | null): string {
  const url = new URL(page);
  // Added as text: the rest of the address is the page's own and stays as it is spelled.
  url.search += `${url.search === '' ? '' : '&'}booking-calendar=${bookingId}`;
  // A fragment of the page's own may be its router's. Without the token, the tab still has its own.
  if (token !== null && url.hash === '') url.hash = `booking-calendar=${token}`;
  return url.href;
}

/** Everything that a checkout is opened with, decided once. Null: the session type is free of charge. */
export function checkoutRequest(
  booking: BookingRecord,
  options: {
    publicUrl: string;
    returnUrl: string | null;
    recipient: PaymentRecipient;
    now: number;
  },
): CheckoutRequest | null {
  const { id, price, capture } = booking;
  if (price === null || capture === null) return null;
  const { publicUrl, now } = options;
  const { time, zone } = timeInWords(booking.startTime, booking.endTime, booking.timezone);
  return {
    bookingId: id,
    price,
    title: booking.title,
    description: [time, zone, ...(booking.hostName ? [booking.hostName] : [])].join(' · '),
    email: booking.email,
    capture,
    successUrl: returnAddress(publicUrl, id),
    cancelUrl: backToPage(options.returnUrl ?? `${publicUrl}/bookings/${id}`, id, null),
    expiresAt: Math.floor((now + checkoutMs) / 1000),
    idempotencyKey: `checkout:${id}`,
    recipient: options.recipient,
  };
}

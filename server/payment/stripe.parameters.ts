import type { Stripe } from 'stripe';
import type { CheckoutRequest, PaymentRecipient } from './payment.ts';
import { expand } from './stripe.replies.ts';

/** What Stripe shows of a product; longer texts are refused, or cut where nobody chose. */
const longestTitle = 250;
const longestDescription = 500;

/** The same parameters for the same request, always: a repeated key must come with what it came with first. */
export function checkoutParameters(request: CheckoutRequest): Stripe.Checkout.SessionCreateParams {
  const { bookingId, price, capture, recipient } = request;
  const { applicationFee, transferDestination } = recipient;
  const description = shown(request.description ?? '', longestDescription);
  const metadata = { booking_id: bookingId };
  return {
    mode: 'payment',
    submit_type: 'book',
    line_items: [
      {
        quantity: 1,
        price_data: {
          currency: price.currency,
          unit_amount: price.amount,
          // An empty text would be taken for an attempt to unset something.
          product_data: {
            name: shown(request.title, longestTitle),
            ...(description && { description }),
          },
        },
      },
    ],
    customer_email: request.email,
    client_reference_id: bookingId,
    metadata,
    payment_intent_data: {
      // The session's own metadata does not reach the payment intent.
      metadata,
      capture_method: capture === 'after_booking' ? 'manual' : 'automatic',
      ...(applicationFee && { application_fee_amount: applicationFee }),
      ...(transferDestination && { transfer_data: { destination: transferDestination } }),
    },
    // Nothing that is paid days later: the time would be gone.
    allowed_payment_method_types: ['card', 'link'],
    // Otherwise the amount may be in a currency that nobody quoted.
    adaptive_pricing: { enabled: false },
    expires_at: request.expiresAt,
    success_url: request.successUrl,
    cancel_url: request.cancelUrl,
    expand,
  };
}

export const refundParameters = (
  paymentId: string,
  bookingId: string,
  { transferDestination, applicationFee }: PaymentRecipient,
): Stripe.RefundCreateParams => ({
  payment_intent: paymentId,
  // Never `fraudulent`: that puts the invitee's card on a block list.
  reason: 'requested_by_customer',
  metadata: { booking_id: bookingId },
  // What went on to others comes back from them, or the account of the key pays it all.
  ...(transferDestination && { reverse_transfer: true }),
  ...(applicationFee && { refund_application_fee: true }),
});

/** A text as Stripe takes it: no half letters, no control characters, cut between letters when it is too long. */
function shown(text: string, most: number): string {
  const clean = text
    .toWellFormed()
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .trim();
  if (clean.length <= most) return clean;
  let cut = '';
  for (const { segment } of new Intl.Segmenter().segment(clean)) {
    if (cut.length + segment.length >= most) break;
    cut += segment;
  }
  return `${cut}…`;
}

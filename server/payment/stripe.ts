import { Stripe } from 'stripe';
import * as v from 'valibot';
import {
  PaymentError,
  type Checkout,
  type CheckoutRequest,
  type Payment,
  type PaymentCall,
  type PaymentRecipient,
  type PaymentState,
  type Refund,
  type WriteOutcome,
} from './payment.ts';

export interface StripeDeps {
  /** STRIPE_API_URL */
  url: string;
  secretKey: string;
  fetch: typeof fetch;
  timeoutMs?: number;
}

/** Pinned, so that a new SDK fails to compile instead of speaking another version without a word. */
export const stripeApiVersion = '2026-10-28.endive';

export function createStripeClient({
  url,
  secretKey,
  fetch: send,
  timeoutMs = 10_000,
}: StripeDeps): Stripe {
  const { protocol, hostname, port } = new URL(url);
  return new Stripe(secretKey, {
    apiVersion: stripeApiVersion,
    httpClient: Stripe.createFetchHttpClient(send),
    // Another protocol does not bring its port with it: all three, always.
    protocol: protocol === 'http:' ? 'http' : 'https',
    host: hostname,
    port: port === '' ? (protocol === 'http:' ? '80' : '443') : port,
    timeout: timeoutMs,
    // The outbox tries again, with the key and the parameters that it stored.
    maxNetworkRetries: 0,
    telemetry: false,
  });
}

// Only what is used, and checked: the SDK's types say what Stripe promises, not what arrived.
const PaymentIntent = v.object({
  id: v.string(),
  status: v.string(),
  amount: v.number(),
  currency: v.string(),
  metadata: v.optional(v.record(v.string(), v.string()), {}),
  last_payment_error: v.nullish(v.object({ code: v.nullish(v.string()) })),
  latest_charge: v.nullish(
    v.union([
      v.string(),
      v.object({
        amount_refunded: v.number(),
        payment_method_details: v.nullish(
          v.object({ card: v.nullish(v.object({ capture_before: v.nullish(v.number()) })) }),
        ),
      }),
    ]),
  ),
});
const Session = v.object({
  id: v.string(),
  url: v.nullish(v.string()),
  status: v.picklist(['open', 'complete', 'expired']),
  mode: v.string(),
  livemode: v.boolean(),
  amount_total: v.nullable(v.number()),
  currency: v.nullable(v.string()),
  metadata: v.nullish(v.record(v.string(), v.string())),
  payment_intent: v.nullish(v.union([v.string(), PaymentIntent])),
});
const RefundReply = v.object({
  id: v.string(),
  status: v.nullable(v.string()),
  amount: v.number(),
  metadata: v.nullish(v.record(v.string(), v.string())),
});

const expand = ['payment_intent.latest_charge'];

export function createStripe(deps: StripeDeps): Payment {
  const stripe = createStripeClient(deps);

  return {
    openCheckout: (request) =>
      calling(async () =>
        checkout(await stripe.checkout.sessions.create(parameters(request), options(request))),
      ),

    readCheckout: (id, recipient) =>
      calling(async () => {
        const session = await stripe.checkout.sessions.retrieve(id, { expand }, account(recipient));
        return checkout(session);
      }),

    expireCheckout: (id, call) =>
      writing(() => stripe.checkout.sessions.expire(id, undefined, options(call))),
    capture: (id, call) =>
      writing(() => stripe.paymentIntents.capture(id, undefined, options(call))),
    release: (id, call) =>
      writing(() => stripe.paymentIntents.cancel(id, undefined, options(call))),

    refund: (id, bookingId, call) =>
      calling(async () => {
        try {
          const created = await stripe.refunds.create(
            {
              payment_intent: id,
              // Never `fraudulent`: that puts the invitee's card on a block list.
              reason: 'requested_by_customer',
              metadata: { booking_id: bookingId },
              ...(call.recipient.transferDestination === null
                ? {}
                : {
                    reverse_transfer: true,
                    ...(call.recipient.applicationFee === null
                      ? {}
                      : { refund_application_fee: true }),
                  }),
            },
            options(call),
          );
          return refund(created);
        } catch (error) {
          if (hasMoved(error)) return 'state_moved';
          throw error;
        }
      }),

    refunds: (id, bookingId, recipient) =>
      calling(async () => {
        const found = await stripe.refunds.list(
          { payment_intent: id, limit: 100 },
          account(recipient),
        );
        return found.data
          .filter(({ metadata }) => metadata?.['booking_id'] === bookingId)
          .map((each) => refund(each));
      }),
  };
}

const account = ({ account: id }: PaymentRecipient): Stripe.RequestOptions =>
  id === null ? {} : { stripeAccount: id };

const options = ({ idempotencyKey, recipient }: PaymentCall): Stripe.RequestOptions => ({
  idempotencyKey,
  ...account(recipient),
});

function parameters(request: CheckoutRequest): Stripe.Checkout.SessionCreateParams {
  const { bookingId, price, title, description, email, capture, recipient } = request;
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
          product_data: { name: title, ...(description ? { description } : {}) },
        },
      },
    ],
    customer_email: email,
    client_reference_id: bookingId,
    metadata,
    payment_intent_data: {
      // The session's own metadata does not reach the payment intent.
      metadata,
      capture_method: capture === 'after_booking' ? 'manual' : 'automatic',
      ...(recipient.applicationFee === null
        ? {}
        : { application_fee_amount: recipient.applicationFee }),
      ...(recipient.transferDestination === null
        ? {}
        : { transfer_data: { destination: recipient.transferDestination } }),
    },
    // Nothing that is paid days later: the time would be gone.
    allowed_payment_method_types: ['card', 'link'],
    // Otherwise the amount may be in a currency that nobody quoted.
    adaptive_pricing: { enabled: false },
    expires_at: request.expiresAt,
    success_url: request.successUrl,
    cancel_url: request.cancelUrl,
  };
}

function checkout(reply: unknown): Checkout {
  const session = read(Session, reply);
  const intent = typeof session.payment_intent === 'object' ? session.payment_intent : null;
  return {
    id: session.id,
    url: session.url ?? null,
    status: session.status,
    bookingId: session.metadata?.['booking_id'] ?? null,
    amount: session.amount_total,
    currency: session.currency,
    isPayment: session.mode === 'payment',
    live: session.livemode,
    payment: intent ? paymentState(intent) : null,
  };
}

const statuses: Record<string, PaymentState['status']> = {
  requires_capture: 'authorized',
  succeeded: 'paid',
  canceled: 'canceled',
  processing: 'processing',
};

function paymentState(intent: v.InferOutput<typeof PaymentIntent>): PaymentState {
  const charge = typeof intent.latest_charge === 'object' ? intent.latest_charge : null;
  const captureBefore = charge?.payment_method_details?.card?.capture_before;
  return {
    id: intent.id,
    status: statuses[intent.status] ?? (intent.last_payment_error ? 'declined' : 'none_yet'),
    bookingId: intent.metadata['booking_id'] ?? null,
    amount: intent.amount,
    currency: intent.currency,
    refunded: charge?.amount_refunded ?? 0,
    captureBefore: captureBefore ? captureBefore * 1000 : null,
  };
}

function refund(reply: unknown): Refund {
  const { id, status, amount } = read(RefundReply, reply);
  return {
    id,
    amount,
    status:
      status === 'succeeded'
        ? 'succeeded'
        : status === 'failed' || status === 'canceled'
          ? 'failed'
          : 'pending',
  };
}

function read<const S extends v.GenericSchema>(schema: S, reply: unknown): v.InferOutput<S> {
  const result = v.safeParse(schema, reply);
  if (result.success) return result.output;
  throw new PaymentError(
    'unavailable',
    `Stripe answered something else than expected (${v.getDotPath(result.issues[0]) ?? 'whole reply'}).`,
  );
}

/** The object is no longer in the state that the write needs; what it is in has to be read. */
const hasMoved = (error: unknown): boolean =>
  error instanceof Stripe.errors.StripeInvalidRequestError &&
  (error.code === 'payment_intent_unexpected_state' ||
    error.code === 'charge_already_refunded' ||
    error.code === 'charge_already_captured' ||
    error.code === 'charge_expired_for_capture' ||
    error.code === 'capture_charge_authorization_expired' ||
    // Expiring has no code of its own.
    error.message.startsWith('Only Checkout Sessions with a status in'));

async function writing(write: () => Promise<unknown>): Promise<WriteOutcome> {
  return calling(async () => {
    try {
      await write();
      return 'done';
    } catch (error) {
      if (hasMoved(error)) return 'state_moved';
      throw error;
    }
  });
}

async function calling<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw asPaymentError(error);
  }
}

function asPaymentError(error: unknown): PaymentError {
  if (error instanceof PaymentError) return error;
  if (!(error instanceof Stripe.errors.StripeError)) {
    return new PaymentError('unavailable', 'Stripe could not be reached.', { cause: error });
  }
  const details = { code: error.code ?? null, cause: error };
  // By the status, as the SDK does: a 409 is another try in flight, 429 and 5xx say nothing about the outcome.
  switch (error.statusCode) {
    case 401:
    case 403:
      return new PaymentError('key', 'Stripe does not accept the key for this.', details);
    case 404:
      return new PaymentError('not_found', 'Stripe does not know this object.', details);
    case 400:
    case 402:
      return new PaymentError('refused', `Stripe refused: ${error.code ?? error.type}.`, details);
    default:
      return new PaymentError(
        'unavailable',
        `Stripe did not answer as expected (${error.type}).`,
        details,
      );
  }
}

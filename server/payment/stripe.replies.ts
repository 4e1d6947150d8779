import * as v from 'valibot';
import { PaymentError, type Checkout, type PaymentState, type Refund } from './payment.ts';

// Only what is used, and checked: the SDK's types say what Stripe promises, not what arrived. An unknown status is an
// error and never "not paid".

const Amount = v.pipe(v.number(), v.safeInteger());
const Metadata = v.nullish(v.record(v.string(), v.string()));

const Charge = v.object({
  captured: v.boolean(),
  amount_refunded: Amount,
  payment_method_details: v.nullish(
    v.object({ card: v.nullish(v.object({ capture_before: v.nullish(v.number()) })) }),
  ),
});

const IntentStatus = v.picklist([
  'requires_payment_method',
  'requires_confirmation',
  'requires_action',
  'processing',
  'requires_capture',
  'succeeded',
  'canceled',
]);

const Intent = v.object({
  id: v.string(),
  object: v.literal('payment_intent'),
  status: IntentStatus,
  amount: Amount,
  currency: v.string(),
  metadata: Metadata,
  last_payment_error: v.nullish(v.object({})),
  latest_charge: v.nullish(Charge),
});

const SessionStatus = v.picklist(['open', 'complete', 'expired']);

const Session = v.object({
  id: v.string(),
  object: v.literal('checkout.session'),
  url: v.nullish(
    v.pipe(
      v.string(),
      v.check((text) => /^https?:\/\//.test(text), 'not a web address'),
    ),
  ),
  status: SessionStatus,
  mode: v.string(),
  livemode: v.boolean(),
  amount_total: v.nullable(Amount),
  currency: v.nullable(v.string()),
  metadata: Metadata,
  payment_intent: v.nullish(Intent),
});

const RefundReply = v.object({
  id: v.string(),
  object: v.literal('refund'),
  status: v.nullable(v.picklist(['pending', 'requires_action', 'succeeded', 'failed', 'canceled'])),
  amount: Amount,
  metadata: Metadata,
});

/** What has to be asked for in full, so that the money is told along with the checkout. */
export const expand = ['payment_intent.latest_charge'];

const bookingOf = (metadata: v.InferOutput<typeof Metadata>): string | null =>
  metadata?.['booking_id'] ?? null;

export function readCheckout(reply: unknown): Checkout {
  const session = read(Session, reply);
  return {
    id: session.id,
    url: session.url ?? null,
    status: session.status,
    bookingId: bookingOf(session.metadata),
    amount: session.amount_total,
    currency: session.currency,
    isPayment: session.mode === 'payment',
    live: session.livemode,
    payment: session.payment_intent ? paymentState(session.payment_intent) : null,
  };
}

function paymentState(intent: v.InferOutput<typeof Intent>): PaymentState {
  const charge = intent.latest_charge;
  const captureBefore = charge?.payment_method_details?.card?.capture_before;
  return {
    id: intent.id,
    status: statusOf(intent),
    bookingId: bookingOf(intent.metadata),
    amount: intent.amount,
    currency: intent.currency,
    // What is released of an authorization is shown as a refund too, though no money ever moved.
    refunded: charge?.captured ? charge.amount_refunded : 0,
    captureBefore: captureBefore ? captureBefore * 1000 : null,
  };
}

function statusOf(intent: v.InferOutput<typeof Intent>): PaymentState['status'] {
  switch (intent.status) {
    case 'requires_payment_method':
      return intent.last_payment_error ? 'declined' : 'none_yet';
    case 'requires_confirmation':
    case 'requires_action':
      return 'none_yet';
    case 'processing':
      return 'processing';
    case 'requires_capture':
      return 'authorized';
    case 'succeeded':
      return 'paid';
    case 'canceled':
      return 'canceled';
  }
}

const refundStatus = {
  pending: 'pending',
  requires_action: 'pending',
  succeeded: 'succeeded',
  failed: 'failed',
  canceled: 'failed',
} as const;

/** A refund, and the booking that it was made for. */
export function readRefund(reply: unknown): Refund & { bookingId: string | null } {
  const { id, status, amount, metadata } = read(RefundReply, reply);
  return { id, amount, status: refundStatus[status ?? 'pending'], bookingId: bookingOf(metadata) };
}

const Page = v.object({
  object: v.literal('list'),
  data: v.array(v.unknown()),
  has_more: v.boolean(),
});

/** A page of a list, and where the next one starts; null on the last page. */
export function readPage(reply: unknown): { items: unknown[]; next: string | null } {
  const { data: items, has_more } = read(Page, reply);
  return { items, next: has_more ? read(v.object({ id: v.string() }), items.at(-1)).id : null };
}

/** What a write on a payment intent, or on a checkout, has left behind. */
export const readIntentStatus = (reply: unknown): v.InferOutput<typeof IntentStatus> =>
  read(v.object({ object: v.literal('payment_intent'), status: IntentStatus }), reply).status;
export const readSessionStatus = (reply: unknown): v.InferOutput<typeof SessionStatus> =>
  read(v.object({ object: v.literal('checkout.session'), status: SessionStatus }), reply).status;

function read<const S extends v.GenericSchema>(schema: S, reply: unknown): v.InferOutput<S> {
  const result = v.safeParse(schema, reply);
  if (result.success) return result.output;
  // Where, never what: the reply may hold the invitee's name.
  throw new PaymentError(
    'unavailable',
    `Stripe's answer is not what it should be (${v.getDotPath(result.issues[0]) ?? 'as a whole'}).`,
  );
}

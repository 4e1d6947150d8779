import type Stripe from 'stripe';
import { formatAmount } from '../stripe/checkout/amounts.ts';
import type { RecordedCall, StripeSandbox, StripeState } from '../stripe/stripe.ts';
import { callRow, counted, isTroubled, type Row, type Tone } from './row.ts';

type StripeEvent = StripeState['events'][number];

interface Story {
  title: string;
  detail: string;
  tone: Tone;
}

const isoOf = (seconds: number): string => new Date(seconds * 1000).toISOString();

const cardOf = (state: StripeState, charge: unknown): string => {
  const found = state.charges.find(({ id }) => id === charge);
  const last4 = found?.payment_method_details?.card?.last4;
  return last4 ? `, card ${last4}` : '';
};

/** What an event says, when it says that money or a checkout moved; most events only repeat another. */
function storyOf(state: StripeState, event: StripeEvent): Story | null {
  const told = event.data.object;
  switch (event.type) {
    case 'checkout.session.expired':
      return {
        title: 'session expired',
        detail: 'Nobody can pay there any more',
        tone: 'neutral',
      };
    case 'payment_intent.requires_action':
      return { title: 'requires_action', detail: 'The bank asks the buyer', tone: 'neutral' };
    case 'payment_intent.payment_failed': {
      const { last_payment_error: error } = told as Stripe.PaymentIntent;
      const reason = error?.decline_code ?? error?.code ?? 'declined';
      return {
        title: 'declined',
        detail: `${reason}${cardOf(state, error?.charge)}`,
        tone: 'bad',
      };
    }
    case 'payment_intent.amount_capturable_updated': {
      const { amount_capturable: amount, currency, latest_charge } = told as Stripe.PaymentIntent;
      const money = formatAmount(amount, currency);
      return {
        title: 'requires_capture',
        detail: `${money} reserved${cardOf(state, latest_charge)}`,
        tone: 'good',
      };
    }
    case 'payment_intent.succeeded': {
      const { amount_received: amount, currency, latest_charge } = told as Stripe.PaymentIntent;
      const money = formatAmount(amount, currency);
      return {
        title: 'succeeded',
        detail: `${money} charged${cardOf(state, latest_charge)}`,
        tone: 'good',
      };
    }
    case 'payment_intent.canceled': {
      const { amount, currency } = told as Stripe.PaymentIntent;
      const money = formatAmount(amount, currency);
      return { title: 'canceled', detail: `${money} released, nothing charged`, tone: 'good' };
    }
    case 'charge.expired':
      return { title: 'lapsed', detail: 'The bank took its promise back', tone: 'bad' };
    case 'refund.created': {
      const { amount, currency, status } = told as Stripe.Refund;
      return {
        title: 'refund',
        detail: `${formatAmount(amount, currency)} given back, ${status}`,
        tone: 'good',
      };
    }
    case 'refund.failed': {
      const { amount, currency } = told as Stripe.Refund;
      return {
        title: 'refund failed',
        detail: `${formatAmount(amount, currency)} came back to the owner`,
        tone: 'bad',
      };
    }
    case 'charge.dispute.created':
      return { title: 'disputed', detail: 'The bank took the money back', tone: 'bad' };
    default:
      return null;
  }
}

/** The booking that an object of Stripe's, or the payment it belongs to, bears the name of. */
function bookingOf(state: StripeState, told: unknown): string | undefined {
  const { metadata, payment_intent: payment } = told as {
    metadata?: Stripe.Metadata | null;
    payment_intent?: unknown;
  };
  const intent = state.paymentIntents.find(({ id }) => id === payment);
  return metadata?.['booking_id'] ?? intent?.metadata['booking_id'];
}

function bookingOfCall(state: StripeState, { path, body }: RecordedCall): string | undefined {
  const named = [...state.sessions, ...state.paymentIntents].find(
    ({ id }) => path.includes(id) || id === body['payment_intent'],
  );
  return body['metadata[booking_id]'] ?? named?.metadata['booking_id'];
}

/** Stripe counts seconds; the deliveries and the calls beside them say more exactly when it was. */
const atOf = (state: StripeState, event: StripeEvent): string =>
  state.deliveries.find((delivery) => delivery.event === event.id)?.createdAt ??
  isoOf(event.created);

const openedAt = (state: StripeState, { created, metadata }: StripeState['sessions'][number]) =>
  state.calls.find(
    ({ method, body }) =>
      method === 'POST' && body['metadata[booking_id]'] === metadata['booking_id'],
  )?.at ?? isoOf(created);

/** How the news of it came to the backend: of what was paid always, of the rest where it did not go as it should. */
function webhookRow(state: StripeState, event: StripeEvent): Row[] {
  const deliveries = state.deliveries.filter((delivery) => delivery.event === event.id);
  const [first] = deliveries;
  if (!first) return [];
  const attempts = deliveries.reduce((sum, delivery) => sum + delivery.attempts.length, 0);
  const isTold = event.type === 'checkout.session.completed';
  const trouble = first.status === 'lost' || attempts > deliveries.length || deliveries.length > 1;
  if (!isTold && !trouble) return [];
  const said =
    first.status === 'lost' ? 'never sent' : `sent ${counted(attempts, 'time', 'times')}`;
  return [
    {
      at: first.attempts[0]?.at ?? first.createdAt,
      title: event.type,
      detail: `Webhook ${said}, ${first.status}`,
      trouble,
      booking: bookingOf(state, event.data.object),
    },
  ];
}

/** What became of the money, and what was asked in vain; the rest is in Stripe's logs below. */
export const stripeLedger = ({ state }: StripeSandbox): Row[] => [
  ...state.sessions.map((session): Row => ({
    at: openedAt(state, session),
    title: 'session open',
    detail: `Checkout, ${formatAmount(session.amount_total ?? 0, session.currency ?? 'usd')}`,
    tone: 'neutral',
    booking: bookingOf(state, session),
  })),
  ...state.events.flatMap((event): Row[] => {
    const story = storyOf(state, event);
    const booking = bookingOf(state, event.data.object);
    const told = story ?? event.type === 'checkout.session.completed';
    return [
      ...(story ? [{ ...story, at: atOf(state, event), booking }] : []),
      ...(told ? webhookRow(state, event) : []),
    ];
  }),
  ...state.calls
    .filter((call) => call.method !== 'GET' && isTroubled(call))
    .map((call) => ({ ...callRow(call), booking: bookingOfCall(state, call) })),
];

/** "€49.00 captured, €49.00 released": what is nought is left out. */
export function moneyInWords({ state }: StripeSandbox): string {
  const sums = new Map<string, number>();
  const add = (what: string, amount: number, currency: string): void => {
    const key = `${currency} ${what}`;
    if (amount > 0) sums.set(key, (sums.get(key) ?? 0) + amount);
  };
  for (const intent of state.paymentIntents) {
    const { status, amount, amount_received: received, currency } = intent;
    if (status === 'requires_capture') add('reserved', amount, currency);
    if (status === 'succeeded') add('captured', received, currency);
    if (status === 'canceled' && intent.latest_charge !== null) add('released', amount, currency);
  }
  for (const { status, amount, currency } of state.refunds) {
    if (status !== 'failed') add('refunded', amount, currency);
  }
  const parts = [...sums].map(([key, amount]) => {
    const [currency = 'usd', what] = key.split(' ');
    return `${formatAmount(amount, currency)} ${what}`;
  });
  return parts.join(', ') || 'No money yet';
}

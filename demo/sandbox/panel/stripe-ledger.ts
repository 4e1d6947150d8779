import { formatAmount } from '../stripe/checkout/amounts.ts';
import type { StripeSandbox, StripeState } from '../stripe/stripe.ts';
import { callRow, type Row } from './ledger.ts';

type StripeEvent = StripeState['events'][number];

/** The amount an event is about, where it is about one. */
function amountIn({ data: { object } }: StripeEvent): string {
  const shown = object as { amount?: number; amount_total?: number | null; currency?: string };
  const amount = shown.amount ?? shown.amount_total;
  return typeof amount === 'number' && shown.currency ? formatAmount(amount, shown.currency) : '';
}

const bad = /failed|expired|dispute/;
const good = /succeeded|captured|completed|amount_capturable/;

const eventRow = (sandbox: StripeSandbox, event: StripeEvent): Row => {
  const deliveries = sandbox.state.deliveries.filter((delivery) => delivery.event === event.id);
  const [first] = deliveries;
  const attempts = deliveries.reduce((sum, delivery) => sum + delivery.attempts.length, 0);
  const webhook = first
    ? `webhook ${first.status}, ${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}`
    : '';
  return {
    at: new Date(event.created * 1000).toISOString(),
    title: event.type,
    detail: [amountIn(event), webhook].filter(Boolean).join(', '),
    tone: bad.test(event.type) ? 'bad' : good.test(event.type) ? 'good' : 'neutral',
    trouble: first?.status === 'lost' || attempts > deliveries.length || deliveries.length > 1,
  };
};

/** What changed something at Stripe, newest first; mere reading is in its log of calls. */
export const stripeLedger = (sandbox: StripeSandbox): Row[] =>
  [
    ...sandbox.state.calls.filter(({ method }) => method !== 'GET').map(callRow),
    ...sandbox.state.events.map((event) => eventRow(sandbox, event)),
  ]
    // What happened within one second is told the other way round as well.
    .toReversed()
    .toSorted((a, b) => b.at.localeCompare(a.at));

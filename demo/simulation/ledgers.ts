import type { Deployment } from '../sandbox/deployment.ts';
import type { SimulatedDatabase } from './simulated-database.ts';

export interface BookingRow {
  id: string;
  status: string;
  payment_status: string;
  session_type_id: string;
  price_amount: number | null;
  price_currency: string | null;
  refund_until_hours: number | null;
  start_time: string;
  invitee_uri: string | null;
  cancel_requested_at: number | null;
  canceled_by: string | null;
  rescheduled_to: string | null;
  replaces: string | null;
  created_at: number;
  /** When we heard from Calendly that it is booked. */
  known_since: number | null;
  updated_at: number;
  calendar_uid: string;
}

export interface JobRow {
  id: number;
  kind: string;
  booking_id: string | null;
  payload: string;
  run_at: number;
  attempts: number;
  last_error: string | null;
  done_at: number | null;
  dead_at: number | null;
}

/** Our ledger as it is stored. */
export const bookingsIn = ({ raw }: SimulatedDatabase): BookingRow[] =>
  raw.prepare<[], BookingRow>('select * from booking order by created_at, id').all();

export const jobsIn = ({ raw }: SimulatedDatabase): JobRow[] =>
  raw.prepare<[], JobRow>('select * from job order by id').all();

/** What Stripe has of one booking's money, all its sessions together. */
export interface StripeMoney {
  sessions: number;
  /** Sessions with an amount or a currency that is not the given one. */
  wrongAmounts: number;
  /** Reserved and neither taken nor given back. */
  held: number;
  taken: number;
  givenBack: number;
  refunds: number;
  failedRefunds: number;
  /** The bank took its promise back. */
  lapsed: boolean;
}

export function moneyAt(
  { stripe }: Pick<Deployment, 'stripe'>,
  payer: string,
  price: { amount: number; currency: string },
): StripeMoney {
  const { state } = stripe;
  const sessions = state.sessions.filter(({ metadata }) => metadata['booking_id'] === payer);
  const ids = new Set(sessions.map(({ payment_intent }) => payment_intent));
  const intents = state.paymentIntents.filter(({ id }) => ids.has(id));
  // An authorization that is given back is shown as a refund too, and is none.
  const refunds = state.refunds.filter(
    ({ payment_intent, metadata }) => ids.has(payment_intent) && metadata['booking_id'] === payer,
  );
  const good = refunds.filter(({ status }) => status === 'succeeded' || status === 'pending');
  const sum = (amounts: number[]): number => amounts.reduce((total, amount) => total + amount, 0);
  return {
    sessions: sessions.length,
    wrongAmounts: sessions.filter(
      ({ amount_total, currency }) => amount_total !== price.amount || currency !== price.currency,
    ).length,
    held: sum(
      intents.filter(({ status }) => status === 'requires_capture').map(({ amount }) => amount),
    ),
    taken: sum(
      intents
        .filter(({ status }) => status === 'succeeded')
        .map(({ amount_received }) => amount_received),
    ),
    givenBack: sum(good.map(({ amount }) => amount)),
    refunds: good.length,
    failedRefunds: refunds.length - good.length,
    lapsed: intents.some(({ cancellation_reason }) =>
      ['automatic', 'expired'].includes(cancellation_reason ?? ''),
    ),
  };
}

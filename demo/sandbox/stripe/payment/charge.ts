import type Stripe from 'stripe';
import { type Core, inheritOwner, seconds } from '../core.ts';
import type { Charge, PaymentIntent } from '../state.ts';
import type { TestCard } from './cards.ts';

const holdSeconds = 7 * 24 * 60 * 60;

export interface ChargeTry {
  intent: PaymentIntent;
  card: TestCard;
  email: string;
  name: string;
  outcome: 'captured' | 'authorized' | 'declined';
  authenticated: boolean;
}

const threeDSecure: Stripe.Charge.PaymentMethodDetails.Card.ThreeDSecure = {
  authentication_flow: 'challenge',
  electronic_commerce_indicator: '05',
  exemption_indicator: null,
  result: 'authenticated',
  result_reason: null,
  transaction_id: null,
  version: '2.2.0',
};

const outcomeOf = (card: TestCard): Stripe.Charge.Outcome =>
  card.decline
    ? {
        advice_code: null,
        network_advice_code: null,
        network_decline_code: '01',
        network_status: 'declined_by_network',
        reason: card.decline.declineCode,
        risk_level: 'normal',
        risk_score: 20,
        seller_message: 'The bank did not return any further details with this decline.',
        type: 'issuer_declined',
      }
    : {
        advice_code: null,
        network_advice_code: null,
        network_decline_code: null,
        network_status: 'approved_by_network',
        reason: null,
        risk_level: 'normal',
        risk_score: 20,
        seller_message: 'Payment complete.',
        type: 'authorized',
      };

const cardOf = (core: Core, attempt: ChargeTry): Stripe.Charge.PaymentMethodDetails.Card => ({
  amount_authorized: attempt.outcome === 'declined' ? null : attempt.intent.amount,
  authorization_code: null,
  brand: attempt.card.brand,
  ...(attempt.outcome === 'authorized' && { capture_before: seconds(core) + holdSeconds }),
  checks: {
    address_line1_check: null,
    address_postal_code_check: null,
    cvc_check: attempt.card.decline?.code === 'incorrect_cvc' ? 'fail' : 'pass',
  },
  country: 'US',
  electronic_commerce_indicator: null,
  exp_month: 12,
  exp_year: 2034,
  fingerprint: 'Xt5EWLLDS7FJjR1c',
  funding: 'credit',
  installments: null,
  last4: attempt.card.number.slice(-4),
  mandate: null,
  network: attempt.card.brand,
  network_transaction_id: null,
  regulated_status: 'unregulated',
  three_d_secure: attempt.authenticated ? threeDSecure : null,
  transaction_link_id: null,
  wallet: null,
});

const destinationOf = ({ transfer_data }: PaymentIntent): string | undefined =>
  typeof transfer_data?.destination === 'object'
    ? transfer_data.destination.id
    : transfer_data?.destination;

/** One attempt at the buyer's card, successful or not. */
export function createCharge(core: Core, attempt: ChargeTry): Charge {
  const { intent, card, outcome } = attempt;
  const succeeded = outcome !== 'declined';
  const destination = destinationOf(intent);
  const id = core.identities.charge(intent.id);
  const charge: Charge = {
    id,
    object: 'charge',
    amount: intent.amount,
    amount_captured: 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: intent.application_fee_amount,
    balance_transaction: null,
    billing_details: {
      address: {
        city: null,
        country: 'DE',
        line1: null,
        line2: null,
        postal_code: null,
        state: null,
      },
      email: attempt.email,
      name: attempt.name,
      phone: null,
      tax_id: null,
    },
    calculated_statement_descriptor: 'SANDBOX',
    captured: false,
    created: seconds(core),
    currency: intent.currency,
    customer: null,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: card.decline?.code ?? null,
    failure_message: card.decline?.message ?? null,
    fraud_details: {},
    livemode: false,
    metadata: { ...intent.metadata },
    on_behalf_of: intent.on_behalf_of,
    outcome: outcomeOf(card),
    paid: succeeded,
    payment_intent: intent.id,
    payment_method: core.identities.id('pm_1', 23),
    payment_method_details: { card: cardOf(core, attempt), type: 'card' },
    radar_options: {},
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: succeeded ? `https://pay.stripe.com/receipts/payment/${id}` : null,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: null,
    statement_descriptor_suffix: intent.statement_descriptor_suffix,
    status: succeeded ? 'succeeded' : 'failed',
    transfer_data: destination
      ? { amount: intent.transfer_data?.amount ?? null, destination }
      : null,
    transfer_group: intent.transfer_group,
  };
  core.state.charges.push(charge);
  inheritOwner(core, intent.id, id);
  intent.latest_charge = id;
  intent.payment_method = charge.payment_method;
  if (outcome === 'captured') markCaptured(core, charge, charge.amount);
  return charge;
}

/** The money moves: fees and transfers come to be with it. */
export function markCaptured(core: Core, charge: Charge, amount: number): void {
  charge.captured = true;
  charge.amount_captured = amount;
  if (charge.application_fee_amount !== null)
    charge.application_fee = core.identities.id('fee_1', 23);
  if (charge.transfer_data) charge.transfer = core.identities.id('tr_3', 23);
}

/** Stripe books it a moment later, and says so. */
export function bookBalance(core: Core, charge: Charge): void {
  charge.balance_transaction = core.identities.id('txn_3', 23);
  core.announce('charge.updated', charge, { balance_transaction: null, receipt_url: null });
}

import type Stripe from 'stripe';
import { completeSession } from '../checkout/complete.ts';
import { type Core, intentOf, known, seconds } from '../core.ts';
import type { PaymentIntent, Session, SessionFacts } from '../state.ts';
import { type Decline, findCard, delayedAccounts, type TestCard, usualCard } from './cards.ts';
import { bookBalance, createCharge } from './charge.ts';
import { payLater } from './delayed.ts';
import { openDispute } from './dispute.ts';
import { createPaymentIntent, isManual } from './payment-intent.ts';
import { lapseAuthorization } from './release.ts';

export type PayResult =
  | 'paid'
  | 'authorized'
  | 'declined'
  | 'requires_action'
  | 'processing'
  | 'closed';

export interface PayOptions {
  /** What the person does on the bank's page; `pass` when not given. */
  threeDSecure?: 'pass' | 'fail' | 'leave';
  email?: string;
  name?: string;
  /** Stripe takes the money although the session has just expired. */
  despiteExpiry?: boolean;
}

const someone = 'buyer@example.com';

function decline(core: Core, intent: PaymentIntent, why: Decline, charge: string | null): void {
  intent.status = 'requires_payment_method';
  intent.next_action = null;
  intent.payment_method = null;
  intent.last_payment_error = {
    ...(charge && { charge }),
    code: why.code,
    ...(why.declineCode && { decline_code: why.declineCode }),
    doc_url: `https://stripe.com/docs/error-codes/${why.code.replaceAll('_', '-')}`,
    message: why.message,
    type: charge ? 'card_error' : 'invalid_request_error',
  };
  core.announce('payment_intent.payment_failed', intent);
}

const notAuthenticated: Decline = {
  code: 'payment_intent_authentication_failure',
  declineCode: '',
  message:
    'We are unable to authenticate your payment method. Please choose a different payment method and try again.',
};

function askBank(core: Core, intent: PaymentIntent, session: Session): void {
  intent.status = 'requires_action';
  intent.next_action = {
    redirect_to_url: {
      return_url: session.url,
      url: `${core.publicUrl}/c/3ds/${session.id}`,
    },
    type: 'redirect_to_url',
  };
  core.announce('payment_intent.requires_action', intent);
}

function take(
  core: Core,
  session: Session,
  facts: SessionFacts,
  intent: PaymentIntent,
  card: TestCard,
  buyer: { email: string; name: string },
): PayResult {
  const outcome = card.decline ? 'declined' : isManual(facts) ? 'authorized' : 'captured';
  const charge = createCharge(core, {
    intent,
    card,
    ...buyer,
    outcome,
    authenticated: card.threeDSecure === true,
  });
  intent.next_action = null;
  if (card.decline) {
    core.announce('charge.failed', charge);
    decline(core, intent, card.decline, charge.id);
    return 'declined';
  }
  intent.last_payment_error = null;
  core.announce('charge.succeeded', charge);
  if (outcome === 'authorized') {
    intent.status = 'requires_capture';
    intent.amount_capturable = intent.amount;
    core.announce('payment_intent.amount_capturable_updated', intent);
    const captureBefore = charge.payment_method_details?.card?.capture_before ?? seconds(core);
    core.agenda.at(captureBefore * 1000, () => lapseAuthorization(core, intent.id));
    completeSession(core, session, core.trouble.manualCapturePaymentStatus, buyer);
    return 'authorized';
  }
  intent.status = 'succeeded';
  intent.amount_received = intent.amount;
  core.announce('payment_intent.succeeded', intent);
  completeSession(core, session, 'paid', buyer);
  bookBalance(core, charge);
  if (card.disputed) openDispute(core, charge);
  return 'paid';
}

/** The buyer presses Pay. */
export function pay(
  core: Core,
  sessionId: string,
  number: string = usualCard,
  options: PayOptions = {},
): PayResult {
  const session = known(core.state.sessions, sessionId);
  const facts = factsOf(core, session);
  const lateMoney = options.despiteExpiry === true && session.status === 'expired';
  if (session.status !== 'open' && !lateMoney) return 'closed';
  const email = session.customer_email ?? options.email ?? someone;
  const buyer = { email, name: options.name ?? 'Sandbox Buyer' };
  if (session.amount_total === 0) {
    completeSession(core, session, 'no_payment_required', buyer);
    return 'paid';
  }
  const intent = intentOf(core, session) ?? createPaymentIntent(core, session, facts);
  const debit = delayedAccounts.find(({ iban }) => iban === number);
  if (debit) return payLater(core, session, intent, debit, buyer);
  const card = findCard(number);
  if (!card) throw new Error(`${number} is none of the test cards`);
  facts.authenticating = null;
  if (card.threeDSecure) {
    askBank(core, intent, session);
    if (options.threeDSecure === 'leave') {
      facts.authenticating = { card: card.number, email };
      return 'requires_action';
    }
    if (options.threeDSecure === 'fail') {
      decline(core, intent, notAuthenticated, null);
      return 'declined';
    }
  }
  return take(core, session, facts, intent, card, buyer);
}

/** The person comes back from the bank's page that an earlier Pay opened. */
export function finishAuthentication(core: Core, sessionId: string, passed: boolean): PayResult {
  const session = known(core.state.sessions, sessionId);
  const facts = factsOf(core, session);
  const intent = intentOf(core, session);
  const waiting = facts.authenticating;
  const card = waiting && findCard(waiting.card);
  if (session.status !== 'open' || intent?.status !== 'requires_action' || !card) return 'closed';
  facts.authenticating = null;
  if (!passed) {
    decline(core, intent, notAuthenticated, null);
    return 'declined';
  }
  return take(core, session, facts, intent, card, { email: waiting.email, name: 'Sandbox Buyer' });
}

export function factsOf(core: Core, session: Stripe.Checkout.Session): SessionFacts {
  const facts = core.state.sessionFacts[session.id];
  if (!facts) throw new Error(`The sandbox knows no facts of ${session.id}`);
  return facts;
}

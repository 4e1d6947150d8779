import { completeSession } from '../checkout/complete.ts';
import { type Core, snapshot } from '../core.ts';
import type { PaymentIntent, Session } from '../state.ts';
import { bookBalance, createCharge } from './charge.ts';
import { findCard, usualCard } from './cards.ts';

const bankDaysMs = 3 * 24 * 60 * 60_000;

/** A debit: the session completes at once, the money comes or fails days later. */
export function payLater(
  core: Core,
  session: Session,
  intent: PaymentIntent,
  account: { iban: string; fails: boolean },
  buyer: { email: string; name: string },
): 'processing' {
  if (!session.payment_method_types.includes('sepa_debit'))
    throw new Error('This session takes no bank debits');
  const card = findCard(usualCard);
  if (!card) throw new Error('There is a usual card');
  intent.status = 'processing';
  intent.processing = null;
  const charge = createCharge(core, {
    intent,
    card,
    ...buyer,
    outcome: 'authorized',
    authenticated: false,
  });
  Object.assign(charge, {
    paid: false,
    status: 'pending',
    payment_method_details: {
      sepa_debit: {
        bank_code: account.iban.slice(4, 12),
        branch_code: null,
        country: 'DE',
        fingerprint: null,
        last4: account.iban.slice(-4),
        mandate: null,
      },
      type: 'sepa_debit',
    },
  } satisfies Partial<typeof charge>);
  core.announce('payment_intent.processing', intent);
  core.announce('charge.pending', charge);
  completeSession(core, session, 'unpaid', buyer);
  core.agenda.at(core.clock.now() + bankDaysMs, () => {
    intent.processing = null;
    if (account.fails) {
      Object.assign(charge, { status: 'failed', failure_code: 'insufficient_funds' });
      intent.status = 'requires_payment_method';
      core.announce('charge.failed', charge);
      core.announce('payment_intent.payment_failed', intent);
      core.announce('checkout.session.async_payment_failed', session);
      return;
    }
    Object.assign(charge, {
      status: 'succeeded',
      paid: true,
      captured: true,
      amount_captured: charge.amount,
    });
    intent.status = 'succeeded';
    intent.amount_received = intent.amount;
    session.payment_status = 'paid';
    core.announce('charge.succeeded', charge);
    core.announce('payment_intent.succeeded', intent);
    core.announce('checkout.session.async_payment_succeeded', snapshot(session));
    bookBalance(core, charge);
  });
  return 'processing';
}

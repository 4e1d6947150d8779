import { type Core, chargeOf, known, seconds } from '../core.ts';
import type { Charge, PaymentIntent } from '../state.ts';
import { createRefund } from './refund.ts';

type Reason = NonNullable<PaymentIntent['cancellation_reason']>;

/** What is given back of an authorisation is presented as a refund on the charge, though no money ever moved. */
export function showRelease(
  core: Core,
  charge: Charge,
  amount: number,
  reason: 'expired_uncaptured_charge' | null,
): void {
  if (!core.trouble.releaseShownAsRefund) return;
  charge.amount_refunded += amount;
  charge.refunded = charge.amount_refunded === charge.amount;
  createRefund(core, charge, {
    amount,
    reason,
    metadata: {},
    status: 'succeeded',
    destination: 'reversal',
    ownMoney: false,
  });
  core.announce('charge.refunded', charge);
}

/** The payment intent ends without money; an authorisation is given back. */
export function cancelIntent(core: Core, intent: PaymentIntent, reason: Reason | null): void {
  const held = intent.status === 'requires_capture';
  intent.status = 'canceled';
  intent.canceled_at = seconds(core);
  intent.cancellation_reason = reason;
  intent.amount_capturable = 0;
  intent.next_action = null;
  core.announce('payment_intent.canceled', intent);
  if (!held) return;
  const lapsed = reason === 'automatic' || reason === 'expired';
  const charge = chargeOf(core, intent);
  showRelease(core, charge, charge.amount, lapsed ? 'expired_uncaptured_charge' : null);
}

/** Nobody captured in time: the bank takes its promise back. */
export function lapseAuthorization(core: Core, intentId: string): void {
  const intent = known(core.state.paymentIntents, intentId);
  if (intent.status !== 'requires_capture') return;
  core.announce('charge.expired', chargeOf(core, intent));
  cancelIntent(core, intent, core.trouble.lapseReason);
}

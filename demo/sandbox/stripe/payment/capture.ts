import type Stripe from 'stripe';
import { chargeOf, type Core, sessionOf } from '../core.ts';
import { Refusal } from '../refusal.ts';
import type { Charge, PaymentIntent } from '../state.ts';
import { takeOne } from '../trouble.ts';
import { bookBalance, markCaptured } from './charge.ts';
import { lapseAuthorization, showRelease } from './release.ts';

/** What is asked no longer fits the state; the answer carries the object as it is. */
export const unexpectedState = (intent: PaymentIntent, message: string): Refusal =>
  new Refusal(message, { code: 'payment_intent_unexpected_state', paymentIntent: intent });

const tooLate = (intent: PaymentIntent): Refusal =>
  new Refusal(
    `The charge ${String(intent.latest_charge)} has expired and can no longer be captured.`,
    {
      code: 'charge_expired_for_capture',
      ...(intent.latest_charge && { charge: intent.latest_charge }),
      paymentIntent: intent,
    },
  );

export interface CaptureChanges {
  metadata: Stripe.Metadata;
  applicationFeeAmount: number | undefined;
  transferAmount: number | undefined;
  statementDescriptorSuffix: string | undefined;
}

function change(intent: PaymentIntent, charge: Charge, changes: CaptureChanges): void {
  const { metadata, applicationFeeAmount, transferAmount, statementDescriptorSuffix } = changes;
  intent.metadata = metadata;
  if (applicationFeeAmount !== undefined) {
    intent.application_fee_amount = applicationFeeAmount;
    charge.application_fee_amount = applicationFeeAmount;
  }
  if (transferAmount !== undefined && intent.transfer_data && charge.transfer_data) {
    intent.transfer_data.amount = transferAmount;
    charge.transfer_data.amount = transferAmount;
  }
  if (statementDescriptorSuffix !== undefined) {
    intent.statement_descriptor_suffix = statementDescriptorSuffix;
    charge.statement_descriptor_suffix = statementDescriptorSuffix;
  }
}

/** Once, for all or for a part; the rest is given back. */
export function captureIntent(
  core: Core,
  intent: PaymentIntent,
  amount: number,
  changes: CaptureChanges,
): void {
  const charge = chargeOf(core, intent);
  if (takeOne(core.trouble, 'holdGoneOnCapture')) {
    lapseAuthorization(core, intent.id);
    throw tooLate(intent);
  }
  change(intent, charge, changes);
  const rest = intent.amount_capturable - amount;
  markCaptured(core, charge, amount);
  intent.status = 'succeeded';
  intent.amount_capturable = 0;
  intent.amount_received = amount;
  const session = sessionOf(core, intent);
  if (session) session.payment_status = 'paid';
  core.announce('charge.captured', charge);
  core.announce('payment_intent.succeeded', intent);
  if (rest > 0) showRelease(core, charge, rest, null);
  bookBalance(core, charge);
}

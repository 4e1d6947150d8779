import { type Core, chargeOf, seconds, sessionOf } from '../core.ts';
import { Refusal } from '../refusal.ts';
import type { PaymentIntent } from '../state.ts';
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

/** Once, for all or for a part; the rest is given back. */
export function captureIntent(core: Core, intent: PaymentIntent, amount: number): void {
  const charge = chargeOf(core, intent);
  if (takeOne(core.trouble, 'holdGoneOnCapture')) {
    lapseAuthorization(core, intent.id);
    throw tooLate(intent);
  }
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

export const captureDeadlinePassed = (core: Core, intent: PaymentIntent): boolean =>
  (chargeOf(core, intent).payment_method_details?.card?.capture_before ?? Infinity) <=
  seconds(core);

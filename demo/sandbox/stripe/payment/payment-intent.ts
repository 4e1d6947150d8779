import { type Core, inheritOwner, seconds } from '../core.ts';
import type { PaymentIntent, Session, SessionFacts } from '../state.ts';

/** Whether money is only reserved until it is captured. */
export const isManual = ({ intent }: SessionFacts): boolean =>
  intent.captureMethod === 'manual' || intent.cardCaptureManual;

/** Made when the buyer presses Pay for the first time, never before. */
export function createPaymentIntent(
  core: Core,
  session: Session,
  facts: SessionFacts,
): PaymentIntent {
  const id = core.identities.id('pi_3', 23);
  const { intent } = facts;
  const paymentIntent: PaymentIntent = {
    id,
    object: 'payment_intent',
    allowed_payment_method_types: null,
    amount: session.amount_total ?? 0,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: 0,
    application: null,
    application_fee_amount: intent.applicationFeeAmount,
    automatic_payment_methods: null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: intent.captureMethod,
    client_secret: core.identities.id(`${id}_secret_`, 25),
    confirmation_method: 'automatic',
    created: seconds(core),
    currency: session.currency ?? 'usd',
    customer: null,
    customer_account: null,
    description: intent.description,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: { enabled: false },
    metadata: { ...intent.metadata },
    next_action: null,
    on_behalf_of: intent.onBehalfOf,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: {
      card: {
        ...(intent.cardCaptureManual && { capture_method: 'manual' as const }),
        installments: null,
        mandate_options: null,
        network: null,
        request_three_d_secure: 'automatic',
      },
    },
    payment_method_types: [...session.payment_method_types],
    payment_record: null,
    processing: null,
    receipt_email: intent.receiptEmail,
    review: null,
    setup_future_usage: intent.setupFutureUsage,
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: intent.statementDescriptorSuffix,
    status: 'requires_payment_method',
    transfer_data: intent.transferData && { ...intent.transferData },
    transfer_group:
      intent.transferGroup ?? (intent.transferData ? `group_${id.slice('pi_'.length)}` : null),
  };
  core.state.paymentIntents.push(paymentIntent);
  inheritOwner(core, session.id, id);
  session.payment_intent = id;
  core.announce('payment_intent.created', paymentIntent);
  return paymentIntent;
}

import type { Core } from '../core.ts';
import { captureIntent, unexpectedState } from '../payment/capture.ts';
import { cancelIntent } from '../payment/release.ts';
import { badParameter, beyondSandbox, noSuch } from '../refusal.ts';
import type { PaymentIntent } from '../state.ts';
import { find, visible } from './expansion.ts';
import { page, pagination, within } from './lists.ts';
import {
  anyHash,
  boolean,
  created,
  hash,
  integer,
  mergeMetadata,
  metadataChange,
  oneOf,
  text,
  unsettable,
} from './parameters.ts';
import { type Route, route } from './route.ts';

const path = '/v1/payment_intents';

const own = (core: Core, id: string, account: string | null): PaymentIntent => {
  const intent = find(core, core.state.paymentIntents, id, account);
  if (!intent) throw noSuch('payment_intent', id, 'intent');
  return intent;
};

const cancelable = [
  'requires_payment_method',
  'requires_capture',
  'requires_confirmation',
  'requires_action',
  'processing',
];

export const paymentIntentsRoutes: Route[] = [
  route(
    'GET',
    path,
    { ...pagination, created, customer: text(), customer_account: text() },
    ({ core, values, account }) => {
      const matching = visible(core, core.state.paymentIntents, account).filter(
        (intent) =>
          within(intent.created, values.created) && !values.customer && !values.customer_account,
      );
      return page(path, 'payment_intent', matching.toReversed(), values);
    },
  ),
  route('GET', `${path}/:id`, { client_secret: text() }, ({ core, id, account }) =>
    own(core, id, account),
  ),
  route(
    'POST',
    `${path}/:id/capture`,
    {
      amount_details: anyHash,
      amount_to_capture: integer(1),
      application_fee_amount: integer(0),
      final_capture: boolean,
      hooks: anyHash,
      metadata: metadataChange,
      payment_details: unsettable(anyHash),
      statement_descriptor: text(22),
      statement_descriptor_suffix: text(22),
      transfer_data: hash({ amount: integer(1) }),
    },
    ({ core, id, account, values }) => {
      const intent = own(core, id, account);
      if (intent.status !== 'requires_capture')
        throw unexpectedState(
          intent,
          `This PaymentIntent could not be captured because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be captured: requires_capture.`,
        );
      const amount = values.amount_to_capture ?? intent.amount_capturable;
      if (amount > intent.amount_capturable)
        throw badParameter(
          `The amount_to_capture is larger than the amount authorized (${intent.amount_capturable}).`,
          'amount_to_capture',
          'amount_too_large',
        );
      const beyond = (['amount_details', 'hooks', 'payment_details'] as const).find(
        (name) => values[name] !== undefined,
      );
      if (beyond) throw beyondSandbox(beyond.replace('_', ' '), beyond);
      if (values.final_capture === false)
        throw beyondSandbox('capture in several parts', 'final_capture');
      captureIntent(core, intent, amount, {
        metadata: mergeMetadata(intent.metadata, values.metadata),
        applicationFeeAmount: values.application_fee_amount,
        transferAmount: values.transfer_data?.amount,
        statementDescriptorSuffix: values.statement_descriptor_suffix,
      });
      return intent;
    },
  ),
  route(
    'POST',
    `${path}/:id/cancel`,
    {
      cancellation_reason: oneOf('duplicate', 'fraudulent', 'requested_by_customer', 'abandoned'),
    },
    ({ core, id, account, values }) => {
      const intent = own(core, id, account);
      if (!cancelable.includes(intent.status))
        throw unexpectedState(
          intent,
          `You cannot cancel this PaymentIntent because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be canceled: ${cancelable.join(', ')}.`,
        );
      // A Checkout Session owns its payment intent until money is held.
      if (intent.status !== 'requires_capture')
        throw unexpectedState(
          intent,
          'You cannot cancel this PaymentIntent because it was created by a Checkout Session. Expire the Checkout Session instead.',
        );
      cancelIntent(core, intent, values.cancellation_reason ?? null);
      return intent;
    },
  ),
];

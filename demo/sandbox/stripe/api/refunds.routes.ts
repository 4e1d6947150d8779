import { type Core, known } from '../core.ts';
import { badParameter, noSuch, Refusal } from '../refusal.ts';
import { formatAmount } from '../checkout/amounts.ts';
import { startRefund } from '../payment/start-refund.ts';
import { unexpectedState } from '../payment/capture.ts';
import type { Charge, Refund } from '../state.ts';
import { find, visible } from './expansion.ts';
import { page, pagination, within } from './lists.ts';
import {
  boolean,
  created,
  email,
  integer,
  mergeMetadata,
  metadataChange,
  oneOf,
  text,
} from './parameters.ts';
import { type Route, route } from './route.ts';

const path = '/v1/refunds';

const own = (core: Core, id: string, account: string | null): Refund => {
  const refund = find(core, core.state.refunds, id, account);
  if (!refund) throw noSuch('refund', id, 'id');
  return refund;
};

function chargeFor(
  core: Core,
  wish: { charge: string | undefined; payment_intent: string | undefined },
  account: string | null,
): Charge {
  if (wish.charge !== undefined && wish.payment_intent !== undefined)
    throw badParameter(
      'You may only specify one of these parameters: charge, payment_intent.',
      'charge',
    );
  if (wish.charge !== undefined) {
    const charge = find(core, core.state.charges, wish.charge, account);
    if (!charge) throw noSuch('charge', wish.charge, 'charge');
    return charge;
  }
  if (wish.payment_intent === undefined)
    throw badParameter(
      'One of the following params should be provided for this request: payment_intent or charge.',
      'payment_intent',
      'parameter_missing',
    );
  const intent = find(core, core.state.paymentIntents, wish.payment_intent, account);
  if (!intent) throw noSuch('payment_intent', wish.payment_intent, 'payment_intent');
  if (intent.status !== 'succeeded')
    throw unexpectedState(
      intent,
      `This PaymentIntent (${intent.id}) does not have a successful charge to refund.`,
    );
  return known(core.state.charges, intent.latest_charge);
}

function refundable(charge: Charge, amount: number | undefined): number {
  if (charge.disputed)
    throw new Refusal(`Charge ${charge.id} has been charged back; cannot issue a refund.`, {
      code: 'charge_disputed',
    });
  const rest = charge.amount - charge.amount_refunded;
  if (rest === 0)
    throw new Refusal(`Charge ${charge.id} has already been refunded.`, {
      code: 'charge_already_refunded',
    });
  if (!charge.captured)
    throw new Refusal(
      `Charge ${charge.id} has not been captured; cancel its PaymentIntent instead.`,
      {
        code: 'charge_not_refundable',
      },
    );
  const wanted = amount ?? rest;
  if (wanted > rest)
    throw new Refusal(
      `Refund amount (${formatAmount(wanted, charge.currency)}) is greater than unrefunded amount on charge (${formatAmount(rest, charge.currency)})`,
      { param: 'amount' },
    );
  return wanted;
}

export const refundsRoutes: Route[] = [
  route(
    'POST',
    path,
    {
      amount: integer(1),
      charge: text(),
      currency: text(3),
      customer: text(),
      instructions_email: email,
      metadata: metadataChange,
      origin: oneOf('customer_balance'),
      payment_intent: text(),
      reason: oneOf('duplicate', 'fraudulent', 'requested_by_customer'),
      refund_application_fee: boolean,
      reverse_transfer: boolean,
    },
    ({ core, values, account }) => {
      const charge = chargeFor(core, values, account);
      const amount = refundable(charge, values.amount);
      if (values.reverse_transfer && !charge.transfer)
        throw new Refusal(
          `Cannot reverse transfer on charge ${charge.id} because it does not have an associated transfer.`,
          { param: 'reverse_transfer' },
        );
      if (values.refund_application_fee && !charge.application_fee)
        throw new Refusal(
          `Cannot refund application fee on charge ${charge.id} because it has no application fee.`,
          { param: 'refund_application_fee' },
        );
      return startRefund(core, charge, {
        amount,
        reason: values.reason ?? null,
        metadata: mergeMetadata({}, values.metadata),
        reverseTransfer: values.reverse_transfer ?? false,
      });
    },
  ),
  route(
    'GET',
    path,
    { ...pagination, charge: text(), created, payment_intent: text() },
    ({ core, values, account }) => {
      const matching = visible(core, core.state.refunds, account).filter(
        (refund) =>
          within(refund.created, values.created) &&
          (!values.charge || refund.charge === values.charge) &&
          (!values.payment_intent || refund.payment_intent === values.payment_intent),
      );
      return page(path, 'refund', matching.toReversed(), values);
    },
  ),
  route('GET', `${path}/:id`, {}, ({ core, id, account }) => own(core, id, account)),
  route('POST', `${path}/:id`, { metadata: metadataChange }, ({ core, id, account, values }) => {
    const refund = own(core, id, account);
    const previous = { metadata: refund.metadata };
    refund.metadata = mergeMetadata(refund.metadata, values.metadata);
    core.announce('refund.updated', refund, previous);
    return refund;
  }),
  route('POST', `${path}/:id/cancel`, {}, ({ core, id, account }) => {
    const refund = own(core, id, account);
    throw new Refusal(
      `This refund could not be canceled because it has a status of ${refund.status}. Only a refund with one of the following statuses may be canceled: requires_action.`,
    );
  }),
];

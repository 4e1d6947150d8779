import { type Core, seconds } from '../core.ts';
import { badParameter, beyondSandbox, missingParameter, noSuchReference } from '../refusal.ts';
import type { Session, SessionFacts } from '../state.ts';
import { requireChargeable } from './amounts.ts';
import { refuseWhatIsNotThere } from './not-there.ts';
import { expireSession } from './complete.ts';
import { lineItemsFrom } from './line-items.ts';
import { blankSession } from './session.ts';
import type { CreateValues } from './session-parameters.ts';

const minutes = 60;
const hours = 60 * minutes;

/** The account takes these; only cards and Link can be held before they are charged. */
const offered = ['card', 'link', 'sepa_debit'];
const holdable = ['card', 'link'];

function expiryFrom(core: Core, wish: number | undefined): number {
  const now = seconds(core);
  if (wish === undefined) return now + 24 * hours;
  if (wish < now + 30 * minutes)
    throw badParameter(
      'The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.',
      'expires_at',
    );
  if (wish > now + 24 * hours)
    throw badParameter(
      'The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.',
      'expires_at',
    );
  return wish;
}

function checkAddresses(values: CreateValues): void {
  const mode = values.ui_mode ?? 'hosted_page';
  if (mode !== 'hosted_page') throw beyondSandbox(`ui_mode ${mode}`, 'ui_mode');
  if (values.success_url === undefined) throw missingParameter('success_url');
  for (const name of ['return_url', 'redirect_on_completion'] as const)
    if (values[name] !== undefined)
      throw badParameter(`You can not pass \`${name}\` if \`ui_mode\` is \`hosted_page\`.`, name);
}

function checkConnect(
  core: Core,
  data: CreateValues['payment_intent_data'],
  account: string | null,
  total: number,
): void {
  const destination = data?.transfer_data?.destination;
  if (destination !== undefined && !core.state.connectedAccounts.includes(destination))
    throw noSuchReference(
      'destination',
      destination,
      'payment_intent_data[transfer_data][destination]',
    );
  const fee = data?.application_fee_amount;
  if (fee === undefined) return;
  const name = 'payment_intent_data[application_fee_amount]';
  if (account === null && destination === undefined)
    throw badParameter(
      'Can only apply an application_fee_amount when the PaymentIntent is attempting a direct payment (using an OAuth key or Stripe-Account header) or destination payment (using `transfer_data[destination]`).',
      name,
    );
  if (fee > total)
    throw badParameter(
      'The application_fee_amount must be less than or equal to the amount being charged.',
      name,
    );
}

function methodsFor(values: CreateValues, manual: boolean): string[] {
  const methods = offered.filter(
    (method) =>
      (values.allowed_payment_method_types?.includes(method) ?? true) &&
      !values.excluded_payment_method_types?.includes(method) &&
      (!manual || holdable.includes(method)),
  );
  if (methods.length === 0)
    throw badParameter(
      'No valid payment method types for this Checkout Session. Please ensure that you have activated payment methods compatible with your chosen currency in your dashboard.',
      'allowed_payment_method_types',
    );
  return methods;
}

export function createSession(core: Core, values: CreateValues, account: string | null): Session {
  if (values.mode === undefined) throw missingParameter('mode');
  if (values.mode !== 'payment') throw beyondSandbox(`mode ${values.mode}`, 'mode');
  refuseWhatIsNotThere(values);
  checkAddresses(values);
  const data = values.payment_intent_data;
  if (data?.statement_descriptor !== undefined)
    throw badParameter(
      'The `statement_descriptor` parameter is not supported for card charges. Please use `statement_descriptor_suffix` instead.',
      'payment_intent_data[statement_descriptor]',
    );
  const { lineItems, currency, total } = lineItemsFrom(core, values.line_items);
  requireChargeable(total, currency);
  checkConnect(core, data, account, total);
  const expiresAt = expiryFrom(core, values.expires_at);
  const captureMethod = data?.capture_method ?? 'automatic_async';
  const methods = methodsFor(values, captureMethod === 'manual');

  const id = core.identities.id('cs_test_a1', 56);
  const session = blankSession({
    id,
    url: `${core.publicUrl}/c/pay/${id}`,
    created: seconds(core),
    expiresAt,
    currency,
    total,
    methods,
    values,
  });
  const facts: SessionFacts = {
    lineItems: lineItems(),
    intent: {
      captureMethod,
      cardCaptureManual: values.payment_method_options?.card?.capture_method === 'manual',
      metadata: data?.metadata ?? {},
      description: data?.description ?? null,
      receiptEmail: data?.receipt_email ?? null,
      statementDescriptorSuffix: data?.statement_descriptor_suffix ?? null,
      applicationFeeAmount: data?.application_fee_amount ?? null,
      transferData: data?.transfer_data
        ? {
            destination: data.transfer_data.destination,
            ...(data.transfer_data.amount !== undefined && { amount: data.transfer_data.amount }),
          }
        : null,
      transferGroup: data?.transfer_group ?? null,
      onBehalfOf: data?.on_behalf_of ?? null,
      setupFutureUsage: data?.setup_future_usage ?? null,
    },
    authenticating: null,
  };
  core.state.sessions.push(session);
  core.state.sessionFacts[id] = facts;
  if (account) core.state.owners[id] = account;
  core.agenda.at(expiresAt * 1000, () => {
    if (session.status === 'open') expireSession(core, session);
  });
  return session;
}

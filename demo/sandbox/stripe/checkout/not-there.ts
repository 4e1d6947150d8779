import { badParameter, beyondSandbox, noSuchReference } from '../refusal.ts';
import type { CreateValues } from './session-parameters.ts';

/** Stripe does these; the sandbox says so instead of taking and forgetting them. */
const beyond = [
  'consent_collection',
  'custom_fields',
  'customer_account',
  'name_collection',
  'optional_items',
  'payment_method_configuration',
  'payment_method_data',
  'permissions',
  'saved_payment_method_options',
  'shipping_address_collection',
  'shipping_options',
] as const satisfies (keyof CreateValues)[];

/** What can be switched on there and not here. */
const switches = {
  'after_expiration[recovery][enabled]': (values) => values.after_expiration?.recovery?.enabled,
  allow_promotion_codes: (values) => values.allow_promotion_codes,
  'automatic_tax[enabled]': (values) => values.automatic_tax?.enabled,
  'invoice_creation[enabled]': (values) => values.invoice_creation?.enabled,
  'managed_payments[enabled]': (values) => values.managed_payments?.enabled,
  'phone_number_collection[enabled]': (values) => values.phone_number_collection?.enabled,
  'tax_id_collection[enabled]': (values) => values.tax_id_collection?.enabled,
} satisfies Record<string, (values: CreateValues) => boolean | undefined>;

function refuseReferences(values: CreateValues): void {
  if (values.customer !== undefined && values.customer_email !== undefined)
    throw badParameter(
      'You may only specify one of these parameters: customer, customer_email.',
      'customer',
    );
  if (values.customer !== undefined) throw noSuchReference('customer', values.customer, 'customer');
  if (values.customer_update !== undefined)
    throw badParameter('`customer_update` can only be used with `customer`.', 'customer_update');
  const [discount] = values.discounts ?? [];
  if (discount && values.allow_promotion_codes !== undefined)
    throw badParameter(
      'You may only specify one of these parameters: allow_promotion_codes, discounts.',
      'discounts',
    );
  if (discount?.coupon) throw noSuchReference('coupon', discount.coupon, 'discounts[0][coupon]');
  if (discount?.promotion_code)
    throw noSuchReference(
      'promotion code',
      discount.promotion_code,
      'discounts[0][promotion_code]',
    );
}

/** Objects that the account does not have, and features that the sandbox does not have. */
export function refuseWhatIsNotThere(values: CreateValues): void {
  refuseReferences(values);
  for (const name of ['setup_intent_data', 'subscription_data'] as const)
    if (values[name] !== undefined)
      throw badParameter(`You can not pass \`${name}\` in \`payment\` mode.`, name);
  for (const name of beyond)
    if (values[name] !== undefined) throw beyondSandbox(name.replaceAll('_', ' '), name);
  for (const [name, isOn] of Object.entries(switches))
    if (isOn(values)) throw beyondSandbox(name.replace(/\[.*/, '').replaceAll('_', ' '), name);
}

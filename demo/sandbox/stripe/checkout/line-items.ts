import { Stripe } from 'stripe';
import { type Core, seconds } from '../core.ts';
import { badParameter, beyondSandbox, missingParameter, noSuchReference } from '../refusal.ts';
import { knownCurrency } from './amounts.ts';
import type { CreateValues } from './session-parameters.ts';

type Item = NonNullable<CreateValues['line_items']>[number];

function checkItem(item: Item, at: string): void {
  const { price, price_data: data } = item;
  if (price !== undefined && data !== undefined)
    throw badParameter(
      'You may only specify one of these parameters: price, price_data.',
      `${at}[price]`,
    );
  if (price !== undefined) throw noSuchReference('price', price, `${at}[price]`);
  if (data === undefined) throw missingParameter(`${at}[price]`);
  if (item.quantity === undefined && !item.adjustable_quantity)
    throw missingParameter(`${at}[quantity]`);
  if (data.recurring)
    throw badParameter(
      'You specified `payment` mode but passed a recurring price. Either switch to `subscription` mode or use only one-time prices.',
      at,
    );
  if (data.product !== undefined && data.product_data !== undefined)
    throw badParameter(
      'You may only specify one of these parameters: product, product_data.',
      `${at}[price_data][product]`,
    );
  if (data.product !== undefined)
    throw noSuchReference('product', data.product, `${at}[price_data][product]`);
  if (data.product_data === undefined) throw missingParameter(`${at}[price_data][product_data]`);
  if (data.unit_amount_decimal !== undefined)
    throw beyondSandbox('fractions of a minor unit', `${at}[price_data][unit_amount_decimal]`);
  if (data.unit_amount === undefined) throw missingParameter(`${at}[price_data][unit_amount]`);
  if (item.tax_rates?.length)
    throw noSuchReference('tax rate', item.tax_rates[0] ?? '', `${at}[tax_rates][0]`);
}

const toLineItem = (core: Core, item: Item, currency: string): Stripe.LineItem => {
  const unitAmount = item.price_data?.unit_amount ?? 0;
  const quantity = item.quantity ?? 1;
  const total = unitAmount * quantity;
  return {
    id: core.identities.id('li_1', 23),
    object: 'item',
    adjustable_quantity: null,
    amount_discount: 0,
    amount_subtotal: total,
    amount_tax: 0,
    amount_total: total,
    currency,
    description: item.price_data?.product_data?.name ?? null,
    metadata: item.metadata ?? {},
    price: {
      id: core.identities.id('price_1', 23),
      object: 'price',
      active: false,
      billing_scheme: 'per_unit',
      created: seconds(core),
      currency,
      custom_unit_amount: null,
      livemode: false,
      lookup_key: null,
      metadata: {},
      nickname: null,
      product: core.identities.id('prod_', 14),
      recurring: null,
      tax_behavior: item.price_data?.tax_behavior ?? 'unspecified',
      tiers_mode: null,
      transform_quantity: null,
      type: 'one_time',
      unit_amount: unitAmount,
      unit_amount_decimal: Stripe.Decimal.from(unitAmount),
    },
    quantity,
  };
};

/** What is sold, all in one currency. */
export function lineItemsFrom(
  core: Core,
  items: Item[] | undefined,
): { lineItems: () => Stripe.LineItem[]; currency: string; total: number } {
  if (items === undefined || items.length === 0) throw missingParameter('line_items');
  items.forEach((item, index) => checkItem(item, `line_items[${index}]`));
  const currencies = items.map((item, index) =>
    knownCurrency(item.price_data?.currency ?? '', `line_items[${index}][price_data][currency]`),
  );
  const [currency = 'usd'] = currencies;
  if (currencies.some((other) => other !== currency))
    throw badParameter(
      'All prices on a Checkout Session must have the same `currency`.',
      'line_items',
    );
  return {
    lineItems: () => items.map((item) => toLineItem(core, item, currency)),
    currency,
    total: items.reduce(
      (sum, item) => sum + (item.price_data?.unit_amount ?? 0) * (item.quantity ?? 1),
      0,
    ),
  };
}

import * as v from 'valibot';

/** An amount in the currency's minor unit: `{ amount: 4900, currency: 'eur' }` is forty-nine euros. */
export const Money = v.strictObject({
  amount: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  currency: v.pipe(v.string(), v.regex(/^[a-z]{3}$/)),
});
export type Money = v.InferOutput<typeof Money>;

const noDigits = 'bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf';
const threeDigits = 'bhd jod kwd omr tnd';

/**
 * The digits of Stripe's minor unit, not of Intl's: for Stripe the forint, the króna and the Ugandan shilling have two.
 * https://docs.stripe.com/currencies#minor-units
 */
export function minorUnitDigits(currency: string): 0 | 2 | 3 {
  return noDigits.includes(currency) ? 0 : threeDigits.includes(currency) ? 3 : 2;
}

import type { Money } from '../../contract/money.ts';
import { locale } from './locale.ts';

// The digits of Stripe's minor unit, not of Intl's: for Stripe the forint, the króna and the Ugandan shilling have two.
// https://docs.stripe.com/currencies#minor-units
const noDigits = new Set('bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf'.split(' '));
const threeDigits = new Set('bhd jod kwd omr tnd'.split(' '));

/** "€49", "€49.50", "JP¥4,900" */
export function priceInWords({ amount, currency }: Money): string {
  const digits = noDigits.has(currency) ? 0 : threeDigits.has(currency) ? 3 : 2;
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    trailingZeroDisplay: 'stripIfInteger',
  }).format(amount / 10 ** digits);
}

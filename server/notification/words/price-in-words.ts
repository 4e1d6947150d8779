import { minorUnitDigits, type Money } from '../../contract/money.ts';
import { locale } from './locale.ts';

/** "€49", "€49.50", "JP¥4,900" */
export function priceInWords({ amount, currency }: Money): string {
  const digits = minorUnitDigits(currency);
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    trailingZeroDisplay: 'stripIfInteger',
  }).format(amount / 10 ** digits);
}

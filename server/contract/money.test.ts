import { expect, it } from 'vitest';
import { minorUnitDigits } from './money.ts';

it.each([
  ['eur', 2],
  ['usd', 2],
  ['jpy', 0],
  ['krw', 0],
  ['xpf', 0],
  ['kwd', 3],
  ['tnd', 3],
])('counts the digits of the minor unit of %s: %i', (currency, digits) => {
  expect(minorUnitDigits(currency)).toBe(digits);
});

it.each(['huf', 'isk', 'ugx', 'twd'])(
  'counts two digits for %s, as Stripe does, whatever Intl says',
  (currency) => {
    expect(minorUnitDigits(currency)).toBe(2);
  },
);

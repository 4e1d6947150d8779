import { expect, test } from 'vitest';
import { priceInWords } from './price-in-words.ts';

test.each([
  [4900, 'eur', '€49'],
  [4950, 'eur', '€49.50'],
  [123_456_00, 'gbp', '£123,456'],
  [4900, 'jpy', 'JP¥4,900'],
  [4900, 'kwd', 'KWD 4.900'],
  // Two digits for Stripe, whatever Intl knows.
  [490_000, 'huf', 'HUF 4,900'],
  [490_000, 'isk', 'ISK 4,900'],
  [500_000, 'ugx', 'UGX 5,000'],
  [4900, 'xof', 'F CFA 4,900'],
])('%i %s reads %s', (amount, currency, expected) => {
  expect(priceInWords({ amount, currency }).replaceAll(/\s/g, ' ')).toBe(expected);
});

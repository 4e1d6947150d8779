import { badParameter } from '../refusal.ts';

/** The smallest charge Stripe takes, in minor units. */
const minimums: Record<string, number> = {
  aed: 200,
  aud: 50,
  bgn: 100,
  brl: 50,
  cad: 50,
  chf: 50,
  czk: 1500,
  dkk: 250,
  eur: 50,
  gbp: 30,
  hkd: 400,
  huf: 17_500,
  inr: 50,
  jpy: 50,
  mxn: 1000,
  myr: 200,
  nok: 300,
  nzd: 50,
  pln: 200,
  ron: 200,
  sek: 300,
  sgd: 50,
  thb: 1000,
  usd: 50,
};

const withoutMinorUnits = new Set(
  'bif clp djf gnf jpy kmf krw mga pyg rwf ugx vnd vuv xaf xof xpf'.split(' '),
);

const largest = 99_999_999;

export const formatAmount = (amount: number, currency: string): string =>
  new Intl.NumberFormat('en-US', { style: 'currency', currency }).format(
    withoutMinorUnits.has(currency) ? amount : amount / 100,
  );

export function knownCurrency(written: string, name: string): string {
  const currency = written.toLowerCase();
  const supported = Intl.supportedValuesOf('currency').map((code) => code.toLowerCase());
  if (!supported.includes(currency))
    throw badParameter(
      `Invalid currency: ${written}. Stripe currently supports these currencies: ${Object.keys(minimums).join(', ')}, and others.`,
      name,
    );
  return currency;
}

export function requireChargeable(total: number, currency: string): void {
  // Nothing to pay is no charge at all.
  if (total === 0) return;
  const minimum = minimums[currency] ?? 50;
  if (total < minimum)
    throw badParameter(
      `The Checkout Session's total amount due must add up to at least ${formatAmount(minimum, currency)} ${currency}`,
      'line_items',
      'amount_too_small',
    );
  if (total > largest)
    throw badParameter(
      `The Checkout Session's total amount due must be no more than ${formatAmount(largest, currency)} ${currency}`,
      'line_items',
      'amount_too_large',
    );
}

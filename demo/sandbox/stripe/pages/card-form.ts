import { delayedAccounts, findCard } from '../payment/cards.ts';
import type { Session } from '../state.ts';

export type FieldName = 'email' | 'number' | 'expiry' | 'cvc' | 'iban';

export interface Entries {
  method: 'card' | 'debit';
  values: Record<FieldName, string>;
  problems: Partial<Record<FieldName, string>>;
  /** Why the bank or the buyer's last try said no. */
  refused?: string;
}

export const blankEntries = (session: Session, refused?: string): Entries => ({
  method: 'card',
  values: { email: session.customer_email ?? '', number: '', expiry: '', cvc: '', iban: '' },
  problems: {},
  ...(refused && { refused }),
});

/** The check digit every card number carries. */
function isCardNumber(digits: string): boolean {
  let sum = 0;
  Array.from(digits)
    .toReversed()
    .forEach((digit, index) => {
      const doubled = Number(digit) * (index % 2 === 1 ? 2 : 1);
      sum += doubled > 9 ? doubled - 9 : doubled;
    });
  return digits.length >= 12 && sum % 10 === 0;
}

function expiryProblem(text: string, nowMs: number): string | undefined {
  const [, month = '', year = ''] = /^(\d{1,2})\s*\/?\s*(\d{2})$/.exec(text) ?? [];
  if (Number(month) < 1 || Number(month) > 12) return "Your card's expiration date is incomplete.";
  const now = new Date(nowMs);
  const months = (2000 + Number(year)) * 12 + Number(month) - 1;
  return months < now.getUTCFullYear() * 12 + now.getUTCMonth()
    ? "Your card's expiration year is in the past."
    : undefined;
}

const isEmail = (text: string): boolean => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text);

function cardProblems(
  { number, expiry, cvc }: Entries['values'],
  nowMs: number,
): Entries['problems'] {
  const expired = expiryProblem(expiry, nowMs);
  return {
    ...(number === ''
      ? { number: 'Your card number is incomplete.' }
      : !isCardNumber(number) && { number: 'Your card number is invalid.' }),
    ...(expired && { expiry: expired }),
    ...(!/^\d{3,4}$/.test(cvc) && { cvc: "Your card's security code is incomplete." }),
  };
}

const notATestCard =
  'Your card was declined. Your request was in test mode, but used a non test card. For a list of valid test cards, see below.';

/** What the buyer typed, and what is wrong with it. */
export function readEntries(session: Session, form: URLSearchParams, nowMs: number): Entries {
  const field = (name: FieldName): string => (form.get(name) ?? '').trim();
  const method = form.get('method') === 'debit' ? 'debit' : 'card';
  const values = {
    email: session.customer_email ?? field('email'),
    number: field('number').replaceAll(/\D/g, ''),
    expiry: field('expiry'),
    cvc: field('cvc'),
    iban: field('iban').replaceAll(/\s/g, '').toUpperCase(),
  };
  const problems: Entries['problems'] = {
    ...(!isEmail(values.email) && { email: 'Your email is incomplete.' }),
    ...(method === 'card' && session.amount_total !== 0 && cardProblems(values, nowMs)),
    ...(method === 'debit' &&
      !delayedAccounts.some(({ iban }) => iban === values.iban) && {
        iban: 'The IBAN you entered is invalid.',
      }),
  };
  const stranger =
    method === 'card' &&
    session.amount_total !== 0 &&
    Object.keys(problems).length === 0 &&
    !findCard(values.number);
  return { method, values, problems, ...(stranger && { refused: notATestCard }) };
}

/** Why a bank says no, in Stripe's words. */
export interface Decline {
  code: string;
  declineCode: string;
  message: string;
}

export interface TestCard {
  number: string;
  brand: string;
  /** What the hosted page says about it. */
  what: string;
  threeDSecure?: boolean;
  decline?: Decline;
  /** What becomes of a refund to it. */
  refund?: 'pending-then-succeed' | 'succeed-then-fail';
  disputed?: boolean;
}

const declined = (declineCode: string, message = 'Your card was declined.'): Decline => ({
  code: 'card_declined',
  declineCode,
  message,
});

const refused = (code: string, message: string): Decline => ({ code, declineCode: code, message });

export const usualCard = '4242424242424242';

export const testCards: TestCard[] = [
  { number: usualCard, brand: 'visa', what: 'Succeeds' },
  { number: '5555555555554444', brand: 'mastercard', what: 'Succeeds' },
  { number: '378282246310005', brand: 'amex', what: 'Succeeds' },
  {
    number: '4000000000000002',
    brand: 'visa',
    what: 'Declined',
    decline: declined('generic_decline'),
  },
  {
    number: '4000000000009995',
    brand: 'visa',
    what: 'Declined, insufficient funds',
    decline: declined('insufficient_funds', 'Your card has insufficient funds.'),
  },
  {
    number: '4000000000000069',
    brand: 'visa',
    what: 'Declined, expired',
    decline: refused('expired_card', 'Your card has expired.'),
  },
  {
    number: '4000000000000127',
    brand: 'visa',
    what: 'Declined, wrong security code',
    decline: refused('incorrect_cvc', "Your card's security code is incorrect."),
  },
  {
    number: '4000000000000119',
    brand: 'visa',
    what: 'Declined, processing error',
    decline: refused(
      'processing_error',
      'An error occurred while processing your card. Try again in a little bit.',
    ),
  },
  { number: '4000002500003155', brand: 'visa', what: '3-D Secure', threeDSecure: true },
  { number: '4000002760003184', brand: 'visa', what: '3-D Secure', threeDSecure: true },
  {
    number: '4000008400001629',
    brand: 'visa',
    what: '3-D Secure, then declined',
    threeDSecure: true,
    decline: declined('generic_decline'),
  },
  {
    number: '4000000000005126',
    brand: 'visa',
    what: 'Succeeds, a refund fails later',
    refund: 'succeed-then-fail',
  },
  {
    number: '4000000000007726',
    brand: 'visa',
    what: 'Succeeds, a refund is pending first',
    refund: 'pending-then-succeed',
  },
  { number: '4000000000000259', brand: 'visa', what: 'Succeeds, then disputed', disputed: true },
];

export const findCard = (number: string): TestCard | undefined =>
  testCards.find((card) => card.number === number.replaceAll(/\D/g, ''));

/** The IBANs of the one delayed method: money comes days later, or does not. */
export const delayedAccounts = [
  { iban: 'DE89370400440532013000', what: 'Bank debit, succeeds days later', fails: false },
  { iban: 'DE62370400440532013001', what: 'Bank debit, fails days later', fails: true },
];

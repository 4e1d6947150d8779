// By itself: the widget writes prices before anything else of the contract is loaded.

const noDigits = 'bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf';
const threeDigits = 'bhd jod kwd omr tnd';

/**
 * The digits of Stripe's minor unit, not of Intl's: for Stripe the forint, the króna and the Ugandan shilling have two.
 * https://docs.stripe.com/currencies#minor-units
 */
export function minorUnitDigits(currency: string): 0 | 2 | 3 {
  return noDigits.includes(currency) ? 0 : threeDigits.includes(currency) ? 3 : 2;
}

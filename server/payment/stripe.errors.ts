import { Stripe } from 'stripe';
import { ReplyLost } from '../http/exchange.ts';
import { PaymentError, type PaymentFailure } from './payment.ts';

/** The object is no longer in the state that the write needs; what it is in has to be read. */
const movedOn = new Set([
  'payment_intent_unexpected_state',
  'charge_already_captured',
  'charge_expired_for_capture',
  'capture_charge_authorization_expired',
  'charge_already_refunded',
  'charge_disputed',
  'charge_not_refundable',
]);

export const hasMovedOn = (error: unknown): boolean =>
  error instanceof Stripe.errors.StripeError && movedOn.has(error.code ?? '');

/** One call, in the port's words when it fails. */
export async function calling<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw asPaymentError(error);
  }
}

export function asPaymentError(error: unknown): PaymentError {
  if (error instanceof PaymentError) return error;
  if (!(error instanceof Stripe.errors.StripeError)) {
    return new PaymentError('unavailable', 'Stripe could not be asked.', { cause: error });
  }
  const failure = failureOf(error);
  const code = error.code ?? (error.rawType === 'idempotency_error' ? error.rawType : null);
  return new PaymentError(failure, sentence(failure, error, code), { code, cause: error });
}

/** By the status, as the SDK does; the outcome of what has none is unknown. */
function failureOf(error: Stripe.errors.StripeError): PaymentFailure {
  if (error instanceof Stripe.errors.StripeRateLimitError) return 'unavailable';
  switch (error.statusCode) {
    case 401:
    case 403:
      return 'key';
    case 404:
      // Without a code it is the address itself that is not known: STRIPE_API_URL leads somewhere else.
      return error.code === 'resource_missing' ? 'not_found' : 'unavailable';
    case 400:
    case 402:
      return 'refused';
    default:
      return 'unavailable';
  }
}

/** Names only, never Stripe's prose: it may repeat what the invitee typed, or a part of the key. */
function sentence(
  failure: PaymentFailure,
  { statusCode, detail, type }: Stripe.errors.StripeError,
  code: string | null,
): string {
  switch (failure) {
    case 'key':
      return 'Stripe does not accept the key for this.';
    case 'not_found':
      return 'Stripe does not know this object.';
    case 'refused':
      return `Stripe refused: ${code ?? type}.`;
    case 'unavailable':
      if (detail instanceof ReplyLost) return detail.message;
      return statusCode === undefined
        ? 'What answered was not Stripe.'
        : `Stripe answered ${statusCode}${code === null ? '' : ` (${code})`}.`;
  }
}

import type Stripe from 'stripe';

type ErrorType =
  | 'invalid_request_error'
  | 'idempotency_error'
  | 'card_error'
  | 'api_error'
  | 'rate_limit_error';

export interface RefusalDetails {
  status?: number;
  type?: ErrorType;
  code?: string;
  param?: string;
  paymentIntent?: Stripe.PaymentIntent;
  charge?: string;
  headers?: Record<string, string>;
}

/** An error answer in Stripe's words. */
export class Refusal extends Error {
  readonly details: RefusalDetails;
  /** Whether it was made before anything began, so that no idempotency key remembers it. */
  readonly atFront: boolean;

  constructor(message: string, details: RefusalDetails = {}, atFront = false) {
    super(message);
    this.details = details;
    this.atFront = atFront;
  }

  get status(): number {
    return this.details.status ?? 400;
  }

  body(requestId: string): { error: Record<string, unknown> } {
    const { type, code, param, paymentIntent, charge } = this.details;
    return {
      error: {
        ...(charge && { charge }),
        ...(code && {
          code,
          doc_url: `https://stripe.com/docs/error-codes/${code.replaceAll('_', '-')}`,
        }),
        message: this.message,
        ...(param && { param }),
        ...(paymentIntent && { payment_intent: paymentIntent }),
        request_log_url: `https://dashboard.stripe.com/test/logs/${requestId}`,
        type: type ?? 'invalid_request_error',
      },
    };
  }
}

/** A parameter is wrong: nothing has begun yet. */
export const badParameter = (message: string, param: string, code?: string): Refusal =>
  new Refusal(message, { param, ...(code && { code }) }, true);

export const missingParameter = (param: string): Refusal =>
  badParameter(`Missing required param: ${param}.`, param, 'parameter_missing');

/** No object of this id, or one of another account. */
export const noSuch = (what: string, id: string, param: string): Refusal =>
  new Refusal(`No such ${what}: '${id}'`, { status: 404, code: 'resource_missing', param });

/** A parameter names an object that is not there. */
export const noSuchReference = (what: string, id: string, param: string): Refusal =>
  new Refusal(`No such ${what}: '${id}'`, { code: 'resource_missing', param }, true);

/** Stripe does this; the sandbox says that it does not, rather than to pretend. */
export const beyondSandbox = (what: string, param: string): Refusal =>
  badParameter(`The sandbox's Stripe has no ${what}.`, param);

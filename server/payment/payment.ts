/**
 * The port to where the money is, in our words. Adapters are the siblings of this file. Amounts are in minor units.
 * Money is authorized first and captured once the time is booked; releasing an authorization costs nobody anything.
 */
import type { Money } from '../contract/money.ts';
import type { Capture } from '../contract/session-type.ts';

/** What a checkout is opened with. Stored whole before the first try: a retry must ask for exactly the same. */
export interface CheckoutRequest {
  /** The booking that the money is for; it comes back with everything the provider tells. */
  bookingId: string;
  price: Money;
  title: string;
  description: string | null;
  email: string;
  /** `after_booking`: authorize only. `before_booking`: charge at once, refund if the booking fails. */
  capture: Capture;
  successUrl: string;
  cancelUrl: string;
  /** Epoch seconds; not sooner than the provider allows. Our own hold ends before. */
  expiresAt: number;
  idempotencyKey: string;
  recipient: PaymentRecipient;
}

/** Whose account the money goes to; both null: the account of the key. */
export interface PaymentRecipient {
  /** A direct charge on this account. Needed with every later call too. */
  account: string | null;
  /** A charge of ours, transferred to this account. */
  transferDestination: string | null;
  applicationFee: number | null;
}

/** A checkout as it is now, money included. What the visitor's browser says about it counts for nothing. */
export interface Checkout {
  id: string;
  /** Where the visitor pays; null when nobody can pay there any more. */
  url: string | null;
  status: 'open' | 'complete' | 'expired';
  bookingId: string | null;
  amount: number | null;
  currency: string | null;
  isPayment: boolean;
  live: boolean;
  payment: PaymentState | null;
}

export interface PaymentState {
  id: string;
  /** `declined`: the last try failed, another one may follow. */
  status: 'none_yet' | 'declined' | 'processing' | 'authorized' | 'paid' | 'canceled';
  bookingId: string | null;
  amount: number;
  currency: string;
  /** Given back so far. */
  refunded: number;
  /** When an authorization lapses by itself; epoch ms. */
  captureBefore: number | null;
}

export interface Refund {
  id: string;
  status: 'pending' | 'succeeded' | 'failed';
  amount: number;
}

export interface PaymentCall {
  idempotencyKey: string;
  recipient: PaymentRecipient;
}

/** A write either happened, or the state had moved on already and has to be read again. */
export type WriteOutcome = 'done' | 'state_moved';

/**
 * Reads and writes throw a `PaymentError`. `unavailable` is an unknown outcome: try again with the same key, never take it
 * for a failure.
 */
export interface Payment {
  /** Resolves when the key may do what is needed, for this recipient too. */
  check(recipient: PaymentRecipient): Promise<void>;
  openCheckout(request: CheckoutRequest): Promise<Checkout>;
  readCheckout(
    id: string,
    recipient: PaymentRecipient,
    options?: { signal?: AbortSignal },
  ): Promise<Checkout>;
  /** `state_moved`: it was paid or had expired before. */
  expireCheckout(id: string, call: PaymentCall): Promise<WriteOutcome>;
  capture(paymentId: string, call: PaymentCall): Promise<WriteOutcome>;
  release(paymentId: string, call: PaymentCall): Promise<WriteOutcome>;
  refund(paymentId: string, bookingId: string, call: PaymentCall): Promise<Refund | 'state_moved'>;
  /** What all refunds that have not failed come to, by whomever they were made. */
  givenBack(paymentId: string, recipient: PaymentRecipient): Promise<number>;
  /** Refunds made for this booking. */
  refunds(paymentId: string, bookingId: string, recipient: PaymentRecipient): Promise<Refund[]>;
}

export type PaymentFailure =
  | 'unavailable'
  /** The key is not accepted. */
  | 'key'
  | 'not_found'
  /** The request itself is refused: trying again is no use. */
  | 'refused';

export class PaymentError extends Error {
  override readonly name = 'PaymentError';
  readonly failure: PaymentFailure;
  readonly code: string | null;

  constructor(
    failure: PaymentFailure,
    message: string,
    options: { code?: string | null; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.failure = failure;
    this.code = options.code ?? null;
  }
}

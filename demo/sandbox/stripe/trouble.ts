import type { RouteTrouble } from '../calendly/trouble.ts';

export interface DroppedReply extends RouteTrouble {
  how: 'hang' | 'reset';
  /** Whether Stripe did what was asked before the reply was lost; true when not given. */
  executed?: boolean;
}

export interface FailedRequest extends RouteTrouble {
  /** 500 and above are Stripe's own errors; 409 and 429 as Stripe words them. */
  status: number;
  /** The error is remembered under the idempotency key and replayed; false when not given. */
  stored?: boolean;
  /** It was done all the same; false when not given. */
  executed?: boolean;
  /** The header `stripe-should-retry`. */
  shouldRetry?: boolean;
  /** The error's code, such as `lock_timeout` for a 429. */
  code?: string;
}

/** What goes wrong in life. Plain data: change it at any time, it holds from the next request on. */
export interface StripeTrouble {
  /** Half of it passes before the request is carried out, half after. */
  latencyMs: number;
  down: 'no' | 'html-502' | 'json-503' | 'hang' | 'reset';
  dropReplyAfter: DroppedReply[];
  failNext: FailedRequest[];
  /** Headers arrive, half of the body does, then the connection ends. */
  cutBody: RouteTrouble[];
  keyExpired: boolean;

  /** Deliveries that are never sent: all of them, or the next n. */
  webhooksLost: boolean | number;
  webhookCopies: number;
  webhookDelayMs: number;
  /** Each delivery is late by a random time up to this. */
  webhookShuffleMs: number;
  /** In which order the deliveries of what happened at once leave; `at-once` waits for no answer in between. */
  webhookOrder: 'as-made' | 'reversed' | 'random' | 'at-once';
  webhookSignature: 'right' | 'wrong' | 'missing';
  /** How old the signature's timestamp claims to be. */
  webhookTimestampAgeMs: number;
  /** The deliveries have arrived before the answer to the request that caused them. */
  webhookBeforeReply: boolean;
  /** The hosted page sends the buyer back without waiting, and the deliveries leave later than that. */
  redirectBeforeWebhook: boolean;

  /** The buyer has paid before the answer to the next n creates arrives. */
  paidBeforeCreateReply: number;
  /** The buyer pays just before the next n expire calls are looked at. */
  paidWhileExpiring: number;
  /** The buyer's payment goes through although the session has just expired, after the next n expire calls. */
  paidDespiteExpiring: number;
  /** The authorisation turns out to be gone when the next n captures are tried. */
  holdGoneOnCapture: number;
  /** What becomes of refunds, unless the card says otherwise. */
  refunds:
    | 'succeed'
    | 'stay-pending'
    | 'pending-then-succeed'
    | 'pending-then-fail'
    | 'succeed-then-fail';
  refundDelayMs: number;
  /** Whether a released authorisation is shown as a refund on the charge, with `charge.refunded`. */
  releaseShownAsRefund: boolean;
  /** Not documented, so both must do. */
  manualCapturePaymentStatus: 'unpaid' | 'paid';
  /** Why a lapsed payment intent says it was canceled; not documented either. */
  lapseReason: 'automatic' | 'expired';
}

export const noTrouble = (): StripeTrouble => ({
  latencyMs: 0,
  down: 'no',
  dropReplyAfter: [],
  failNext: [],
  cutBody: [],
  keyExpired: false,
  webhooksLost: false,
  webhookCopies: 1,
  webhookDelayMs: 0,
  webhookShuffleMs: 0,
  webhookOrder: 'as-made',
  webhookSignature: 'right',
  webhookTimestampAgeMs: 0,
  webhookBeforeReply: false,
  redirectBeforeWebhook: false,
  paidBeforeCreateReply: 0,
  paidWhileExpiring: 0,
  paidDespiteExpiring: 0,
  holdGoneOnCapture: 0,
  refunds: 'succeed',
  refundDelayMs: 60_000,
  releaseShownAsRefund: true,
  manualCapturePaymentStatus: 'unpaid',
  lapseReason: 'automatic',
});

type Countdown =
  | 'paidBeforeCreateReply'
  | 'paidWhileExpiring'
  | 'paidDespiteExpiring'
  | 'holdGoneOnCapture';

/** Whether this trouble befalls now, used up by one. */
export function takeOne(trouble: StripeTrouble, name: Countdown): boolean {
  if (trouble[name] <= 0) return false;
  trouble[name] -= 1;
  return true;
}

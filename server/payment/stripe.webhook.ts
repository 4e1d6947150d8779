import { createHash } from 'node:crypto';
import { Stripe } from 'stripe';
import * as v from 'valibot';

/** Everything that can tell of a payment of ours having moved; an endpoint subscribes to these. */
export const stripeEventTypes = [
  'checkout.session.completed',
  'checkout.session.async_payment_succeeded',
  'checkout.session.async_payment_failed',
  'checkout.session.expired',
  'payment_intent.amount_capturable_updated',
  'payment_intent.succeeded',
  'payment_intent.canceled',
  'payment_intent.payment_failed',
  'charge.expired',
  'charge.refunded',
  'charge.dispute.created',
  'charge.dispute.closed',
  'refund.created',
  'refund.updated',
  'refund.failed',
] as const satisfies Stripe.Event['type'][];

/** Stripe signs every try anew, so an old signature is somebody else's. */
const toleranceSeconds = 300;

export type StripeVerification =
  | { ok: true; text: string }
  | {
      ok: false;
      /** `too_old` is said of a genuine signature only. */
      refused: 'missing' | 'mismatch' | 'too_old';
    };

/**
 * Checks the header `Stripe-Signature` against the body as it came, byte for byte. A time ahead of ours is let pass: only
 * who knows the secret can write one, and our own clock may be slow.
 */
export function verifyStripeDelivery(delivery: {
  rawBody: Uint8Array;
  header: string | undefined;
  /** The secret in use and, during a rotation, the one before. */
  secrets: readonly string[];
  now: number;
}): StripeVerification {
  const { rawBody, header, secrets, now } = delivery;
  if (!header) return { ok: false, refused: 'missing' };
  const text = exactText(rawBody);
  if (text === null) return { ok: false, refused: 'mismatch' };
  const passes = (tolerance: number): boolean =>
    secrets.some((secret) => isSigned(text, header, secret, tolerance, now));
  if (passes(toleranceSeconds)) return { ok: true, text };
  return { ok: false, refused: passes(0) ? 'too_old' : 'mismatch' };
}

/** Text that stands for these bytes and no others; the SDK would decode more leniently. */
function exactText(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** A tolerance of 0 asks for no time at all. */
function isSigned(
  text: string,
  header: string,
  secret: string,
  tolerance: number,
  now: number,
): boolean {
  try {
    const { signature } = Stripe.webhooks;
    return signature?.verifyHeader(text, header, secret, tolerance, undefined, now) === true;
  } catch {
    // Its ways of saying no are many, and a plain error for `v1=` is among them.
    return false;
  }
}

const Kind = v.object({ id: v.string(), object: v.string(), type: v.string() });

/** What is to be done with a genuine delivery. */
export type StripeDeliverySort =
  | { sort: 'used'; key: string }
  | { sort: 'unused' }
  /** An event of the other style, which names an object and tells nothing of it. */
  | { sort: 'thin' };

export function sortStripeDelivery(text: string): StripeDeliverySort {
  const kind = v.safeParse(Kind, readJson(text));
  // It can only be kept, for a human to look at.
  if (!kind.success) {
    return { sort: 'used', key: `sha256:${createHash('sha256').update(text).digest('hex')}` };
  }
  const { id, object, type } = kind.output;
  if (object === 'v2.core.event') return { sort: 'thin' };
  return isUsed(type) ? { sort: 'used', key: id } : { sort: 'unused' };
}

const isUsed = (type: string): boolean => stripeEventTypes.some((used) => used === type);

const Delivery = v.object({
  id: v.string(),
  object: v.literal('event'),
  type: v.string(),
  api_version: v.nullish(v.string()),
  livemode: v.boolean(),
  account: v.nullish(v.string()),
  data: v.object({
    object: v.object({
      id: v.string(),
      object: v.string(),
      metadata: v.nullish(v.record(v.string(), v.string())),
      payment_intent: v.nullish(v.string()),
      client_reference_id: v.nullish(v.string()),
    }),
  }),
});

/** Where a delivery says to look. How things stand there is asked of Stripe. */
export interface StripeDelivery {
  type: string;
  objectId: string;
  sessionId: string | null;
  paymentId: string | null;
  bookingId: string | null;
  /** The connected account that it happened on; null: the account of the key. */
  account: string | null;
}

/** Reads the body of a verified delivery; null when it is not what it should be. Never throws. */
export function parseStripeDelivery(body: string): StripeDelivery | null {
  const delivery = v.safeParse(Delivery, readJson(body));
  if (!delivery.success) return null;
  const { type, account, data } = delivery.output;
  const { id, object, metadata, payment_intent, client_reference_id } = data.object;
  return {
    type,
    objectId: id,
    sessionId: object === 'checkout.session' ? id : null,
    paymentId: object === 'payment_intent' ? id : (payment_intent ?? null),
    bookingId: metadata?.['booking_id'] ?? client_reference_id ?? null,
    account: account ?? null,
  };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

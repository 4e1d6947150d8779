import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import * as v from 'valibot';
import { InviteePayload } from './calendly.invitee.ts';
import { Instant } from './calendly.schemas.ts';
import type { Invitee, ScheduledEvent } from './scheduling.ts';

/** The window of the sample in Calendly's documents. */
export const signatureToleranceMs = 180_000;

export type Verification =
  | { ok: true }
  | {
      ok: false;
      /** `too_old` is said of a genuine signature only. */
      refused: 'missing' | 'malformed' | 'mismatch' | 'too_old';
    };

/**
 * Checks the header `Calendly-Webhook-Signature: t=<seconds>,v1=<hex>` against the body as it came, byte for byte.
 *
 * Nobody has written down whether Calendly signs a retry anew. If it does not, the window refuses every retry that comes
 * later than it is wide, and after a day of those the subscription is disabled. Deliveries are stored once by their key,
 * so a replay changes nothing: a window of a day and an hour is as safe as three minutes, and loses none.
 */
export function verifyDelivery(delivery: {
  rawBody: Uint8Array | string;
  header: string | undefined;
  /** The current signing key, and during a rotation the previous one. */
  keys: readonly string[];
  now: number;
  toleranceMs?: number;
}): Verification {
  const { rawBody, header, now, toleranceMs = signatureToleranceMs } = delivery;
  if (header === undefined || header === '') return { ok: false, refused: 'missing' };
  const signed = readHeader(header);
  if (!signed) return { ok: false, refused: 'malformed' };

  let matches = false;
  for (const key of delivery.keys) {
    // Anybody can sign with an empty key.
    if (key === '') continue;
    const expected = createHmac('sha256', key)
      .update(`${signed.timestamp}.`)
      .update(rawBody)
      .digest();
    // Every key is tried against every signature: how long it takes tells nothing.
    for (const signature of signed.signatures) {
      if (timingSafeEqual(expected, signature)) matches = true;
    }
  }
  if (!matches) return { ok: false, refused: 'mismatch' };
  const ageMs = now - Number(signed.timestamp) * 1000;
  return Math.abs(ageMs) <= toleranceMs ? { ok: true } : { ok: false, refused: 'too_old' };
}

function readHeader(header: string): { timestamp: string; signatures: Buffer[] } | null {
  if (header.length > 1000) return null;
  const timestamps: string[] = [];
  const signatures: Buffer[] = [];
  for (const part of header.split(',')) {
    const [, name, value = ''] = /^\s*(\w+)=(\S*)\s*$/.exec(part) ?? [];
    if (name === undefined) return null;
    if (name === 't') {
      if (!/^\d{1,12}$/.test(value)) return null;
      timestamps.push(value);
    } else if (name === 'v1') {
      if (!/^[0-9a-f]{64}$/i.test(value)) return null;
      signatures.push(Buffer.from(value, 'hex'));
    }
  }
  const [timestamp] = timestamps;
  return timestamp !== undefined && timestamps.length === 1 && signatures.length > 0
    ? { timestamp, signatures }
    : null;
}

const DeliveryEnvelope = v.object({
  event: v.string(),
  created_at: Instant,
  payload: v.unknown(),
});

export interface CalendlyDelivery {
  /** `invitee.created`, `invitee.canceled`, or one that is not about an invitee, such as `event_type.updated`. */
  event: string;
  createdAt: string;
  /** Null when the delivery is not about an invitee. */
  invitee: Invitee | null;
  scheduledEvent: ScheduledEvent | null;
}

interface Reading {
  key: string;
  delivery: CalendlyDelivery | null;
}

/** Reads the body of a verified delivery; never throws. What cannot be read is left to the sweep. */
export function parseDelivery(
  rawBody: Uint8Array | string,
): { ok: true; delivery: CalendlyDelivery } | { ok: false } {
  const { delivery } = readDelivery(rawBody);
  return delivery ? { ok: true, delivery } : { ok: false };
}

/** The same for every copy of a delivery, which carries no id of its own; any body has one. */
export const deliveryKey = (rawBody: Uint8Array | string): string => readDelivery(rawBody).key;

function readDelivery(rawBody: Uint8Array | string): Reading {
  const hash = `sha256:${createHash('sha256').update(rawBody).digest('hex')}`;
  const envelope = v.safeParse(DeliveryEnvelope, readJson(rawBody));
  if (!envelope.success) return { key: hash, delivery: null };
  const { event, created_at: createdAt, payload } = envelope.output;
  if (event !== 'invitee.created' && event !== 'invitee.canceled') {
    return { key: hash, delivery: { event, createdAt, invitee: null, scheduledEvent: null } };
  }
  const about = v.safeParse(InviteePayload, payload);
  if (!about.success) return { key: hash, delivery: null };
  const { invitee, scheduledEvent, updatedAt } = about.output;
  return {
    // Not the event's URI: the many invitees of a group share one.
    key: `${event} ${invitee.uri} ${updatedAt}`,
    delivery: { event, createdAt, invitee, scheduledEvent },
  };
}

function readJson(rawBody: Uint8Array | string): unknown {
  try {
    return JSON.parse(typeof rawBody === 'string' ? rawBody : new TextDecoder().decode(rawBody));
  } catch {
    return undefined;
  }
}

import {
  createCipheriv,
  createDecipheriv,
  createHash,
  hkdfSync,
  timingSafeEqual,
} from 'node:crypto';
import type { RandomBytes } from '../clock.ts';

/** 256 random bits, as text that fits a URL. */
export const newToken = (random: RandomBytes): string =>
  Buffer.from(random(32)).toString('base64url');

/** A version 4 UUID from the injected randomness. */
export function newId(random: RandomBytes): string {
  const bytes = Buffer.from(random(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-');
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

export function tokenMatches(token: string, hash: string): boolean {
  return timingSafeEqual(Buffer.from(sha256(token), 'hex'), Buffer.from(hash, 'hex'));
}

const keyFrom = (secret: string, context: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, context, 'booking token', 32));

/**
 * Only the token's hash is stored, yet two things need the token again: a request repeated with the same
 * Idempotency-Key must get the same answer, and mails written later carry the booking's link. So it is kept sealed, once
 * with a key made from that header (of which only the hash is stored) and once with one made from a secret of the
 * environment: the database alone opens nothing. `context` says what the seal belongs to.
 */
export function sealToken(
  token: string,
  secret: string,
  context: string,
  random: RandomBytes,
): string {
  const nonce = random(12);
  const cipher = createCipheriv('aes-256-gcm', keyFrom(secret, context), nonce);
  const sealed = Buffer.concat([cipher.update(token, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return Buffer.concat([nonce, sealed]).toString('base64url');
}

/** Throws when the secret is not the one that sealed. */
export function openToken(sealed: string, secret: string, context: string): string {
  const bytes = Buffer.from(sealed, 'base64url');
  const decipher = createDecipheriv(
    'aes-256-gcm',
    keyFrom(secret, context),
    bytes.subarray(0, 12),
    {
      authTagLength: 16,
    },
  );
  decipher.setAuthTag(bytes.subarray(bytes.length - 16));
  return decipher.update(bytes.subarray(12, -16), undefined, 'utf8') + decipher.final('utf8');
}

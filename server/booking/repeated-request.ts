import { RequestError } from '../http/errors.ts';
import type { BookingRecord } from './booking.ts';
import { findByIdempotencyHash, findSecrets, type BookingSecrets } from './booking.store.ts';
import { whyRejected, type RefusalDeps } from './refusal.ts';
import { openToken, sealToken, sha256 } from './token.ts';
import type { RandomBytes } from '../clock.ts';
import { watchUntil, type WatchDeps } from './watch.ts';

/** What identifies a request: its key, when it has one, and what it asks for. */
export interface RequestIdentity {
  idempotencyKey: string | undefined;
  requestHash: string;
}

export interface Confirmed {
  booking: BookingRecord;
  token: string;
}

/** There is something to tell: what came of it, or where to pay. */
const isSettled = ({ status, checkoutUrl }: BookingRecord): boolean =>
  status === 'awaiting_payment' ? checkoutUrl !== null : status !== 'scheduling';

/**
 * What the same request made before, once it is settled or the time is up; null when there was none. The other one may
 * still be under way, in this process or another.
 */
export async function repeatedRequest(
  deps: WatchDeps & RefusalDeps,
  { idempotencyKey, requestHash }: RequestIdentity,
  signal: AbortSignal,
): Promise<Confirmed | null> {
  if (idempotencyKey === undefined) return null;
  const found = await findByIdempotencyHash(deps.db, sha256(idempotencyKey));
  if (!found) return null;
  const secrets = await findSecrets(deps.db, found.id);
  if (secrets?.requestHash !== requestHash || secrets.sealedToken === null) {
    throw new RequestError('idempotency_key_reused');
  }
  const booking = await watchUntil(deps, found, isSettled, signal);
  if (booking.status === 'rejected') throw await whyRejected(deps, booking, signal);
  return { booking, token: openToken(secrets.sealedToken, idempotencyKey, booking.id) };
}

/** What is stored of a token and of the request that made it. */
export const secretsOf = (
  token: string,
  { idempotencyKey, requestHash }: RequestIdentity,
  booking: { id: string; calendarUid: string },
  { linkSecret, random }: { linkSecret: string; random: RandomBytes },
): BookingSecrets => ({
  tokenHash: sha256(token),
  linkToken: sealToken(token, linkSecret, booking.calendarUid, random),
  ...(idempotencyKey === undefined
    ? { idempotencyHash: null, sealedToken: null }
    : {
        idempotencyHash: sha256(idempotencyKey),
        sealedToken: sealToken(token, idempotencyKey, booking.id, random),
      }),
  requestHash,
});

import { Hono } from 'hono';
import type { Clock } from '../clock.ts';
import type { Database } from '../database/connection.ts';
import { RequestError } from '../http/errors.ts';
import { storeDelivery } from '../outbox/inbox.ts';
import { deliveryKey, verifyDelivery } from './calendly.webhook.ts';

export interface CalendlyWebhookDeps {
  db: Database;
  clock: Clock;
  /** The key in use and, during a rotation, the one before. */
  signingKeys: readonly string[];
  /** Called for every genuine delivery that is new. */
  received: () => void;
  log: (entry: { event: string; [key: string]: unknown }) => void;
}

/**
 * Whether Calendly signs a retry anew is not documented, and it retries for a day. A delivery is stored once, and what it
 * says is read from Calendly again before anything is done, so an old one can do no harm.
 */
const toleranceMs = 25 * 3_600_000;

export function createCalendlyWebhook({
  db,
  clock,
  signingKeys,
  received,
  log,
}: CalendlyWebhookDeps) {
  return new Hono().post('/calendly', async function receiveDelivery(c) {
    // The bytes as they came: text that is not quite UTF-8, or begins with a mark, would not have its signature any more.
    const rawBody = new Uint8Array(await c.req.arrayBuffer());
    const verdict = verifyDelivery({
      rawBody,
      header: c.req.header('calendly-webhook-signature'),
      keys: [...signingKeys],
      now: clock.now(),
      toleranceMs,
    });
    if (!verdict.ok) {
      log({ event: 'delivery-refused', reason: verdict.refused });
      throw new RequestError('unauthorized', 'The signature of this delivery is not right.');
    }
    const isNew = await storeDelivery(db, clock, {
      source: 'calendly',
      key: deliveryKey(rawBody),
      body: new TextDecoder().decode(rawBody),
    });
    if (isNew) received();
    return c.json({ success: true });
  });
}

import { Hono } from 'hono';
import type { Clock } from '../clock.ts';
import type { Database } from '../database/connection.ts';
import { RequestError } from '../http/errors.ts';
import { storeDelivery } from '../outbox/inbox.ts';
import { sortStripeDelivery, verifyStripeDelivery } from './stripe.webhook.ts';

export interface StripeWebhookDeps {
  db: Database;
  clock: Clock;
  /** The secret in use and, during a rotation, the one before; of each endpoint that leads here. */
  secrets: readonly string[];
  /** Called for every genuine delivery that is new. */
  received: () => void;
  log: (entry: { event: string; [key: string]: unknown }) => void;
}

/** Whoever pays is kept waiting by Stripe until this has answered: a delivery is stored, and processed later. */
export function createStripeWebhook({ db, clock, secrets, received, log }: StripeWebhookDeps) {
  return new Hono().post('/stripe', async function receiveDelivery(c) {
    const verdict = verifyStripeDelivery({
      rawBody: new Uint8Array(await c.req.arrayBuffer()),
      header: c.req.header('stripe-signature'),
      secrets,
      now: clock.now(),
    });
    if (!verdict.ok) {
      log({ event: 'delivery-refused', source: 'stripe', reason: verdict.refused });
      throw new RequestError('unauthorized', 'The signature of this delivery is not right.');
    }
    const sorted = sortStripeDelivery(verdict.text);
    if (sorted.sort === 'thin') {
      log({ event: 'delivery-refused', source: 'stripe', reason: 'thin' });
      throw new RequestError(
        'invalid_request',
        'This is a thin event. Let Stripe send snapshot events here, to an endpoint that `npm run stripe-webhook` has made.',
      );
    }
    if (sorted.sort === 'used') {
      const { key } = sorted;
      const isNew = await storeDelivery(db, clock, { source: 'stripe', key, body: verdict.text });
      if (isNew) received();
    }
    return c.json({ success: true });
  });
}

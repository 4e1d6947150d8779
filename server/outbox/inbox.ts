import type { Clock } from '../clock.ts';
import type { Connection, Database } from '../database/connection.ts';
import { enqueueJobs } from './job.store.ts';

export interface Delivery {
  id: number;
  source: 'calendly' | 'stripe';
  body: string;
  receivedAt: number;
}

export const deliveryJobPrefix = 'process-delivery:';
export const deliveryJobKey = (deliveryId: number): string => `${deliveryJobPrefix}${deliveryId}`;

/**
 * Keeps a delivery and the job that will process it, in one transaction and once, so that the sender can be told at once.
 * False when the same delivery is here already.
 */
export async function storeDelivery(
  db: Database,
  clock: Clock,
  delivery: { source: Delivery['source']; key: string; body: string },
): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const row = await trx
      .insertInto('delivery')
      .values({
        source: delivery.source,
        dedupe_key: delivery.key,
        body: delivery.body,
        received_at: clock.now(),
      })
      .onConflict((conflict) => conflict.columns(['source', 'dedupe_key']).doNothing())
      .returning('id')
      .executeTakeFirst();
    if (!row) return false;
    await enqueueJobs(
      trx,
      [
        {
          kind: `process-${delivery.source}-delivery`,
          key: deliveryJobKey(row.id),
          bookingId: null,
          payload: { deliveryId: row.id },
        },
      ],
      clock.now(),
    );
    return true;
  });
}

export async function findDelivery(db: Connection, id: number): Promise<Delivery | null> {
  const row = await db
    .selectFrom('delivery')
    .select(['id', 'source', 'body', 'received_at'])
    .where('id', '=', id)
    .executeTakeFirst();
  return row
    ? { id: row.id, source: row.source, body: row.body, receivedAt: row.received_at }
    : null;
}

export async function concludeDelivery(
  db: Connection,
  id: number,
  outcome: string,
  now: number,
): Promise<void> {
  await db
    .updateTable('delivery')
    .set({ processed_at: now, outcome })
    .where('id', '=', id)
    .execute();
}

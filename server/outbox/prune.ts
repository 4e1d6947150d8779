import { sql } from 'kysely';
import type { Clock } from '../clock.ts';
import type { Database } from '../database/connection.ts';
import { deliveryJobKey, deliveryJobPrefix } from './inbox.ts';

export interface PruneOptions {
  /** So many rows are written at once, and then everybody else has a turn. */
  batchSize?: number;
  signal?: AbortSignal;
}

/** How many were emptied or deleted. */
export interface Pruned {
  bodies: number;
  deliveries: number;
  jobs: number;
}

const dayMs = 86_400_000;
/** What was delivered is read again only when a human looks into it. */
const bodyMs = 30 * dayMs;
/** No sender repeats a delivery after so long: Calendly gives up after a day, Stripe after three, by hand after thirty. */
const rowMs = 90 * dayMs;
const pauseMs = 20;

/**
 * Empties and deletes what has served its purpose and may name people. What is not done stays, whatever its age: jobs
 * that were given up, and their deliveries, wait for a human.
 */
export async function prune(
  db: Database,
  clock: Clock,
  { batchSize = 500, signal }: PruneOptions = {},
): Promise<Pruned> {
  const before = (ageMs: number): number => clock.now() - ageMs;

  async function inBatches(
    find: () => Promise<{ id: number }[]>,
    work: (ids: number[]) => Promise<unknown>,
  ): Promise<number> {
    for (let total = 0; ;) {
      const rows = await find();
      if (rows.length > 0) await work(rows.map(({ id }) => id));
      total += rows.length;
      if (rows.length < batchSize) return total;
      await clock.wait(pauseMs, signal);
    }
  }

  /** Those whose job is done: nobody has to look at them any more. */
  const finishedDeliveries = (ageMs: number) =>
    db
      .selectFrom('delivery')
      .select('delivery.id')
      .where('received_at', '<=', before(ageMs))
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('job')
              .select('job.id')
              .where('dedupe_key', '=', sql<string>`${deliveryJobPrefix} || delivery.id`)
              .where('done_at', 'is', null),
          ),
        ),
      )
      .limit(batchSize);

  /**
   * A job that is gone might be owed a second time, and a mail go out twice. So only those of bookings that are long over
   * and owe nothing any more: no event moves such a booking.
   */
  const finishedJobs = () =>
    db
      .selectFrom('job')
      .innerJoin('booking', 'booking.id', 'job.booking_id')
      .select('job.id')
      .where('job.done_at', '<=', before(rowMs))
      .where('booking.end_time', '<=', new Date(before(rowMs)).toISOString())
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('job as owed')
              .select('owed.id')
              .whereRef('owed.booking_id', '=', 'booking.id')
              .where('owed.done_at', 'is', null),
          ),
        ),
      )
      .limit(batchSize);

  return {
    bodies: await inBatches(
      () => finishedDeliveries(bodyMs).where('body', '<>', '').execute(),
      (ids) => db.updateTable('delivery').set({ body: '' }).where('id', 'in', ids).execute(),
    ),
    // With its job: the number may be given again, and the job of another delivery would count as owed already.
    deliveries: await inBatches(
      () => finishedDeliveries(rowMs).execute(),
      (ids) =>
        db.transaction().execute(async (trx) => {
          await trx.deleteFrom('job').where('dedupe_key', 'in', ids.map(deliveryJobKey)).execute();
          await trx.deleteFrom('delivery').where('id', 'in', ids).execute();
        }),
    ),
    jobs: await inBatches(
      () => finishedJobs().execute(),
      (ids) => db.deleteFrom('job').where('id', 'in', ids).execute(),
    ),
  };
}

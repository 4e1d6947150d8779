import type { Expression, ExpressionBuilder, SqlBool } from 'kysely';
import type { Connection } from '../database/connection.ts';
import type { Tables } from '../database/schema.ts';

/** A job that a human should look at. `lastError` is in our own words or a provider's, and names no person. */
export interface TroubledJob {
  id: number;
  kind: string;
  bookingId: string | null;
  attempts: number;
  lastError: string | null;
}

/** Given up: nothing more happens by itself. */
export interface DeadJob extends TroubledJob {
  deadAt: number;
}

/** Still being tried, for suspiciously long. */
export interface StuckJob extends TroubledJob {
  createdAt: number;
  runAt: number;
}

/** Patience with what is tried often, and with what is tried seldom. */
const manyTries = 10;
const someTries = 3;
const longMs = 3_600_000;

type JobExpression = ExpressionBuilder<Tables, 'job'>;
type JobCondition = Expression<SqlBool>;

const isDead = (job: JobExpression): JobCondition => job('dead_at', 'is not', null);

/**
 * Tried again and again, or due for an hour with nobody taking it up. What merely lies in the future has not been tried,
 * and one bad try of it is everyday life.
 */
const isStuck =
  (now: number) =>
  (job: JobExpression): JobCondition =>
    job.and([
      job('done_at', 'is', null),
      job('dead_at', 'is', null),
      job.or([
        job('attempts', '>=', manyTries),
        job.and([job('attempts', '>=', someTries), job('created_at', '<=', now - longMs)]),
        job('run_at', '<=', now - longMs),
      ]),
    ]);

const columns = [
  'id',
  'kind',
  'booking_id as bookingId',
  'attempts',
  'last_error as lastError',
] as const;

export async function deadJobs(db: Connection): Promise<DeadJob[]> {
  const rows = await db
    .selectFrom('job')
    .select([...columns, 'dead_at as deadAt'])
    .where(isDead)
    .orderBy('dead_at')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({ ...row, deadAt: row.deadAt ?? 0 }));
}

export const stuckJobs = (db: Connection, now: number): Promise<StuckJob[]> =>
  db
    .selectFrom('job')
    .select([...columns, 'created_at as createdAt', 'run_at as runAt'])
    .where(isStuck(now))
    .orderBy('created_at')
    .orderBy('id')
    .execute();

export async function countTroubledJobs(
  db: Connection,
  now: number,
): Promise<{ deadJobs: number; stuckJobs: number }> {
  const count = async (isTroubled: (job: JobExpression) => JobCondition): Promise<number> => {
    const counting = db.selectFrom('job').select((job) => job.fn.countAll<number>().as('count'));
    return (await counting.where(isTroubled).executeTakeFirstOrThrow()).count;
  };
  return { deadJobs: await count(isDead), stuckJobs: await count(isStuck(now)) };
}

/**
 * Owed again, now. The count of its tries stays: handlers look for what earlier tries have done before they do it again.
 * False when there is no such job, when it is done, or while somebody works on it.
 */
export async function retryJob(db: Connection, id: number, now: number): Promise<boolean> {
  const result = await db
    .updateTable('job')
    .set({ dead_at: null, run_at: now, lease: null, lease_until: null })
    .where('id', '=', id)
    .where('done_at', 'is', null)
    .where((job) => job.or([job('lease_until', 'is', null), job('lease_until', '<=', now)]))
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Off the list: a human has settled it some other way. False when no such job was given up. */
export async function dismissJob(db: Connection, id: number, now: number): Promise<boolean> {
  const result = await db
    .updateTable('job')
    .set({ dead_at: null, done_at: now })
    .where('id', '=', id)
    .where(isDead)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

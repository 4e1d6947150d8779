import type { Updateable } from 'kysely';
import type { Connection } from '../database/connection.ts';
import type { JobTable } from '../database/schema.ts';
import type { ClaimedJob, JobResult, NewJob } from './job.ts';

/**
 * Longer than any single try may last, so that no two workers ever hold the same job; short enough that what a process
 * held when it died is done soon after it is back.
 */
export const leaseMs = 20_000;

const claimed = (row: {
  id: number;
  kind: string;
  booking_id: string | null;
  payload: string;
  attempts: number;
  lease: string | null;
  created_at: number;
}): ClaimedJob => ({
  id: row.id,
  kind: row.kind,
  bookingId: row.booking_id,
  payload: JSON.parse(row.payload) as Record<string, unknown>,
  attempts: row.attempts,
  lease: row.lease ?? '',
  createdAt: row.created_at,
});

const columns = ['id', 'kind', 'booking_id', 'payload', 'attempts', 'lease', 'created_at'] as const;

const newRow = (job: NewJob, now: number) => ({
  kind: job.kind,
  booking_id: job.bookingId,
  dedupe_key: job.key,
  payload: JSON.stringify(job.payload ?? {}),
  run_at: job.runAt ?? now,
  attempts: 0,
  created_at: now,
});

export async function enqueueJobs(
  trx: Connection,
  jobs: readonly NewJob[],
  now: number,
): Promise<void> {
  if (jobs.length === 0) return;
  await trx
    .insertInto('job')
    .values(jobs.map((job) => newRow(job, now)))
    .onConflict((conflict) => conflict.column('dedupe_key').doNothing())
    .execute();
}

/** Adds a job that its creator works on at once; a worker may take it over when the lease lapses. */
export async function enqueueClaimed(
  trx: Connection,
  job: NewJob,
  now: number,
  lease: string,
): Promise<ClaimedJob> {
  const row = await trx
    .insertInto('job')
    .values({ ...newRow(job, now), attempts: 1, lease, lease_until: now + leaseMs })
    .returning(columns)
    .executeTakeFirstOrThrow();
  return claimed(row);
}

/** Takes the job that has been due for the longest time; null when nothing is due. */
export async function claimJob(
  db: Connection,
  now: number,
  lease: string,
): Promise<ClaimedJob | null> {
  const row = await db
    .updateTable('job')
    .set((is) => ({ lease, lease_until: now + leaseMs, attempts: is('attempts', '+', 1) }))
    .where('id', '=', (is) =>
      is
        .selectFrom('job')
        .select('id')
        .where('done_at', 'is', null)
        .where('dead_at', 'is', null)
        .where('run_at', '<=', now)
        .where((either) =>
          either.or([either('lease_until', 'is', null), either('lease_until', '<=', now)]),
        )
        .orderBy('run_at')
        .orderBy('id')
        .limit(1),
    )
    .returning(columns)
    .executeTakeFirst();
  return row ? claimed(row) : null;
}

/** Writes down what came of a try; nothing when somebody else has taken the job over meanwhile. */
export async function concludeJob(
  trx: Connection,
  job: ClaimedJob,
  result: JobResult,
  now: number,
): Promise<void> {
  await trx
    .updateTable('job')
    .set({ ...outcomeOf(job, result, now), lease: null, lease_until: null })
    .where('id', '=', job.id)
    .where('lease', '=', job.lease)
    .execute();
}

function outcomeOf(job: ClaimedJob, result: JobResult, now: number): Updateable<JobTable> {
  switch (result.result) {
    case 'done':
      return { done_at: now, last_error: null };
    case 'again':
      return { run_at: now + Math.ceil(result.inMs), last_error: result.error.slice(0, 500) };
    case 'later':
      return { run_at: now + Math.ceil(result.inMs), attempts: job.attempts - 1 };
    case 'dead':
      return { dead_at: now, last_error: result.error.slice(0, 500) };
  }
}

/** When the next job is due or its lease lapses; null when nothing is owed. */
export async function nextDue(db: Connection): Promise<number | null> {
  const row = await db
    .selectFrom('job')
    .select((is) =>
      is.fn
        .min<number | null>(
          is.fn<number>('max', ['run_at', is.fn.coalesce('lease_until', 'run_at')]),
        )
        .as('due'),
    )
    .where('done_at', 'is', null)
    .where('dead_at', 'is', null)
    .executeTakeFirst();
  return row?.due ?? null;
}

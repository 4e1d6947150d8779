import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createManualClock, type ManualClock } from '../../demo/sandbox/manual-clock.ts';
import type { Database } from '../database/connection.ts';
import { openDatabase } from '../database/database.ts';
import { done, type JobHandler, type JobResult, type NewJob } from './job.ts';
import { enqueueClaimed, enqueueJobs, leaseMs, nextDue } from './job.store.ts';
import { backOff, createWorker, type Worker } from './worker.ts';

let clock: ManualClock;
let db: Database;
let log: { event: string; [key: string]: unknown }[];
let leases = 0;

beforeEach(async () => {
  clock = createManualClock('2026-11-23T08:00:00Z');
  db = await openDatabase(':memory:');
  log = [];
});
afterEach(() => db.destroy());

const job = (key: string, part: Partial<NewJob> = {}): NewJob => ({
  kind: 'work',
  key,
  bookingId: null,
  payload: { key },
  ...part,
});
const owe = (...jobs: NewJob[]) => enqueueJobs(db, jobs, clock.now());
const workerOn = (database: Database, work: JobHandler): Worker =>
  createWorker({
    db: database,
    clock,
    handlers: { work },
    lease: () => `lease-${leases++}`,
    log: (entry) => void log.push(entry),
  });
const rows = () => db.selectFrom('job').selectAll().orderBy('id').execute();

/** A handler whose tries end when the test says so. */
function held() {
  const tries: { key: unknown; signal: AbortSignal; end: () => void }[] = [];
  const work: JobHandler = ({ payload }, signal) =>
    new Promise((resolve) => {
      tries.push({ key: payload['key'], signal, end: () => resolve(done) });
    });
  return { tries, work };
}

describe('a job', () => {
  test('is owed once, however often it is asked for', async () => {
    await owe(job('a'), job('b'));
    await owe(job('a', { payload: { key: 'other' } }));
    const worked: unknown[] = [];
    const worker = workerOn(db, async ({ payload }) => {
      worked.push(payload['key']);
      return done;
    });
    expect(await worker.runDue()).toBe(2);
    await owe(job('a'));
    expect(await worker.runDue()).toBe(0);
    expect(worked).toEqual(['a', 'b']);
  });

  test('that is part of a transaction which fails is not owed', async () => {
    const failing = db.transaction().execute(async (trx) => {
      await enqueueJobs(trx, [job('a')], clock.now());
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await rows()).toEqual([]);
  });

  test('waits for its time; the one that is due for longest is first', async () => {
    const now = clock.now();
    await owe(
      job('later', { runAt: now + 2_000 }),
      job('second', { runAt: now - 1 }),
      job('first', { runAt: now - 2 }),
    );
    const worked: unknown[] = [];
    const worker = workerOn(db, async ({ payload }) => {
      worked.push(payload['key']);
      return done;
    });
    await worker.runDue();
    expect(worked).toEqual(['first', 'second']);
    expect(await nextDue(db)).toBe(now + 2_000);
    await clock.advance(2_000);
    await worker.runDue();
    expect(worked).toEqual(['first', 'second', 'later']);
    expect(await nextDue(db)).toBeNull();
  });

  test('whose try did not work is tried again when it said, with the count of its tries', async () => {
    await owe(job('a'));
    const attempts: number[] = [];
    const worker = workerOn(db, async (claimed) => {
      attempts.push(claimed.attempts);
      return attempts.length < 3 ? { result: 'again', inMs: 5_000, error: 'busy' } : done;
    });
    await worker.runDue();
    await clock.advance(4_999);
    expect(await worker.runDue()).toBe(0);
    await clock.advance(1);
    await worker.runDue();
    await clock.advance(5_000);
    await worker.runDue();
    expect(attempts).toEqual([1, 2, 3]);
    expect((await rows())[0]).toMatchObject({
      done_at: clock.now(),
      last_error: null,
      lease: null,
    });
    expect(log).toHaveLength(2);
    expect(log[0]).toMatchObject({ event: 'job', kind: 'work', result: 'again' });
  });

  test('that says it is not its turn yet has not been tried, and nobody hears of it', async () => {
    await owe(job('a'));
    const attempts: number[] = [];
    const results: JobResult[] = [
      { result: 'again', inMs: 1_000, error: 'busy' },
      { result: 'later', inMs: 5_000 },
      { result: 'later', inMs: 5_000 },
    ];
    const worker = workerOn(db, async (claimed) => {
      attempts.push(claimed.attempts);
      return results.shift() ?? done;
    });
    await worker.runDue();
    await clock.advance(1_000);
    await worker.runDue();
    expect((await rows())[0]).toMatchObject({ attempts: 1, last_error: 'busy', lease: null });
    await clock.advance(4_999);
    expect(await worker.runDue()).toBe(0);
    await clock.advance(1);
    await worker.runDue();
    await clock.advance(5_000);
    await worker.runDue();
    expect(attempts).toEqual([1, 2, 2, 2]);
    expect((await rows())[0]).toMatchObject({ attempts: 2, done_at: clock.now() });
    expect(log).toHaveLength(1);
  });

  test('that throws is tried less and less often, and lands on the list that a human sees', async () => {
    await owe(job('a'));
    const worker = workerOn(db, async () => {
      throw new Error('broken');
    });
    const pauses: number[] = [];
    for (let attempt = 1; attempt < 20; attempt++) {
      await worker.runDue();
      const due = (await nextDue(db)) ?? 0;
      pauses.push(due - clock.now());
      await clock.advance(due - clock.now());
    }
    expect(pauses).toEqual(Array.from({ length: 19 }, (_, index) => backOff(index + 1)));
    expect(pauses.slice(0, 4)).toEqual([2_000, 4_000, 8_000, 16_000]);
    expect(Math.max(...pauses)).toBe(300_000);
    await worker.runDue();
    expect((await rows())[0]).toMatchObject({
      dead_at: clock.now(),
      last_error: 'broken',
      attempts: 20,
    });
    await clock.advance(3_600_000);
    expect(await worker.runDue()).toBe(0);
  });

  test('that nobody can do is for a human at once', async () => {
    await owe(job('a', { kind: 'unknown' }));
    await workerOn(db, async () => done).runDue();
    expect((await rows())[0]).toMatchObject({ dead_at: clock.now() });
    expect(log).toEqual([expect.objectContaining({ result: 'dead', kind: 'unknown' })]);
  });

  test('that hangs is told to stop before anybody else may take it over', async () => {
    await owe(job('a'));
    const { tries, work } = held();
    const running = workerOn(db, work).runDue();
    await clock.advance(leaseMs - 1);
    expect(tries[0]?.signal.aborted).toBe(true);
    tries[0]?.end();
    await running;
  });
});

describe('a lease', () => {
  test('that lapsed is taken over, and whoever had it writes nothing any more', async () => {
    await owe(job('a'));
    const dead = held();
    const first = workerOn(db, dead.work).runDue();
    await clock.advance(leaseMs - 1);
    const second = workerOn(db, async () => ({ result: 'again', inMs: 60_000, error: 'mine now' }));
    expect(await second.runDue()).toBe(0);
    await clock.advance(1);
    expect(await second.runDue()).toBe(1);
    dead.tries[0]?.end();
    await first;
    expect((await rows())[0]).toMatchObject({ done_at: null, attempts: 2, last_error: 'mine now' });
  });

  test('is held from the beginning by whoever adds a job to work on it', async () => {
    const claimed = await enqueueClaimed(db, job('a'), clock.now(), 'mine');
    const worker = workerOn(db, async () => done);
    expect(await worker.runDue()).toBe(0);
    expect(await worker.run(claimed)).toEqual(done);
    await clock.advance(leaseMs);
    expect(await worker.runDue()).toBe(0);
  });

  test('whose holder was killed lapses, and the job is done by another', async () => {
    await enqueueClaimed(db, job('a'), clock.now(), 'of a process that is gone');
    expect(await nextDue(db)).toBe(clock.now() + leaseMs);
    await clock.advance(leaseMs);
    expect(await workerOn(db, async () => done).runDue()).toBe(1);
  });
});

describe('a worker that was started', () => {
  test('does what is added when it is woken, and by itself a moment later', async () => {
    const worked: unknown[] = [];
    const worker = workerOn(db, async ({ payload }) => {
      worked.push(payload['key']);
      return done;
    });
    worker.start();
    await clock.advance(0);
    await owe(job('woken'));
    worker.wake();
    await clock.advance(0);
    expect(worked).toEqual(['woken']);
    await owe(job('found'));
    await clock.advance(1_000);
    expect(worked).toEqual(['woken', 'found']);
    await worker.stop();
  });

  test('goes on after its database was busy', async () => {
    const worked: unknown[] = [];
    const worker = workerOn(db, async ({ payload }) => {
      worked.push(payload['key']);
      return done;
    });
    await db.schema.alterTable('job').renameTo('gone').execute();
    worker.start();
    await clock.advance(3_000);
    await db.schema.alterTable('gone').renameTo('job').execute();
    await owe(job('a'));
    await clock.advance(1_000);
    expect(worked).toEqual(['a']);
    expect(log.every(({ event }) => event === 'worker')).toBe(true);
    expect(log.length).toBeGreaterThan(0);
    await worker.stop();
  });

  test('works on several jobs at once, so that a slow one holds up no other', async () => {
    const { tries, work } = held();
    const worker = workerOn(db, work);
    worker.start();
    await owe(job('slow'), job('quick'));
    worker.wake();
    await clock.advance(0);
    expect(tries.map(({ key }) => key)).toEqual(['slow', 'quick']);
    for (const { end } of tries) end();
    await worker.stop();
  });

  test('takes nothing more when it is stopped, and ends when what is under way has ended', async () => {
    const { tries, work } = held();
    const worker = workerOn(db, work);
    worker.start();
    await owe(job('a'));
    worker.wake();
    await clock.advance(0);
    let isStopped = false;
    const stopped = worker.stop().then(() => (isStopped = true));
    await owe(job('b'));
    worker.wake();
    await clock.advance(1_000);
    expect(isStopped).toBe(false);
    expect(tries.map(({ key }) => key)).toEqual(['a']);
    tries[0]?.end();
    await stopped;
    expect((await rows()).map(({ done_at }) => done_at !== null)).toEqual([true, false]);
  });

  test('breaks off what takes too long when it is stopped, and it stays owed', async () => {
    const worker = workerOn(
      db,
      (_, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason), { once: true });
        }),
    );
    worker.start();
    await owe(job('a'));
    worker.wake();
    await clock.advance(0);
    const stopped = worker.stop();
    await clock.advance(9_000);
    await stopped;
    expect((await rows())[0]).toMatchObject({ done_at: null, dead_at: null, lease: null });
  });
});

test('many workers of several connections never work on one job twice', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'booking-calendar-outbox-'));
  const url = `file:${join(folder, 'jobs.db')}`;
  const first = await openDatabase(url);
  const connections = [first, await openDatabase(url), await openDatabase(url)];
  const keys = Array.from({ length: 200 }, (_, index) => `job-${index}`);
  await enqueueJobs(
    first,
    keys.map((key) => job(key)),
    clock.now(),
  );
  const worked: unknown[] = [];
  const workers = connections.flatMap((connection) =>
    Array.from({ length: 4 }, () =>
      workerOn(connection, async ({ payload }) => {
        await new Promise((resolve) => setImmediate(resolve));
        worked.push(payload['key']);
        return done;
      }),
    ),
  );
  const tries = await Promise.all(workers.map((worker) => worker.runDue()));
  expect(new Set(worked)).toEqual(new Set(keys));
  expect(worked).toHaveLength(keys.length);
  expect(tries.reduce((sum, count) => sum + count, 0)).toBe(keys.length);
  await Promise.all(connections.map((connection) => connection.destroy()));
  rmSync(folder, { recursive: true, force: true });
});

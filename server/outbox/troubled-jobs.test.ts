import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createManualClock, type ManualClock } from '../../demo/sandbox/manual-clock.ts';
import type { Database } from '../database/connection.ts';
import { openDatabase } from '../database/database.ts';
import type { JobHandler, JobResult, NewJob } from './job.ts';
import { claimJob, enqueueJobs, leaseMs } from './job.store.ts';
import { countTroubledJobs, deadJobs, dismissJob, retryJob, stuckJobs } from './troubled-jobs.ts';
import { createWorker, type Worker } from './worker.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

let clock: ManualClock;
let db: Database;
let worker: Worker;
/** What comes of every try. */
let work: (attempts: number) => JobResult;

beforeEach(async () => {
  clock = createManualClock('2026-11-23T08:00:00Z');
  db = await openDatabase(':memory:');
  work = () => ({ result: 'again', inMs: 5 * minute, error: 'busy' });
  const handler: JobHandler = async ({ attempts }) => work(attempts);
  worker = createWorker({ db, clock, handlers: { work: handler }, lease: () => 'l', log() {} });
});
afterEach(() => db.destroy());

const owe = (part: Partial<NewJob> = {}) =>
  enqueueJobs(db, [{ kind: 'work', key: 'a', bookingId: null, ...part }], clock.now());
const stuck = async () => (await stuckJobs(db, clock.now())).map(({ id }) => id);
const counts = () => countTroubledJobs(db, clock.now());

/** Time passes, and whatever is due on the way is tried. */
async function pass(ms: number): Promise<void> {
  for (const end = clock.now() + ms; clock.now() < end;) {
    await worker.runDue();
    await clock.advance(Math.min(minute, end - clock.now()));
  }
  await worker.runDue();
}

describe('a job is stuck', () => {
  test('when it has been tried for an hour, however seldom', async () => {
    work = () => ({ result: 'again', inMs: 20 * minute, error: 'busy' });
    await owe();
    await pass(40 * minute);
    expect(await stuck()).toEqual([]);
    await pass(20 * minute);
    expect(await stuckJobs(db, clock.now())).toEqual([
      {
        id: 1,
        kind: 'work',
        bookingId: null,
        attempts: 4,
        lastError: 'busy',
        createdAt: clock.now() - hour,
        runAt: clock.now() + 20 * minute,
      },
    ]);
    expect(await counts()).toEqual({ deadJobs: 0, stuckJobs: 1 });
  });

  test('when it is tried in vain very often, however quickly', async () => {
    work = () => ({ result: 'again', inMs: minute, error: 'busy' });
    await owe();
    await pass(8 * minute);
    expect(await stuck()).toEqual([]);
    await pass(minute);
    expect(await stuck()).toEqual([1]);
  });

  test('when nobody takes it up', async () => {
    await owe();
    await clock.advance(hour - 1);
    expect(await stuck()).toEqual([]);
    await clock.advance(1);
    expect(await stuck()).toEqual([1]);
  });

  test('no more once it is done', async () => {
    await owe();
    await pass(hour);
    work = () => ({ result: 'done' });
    await pass(5 * minute);
    expect(await counts()).toEqual({ deadJobs: 0, stuckJobs: 0 });
  });
});

describe('a job is not stuck', () => {
  test('while it is for later, nor when its first try fails', async () => {
    await owe({ runAt: clock.now() + 31 * day });
    await clock.advance(31 * day - 1);
    expect(await stuck()).toEqual([]);
    await clock.advance(1);
    await worker.runDue();
    expect(await stuck()).toEqual([]);
  });

  test('while it waits its turn', async () => {
    work = () => ({ result: 'later', inMs: minute });
    await owe();
    await pass(3 * hour);
    expect(await stuck()).toEqual([]);
  });
});

describe('a job that was given up', () => {
  beforeEach(async () => {
    work = (attempts) =>
      attempts < 2
        ? { result: 'again', inMs: minute, error: 'busy' }
        : { result: 'dead', error: 'no such user' };
    await owe();
    await pass(minute);
  });

  test('is on the list until a human has dealt with it', async () => {
    await clock.advance(100 * day);
    expect(await deadJobs(db)).toEqual([
      {
        id: 1,
        kind: 'work',
        bookingId: null,
        attempts: 2,
        lastError: 'no such user',
        deadAt: clock.now() - 100 * day,
      },
    ]);
    expect(await counts()).toEqual({ deadJobs: 1, stuckJobs: 0 });
  });

  test('is tried once more when a human says so, and never as if for the first time', async () => {
    let tried = 0;
    work = (attempts) => {
      tried = attempts;
      return { result: 'done' };
    };
    expect(await retryJob(db, 1, clock.now())).toBe(true);
    expect(await deadJobs(db)).toEqual([]);
    await worker.runDue();
    expect(tried).toBe(3);
    expect(await retryJob(db, 1, clock.now())).toBe(false);
    expect(await worker.runDue()).toBe(0);
  });

  test('and fails again is back on the list', async () => {
    await retryJob(db, 1, clock.now());
    await worker.runDue();
    expect(await deadJobs(db)).toMatchObject([{ id: 1, attempts: 3 }]);
  });

  test('leaves the list when a human says that it is settled, and is never tried again', async () => {
    expect(await dismissJob(db, 1, clock.now())).toBe(true);
    expect(await deadJobs(db)).toEqual([]);
    expect(await worker.runDue()).toBe(0);
    await owe();
    expect(await worker.runDue()).toBe(0);
    expect(await dismissJob(db, 1, clock.now())).toBe(false);
  });
});

describe('a job that is stuck', () => {
  test('can be tried at once, yet not while somebody is at it', async () => {
    await owe();
    await pass(minute);
    expect(await retryJob(db, 1, clock.now())).toBe(true);
    expect(await claimJob(db, clock.now(), 'mine')).toMatchObject({ id: 1 });
    expect(await retryJob(db, 1, clock.now())).toBe(false);
    await clock.advance(leaseMs);
    expect(await retryJob(db, 1, clock.now())).toBe(true);
  });

  test('is not for a human to dismiss: it goes on by itself', async () => {
    await owe();
    await pass(hour);
    expect(await dismissJob(db, 1, clock.now())).toBe(false);
    expect(await stuck()).toEqual([1]);
  });

  test.each([0, 2, -1])('no job has the id %i', async (id) => {
    await owe();
    expect(await retryJob(db, id, clock.now())).toBe(false);
    expect(await dismissJob(db, id, clock.now())).toBe(false);
  });
});

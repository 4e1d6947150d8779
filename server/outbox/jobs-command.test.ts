import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createManualClock, type ManualClock } from '../../demo/sandbox/manual-clock.ts';
import { exampleBooking } from '../booking/booking.example.ts';
import { insertBooking } from '../booking/booking.store.ts';
import type { Database } from '../database/connection.ts';
import { openDatabase } from '../database/database.ts';
import type { JobResult } from './job.ts';
import { enqueueJobs } from './job.store.ts';
import { runJobsCommand } from './jobs-command.ts';
import { createWorker, type Worker } from './worker.ts';

const booking = exampleBooking();

let folder: string;
let url: string;
let clock: ManualClock;
let db: Database;
/** What comes of every try, by the job's kind. */
let results: Record<string, JobResult>;
let worker: Worker;
let printed: string[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'booking-calendar-jobs-'));
  url = `file:${join(folder, 'bookings.db')}`;
  clock = createManualClock('2026-11-23T08:00:00Z');
  db = await openDatabase(url);
  await insertBooking(db, booking, {
    tokenHash: '',
    sealedToken: null,
    linkToken: '',
    idempotencyHash: null,
    requestHash: null,
  });
  results = {};
  const work = async ({ kind }: { kind: string }): Promise<JobResult> =>
    results[kind] ?? { result: 'done' };
  worker = createWorker({
    db,
    clock,
    handlers: { 'send-mail': work, 'capture-payment': work },
    lease: () => 'lease',
    log() {},
  });
  printed = [];
});
afterEach(async () => {
  await db.destroy();
  rmSync(folder, { recursive: true, force: true });
});

const owe = (kind: string) =>
  enqueueJobs(db, [{ kind, key: kind, bookingId: booking.id }], clock.now());
const run = (...args: string[]) =>
  runJobsCommand(args, { db, clock, print: (text) => void printed.push(text) });

/** A mail that was refused, and a payment that cannot be captured for an hour. */
async function beInTrouble(): Promise<void> {
  results = {
    'send-mail': { result: 'dead', error: 'EENVELOPE 550 5.1.1 at RCPT TO' },
    'capture-payment': { result: 'again', inMs: 1_200_000, error: 'Stripe could not be reached.' },
  };
  await owe('send-mail');
  await owe('capture-payment');
  for (let tries = 0; tries < 4; tries++) {
    await worker.runDue();
    if (tries < 3) await clock.advance(1_200_000);
  }
}

const usage = `npm run jobs                     what waits for you, and what is tried for suspiciously long
npm run jobs -- --retry <id>     try it once more; a running backend takes it up within seconds
npm run jobs -- --dismiss <id>   take off the list what you have settled some other way`;

describe('the list of jobs', () => {
  test('says what waits for a human and what is tried for long, in words', async () => {
    await beInTrouble();
    expect(await run()).toBe(0);
    expect(printed).toEqual([
      `Given up, and waiting for you:

  1  send mail, booking ${booking.id}
      given up 2026-11-23 08:00 UTC after 1 try: EENVELOPE 550 5.1.1 at RCPT TO

Tried for suspiciously long, and still being tried:

  2  capture payment, booking ${booking.id}
      4 tries since 2026-11-23 08:00 UTC, due 2026-11-23 09:20 UTC: Stripe could not be reached.

${usage}`,
    ]);
  });

  test('is short when all is well', async () => {
    await owe('send-mail');
    await worker.runDue();
    expect(await run()).toBe(0);
    expect(printed).toEqual(['No job needs you.']);
  });

  test('names nobody, and lets nobody write on the terminal', async () => {
    results = {
      'send-mail': { result: 'dead', error: 'No such user: <ada@example.com>\u001b[2J\nok' },
    };
    await owe('send-mail');
    await worker.runDue();
    await run();
    expect(printed[0]).toContain('No such user: <(an address)> [2J ok\n');
    expect(printed[0]).not.toMatch(new RegExp(`ada|\\u001b|${booking.name}|${booking.email}`, 'i'));
  });
});

describe('a job', () => {
  beforeEach(beInTrouble);

  test('is tried once more when its id is given', async () => {
    results = {};
    expect(await run('--retry', '1')).toBe(0);
    expect(await run('--retry=2')).toBe(0);
    expect(printed[0]).toBe('Job 1 is owed again. A running backend takes it up within seconds.');
    expect(await worker.runDue()).toBe(2);
    await run();
    expect(printed.at(-1)).toBe('No job needs you.');
  });

  test('that is settled some other way can be taken off the list', async () => {
    expect(await run('--dismiss', '1')).toBe(0);
    expect(await run('--dismiss', '2')).toBe(1);
    expect(printed).toEqual(['Job 1 is off the list.', 'There is no job 2 that was given up.']);
    await run();
    expect(printed.at(-1)).not.toContain('Given up');
  });

  test('that is not there cannot be tried', async () => {
    expect(await run('--retry', '99')).toBe(1);
    expect(printed).toEqual([
      'Job 99 cannot be tried now: there is none, it is done, or somebody is at it.',
    ]);
  });

  test.each([
    ['--retry'],
    ['--retry', 'all'],
    ['--retry', '1; drop table job'],
    ['--retry', '-1'],
    ['--retry', '1', '--dismiss', '1'],
    ['--help'],
    ['1'],
  ])('%j %j is answered with what can be said, and changes nothing', async (...args) => {
    expect(await run(...args)).toBe(2);
    expect(printed).toEqual([usage]);
    expect(await worker.runDue()).toBe(0);
  });
});

describe('the command', () => {
  const start = (databaseUrl: string, ...args: string[]) =>
    promisify(execFile)(process.execPath, ['server/jobs.ts', ...args], {
      env: { ...process.env, DATABASE_URL: databaseUrl },
    }).then(
      ({ stdout }) => ({ code: 0, stdout }),
      ({ code, stdout }: { code: number; stdout: string }) => ({ code, stdout }),
    );

  test('needs nothing but the database, beside a backend that runs', async () => {
    await beInTrouble();
    expect((await start(url)).stdout).toContain('Given up, and waiting for you:');
    expect(await start(url, '--dismiss', '1')).toEqual({
      code: 0,
      stdout: 'Job 1 is off the list.\n',
    });
  });

  test('makes no database where there is none', async () => {
    const other = join(folder, 'other.db');
    expect(await start(`file:${other}`)).toEqual({
      code: 1,
      stdout: `There is no database at file:${other}. DATABASE_URL must be the one that the backend has.\n`,
    });
    expect(existsSync(other)).toBe(false);
  });
});

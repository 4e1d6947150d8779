import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createDeployment, type Deployment } from '../../demo/sandbox/deployment.ts';
import { createManualClock, type ManualClock } from '../../demo/sandbox/manual-clock.ts';
import { exampleBooking } from '../booking/booking.example.ts';
import { insertBooking } from '../booking/booking.store.ts';
import type { AvailableTimesResponse } from '../contract/available-times.ts';
import type { BookingConfirmResponse } from '../contract/booking.ts';
import type { Database } from '../database/connection.ts';
import { openDatabase } from '../database/database.ts';
import { concludeDelivery, findDelivery, storeDelivery } from './inbox.ts';
import { done, type JobResult } from './job.ts';
import { enqueueJobs } from './job.store.ts';
import { prune } from './prune.ts';
import { dismissJob } from './troubled-jobs.ts';
import { createWorker, type Worker } from './worker.ts';

const day = 86_400_000;

let clock: ManualClock;
let db: Database;
let worker: Worker;
/** What comes of every try. */
let result: JobResult;

beforeEach(async () => {
  clock = createManualClock('2026-11-23T08:00:00Z');
  db = await openDatabase(':memory:');
  result = done;
  worker = createWorker({
    db,
    clock,
    handlers: {
      async 'process-stripe-delivery'({ payload }) {
        await concludeDelivery(db, Number(payload['deliveryId']), 'funded', clock.now());
        return result;
      },
      'send-mail': async () => result,
    },
    lease: () => 'lease',
    log() {},
  });
});
afterEach(() => db.destroy());

const deliver = (key: string) =>
  storeDelivery(db, clock, { source: 'stripe', key, body: `{"email":"ada@example.com"}` });
const jobs = () => db.selectFrom('job').select(['id', 'dedupe_key']).orderBy('id').execute();
const none = { bodies: 0, deliveries: 0, jobs: 0 };

describe('a delivery', () => {
  test('keeps what it said for thirty days, and is known as a duplicate for ninety', async () => {
    await deliver('evt_1');
    await worker.runDue();
    await clock.advance(30 * day - 1);
    expect(await prune(db, clock)).toEqual(none);
    expect((await findDelivery(db, 1))?.body).toContain('ada@example.com');

    await clock.advance(1);
    expect(await prune(db, clock)).toEqual({ ...none, bodies: 1 });
    expect((await findDelivery(db, 1))?.body).toBe('');
    expect(await prune(db, clock)).toEqual(none);

    await clock.advance(60 * day - 1);
    expect(await prune(db, clock)).toEqual(none);
    expect(await deliver('evt_1')).toBe(false);

    await clock.advance(1);
    expect(await prune(db, clock)).toEqual({ ...none, deliveries: 1 });
    expect(await findDelivery(db, 1)).toBeNull();
    expect(await jobs()).toEqual([]);
  });

  test('that comes after the last one is gone is processed, though it gets the same number', async () => {
    await deliver('evt_1');
    await worker.runDue();
    await clock.advance(90 * day);
    await prune(db, clock);
    expect(await deliver('evt_2')).toBe(true);
    expect(await findDelivery(db, 1)).not.toBeNull();
    expect(await worker.runDue()).toBe(1);
  });

  test('that nobody has processed stays whole, whatever its age', async () => {
    await deliver('evt_1');
    await clock.advance(1_000 * day);
    expect(await prune(db, clock)).toEqual(none);
    expect((await findDelivery(db, 1))?.body).not.toBe('');
  });

  test('that a human has to look into stays whole until they have', async () => {
    result = { result: 'dead', error: 'What was paid is not what was quoted.' };
    await deliver('evt_1');
    await worker.runDue();
    await clock.advance(1_000 * day);
    expect(await prune(db, clock)).toEqual(none);
    await dismissJob(db, 1, clock.now());
    expect(await prune(db, clock)).toEqual({ ...none, bodies: 1, deliveries: 1 });
  });
});

describe('a job', () => {
  const oweMail = async (key: string): Promise<void> =>
    enqueueJobs(db, [{ kind: 'send-mail', key, bookingId: exampleBooking().id }], clock.now());
  /** A booking that ends on 1 December. */
  const keepBooking = (): Promise<void> =>
    insertBooking(db, exampleBooking({ status: 'expired', seat: null }), {
      tokenHash: '',
      sealedToken: null,
      linkToken: '',
      idempotencyHash: null,
      requestHash: null,
    });
  beforeEach(keepBooking);

  test('that is done goes ninety days after its booking ended', async () => {
    await oweMail('a');
    await worker.runDue();
    await clock.advance(Date.parse('2027-03-01T15:30:00Z') - clock.now() - 1);
    expect(await prune(db, clock)).toEqual(none);
    await clock.advance(1);
    expect(await prune(db, clock)).toEqual({ ...none, jobs: 1 });
    expect(await jobs()).toEqual([]);
  });

  test('that was done long after its booking ended stays another ninety days', async () => {
    await clock.advance(200 * day);
    await oweMail('a');
    await worker.runDue();
    await clock.advance(90 * day - 1);
    expect(await prune(db, clock)).toEqual(none);
    await clock.advance(1);
    expect(await prune(db, clock)).toEqual({ ...none, jobs: 1 });
  });

  test.each([
    ['is owed', { result: 'again', inMs: day, error: 'busy' }],
    ['was given up', { result: 'dead', error: 'no' }],
  ] as const)(
    'of a booking for which another one %s stays, and so does the other',
    async (_, bad) => {
      await oweMail('a');
      await worker.runDue();
      result = bad;
      await oweMail('b');
      await worker.runDue();
      await clock.advance(1_000 * day);
      expect(await prune(db, clock)).toEqual(none);
      expect(await jobs()).toHaveLength(2);
    },
  );
});

test('much is done in batches, with a turn for everybody else between two', async () => {
  for (let index = 0; index < 7; index++) await deliver(`evt_${index}`);
  await worker.runDue();
  await clock.advance(90 * day);
  const pruned = prune(db, clock, { batchSize: 3 });
  await clock.advance(0);
  const emptied = () => db.selectFrom('delivery').select('id').where('body', '=', '').execute();
  expect(await emptied()).toHaveLength(3);
  while (await clock.step());
  expect(await pruned).toEqual({ bodies: 7, deliveries: 7, jobs: 0 });
});

test('a process that ends does not finish it first', async () => {
  for (let index = 0; index < 4; index++) await deliver(`evt_${index}`);
  await worker.runDue();
  await clock.advance(90 * day);
  const stop = new AbortController();
  const pruned = prune(db, clock, { batchSize: 3, signal: stop.signal });
  pruned.catch(() => undefined);
  await clock.advance(0);
  stop.abort(new Error('The process is ending.'));
  await expect(pruned).rejects.toThrow('The process is ending.');
});

describe('a whole deployment, half a year later', () => {
  let deployment: Deployment;
  afterEach(() => deployment.close());

  test('sends nothing and asks for nothing again, whatever it hears once more', async () => {
    deployment = await createDeployment();
    await deployment.app.subscribe();
    const { calendly, mails } = deployment;
    const { body: times } = await deployment.get<AvailableTimesResponse>(
      '/api/scheduling/calendly/available-times?sessionTypeId=intro-call',
    );
    for (const [index, isCanceled] of [false, true].entries()) {
      const { startTime, endTime, schedulingUrl } = times.slots[index * 4]!;
      const { body } = await deployment.post<BookingConfirmResponse>(
        '/api/scheduling/bookings/confirm',
        {
          sessionTypeId: 'intro-call',
          timeSlot: { startTime, endTime, schedulingUrl },
          clientDetails: {
            name: 'Ada Okafor',
            email: 'ada@example.com',
            timezone: 'Europe/London',
          },
          answers: [{ question: 'What would you like to talk about?', answer: 'Prices' }],
        },
      );
      await deployment.settle();
      if (isCanceled) calendly.cancelAsInvitee(calendly.state.invitees.at(-1)!.uri);
      await deployment.settle();
      expect(body.booking.status).toBe('confirmed');
    }
    expect(mails).toHaveLength(3);
    const heard = await deployment.db
      .selectFrom('delivery')
      .select(['dedupe_key', 'body'])
      .execute();
    expect(heard.length).toBeGreaterThan(0);

    for (const ms of [60_000, 180 * day]) await deployment.pass(ms);
    const { deliveries, jobs: gone } = await prune(deployment.db, deployment.clock);
    expect(deliveries).toBe(heard.length);
    expect(gone).toBeGreaterThanOrEqual(5);
    expect(await deployment.db.selectFrom('job').selectAll().execute()).toEqual([]);

    const hear = (key: string, body: string) =>
      storeDelivery(deployment.db, deployment.clock, { source: 'calendly', key, body });
    const calls = calendly.calls({ method: 'POST' }).length;
    for (const { dedupe_key: key, body } of heard) {
      expect(await hear(key, body)).toBe(true);
    }
    await deployment.settle();
    await deployment.app.sweep();
    await deployment.settle();
    expect(mails).toHaveLength(3);
    expect(calendly.calls({ method: 'POST' })).toHaveLength(calls);
  });
});

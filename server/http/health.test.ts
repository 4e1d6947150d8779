import { afterEach, expect, test } from 'vitest';
import { createDeployment, type Deployment } from '../../demo/sandbox/deployment.ts';
import type { AvailableTimesResponse } from '../contract/available-times.ts';
import type { BookingConfirmResponse, ConfirmedBooking } from '../contract/booking.ts';
import type { SendOutcome } from '../notification/notification.ts';

let deployment: Deployment;
let isOpen = true;
afterEach(async () => {
  if (isOpen) await deployment.close();
  isOpen = true;
});

/** Books the free slot with this index; resolves with the booking once everything that is due was tried. */
async function book(index: number): Promise<ConfirmedBooking> {
  const { body: times } = await deployment.get<AvailableTimesResponse>(
    '/api/scheduling/calendly/available-times?sessionTypeId=intro-call',
  );
  const { startTime, endTime, schedulingUrl } = times.slots[index]!;
  const { body } = await deployment.post<BookingConfirmResponse>(
    '/api/scheduling/bookings/confirm',
    {
      sessionTypeId: 'intro-call',
      timeSlot: { startTime, endTime, schedulingUrl },
      clientDetails: { name: 'Ada Okafor', email: 'ada@example.com', timezone: 'Europe/London' },
      answers: [{ question: 'What would you like to talk about?', answer: 'Prices' }],
    },
  );
  await deployment.settle();
  return body.booking;
}

async function passMinutes(minutes: number): Promise<void> {
  for (let passed = 0; passed < minutes; passed += 5) await deployment.pass(5 * 60_000);
}

interface Readiness {
  status: string;
  checks: Record<string, boolean>;
  deadJobs: number | null;
  stuckJobs: number | null;
  webhooks: boolean;
}
const ready = () => deployment.get<Readiness>('/readyz');

test('a process that runs is healthy, whatever else is wrong', async () => {
  deployment = await createDeployment();
  deployment.calendly.trouble.down = 'reset';
  expect(await deployment.get('/healthz')).toEqual({ status: 200, body: { status: 'ok' } });
});

test('it is ready once Calendly has answered, and says whether webhooks come', async () => {
  deployment = await createDeployment();
  expect(await ready()).toMatchObject({
    status: 503,
    body: { status: 'not ready', checks: { database: true, calendly: false, accepting: true } },
  });
  await deployment.app.subscribe();
  expect(await ready()).toEqual({
    status: 200,
    body: {
      status: 'ok',
      checks: { database: true, calendly: true, accepting: true },
      deadJobs: 0,
      stuckJobs: 0,
      webhooks: true,
    },
  });
});

test('it is not ready any more when it drains', async () => {
  deployment = await createDeployment();
  await deployment.app.subscribe();
  await deployment.app.stop();
  expect(await ready()).toMatchObject({ status: 503, body: { checks: { accepting: false } } });
});

test('it is not ready when its database is gone, and says nothing else about it', async () => {
  deployment = await createDeployment();
  await deployment.app.subscribe();
  await deployment.close();
  isOpen = false;
  expect(await ready()).toMatchObject({
    status: 503,
    body: { checks: { database: false }, deadJobs: null, stuckJobs: null },
  });
});

test('it tells how many jobs want a human, and stays ready: bookings go on', async () => {
  const outcomes: SendOutcome[] = [{ outcome: 'refused', detail: 'no' }];
  deployment = await createDeployment({
    mailer: { send: async () => outcomes.shift() ?? { outcome: 'retry', detail: 'not now' } },
  });
  await deployment.app.subscribe();
  await book(0);
  await book(1);
  expect((await ready()).body).toMatchObject({ deadJobs: 1, stuckJobs: 0 });
  await passMinutes(65);
  expect(await ready()).toMatchObject({
    status: 200,
    body: { status: 'ok', deadJobs: 1, stuckJobs: 1 },
  });
  expect((await book(2)).status).toBe('confirmed');
});

test('a mail that waits for an earlier one of its booking is in no trouble', async () => {
  const outcomes: SendOutcome[] = Array(8).fill({ outcome: 'retry', detail: 'not now' });
  deployment = await createDeployment({
    mailer: { send: async () => outcomes.shift() ?? { outcome: 'sent' } },
  });
  const { id, token } = await book(0);
  await passMinutes(25);
  await deployment.until(
    deployment.post(
      `/api/scheduling/bookings/${id}/cancel`,
      {},
      { authorization: `Bearer ${token}` },
    ),
  );
  await deployment.settle();
  for (let tries = 0; tries < 20; tries++) await deployment.pass(2_000);
  const waiting = await deployment.db
    .selectFrom('job')
    .select(['attempts', 'done_at', 'last_error'])
    .where('kind', '=', 'send-mail')
    .orderBy('id', 'desc')
    .executeTakeFirst();
  expect(waiting).toEqual({ attempts: 0, done_at: null, last_error: null });
  expect((await ready()).body).toMatchObject({ deadJobs: 0, stuckJobs: 0 });
});

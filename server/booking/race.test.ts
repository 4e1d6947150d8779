import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startProcesses, type ProcessDeployment } from '../../demo/sandbox/process-deployment.ts';
import type { AvailableTimesResponse, Slot } from '../contract/available-times.ts';
import type { ErrorCode } from '../contract/error.ts';

let deployment: ProcessDeployment;
beforeAll(async () => {
  // So that Calendly's own limits on requests decide nothing here.
  deployment = await startProcesses({
    backends: 2,
    seed: { plan: 'enterprise', lived: false },
    env: { LOG_LEVEL: 'error' },
  });
}, 40_000);
afterAll(() => deployment.stop());

async function lastSlot(sessionTypeId: string, backwards: number): Promise<Slot> {
  const [backend] = deployment.backends;
  const answer = await fetch(
    `${backend?.url}/api/scheduling/calendly/available-times?sessionTypeId=${sessionTypeId}`,
  );
  const slot = ((await answer.json()) as AvailableTimesResponse).slots.at(-backwards);
  if (!slot) throw new Error(`${sessionTypeId} has no such free slot`);
  return slot;
}

interface Race {
  statuses: Record<number, number>;
  codes: Set<ErrorCode | undefined>;
  /** `POST /invitees`, whatever came of them. */
  posts: number;
  /** The seats of the bookings that have, or may get, their place. */
  seats: unknown[];
}

/** As many visitors as `clients`, half of them at each backend, all at once. */
async function race(sessionTypeId: string, slot: Slot, clients: number): Promise<Race> {
  const { startTime, endTime, schedulingUrl } = slot;
  const { backends, sandbox, databaseFile } = deployment;
  const visit = async (index: number): Promise<{ status: number; code?: ErrorCode }> => {
    const answer = await fetch(
      `${backends[index % backends.length]?.url}/api/scheduling/bookings/confirm`,
      {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'idempotency-key': `${startTime} ${index}`,
          'x-forwarded-for': `10.0.${index >> 8}.${index & 255}`,
        },
        body: JSON.stringify({
          sessionTypeId,
          timeSlot: { startTime, endTime, schedulingUrl },
          clientDetails: {
            name: `Visitor ${index}`,
            email: `visitor-${index}@example.com`,
            timezone: 'Europe/Berlin',
          },
        }),
      },
    );
    const { code } = (await answer.json()) as { code: ErrorCode };
    return { status: answer.status, code };
  };
  const answers = await Promise.all(Array.from({ length: clients }, (_, index) => visit(index)));

  const statuses: Race['statuses'] = {};
  for (const { status } of answers) statuses[status] = (statuses[status] ?? 0) + 1;
  const db = new Database(databaseFile, { readonly: true });
  const seats = db
    .prepare(
      `select seat from booking where start_time = ?
       and status in ('scheduling', 'awaiting_invitee', 'confirmed') order by seat`,
    )
    .pluck()
    .all(startTime);
  db.close();
  const posts = sandbox.calendly
    .calls({ method: 'POST', path: /^\/invitees$/ })
    .filter(({ body }) => JSON.stringify(body).includes(startTime));
  return { statuses, codes: new Set(answers.map(({ code }) => code)), posts: posts.length, seats };
}

it(
  'sells one seat to one of two hundred visitors of two processes',
  { timeout: 30_000 },
  async () => {
    const slot = await lastSlot('walk-and-talk', 1);
    const { statuses, codes, posts, seats } = await race('walk-and-talk', slot, 200);
    expect(statuses).toEqual({ 200: 1, 409: 199 });
    expect(codes).toEqual(new Set([undefined, 'slot_taken']));
    expect(posts).toBe(1);
    expect(seats).toEqual([1]);
  },
);

it('sells the six seats of a group once each', { timeout: 30_000 }, async () => {
  const slot = await lastSlot('pricing-workshop', 3);
  const { statuses, posts, seats } = await race('pricing-workshop', slot, 60);
  expect(statuses).toEqual({ 200: 6, 409: 54 });
  expect(posts).toBe(6);
  expect(seats).toEqual([1, 2, 3, 4, 5, 6]);
});

it(
  'would sell one seat more often, were it not for the constraints of the database',
  { timeout: 30_000 },
  async () => {
    const slot = await lastSlot('walk-and-talk', 9);
    const db = new Database(deployment.databaseFile);
    db.exec(`drop index booking_seat; drop trigger booking_overlap_insert;
    drop trigger booking_overlap_update`);
    db.close();
    const { posts, seats } = await race('walk-and-talk', slot, 200);
    expect(Math.max(posts, seats.length)).toBeGreaterThan(1);
  },
);

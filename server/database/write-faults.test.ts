import { sql } from 'kysely';
import { afterEach, describe, expect, it } from 'vitest';
import { createDeployment, type Deployment } from '../../demo/sandbox/deployment.ts';
import type { AvailableTimesResponse, Slot } from '../contract/available-times.ts';
import type { BookingConfirmResponse, BookingResponse } from '../contract/booking.ts';

const tables = ['booking', 'job', 'delivery', 'payment', 'quota_use', 'setting'] as const;
const operations = ['insert', 'update', 'delete'] as const;
type Fault = {
  table: (typeof tables)[number];
  operation: (typeof operations)[number];
  nth: number;
};

let deployment: Deployment;
afterEach(() => deployment.close());

/** From the n-th such write on, the database refuses it; what came before stays. */
async function breakWrites({ table, operation, nth }: Fault): Promise<void> {
  await sql`create table fault (passed integer not null)`.execute(deployment.db);
  await sql`insert into fault values (0)`.execute(deployment.db);
  await sql`create trigger fault_${sql.raw(table)} before ${sql.raw(operation)} on ${sql.table(table)}
    begin
      update fault set passed = passed + 1;
      select raise(abort, 'disk I/O error') from fault where passed >= ${sql.lit(nth)};
    end`.execute(deployment.db);
}

async function mend({ table }: Fault): Promise<void> {
  await sql`drop trigger fault_${sql.raw(table)}`.execute(deployment.db);
  await sql`drop table fault`.execute(deployment.db);
}

async function slotsOf(sessionTypeId: string): Promise<Slot[]> {
  const { body } = await deployment.get<AvailableTimesResponse>(
    `/api/scheduling/calendly/available-times?sessionTypeId=${sessionTypeId}`,
  );
  return body.slots;
}

interface Told {
  id: string;
  token: string;
  status: string;
}

/** Asks for a booking; what a 2xx has told must be so. */
async function confirm(sessionTypeId: string, slot: Slot): Promise<Told | null> {
  const answer = await patiently(
    deployment.post<BookingConfirmResponse>(
      '/api/scheduling/bookings/confirm',
      {
        sessionTypeId,
        timeSlot: {
          startTime: slot.startTime,
          endTime: slot.endTime,
          schedulingUrl: slot.schedulingUrl,
        },
        clientDetails: { name: 'Ada', email: 'ada@example.com', timezone: 'Europe/London' },
        answers: [{ question: 'What would you like to talk about?', answer: 'Prices' }],
      },
      { 'idempotency-key': `${sessionTypeId} ${slot.startTime}` },
    ),
  );
  if (answer?.status !== 200) return null;
  const { booking } = answer.body;
  const stored = await read(booking);
  expect(stored.id).toBe(booking.id);
  if (booking.status === 'confirmed') expect(stored.calendlyEventId).not.toBeNull();
  return booking;
}

async function read({ id, token }: { id: string; token: string }) {
  const headers = { authorization: `Bearer ${token}` };
  const { status, body } = await deployment.get<BookingResponse>(`/api/scheduling/bookings/${id}`, {
    headers,
  });
  expect(status).toBe(200);
  return body.booking;
}

/** A worker whose database refuses logs it and looks again later; here it is turned by hand. */
const turn = async (): Promise<void> => {
  await deployment.pass(1_000).catch((error: Error) => {
    if (!error.message.includes('disk I/O error')) throw error;
  });
};

async function journey(slots: { free: Slot; paid: Slot }): Promise<Told[]> {
  const free = await confirm('free-call', slots.free);
  const paid = await confirm('paid-call', slots.paid);
  const session = deployment.stripe.state.sessions.find(({ status }) => status === 'open');
  if (paid?.status === 'awaiting_payment' && session) {
    deployment.stripe.pay(session.id);
    await patiently(
      deployment.request(`/api/payments/return?booking=${paid.id}&session_id=${session.id}`),
    );
  }
  await turn();
  for (const told of [free, paid]) {
    if (told === null) continue;
    const answer = await patiently(
      deployment.post<BookingResponse>(
        `/api/scheduling/bookings/${told.id}/cancel`,
        {},
        { authorization: `Bearer ${told.token}` },
      ),
    );
    if (answer?.status !== 200) continue;
    const { status, cancelRequested } = await read(told);
    expect(status === 'canceled' || cancelRequested).toBe(true);
  }
  await turn();
  return [free, paid].filter((told) => told !== null);
}

const patiently = async <T>(work: Promise<T>): Promise<T | null> =>
  deployment.until(work).catch((error: Error) => {
    if (!error.message.includes('disk I/O error')) throw error;
    return null;
  });

const calm = async (): Promise<void> => {
  for (let round = 0; round < 4; round++) {
    await deployment.pass(30 * 60_000);
    await deployment.until(deployment.app.sweep());
    await deployment.until(deployment.app.sweepPayments());
  }
  await deployment.pass(60_000);
};

/** Ours, Calendly's and Stripe's, booking by booking. */
async function disagreements(): Promise<string[]> {
  const bookings = await deployment.db.selectFrom('booking').selectAll().execute();
  const payments = await deployment.db.selectFrom('payment').selectAll().execute();
  const { sessions, paymentIntents, refunds } = deployment.stripe.state;
  return bookings.flatMap(({ id, status, payment_status }) => {
    const invitees = deployment.calendly.state.invitees.filter(
      (invitee) => invitee.status === 'active' && invitee.tracking.salesforce_uuid === id,
    ).length;
    const payment = payments.find(({ booking_id }) => booking_id === id);
    const session = sessions.find((each) => each.id === payment?.session_id);
    const intent = paymentIntents.find((each) => each.id === session?.payment_intent);
    const given = refunds.filter(({ metadata }) => metadata['booking_id'] === id).length;
    const money =
      intent?.status === 'succeeded' ? (given > 0 ? 'refunded' : 'paid') : intent?.status;
    const isUnsettled =
      ['scheduling', 'awaiting_payment'].includes(status) ||
      ['open', 'authorized', 'releasing', 'refunding'].includes(payment_status);
    const agrees =
      !isUnsettled &&
      given <= 1 &&
      invitees === (status === 'confirmed' ? 1 : 0) &&
      (payment_status === 'paid') === (money === 'paid') &&
      (payment_status === 'refunded') === (money === 'refunded') &&
      money !== 'requires_capture';
    return agrees ? [] : [`${status} ${payment_status}: ${invitees} invitees, money ${money}`];
  });
}

describe('a database that refuses to write', { timeout: 60_000 }, () => {
  const faults: Fault[] = tables.flatMap((table) =>
    operations.flatMap((operation) => [1, 2, 4].map((nth) => ({ table, operation, nth }))),
  );

  it.each(faults)(
    'loses nothing that was promised: $operation $table, from $nth on',
    async (fault) => {
      deployment = await createDeployment({
        config: {
          sessionTypes: [
            { id: 'free-call', eventType: 'intro-call' },
            { id: 'paid-call', eventType: 'intro-call', price: { amount: 4900, currency: 'eur' } },
          ],
        },
      });
      await deployment.app.subscribe();
      const slots = await slotsOf('paid-call');
      const chosen = { free: slots[20]!, paid: slots[24]! };
      await breakWrites(fault);
      const told = await journey(chosen);
      // Nothing can be promised without it.
      if (fault.table === 'booking' && fault.operation === 'insert')
        expect(told.length).toBeLessThan(fault.nth);
      await mend(fault);
      await calm();
      expect(await disagreements()).toEqual([]);
      // What was promised is still there; what was refused can be asked for again.
      for (const { id, token } of told) expect((await read({ id, token })).id).toBe(id);
      await journey(chosen);
      await calm();
      expect(await disagreements()).toEqual([]);
    },
  );
});

import { describe, expect, it } from 'vitest';
import { pageOrigin } from '../../demo/sandbox/deployment.ts';
import {
  act,
  activeInvitees,
  booked,
  checkout,
  comeBack,
  confirm,
  deadJobs,
  deploy,
  deployment,
  hourMs,
  intents,
  passUntil,
  read,
  refunds,
  slotOf,
  timeSlotOf,
  useDeployment,
  wish,
} from './test/paid-visits.ts';

useDeployment();

const dayMs = 24 * hourMs;

/** Runs once, when the answer to such a request to Stripe or Calendly is there but not read yet. */
function between(method: string, path: RegExp, event: () => Promise<unknown>) {
  let isDone = false;
  return (send: typeof fetch): typeof fetch =>
    async (input, init) => {
      const request = new Request(input instanceof Request ? input.clone() : input, init);
      const answer = await send(input, init);
      if (!isDone && request.method === method && path.test(request.url)) {
        isDone = true;
        await event();
      }
      return answer;
    };
}

describe('the refund rule', () => {
  it('is not escaped by moving a booking once its refund is over', async () => {
    await deploy();
    const { booking, slot } = await booked();
    await passUntil(Date.parse(slot.startTime) - hourMs);
    const to = await slotOf('paid-call', 60);
    const moved = await act(booking, 'reschedule', { timeSlot: timeSlotOf(to) });
    const now = { id: moved?.body.booking.id ?? '', token: booking.token };
    expect(Date.parse((await read(now)).refundUntil ?? '')).toBeLessThan(deployment.clock.now());
    await act(now, 'cancel', {});
    await deployment.settle();
    expect(await read(now)).toMatchObject({ status: 'canceled', paymentStatus: 'paid' });
    expect(refunds()).toEqual([]);
  });

  it('counts from the new time when a booking was moved in time', async () => {
    await deploy();
    const { booking, slot } = await booked();
    await passUntil(Date.parse(slot.startTime) - 25 * hourMs);
    const to = await slotOf('paid-call', 60);
    const moved = await act(booking, 'reschedule', { timeSlot: timeSlotOf(to) });
    expect(moved?.body.booking.refundUntil).toBe(
      new Date(Date.parse(to.startTime) - dayMs).toISOString(),
    );
  });

  it('counts from when it was canceled, not from when we heard of it', async () => {
    await deploy();
    const { booking, slot } = await booked();
    await passUntil(Date.parse(slot.startTime) - 25 * hourMs);
    deployment.calendly.trouble.webhooksLost = true;
    deployment.calendly.cancelAsInvitee(activeInvitees()[0]?.uri ?? '');
    await deployment.pass(2 * hourMs);
    await deployment.until(deployment.app.sweep());
    await deployment.settle();
    expect(await read(booking)).toMatchObject({ status: 'canceled', paymentStatus: 'refunded' });
  });

  it('is not for a session that has taken place: that can neither be moved nor canceled', async () => {
    await deploy();
    const { booking, slot } = await booked();
    await passUntil(Date.parse(slot.endTime) + 2 * hourMs);
    const to = await slotOf('paid-call', 60);
    const moved = await act(booking, 'reschedule', { timeSlot: timeSlotOf(to) });
    expect(moved?.status).toBe(409);
    expect((await act(booking, 'cancel', {}))?.status).toBe(409);
    expect(refunds()).toEqual([]);
  });

  it('follows a cancellation that was asked for too late through a move in Calendly', async () => {
    await deploy();
    const { booking, slot } = await booked();
    await passUntil(Date.parse(slot.startTime) - hourMs);
    const to = await slotOf('paid-call', 60);
    deployment.calendly.trouble.failNext.push({
      route: 'POST /scheduled_events/*',
      status: 503,
    });
    const asked = act(booking, 'cancel', {});
    deployment.calendly.rescheduleAsInvitee(activeInvitees()[0]?.uri ?? '', to.startTime);
    await asked;
    for (let minutes = 0; minutes < 10; minutes++) await deployment.pass(60_000);
    const rows = await deployment.db.selectFrom('booking').selectAll().execute();
    expect(rows.filter(({ status }) => status === 'confirmed')).toEqual([]);
    expect(activeInvitees()).toEqual([]);
    expect(refunds()).toEqual([]);
  });
});

describe('a refund that fails', () => {
  it.each([
    ['pending-then-fail', true],
    ['pending-then-fail', false],
    ['succeed-then-fail', true],
    ['succeed-then-fail', false],
  ] as const)('is on the list that a human sees (%s, webhooks lost: %s)', async (how, isLost) => {
    await deploy();
    const { booking } = await booked();
    deployment.stripe.trouble.refunds = how;
    deployment.stripe.trouble.refundDelayMs = 10 * 60_000;
    deployment.stripe.trouble.webhooksLost = isLost;
    await act(booking, 'cancel', {});
    for (let hours = 0; hours < 48; hours++) await deployment.pass(hourMs);
    expect(await read(booking)).toMatchObject({ paymentStatus: 'refund_failed' });
    expect((await deadJobs()).map(({ kind, booking_id }) => [kind, booking_id])).toEqual([
      ['failed-refund', booking.id],
    ]);
  });

  it('is not told of again once the owner has given the money back by hand', async () => {
    await deploy();
    const { booking } = await booked();
    deployment.stripe.trouble.refunds = 'succeed-then-fail';
    deployment.stripe.trouble.refundDelayMs = 60_000;
    await act(booking, 'cancel', {});
    await deployment.pass(2 * 60_000);
    expect(await read(booking)).toMatchObject({ paymentStatus: 'refund_failed' });
    deployment.stripe.trouble.refunds = 'succeed';
    await refundByHand();
    for (let days = 0; days < 40; days++) await deployment.pass(dayMs);
    expect(await read(booking)).toMatchObject({ paymentStatus: 'refunded' });
    expect(await deadJobs()).toHaveLength(1);
  });

  it('is not called done while it is pending, and reaches somebody when that lasts', async () => {
    await deploy();
    const { booking } = await booked();
    deployment.stripe.trouble.refunds = 'stay-pending';
    await act(booking, 'cancel', {});
    await deployment.settle();
    expect(await read(booking)).toMatchObject({ paymentStatus: 'refunding' });
    for (let hours = 0; hours < 24 * 5; hours++) await deployment.pass(hourMs);
    const answer = await deployment.get<{ checks: { stuckJobs: number } }>('/readyz');
    expect(JSON.stringify(answer.body)).toContain('"stuckJobs":1');
  });
});

/** As the owner does it in Stripe's dashboard. */
async function refundByHand(): Promise<void> {
  const intent = intents()[0]?.id ?? '';
  const response = await deployment.stripe.fetch('https://api.stripe.com/v1/refunds', {
    method: 'POST',
    headers: { authorization: 'Bearer sk_test_sandboxSecretKey00000001' },
    body: new URLSearchParams({ payment_intent: intent }),
  });
  expect(response.status).toBe(200);
  await deployment.settle();
}

describe('what the owner does by hand', () => {
  it('is seen when the booking is canceled too late for a refund of ours', async () => {
    await deploy();
    const { booking, slot } = await booked();
    await refundByHand();
    expect(await read(booking)).toMatchObject({ status: 'confirmed', paymentStatus: 'paid' });
    await passUntil(Date.parse(slot.startTime) - hourMs);
    await act(booking, 'cancel', {});
    await deployment.settle();
    expect(await read(booking)).toMatchObject({ status: 'canceled', paymentStatus: 'refunded' });
  });

  it('ends a booking that was refunded before it was booked', async () => {
    await deploy();
    const { booking, session } = await checkout('charged-call');
    deployment.stripe.trouble.webhooksLost = true;
    deployment.stripe.pay(session.id);
    await refundByHand();
    await deployment.pass(2 * 60_000);
    await deployment.until(deployment.app.sweepPayments());
    await deployment.settle();
    expect(await read(booking)).toMatchObject({ status: 'canceled', paymentStatus: 'refunded' });
    expect(activeInvitees()).toEqual([]);
  });

  it('is called for when a payment is disputed, with the booking it is about', async () => {
    await deploy();
    const { booking } = await booked();
    deployment.stripe.dispute(intents()[0]?.id ?? '');
    await deployment.settle();
    expect((await deadJobs()).map(({ kind, booking_id }) => [kind, booking_id])).toEqual([
      ['disputed', booking.id],
    ]);
  });
});

describe('money and moves that cross', () => {
  it('writes a capture to the booking that the money stands for by then', async () => {
    let move = async (): Promise<void> => undefined;
    await deploy({ network: between('POST', /\/capture$/, () => move()) });
    const { booking, session } = await checkout();
    const to = await slotOf('paid-call', 60);
    let moved: { id: string } | undefined;
    deployment.stripe.trouble.webhooksLost = true;
    move = async () => {
      const answer = await deployment.post<{ booking: { id: string } }>(
        `/api/scheduling/bookings/${booking.id}/reschedule`,
        { timeSlot: timeSlotOf(to) },
        { authorization: `Bearer ${booking.token}` },
      );
      moved = answer.body.booking;
    };
    deployment.stripe.pay(session.id);
    await comeBack(booking, session.id);
    await deployment.settle();
    expect(moved).toBeDefined();
    const now = await read({ id: moved?.id ?? '', token: booking.token });
    expect(now).toMatchObject({ status: 'confirmed', paymentStatus: 'paid' });
    expect(intents().map(({ status }) => status)).toEqual(['succeeded']);
  });

  it('raises no alarm when a host cancels while the money is being taken', async () => {
    await deploy();
    const { booking, session } = await checkout();
    deployment.stripe.trouble.failNext.push({
      route: 'POST /v1/payment_intents/*/capture',
      status: 500,
    });
    deployment.stripe.pay(session.id);
    await deployment.settle();
    deployment.calendly.cancelAsHost(activeInvitees()[0]?.event ?? '');
    for (let minutes = 0; minutes < 5; minutes++) await deployment.pass(60_000);
    expect(await read(booking)).toMatchObject({ status: 'canceled' });
    expect((await read(booking)).paymentStatus).toMatch(/^(released|refunded)$/);
    expect(await deadJobs()).toEqual([]);
  });
});

describe('a visitor on the way', () => {
  it('comes back to their page even when nobody can be asked', async () => {
    await deploy();
    const { booking } = await checkout();
    deployment.stripe.trouble.paidDespiteExpiring = 1;
    await deployment.pass(25 * 60_000);
    deployment.calendly.trouble.down = 'hang';
    deployment.app.availability.clear();
    const session = deployment.stripe.state.sessions[0];
    const back = await comeBack(booking, session?.id ?? '');
    expect(back.status).toBe(303);
    expect(back.headers.get('location')).toContain(`booking-calendar=${booking.id}`);
  });

  it('is given no key to a booking that is not paid for', async () => {
    await deploy();
    const slot = await slotOf('paid-call');
    const { body } = await confirm(wish('paid-call', slot, { returnUrl: `${pageOrigin}/book` }));
    const session = deployment.stripe.state.sessions[0];
    const back = await comeBack(body.booking, session?.id ?? '');
    expect(back.headers.get('location')).not.toContain(body.booking.token);
  });

  it('cannot hold time after time without paying', async () => {
    await deploy({ unpaidHolds: 2 });
    for (const index of [20, 24]) {
      const slot = await slotOf('paid-call', index);
      expect((await confirm(wish('paid-call', slot), `key ${index}`)).status).toBe(200);
    }
    const slot = await slotOf('paid-call', 30);
    expect((await confirm(wish('paid-call', slot), 'one more')).status).toBe(429);
  });

  it('may hold another time when the last one is paid for', async () => {
    await deploy({ unpaidHolds: 1 });
    for (const index of [20, 24, 30]) {
      const slot = await slotOf('paid-call', index);
      expect((await confirm(wish('paid-call', slot), `key ${index}`)).status).toBe(200);
      deployment.stripe.pay(deployment.stripe.state.sessions.at(-1)?.id ?? '');
      await deployment.settle();
    }
  });

  it('may ask for another time when the first one is gone', async () => {
    await deploy({ unpaidHolds: 1 });
    const slot = await slotOf('paid-call', 20);
    deployment.calendly.bookAsStranger('intro-call', slot.startTime);
    expect((await confirm(wish('paid-call', slot), 'too late')).status).toBe(409);
    const other = await slotOf('paid-call', 30);
    expect((await confirm(wish('paid-call', other), 'in time')).status).toBe(200);
  });

  it('is not asked for money while Calendly takes no bookings by API', async () => {
    await deploy();
    deployment.calendly.trouble.missingScopes = ['scheduled_events:write'];
    const { booking, session } = await checkout();
    deployment.stripe.pay(session.id);
    await deployment.settle();
    expect(await read(booking)).toMatchObject({ status: 'rejected', paymentStatus: 'released' });
    const slot = await slotOf('paid-call', 30);
    const { status, body } = await confirm(wish('paid-call', slot), 'the next one');
    expect([status, body.code]).toEqual([503, 'payments_unavailable']);
    expect(deployment.stripe.state.sessions).toHaveLength(1);
  });
});

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
  declinedCard,
  deploy,
  deployment,
  hourMs,
  intents,
  passUntil,
  price,
  read,
  refunds,
  slotOf,
  timeSlotOf,
  useDeployment,
  wish,
} from './test/paid-visits.ts';

useDeployment();

describe('confirming a session with a price', () => {
  it('holds the time and opens the page to pay on, and asks Calendly for nothing yet', async () => {
    await deploy();
    const { slot, answer, session } = await checkout();
    expect(answer).toMatchObject({
      paymentRequired: true,
      checkoutUrl: session.url,
      booking: { status: 'awaiting_payment', calendlyEventId: null },
    });
    expect(await read(answer.booking)).toMatchObject({
      status: 'awaiting_payment',
      paymentStatus: 'open',
      price,
      checkoutUrl: session.url,
      holdExpiresAt: new Date(deployment.clock.now() + 25 * 60_000).toISOString(),
    });
    expect(session).toMatchObject({ amount_total: 4900, currency: 'eur', submit_type: 'book' });
    expect(activeInvitees()).toEqual([]);
    const { status, body } = await confirm(wish('paid-call', slot), 'somebody else');
    expect(status).toBe(409);
    expect(body.code).toBe('slot_taken');
  });

  it('gives the same checkout to the same request', async () => {
    await deploy();
    const { slot, answer } = await checkout();
    const again = await confirm(wish('paid-call', slot), `key ${slot.startTime}`);
    expect(again.body).toEqual(answer);
    expect(deployment.stripe.state.sessions).toHaveLength(1);
  });

  it('refuses to lead anybody back to a page elsewhere', async () => {
    await deploy();
    const slot = await slotOf('paid-call');
    const { status, body } = await confirm(
      wish('paid-call', slot, { returnUrl: 'https://elsewhere.example/' }),
    );
    expect(status).toBe(400);
    expect(body.fields).toHaveProperty('returnUrl');
  });

  it('says so when no page to pay on can be opened, and holds nothing', async () => {
    await deploy();
    const slot = await slotOf('paid-call');
    deployment.stripe.trouble.keyExpired = true;
    const { status, body } = await confirm(wish('paid-call', slot));
    expect(status).toBe(503);
    expect(body.code).toBe('payments_unavailable');
    deployment.stripe.trouble.keyExpired = false;
    expect((await confirm(wish('paid-call', slot))).status).toBe(200);
  });

  it('holds nothing and calls nobody when Stripe is away for longer than a visitor waits', async () => {
    await deploy();
    deployment.stripe.trouble.down = 'json-503';
    const slot = await slotOf('paid-call');
    await deployment.until(confirm(wish('paid-call', slot)));
    await passUntil(deployment.clock.now() + 6 * 60_000);
    deployment.stripe.trouble.down = 'no';
    await passUntil(deployment.clock.now() + 60_000);
    const rows = await deployment.db.selectFrom('booking').selectAll().execute();
    expect(rows).toMatchObject([{ status: 'rejected', payment_status: 'released', seat: null }]);
    expect(await deadJobs()).toEqual([]);
  });

  it('calls nobody for a session that was opened in such a time and ends unused', async () => {
    await deploy();
    deployment.stripe.trouble.dropReplyAfter.push({
      route: 'POST /v1/checkout/sessions',
      how: 'reset',
    });
    const slot = await slotOf('paid-call');
    const confirmed = confirm(wish('paid-call', slot));
    while (deployment.stripe.state.sessions.length === 0) await deployment.clock.advance(10);
    deployment.stripe.trouble.down = 'json-503';
    await deployment.until(confirmed);
    await passUntil(deployment.clock.now() + 6 * 60_000);
    deployment.stripe.trouble.down = 'no';
    await passUntil(deployment.clock.now() + 26 * hourMs);
    expect(deployment.stripe.state.sessions).toMatchObject([{ status: 'expired' }]);
    expect(await deadJobs()).toEqual([]);
  });

  it('finds the session that was made when the answer was lost', async () => {
    await deploy();
    const slot = await slotOf('paid-call');
    deployment.stripe.trouble.dropReplyAfter.push({
      route: 'POST /v1/checkout/sessions',
      how: 'reset',
    });
    const confirmed = await deployment.until(confirm(wish('paid-call', slot)));
    expect(confirmed?.status).toBe(200);
    await deployment.pass(5_000);
    const booking = await read(confirmed?.body.booking ?? { id: '', token: '' });
    expect(booking.checkoutUrl).toBe(deployment.stripe.state.sessions[0]?.url);
    expect(deployment.stripe.state.sessions).toHaveLength(1);
  });
});

describe('a visitor who pays', () => {
  it('is authorized, booked, charged, and back on their page', async () => {
    await deploy();
    const { booking, session } = await checkout();
    deployment.stripe.trouble.webhooksLost = true;
    deployment.stripe.pay(session.id);
    const back = await comeBack(booking, session.id);
    expect(back.status).toBe(303);
    expect(back.headers.get('location')).toBe(
      `${pageOrigin}/book?plan=a+b&booking-calendar=${booking.id}#/contact`,
    );
    await deployment.settle();
    expect(await read(booking)).toMatchObject({ status: 'confirmed', paymentStatus: 'paid' });
    expect(activeInvitees()).toHaveLength(1);
    expect(intents().map(({ status }) => status)).toEqual(['succeeded']);
    expect(deployment.mails.map(({ subject }) => subject)).toHaveLength(1);
  });

  it('brings the token along where the page has no fragment of its own', async () => {
    await deploy();
    const slot = await slotOf('paid-call');
    const returnUrl = `${pageOrigin}/book`;
    const { body } = await confirm(wish('paid-call', slot, { returnUrl }));
    const session = deployment.stripe.state.sessions[0];
    deployment.stripe.pay(session?.id ?? '');
    const back = await comeBack(body.booking, session?.id ?? '');
    expect(back.headers.get('location')).toBe(
      `${returnUrl}?booking-calendar=${body.booking.id}#booking-calendar=${body.booking.token}`,
    );
  });

  it('is booked by the webhook when they close the tab', async () => {
    await deploy();
    const { booking, session } = await checkout();
    deployment.stripe.pay(session.id);
    await deployment.settle();
    expect(await read(booking)).toMatchObject({ status: 'confirmed', paymentStatus: 'paid' });
  });

  it('is booked by the sweep when every webhook is lost', async () => {
    await deploy();
    const { booking, session } = await checkout();
    deployment.stripe.trouble.webhooksLost = true;
    deployment.stripe.pay(session.id);
    await deployment.pass(61_000);
    await deployment.until(deployment.app.sweepPayments());
    await deployment.settle();
    expect(await read(booking)).toMatchObject({ status: 'confirmed', paymentStatus: 'paid' });
  });

  it.each(['unpaid', 'paid'] as const)(
    'is booked whatever Stripe calls a reserved payment (%s)',
    async (word) => {
      await deploy();
      deployment.stripe.trouble.manualCapturePaymentStatus = word;
      const { booking, session } = await checkout();
      deployment.stripe.pay(session.id);
      await deployment.settle();
      expect(await read(booking)).toMatchObject({ status: 'confirmed', paymentStatus: 'paid' });
    },
  );

  it('is charged first where the session type says so', async () => {
    await deploy();
    const { booking, session } = await checkout('charged-call');
    deployment.stripe.pay(session.id);
    await deployment.settle();
    expect(await read(booking)).toMatchObject({ status: 'confirmed', paymentStatus: 'paid' });
    expect(intents()[0]?.capture_method).toMatch(/^automatic/);
  });

  it('may try again after a declined card', async () => {
    await deploy();
    const { booking, session } = await checkout();
    deployment.stripe.pay(session.id, declinedCard);
    await deployment.settle();
    expect(await read(booking)).toMatchObject({
      status: 'awaiting_payment',
      paymentDeclined: true,
      checkoutUrl: session.url,
    });
    deployment.stripe.pay(session.id);
    await deployment.settle();
    expect(await read(booking)).toMatchObject({ status: 'confirmed', paymentDeclined: false });
  });

  it('cannot come back with somebody else’s checkout', async () => {
    await deploy();
    const first = await checkout();
    const second = await checkout('paid-call', await slotOf('paid-call', 30));
    deployment.stripe.trouble.webhooksLost = true;
    deployment.stripe.pay(second.session.id);
    expect((await comeBack(first.booking, second.session.id)).status).toBe(404);
    await deployment.settle();
    expect(await read(first.booking)).toMatchObject({ status: 'awaiting_payment' });
  });
});

describe('money without a booking', () => {
  it.each(['paid-call', 'charged-call'])(
    'goes back when somebody else was quicker in Calendly (%s)',
    async (sessionTypeId) => {
      await deploy();
      const { booking, session, slot } = await checkout(sessionTypeId);
      deployment.calendly.bookAsStranger('intro-call', slot.startTime);
      deployment.stripe.pay(session.id);
      await deployment.settle();
      await deployment.pass(60_000);
      expect(await read(booking)).toMatchObject({
        status: 'rejected',
        rejection: 'slot_taken',
        paymentStatus: sessionTypeId === 'paid-call' ? 'released' : 'refunded',
      });
      expect(intents()[0]?.status).toBe(sessionTypeId === 'paid-call' ? 'canceled' : 'succeeded');
      expect(refunds()).toHaveLength(sessionTypeId === 'paid-call' ? 0 : 1);
      expect(deployment.mails).toHaveLength(1);
      expect(activeInvitees()).toEqual([]);
    },
  );

  it('is never asked for again once the hold has ended', async () => {
    await deploy();
    const { booking, session, slot } = await checkout();
    await deployment.pass(25 * 60_000);
    expect(await read(booking)).toMatchObject({
      status: 'expired',
      paymentStatus: 'released',
      checkoutUrl: null,
    });
    expect(deployment.stripe.state.sessions.find(({ id }) => id === session.id)?.status).toBe(
      'expired',
    );
    const { status } = await confirm(wish('paid-call', slot), 'somebody else');
    expect(status).toBe(200);
  });

  it('is late money when it comes at the last moment, and books after all while the time is free', async () => {
    await deploy();
    const { booking } = await checkout();
    deployment.stripe.trouble.paidWhileExpiring = 1;
    await deployment.pass(25 * 60_000);
    await deployment.pass(60_000);
    expect(await read(booking)).toMatchObject({ status: 'confirmed', paymentStatus: 'paid' });
  });

  it('is late money and goes back when the time is gone', async () => {
    await deploy();
    const { booking, slot } = await checkout();
    deployment.stripe.trouble.paidWhileExpiring = 1;
    deployment.calendly.bookAsStranger('intro-call', slot.startTime);
    await deployment.pass(25 * 60_000);
    await deployment.pass(60_000);
    expect(await read(booking)).toMatchObject({ status: 'rejected', paymentStatus: 'released' });
    expect(intents().map(({ status }) => status)).toEqual(['canceled']);
  });

  it('is given back with the time', async () => {
    await deploy();
    const { booking, session } = await checkout();
    await act(booking, 'cancel', {});
    await deployment.settle();
    expect(await read(booking)).toMatchObject({ status: 'canceled', paymentStatus: 'released' });
    expect(deployment.stripe.state.sessions.find(({ id }) => id === session.id)?.status).toBe(
      'expired',
    );
  });
});

describe('a paid booking', () => {
  it('is refunded once when it is canceled in time', async () => {
    await deploy();
    const { booking } = await booked();
    await act(booking, 'cancel', {});
    await deployment.settle();
    expect(await read(booking)).toMatchObject({ status: 'canceled', paymentStatus: 'refunded' });
    expect(refunds().map(({ amount, status }) => [amount, status])).toEqual([[4900, 'succeeded']]);
  });

  it('stays paid when the invitee cancels too late, and is refunded when the host does', async () => {
    await deploy();
    const first = await booked();
    const second = await checkout('paid-call', await slotOf('paid-call', 30));
    deployment.stripe.pay(second.session.id);
    await deployment.settle();
    await passUntil(Date.parse(first.slot.startTime) - 23 * hourMs);
    await act(first.booking, 'cancel', {});
    const uri = activeInvitees()[0]?.event ?? '';
    deployment.calendly.cancelAsHost(uri);
    await deployment.settle();
    expect(await read(first.booking)).toMatchObject({ status: 'canceled', paymentStatus: 'paid' });
    expect(await read(second.booking)).toMatchObject({
      status: 'canceled',
      paymentStatus: 'refunded',
    });
    expect(refunds()).toHaveLength(1);
  });

  it('stays paid when it is moved, and is refunded when it is canceled then', async () => {
    await deploy();
    const { booking } = await booked();
    const to = await slotOf('paid-call', 30);
    const moved = await act(booking, 'reschedule', { timeSlot: timeSlotOf(to) });
    expect(moved?.body.booking).toMatchObject({
      status: 'confirmed',
      paymentStatus: 'paid',
      price,
      startTime: to.startTime,
    });
    const now = { id: moved?.body.booking.id ?? '', token: booking.token };
    await act(now, 'cancel', {});
    await deployment.settle();
    expect(await read(now)).toMatchObject({ status: 'canceled', paymentStatus: 'refunded' });
    expect(deployment.stripe.state.sessions).toHaveLength(1);
    expect(refunds()).toHaveLength(1);
  });

  it('whose refund fails later is on the list that a human sees', async () => {
    await deploy();
    const { booking } = await booked();
    deployment.stripe.trouble.refunds = 'succeed-then-fail';
    deployment.stripe.trouble.refundDelayMs = 86_400_000;
    await act(booking, 'cancel', {});
    await deployment.settle();
    expect(await read(booking)).toMatchObject({ paymentStatus: 'refunded' });
    deployment.stripe.trouble.webhooksLost = true;
    await deployment.pass(2 * 86_400_000);
    await deployment.pass(7 * 86_400_000);
    expect(await read(booking)).toMatchObject({ paymentStatus: 'refund_failed' });
    expect(await deadJobs()).toHaveLength(1);
  });

  it('whose reserved money is gone when it is to be taken is on the list that a human sees', async () => {
    await deploy();
    const { booking, session } = await checkout();
    deployment.stripe.trouble.holdGoneOnCapture = 1;
    deployment.stripe.pay(session.id);
    await deployment.settle();
    expect(await read(booking)).toMatchObject({ status: 'confirmed', paymentStatus: 'authorized' });
    expect((await deadJobs()).map(({ kind }) => kind)).toEqual(['capture-payment']);
  });
});

describe('Calendly’s quota', () => {
  const bookingQuota = { perMinute: 1, perHour: 2, perDay: 100 };

  it('is reserved before money is asked for', async () => {
    await deploy({ config: { bookingQuota } });
    await checkout();
    await checkout('paid-call', await slotOf('paid-call', 30));
    const slot = await slotOf('paid-call', 40);
    const { status, body } = await confirm(wish('paid-call', slot), 'one too many');
    expect(status).toBe(503);
    expect(body.code).toBe('scheduling_unavailable');
    expect(deployment.stripe.state.sessions).toHaveLength(2);
  });

  it('is waited for while the money is secured', async () => {
    await deploy({ config: { bookingQuota } });
    const first = await checkout();
    const second = await checkout('paid-call', await slotOf('paid-call', 30));
    deployment.stripe.pay(first.session.id);
    deployment.stripe.pay(second.session.id);
    await deployment.settle();
    expect(activeInvitees()).toHaveLength(1);
    for (let seconds = 0; seconds < 70; seconds += 10) await deployment.pass(10_000);
    expect(activeInvitees()).toHaveLength(2);
    expect(await read(second.booking)).toMatchObject({ status: 'confirmed' });
  });
});

it('costs at most three transactions until the visitor is sent to Checkout', async () => {
  await deploy();
  const slot = await slotOf('paid-call');
  let transactions = 0;
  const { transaction } = deployment.db;
  deployment.db.transaction = () => {
    transactions++;
    return transaction.call(deployment.db);
  };
  await confirm(wish('paid-call', slot));
  deployment.db.transaction = transaction;
  expect(transactions).toBeLessThanOrEqual(3);
});

import { describe, expect, test } from 'vitest';
import { automatic, exampleShop, failureOf } from './shop.example.ts';
import { connectedAccount } from './stripe.ts';

const day = 24 * 60 * 60;

describe('paying a session that is captured later', () => {
  test('completes it and holds the money', async () => {
    const { session, intent, charge } = await exampleShop().paid();
    expect(session).toMatchObject({
      status: 'complete',
      url: null,
      payment_status: 'unpaid',
      payment_intent: intent.id,
      customer_details: { email: 'ada@example.org' },
    });
    expect(intent).toMatchObject({
      status: 'requires_capture',
      capture_method: 'manual',
      amount: 4900,
      amount_capturable: 4900,
      amount_received: 0,
      metadata: { booking_id: 'booking-1' },
      latest_charge: charge.id,
    });
    expect(charge).toMatchObject({
      captured: false,
      paid: true,
      status: 'succeeded',
      refunded: false,
    });
    expect(charge.id.slice(3, 15)).toBe(intent.id.slice(3, 15));
    expect(charge).not.toHaveProperty('refunds');
  });

  test('says until when it can be captured, and says it in the expanded charge', async () => {
    const { paid, stripe } = exampleShop();
    const { session } = await paid();
    const { payment_intent: intent } = await stripe.checkout.sessions.retrieve(session.id, {
      expand: ['payment_intent.latest_charge'],
    });
    expect(intent).toMatchObject({
      latest_charge: {
        payment_method_details: {
          card: { capture_before: Date.parse('2026-11-23T08:00:00Z') / 1000 + 7 * day },
        },
      },
    });
  });

  test('may be shown as paid, since nothing is written about it', async () => {
    const shop = exampleShop();
    shop.sandbox.trouble.manualCapturePaymentStatus = 'paid';
    expect((await shop.paid()).session.payment_status).toBe('paid');
  });

  test('can be asked for cards alone', async () => {
    const { intent } = await exampleShop().paid({
      payment_intent_data: {},
      payment_method_options: { card: { capture_method: 'manual' } },
    });
    expect(intent).toMatchObject({
      status: 'requires_capture',
      payment_method_options: { card: { capture_method: 'manual' } },
    });
  });

  test('is told in four events', async () => {
    const shop = exampleShop();
    await shop.paid();
    await shop.sandbox.settleWebhooks();
    expect(shop.types()).toEqual([
      'payment_intent.created',
      'charge.succeeded',
      'payment_intent.amount_capturable_updated',
      'checkout.session.completed',
    ]);
  });
});

describe('paying a session that is captured at once', () => {
  test('moves the money', async () => {
    const { session, intent, charge } = await exampleShop().paid(automatic);
    expect(session).toMatchObject({ status: 'complete', payment_status: 'paid' });
    expect(intent).toMatchObject({
      status: 'succeeded',
      amount_received: 4900,
      amount_capturable: 0,
    });
    expect(charge).toMatchObject({ captured: true, amount_captured: 4900 });
    expect(charge.payment_method_details?.card).not.toHaveProperty('capture_before');
  });

  test('is told in five events, the balance last', async () => {
    const shop = exampleShop();
    await shop.paid(automatic);
    await shop.sandbox.settleWebhooks();
    expect(shop.types()).toEqual([
      'payment_intent.created',
      'charge.succeeded',
      'payment_intent.succeeded',
      'checkout.session.completed',
      'charge.updated',
    ]);
    expect(shop.received.at(-1)?.event.data.previous_attributes).toMatchObject({
      balance_transaction: null,
    });
  });

  test('takes nothing where nothing is owed', async () => {
    const { open, sandbox, stripe } = exampleShop();
    const { id } = await open({
      line_items: [
        {
          quantity: 1,
          price_data: { currency: 'eur', unit_amount: 0, product_data: { name: 'Free' } },
        },
      ],
    });
    sandbox.pay(id);
    expect(await stripe.checkout.sessions.retrieve(id)).toMatchObject({
      status: 'complete',
      payment_status: 'no_payment_required',
      payment_intent: null,
    });
  });
});

describe('a card', () => {
  test.each([
    ['4000000000000002', 'card_declined', 'generic_decline'],
    ['4000000000009995', 'card_declined', 'insufficient_funds'],
    ['4000000000000069', 'expired_card', 'expired_card'],
    ['4000000000000127', 'incorrect_cvc', 'incorrect_cvc'],
    ['4000000000000119', 'processing_error', 'processing_error'],
  ])('%s is declined with %s, %s, and another one may be tried', async (card, code, reason) => {
    const { open, sandbox, stripe, types } = exampleShop();
    const { id } = await open();
    expect(sandbox.pay(id, card)).toBe('declined');
    const declined = await stripe.checkout.sessions.retrieve(id, { expand: ['payment_intent'] });
    expect(declined).toMatchObject({
      status: 'open',
      payment_intent: {
        status: 'requires_payment_method',
        last_payment_error: { code, decline_code: reason, type: 'card_error' },
      },
    });
    await sandbox.settleWebhooks();
    expect(types()).toEqual([
      'payment_intent.created',
      'charge.failed',
      'payment_intent.payment_failed',
    ]);
    expect(sandbox.pay(id)).toBe('authorized');
    const paid = await stripe.checkout.sessions.retrieve(id, { expand: ['payment_intent'] });
    expect(paid.payment_intent).toMatchObject({
      status: 'requires_capture',
      last_payment_error: null,
    });
    expect(sandbox.state.paymentIntents).toHaveLength(1);
    expect(sandbox.state.charges.map(({ status }) => status)).toEqual(['failed', 'succeeded']);
  });

  test.each([
    ['pass', 'authorized', 'requires_capture'],
    ['fail', 'declined', 'requires_payment_method'],
    ['leave', 'requires_action', 'requires_action'],
  ] as const)('with 3-D Secure: %s', async (threeDSecure, result, status) => {
    const { open, sandbox, stripe } = exampleShop();
    const { id } = await open();
    expect(sandbox.pay(id, '4000002500003155', { threeDSecure })).toBe(result);
    const { payment_intent } = await stripe.checkout.sessions.retrieve(id, {
      expand: ['payment_intent'],
    });
    expect(payment_intent).toMatchObject({ status });
  });

  test('that is none of the test cards is a mistake in the test', async () => {
    const { open, sandbox } = exampleShop();
    const { id } = await open();
    expect(() => sandbox.pay(id, '1234')).toThrow('none of the test cards');
  });

  test('pays a session once', async () => {
    const { paid, sandbox } = exampleShop();
    const { session } = await paid();
    expect(sandbox.pay(session.id)).toBe('closed');
    expect(sandbox.state.charges).toHaveLength(1);
  });
});

describe('a bank debit', () => {
  test.each([
    ['DE89370400440532013000', 'paid', 'succeeded', 'checkout.session.async_payment_succeeded'],
    [
      'DE62370400440532013001',
      'unpaid',
      'requires_payment_method',
      'checkout.session.async_payment_failed',
    ],
  ])('of %s completes unpaid and is %s days later', async (iban, paymentStatus, status, told) => {
    const shop = exampleShop();
    const { allowed_payment_method_types: _, ...wish } = shop.wish({ payment_intent_data: {} });
    const { id } = await shop.stripe.checkout.sessions.create(wish);
    expect(shop.sandbox.pay(id, iban)).toBe('processing');
    const retrieve = () =>
      shop.stripe.checkout.sessions.retrieve(id, { expand: ['payment_intent'] });
    expect(await retrieve()).toMatchObject({
      status: 'complete',
      payment_status: 'unpaid',
      payment_intent: { status: 'processing' },
    });
    await shop.clock.advance(4 * day * 1000);
    expect(await retrieve()).toMatchObject({
      payment_status: paymentStatus,
      payment_intent: { status },
    });
    expect(shop.types()).toContain(told);
  });
});

describe('capturing', () => {
  test('takes the money once and names the state when asked again', async () => {
    const shop = exampleShop();
    const { intent, session } = await shop.paid();
    const captured = await shop.stripe.paymentIntents.capture(intent.id, {
      expand: ['latest_charge'],
    });
    expect(captured).toMatchObject({
      status: 'succeeded',
      amount_received: 4900,
      amount_capturable: 0,
      latest_charge: { captured: true, amount_captured: 4900 },
    });
    expect((await shop.stripe.checkout.sessions.retrieve(session.id)).payment_status).toBe('paid');
    const error = await failureOf(shop.stripe.paymentIntents.capture(intent.id));
    expect(error).toMatchObject({
      statusCode: 400,
      code: 'payment_intent_unexpected_state',
      message:
        'This PaymentIntent could not be captured because it has a status of succeeded. Only a PaymentIntent with one of the following statuses may be captured: requires_capture.',
      payment_intent: { id: intent.id, status: 'succeeded' },
    });
    await shop.sandbox.settleWebhooks();
    expect(shop.types().slice(4)).toEqual([
      'charge.captured',
      'payment_intent.succeeded',
      'charge.updated',
    ]);
  });

  test('a part gives the rest back', async () => {
    const { paid, stripe } = exampleShop();
    const { intent } = await paid();
    const captured = await stripe.paymentIntents.capture(intent.id, {
      amount_to_capture: 2000,
      metadata: { part: 'yes' },
      expand: ['latest_charge'],
    });
    expect(captured).toMatchObject({
      status: 'succeeded',
      amount_received: 2000,
      metadata: { booking_id: 'booking-1', part: 'yes' },
      latest_charge: { amount_captured: 2000, amount_refunded: 2900, refunded: false },
    });
  });

  test('more than is held is refused', async () => {
    const { paid, stripe } = exampleShop();
    const { intent } = await paid();
    const error = await failureOf(
      stripe.paymentIntents.capture(intent.id, { amount_to_capture: 4901 }),
    );
    expect(error).toMatchObject({ code: 'amount_too_large', param: 'amount_to_capture' });
  });
});

describe('releasing', () => {
  test('cancels the payment intent and shows the money given back on the charge', async () => {
    const shop = exampleShop();
    const { intent } = await shop.paid();
    const canceled = await shop.stripe.paymentIntents.cancel(intent.id, {
      cancellation_reason: 'abandoned',
      expand: ['latest_charge'],
    });
    expect(canceled).toMatchObject({
      status: 'canceled',
      cancellation_reason: 'abandoned',
      amount_capturable: 0,
      amount_received: 0,
      latest_charge: { refunded: true, captured: false },
    });
    await shop.sandbox.settleWebhooks();
    expect(shop.types().slice(4)).toEqual([
      'payment_intent.canceled',
      'refund.created',
      'charge.refunded',
    ]);
  });

  test('may show nothing on the charge', async () => {
    const shop = exampleShop();
    shop.sandbox.trouble.releaseShownAsRefund = false;
    const { intent } = await shop.paid();
    await shop.stripe.paymentIntents.cancel(intent.id);
    expect(shop.sandbox.state).toMatchObject({ refunds: [], charges: [{ refunded: false }] });
  });

  test.each([
    ['what was captured', automatic, 'succeeded'],
    ['what was released', {}, 'canceled'],
  ])('%s is refused with the state', async (_, changes, status) => {
    const { paid, stripe } = exampleShop();
    const { intent } = await paid(changes);
    if (status === 'canceled') await stripe.paymentIntents.cancel(intent.id);
    const error = await failureOf(stripe.paymentIntents.cancel(intent.id));
    expect(error).toMatchObject({
      code: 'payment_intent_unexpected_state',
      message: `You cannot cancel this PaymentIntent because it has a status of ${status}. Only a PaymentIntent with one of the following statuses may be canceled: requires_payment_method, requires_capture, requires_confirmation, requires_action, processing.`,
      payment_intent: { status },
    });
  });

  test('an unpaid session’s payment intent is not the shop’s to cancel', async () => {
    const { open, sandbox, stripe } = exampleShop();
    const { id } = await open();
    sandbox.pay(id, '4000000000000002');
    const [intent] = sandbox.state.paymentIntents;
    const error = await failureOf(stripe.paymentIntents.cancel(intent?.id ?? ''));
    expect(error.code).toBe('payment_intent_unexpected_state');
  });
});

describe('an authorisation nobody captures', () => {
  test.each(['automatic', 'expired'] as const)('lapses after seven days: %s', async (reason) => {
    const shop = exampleShop();
    shop.sandbox.trouble.lapseReason = reason;
    const { intent } = await shop.paid();
    await shop.clock.advance(7 * day * 1000 - 1);
    expect((await shop.stripe.paymentIntents.retrieve(intent.id)).status).toBe('requires_capture');
    await shop.clock.advance(1);
    expect(await shop.stripe.paymentIntents.retrieve(intent.id)).toMatchObject({
      status: 'canceled',
      cancellation_reason: reason,
    });
    expect(shop.types().slice(4)).toEqual([
      'charge.expired',
      'payment_intent.canceled',
      'refund.created',
      'charge.refunded',
    ]);
    expect(shop.sandbox.state.refunds[0]?.reason).toBe('expired_uncaptured_charge');
  });

  test('can lapse early, and cannot be captured then', async () => {
    const { paid, sandbox, stripe } = exampleShop();
    const { intent } = await paid();
    sandbox.lapseAuthorization(intent.id);
    const error = await failureOf(stripe.paymentIntents.capture(intent.id));
    expect(error.message).toContain('has a status of canceled');
  });

  test('can turn out to be gone while it is captured', async () => {
    const { paid, sandbox, stripe } = exampleShop();
    const { intent } = await paid();
    sandbox.trouble.holdGoneOnCapture = 1;
    const error = await failureOf(stripe.paymentIntents.capture(intent.id));
    expect(error).toMatchObject({ statusCode: 400, code: 'charge_expired_for_capture' });
    expect((await stripe.paymentIntents.retrieve(intent.id)).status).toBe('canceled');
  });
});

describe('Connect', () => {
  test('a direct charge lives on the connected account and nowhere else', async () => {
    const shop = exampleShop();
    const onAccount = { stripeAccount: connectedAccount };
    const session = await shop.open(
      { payment_intent_data: { application_fee_amount: 500 } },
      onAccount,
    );
    expect(shop.sandbox.pay(session.id)).toBe('paid');
    const error = await failureOf(shop.stripe.checkout.sessions.retrieve(session.id));
    expect(error.code).toBe('resource_missing');
    const paid = await shop.stripe.checkout.sessions.retrieve(
      session.id,
      { expand: ['payment_intent.latest_charge'] },
      onAccount,
    );
    expect(paid.payment_intent).toMatchObject({
      application_fee_amount: 500,
      latest_charge: {
        application_fee_amount: 500,
        application_fee: expect.stringMatching(/^fee_/),
      },
    });
    expect((await shop.stripe.checkout.sessions.list({}, onAccount)).data).toHaveLength(1);
    expect((await shop.stripe.checkout.sessions.list()).data).toEqual([]);
  });

  test('its events go to endpoints that listen to connected accounts, and name it', async () => {
    const shop = exampleShop();
    shop.sandbox.addEndpoint({
      url: 'https://book.example.com/connect',
      enabledEvents: ['checkout.session.completed'],
      connect: true,
    });
    const session = await shop.open({}, { stripeAccount: connectedAccount });
    shop.sandbox.pay(session.id);
    await shop.sandbox.settleWebhooks();
    expect(shop.received.map(({ url, event }) => [url, event.type, event.account])).toEqual([
      ['https://book.example.com/connect', 'checkout.session.completed', connectedAccount],
    ]);
  });

  test('a destination charge shows its transfer and takes it back on request', async () => {
    const { paid, stripe } = exampleShop();
    const { intent, charge } = await paid({
      payment_intent_data: {
        application_fee_amount: 500,
        transfer_data: { destination: connectedAccount },
      },
    });
    expect(charge).toMatchObject({
      transfer_data: { destination: connectedAccount },
      transfer: expect.stringMatching(/^tr_/),
    });
    const refund = await stripe.refunds.create({
      payment_intent: intent.id,
      reverse_transfer: true,
      refund_application_fee: true,
    });
    expect(refund.transfer_reversal).toMatch(/^trr_/);
  });

  test('an account the key may not speak for is refused', async () => {
    const { open } = exampleShop();
    const error = await failureOf(open({}, { stripeAccount: 'acct_stranger' }));
    expect(error).toMatchObject({ statusCode: 403, code: 'account_invalid' });
  });
});

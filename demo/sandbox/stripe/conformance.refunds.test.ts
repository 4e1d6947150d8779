import type { Stripe } from 'stripe';
import { describe, expect, test } from 'vitest';
import { automatic, exampleShop, failureOf, idOf, type ExampleShop } from './shop.example.ts';

const refundOf = async (
  shop: ExampleShop,
  card?: string,
): Promise<{ intent: Stripe.PaymentIntent; refund: Stripe.Refund }> => {
  const { intent } = await shop.paid(automatic, card);
  const refund = await shop.stripe.refunds.create({ payment_intent: intent.id });
  return { intent, refund };
};

describe('a refund', () => {
  test('of everything succeeds at once', async () => {
    const shop = exampleShop();
    const { intent } = await shop.paid(automatic);
    const refund = await shop.stripe.refunds.create({
      payment_intent: intent.id,
      reason: 'requested_by_customer',
      metadata: { booking_id: 'booking-1' },
      expand: ['charge', 'payment_intent'],
    });
    expect(refund).toMatchObject({
      object: 'refund',
      status: 'succeeded',
      amount: 4900,
      currency: 'eur',
      reason: 'requested_by_customer',
      metadata: { booking_id: 'booking-1' },
      destination_details: { card: { type: 'refund' } },
      charge: { refunded: true, amount_refunded: 4900 },
      payment_intent: { id: intent.id, status: 'succeeded' },
    });
    await shop.sandbox.settleWebhooks();
    expect(shop.types().slice(5)).toEqual(['refund.created', 'charge.refunded']);
  });

  test('of a part leaves the rest to be refunded, and no more', async () => {
    const { paid, stripe } = exampleShop();
    const { intent, charge } = await paid(automatic);
    await stripe.refunds.create({ payment_intent: intent.id, amount: 900 });
    expect(await stripe.charges.retrieve(charge.id)).toMatchObject({
      refunded: false,
      amount_refunded: 900,
    });
    const error = await failureOf(stripe.refunds.create({ charge: charge.id, amount: 4001 }));
    expect(error).toMatchObject({
      rawType: 'invalid_request_error',
      param: 'amount',
      message: 'Refund amount (€40.01) is greater than unrefunded amount on charge (€40.00)',
    });
    const rest = await stripe.refunds.create({ charge: charge.id });
    expect(rest.amount).toBe(4000);
    const { data } = await stripe.refunds.list({ payment_intent: intent.id });
    expect(data.map(({ amount }) => amount)).toEqual([4000, 900]);
  });

  test('twice is refused by name', async () => {
    const shop = exampleShop();
    const { intent, refund } = await refundOf(shop);
    const error = await failureOf(shop.stripe.refunds.create({ payment_intent: intent.id }));
    expect(error).toMatchObject({
      statusCode: 400,
      rawType: 'invalid_request_error',
      code: 'charge_already_refunded',
      message: `Charge ${idOf(refund.charge)} has already been refunded.`,
    });
  });

  test('of money that is only held is refused: cancel instead', async () => {
    const { paid, stripe } = exampleShop();
    const { intent, charge } = await paid();
    const byIntent = await failureOf(stripe.refunds.create({ payment_intent: intent.id }));
    expect(byIntent.code).toBe('payment_intent_unexpected_state');
    const byCharge = await failureOf(stripe.refunds.create({ charge: charge.id }));
    expect(byCharge.code).toBe('charge_not_refundable');
  });

  test.each<[string, Stripe.RefundCreateParams, object]>([
    ['nothing named', {}, { code: 'parameter_missing' }],
    ['both named', { charge: 'ch_x', payment_intent: 'pi_x' }, { param: 'charge' }],
    [
      'what is not there',
      { payment_intent: 'pi_x' },
      { code: 'resource_missing', statusCode: 404 },
    ],
    ['a reason of one’s own', { charge: 'ch_x', reason: 'bored' }, { param: 'reason' }],
    ['nothing to give', { charge: 'ch_x', amount: 0 }, { code: 'parameter_invalid_integer' }],
  ])('with %s is refused', async (_, params, refusal) => {
    const { stripe } = exampleShop();
    expect(await failureOf(stripe.refunds.create(params))).toMatchObject(refusal);
  });

  test('can have its metadata changed, and cannot be canceled', async () => {
    const shop = exampleShop();
    const { refund } = await refundOf(shop);
    const changed = await shop.stripe.refunds.update(refund.id, { metadata: { a: '1' } });
    expect(changed.metadata).toEqual({ a: '1' });
    const error = await failureOf(shop.stripe.refunds.cancel(refund.id));
    expect(error.message).toContain('has a status of succeeded');
  });
});

describe('a refund goes on', () => {
  test('from pending to succeeded, by card or by the trouble of the moment', async () => {
    for (const card of ['4000000000007726', undefined]) {
      const shop = exampleShop();
      if (!card) shop.sandbox.trouble.refunds = 'pending-then-succeed';
      const { refund } = await refundOf(shop, card);
      expect(refund).toMatchObject({ status: 'pending', pending_reason: 'processing' });
      await shop.clock.advance(60_000);
      const later = await shop.stripe.refunds.retrieve(refund.id);
      expect(later.status).toBe('succeeded');
      expect(later).not.toHaveProperty('pending_reason');
      const updated = shop.received.find(({ event }) => event.type === 'refund.updated');
      expect(updated?.event.data.previous_attributes).toEqual({ status: 'pending' });
    }
  });

  test.each([
    ['4000000000005126', 'succeed', 'succeeded', 'expired_or_canceled_card'],
    [undefined, 'succeed-then-fail', 'succeeded', 'expired_or_canceled_card'],
    [undefined, 'pending-then-fail', 'pending', 'declined'],
  ] as const)(
    'to failed (card %s, %s): the money is back with us',
    async (card, course, at, why) => {
      const shop = exampleShop();
      shop.sandbox.trouble.refunds = course;
      const { refund } = await refundOf(shop, card);
      expect(refund.status).toBe(at);
      await shop.clock.advance(60_000);
      expect(await shop.stripe.refunds.retrieve(refund.id, { expand: ['charge'] })).toMatchObject({
        status: 'failed',
        failure_reason: why,
        failure_balance_transaction: expect.stringMatching(/^txn_/),
        charge: { refunded: false, amount_refunded: 0 },
      });
      expect(shop.types()).toEqual(expect.arrayContaining(['refund.updated', 'refund.failed']));
    },
  );

  test('nowhere: it stays pending', async () => {
    const shop = exampleShop();
    shop.sandbox.trouble.refunds = 'stay-pending';
    const { refund } = await refundOf(shop);
    await shop.clock.advance(30 * 24 * 60 * 60_000);
    expect((await shop.stripe.refunds.retrieve(refund.id)).status).toBe('pending');
  });
});

describe('a dispute', () => {
  test('takes the charge out of our hands', async () => {
    const shop = exampleShop();
    const { intent } = await shop.paid(automatic, '4000000000000259');
    const error = await failureOf(shop.stripe.refunds.create({ payment_intent: intent.id }));
    expect(error.code).toBe('charge_disputed');
    expect(error.message).toContain('has been charged back; cannot issue a refund.');
    shop.sandbox.dispute(intent.id, 'won');
    await shop.sandbox.settleWebhooks();
    expect(shop.types().slice(-2)).toEqual(['charge.dispute.created', 'charge.dispute.closed']);
  });
});

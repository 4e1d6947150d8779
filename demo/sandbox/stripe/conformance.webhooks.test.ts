import type { Stripe } from 'stripe';
import { describe, expect, test } from 'vitest';
import { exampleShop, failureOf, receiverUrl, type ExampleShop } from './shop.example.ts';

/** As the receiver checks it, at the clock's time. */
const verified = (shop: ExampleShop, nth = 0, secret = shop.endpoint.secret): Stripe.Event => {
  const delivery = shop.received.at(nth);
  if (!delivery) throw new Error(`There is no delivery ${nth}`);
  return shop.stripe.webhooks.constructEvent(
    delivery.text,
    delivery.headers.get('Stripe-Signature') ?? '',
    secret,
    300,
    undefined,
    shop.clock.now(),
  );
};

const expireOne = async (shop: ExampleShop): Promise<Stripe.Checkout.Session> => {
  const { id } = await shop.open();
  const expired = await shop.stripe.checkout.sessions.expire(id, undefined, {
    idempotencyKey: 'expire-1',
  });
  await shop.sandbox.settleWebhooks();
  return expired;
};

describe('a delivery', () => {
  test('is the event as it was, signed', async () => {
    const shop = exampleShop();
    const session = await expireOne(shop);
    const event = verified(shop);
    expect(event).toMatchObject({
      object: 'event',
      type: 'checkout.session.expired',
      api_version: '2026-10-28.endive',
      created: shop.clock.now() / 1000,
      livemode: false,
      pending_webhooks: 1,
      request: { id: expect.stringMatching(/^req_/), idempotency_key: 'expire-1' },
      data: { object: { id: session.id, status: 'expired' } },
    });
    expect(event.data).not.toHaveProperty('previous_attributes');
    expect(event).not.toHaveProperty('account');
    expect(shop.received[0]?.headers.get('Content-Type')).toBe('application/json; charset=utf-8');
  });

  test('stays a snapshot whatever happens to the object later', async () => {
    const shop = exampleShop();
    const { intent } = await shop.paid();
    await shop.stripe.paymentIntents.capture(intent.id);
    const { data } = await shop.stripe.events.list({
      type: 'payment_intent.amount_capturable_updated',
    });
    expect(data[0]?.data.object).toMatchObject({ status: 'requires_capture' });
  });

  test('is not signed with another secret', async () => {
    const shop = exampleShop();
    await expireOne(shop);
    expect(() => verified(shop, 0, 'whsec_another')).toThrow('No signatures found');
  });

  test('is signed with both secrets while one replaces the other', async () => {
    const shop = exampleShop();
    const fresh = shop.sandbox.rollSecret(shop.endpoint.id, 60_000);
    await expireOne(shop);
    expect(verified(shop, 0, fresh).id).toBe(verified(shop, 0).id);
    await shop.clock.advance(60_000);
    shop.received.length = 0;
    shop.sandbox.pay((await shop.open()).id);
    await shop.sandbox.settleWebhooks();
    expect(verified(shop, 0, fresh).object).toBe('event');
    expect(() => verified(shop, 0)).toThrow('No signatures found');
  });

  test.each([400, 500, 302, 404])('answered with %i comes again, signed anew', async (status) => {
    const shop = exampleShop();
    shop.receiver.answer = (nth) => (nth === 1 ? status : 200);
    await expireOne(shop);
    expect(shop.received).toHaveLength(1);
    await shop.clock.advance(60_000);
    expect(shop.received).toHaveLength(2);
    const [first, second] = shop.received;
    expect(verified(shop, 1).id).toBe(first?.event.id);
    expect(second?.headers.get('Stripe-Signature')).not.toBe(
      first?.headers.get('Stripe-Signature'),
    );
    expect(shop.sandbox.state.deliveries).toMatchObject([{ status: 'delivered' }]);
    expect(shop.sandbox.state.events.at(-1)?.pending_webhooks).toBe(0);
  });

  test('nobody answers comes again after the receiver’s time is over', async () => {
    const shop = exampleShop();
    shop.receiver.answer = (nth) => (nth === 1 ? new Promise(() => undefined) : 200);
    const { id } = await shop.open();
    await shop.stripe.checkout.sessions.expire(id);
    await shop.clock.advance(2 * 60_000);
    expect(shop.received).toHaveLength(2);
  });

  test('is tried for three days, further and further apart, and then no more', async () => {
    const shop = exampleShop();
    shop.receiver.answer = () => 500;
    await expireOne(shop);
    await shop.clock.advance(10 * 24 * 60 * 60_000);
    const [first] = shop.received;
    const minutes = shop.received.map(({ atMs }) => (atMs - (first?.atMs ?? 0)) / 60_000);
    expect(minutes.slice(0, 8)).toEqual([0, 1, 4, 13, 40, 121, 364, 1084]);
    expect(minutes.at(-1)).toBe(3 * 24 * 60);
    expect(shop.sandbox.state.deliveries).toMatchObject([{ status: 'failed' }]);
  });
});

describe('webhook endpoints', () => {
  test('tell their secret once, when they are made', async () => {
    const shop = exampleShop();
    const made = await shop.stripe.webhookEndpoints.create({
      url: 'https://book.example.com/other',
      enabled_events: ['checkout.session.completed'],
      api_version: '2026-10-28.endive',
      metadata: { of: 'booking-calendar' },
    });
    expect(made.secret).toMatch(/^whsec_\w{32}$/);
    expect(made).toMatchObject({ object: 'webhook_endpoint', status: 'enabled', livemode: false });
    const { data } = await shop.stripe.webhookEndpoints.list();
    expect(data.map(({ id }) => id)).toEqual([made.id, shop.endpoint.id]);
    expect(data.some((endpoint) => 'secret' in endpoint)).toBe(false);
    expect(await shop.stripe.webhookEndpoints.retrieve(made.id)).not.toHaveProperty('secret');
    const session = await shop.open();
    shop.sandbox.pay(session.id);
    await shop.sandbox.settleWebhooks();
    const told = shop.received.filter(({ url }) => url.endsWith('/other'));
    expect(told.map(({ event }) => event.type)).toEqual(['checkout.session.completed']);
    expect(
      verified(shop, shop.received.indexOf(told[0] ?? shop.received[0]!), made.secret).id,
    ).toBe(told[0]?.event.id);
  });

  test('can be changed, switched off and deleted', async () => {
    const { endpoint, open, received, sandbox, stripe } = exampleShop();
    const changed = await stripe.webhookEndpoints.update(endpoint.id, {
      description: 'bookings',
      metadata: { a: '1' },
      disabled: true,
    });
    expect(changed).toMatchObject({
      status: 'disabled',
      description: 'bookings',
      url: receiverUrl,
    });
    sandbox.pay((await open()).id);
    await sandbox.settleWebhooks();
    expect(received).toEqual([]);
    expect(await stripe.webhookEndpoints.del(endpoint.id)).toEqual({
      id: endpoint.id,
      object: 'webhook_endpoint',
      deleted: true,
    });
    const error = await failureOf(stripe.webhookEndpoints.retrieve(endpoint.id));
    expect(error.code).toBe('resource_missing');
  });

  test('give up what is still on its way when they are deleted', async () => {
    const shop = exampleShop();
    shop.receiver.answer = () => 500;
    await expireOne(shop);
    await shop.stripe.webhookEndpoints.del(shop.endpoint.id);
    await shop.clock.advance(24 * 60 * 60_000);
    expect(shop.received).toHaveLength(1);
    expect(shop.sandbox.state.deliveries).toMatchObject([{ status: 'abandoned' }]);
  });

  test.each([
    [{ url: undefined }, { code: 'parameter_missing', param: 'url' }],
    [{ url: 'here' }, { code: 'url_invalid' }],
    [{ enabled_events: ['booking.made'] }, { param: 'enabled_events[0]' }],
    [{ enabled_events: undefined }, { code: 'parameter_missing', param: 'enabled_events' }],
    [{ api_version: '2020-08-27' }, { param: 'api_version' }],
    [{ secret: 'whsec_mine' }, { code: 'parameter_unknown' }],
  ])('refuse %j', async (changes, refusal) => {
    const wish = { url: receiverUrl, enabled_events: ['*'], ...changes };
    const error = await failureOf(
      exampleShop().stripe.webhookEndpoints.create(
        wish as unknown as Stripe.WebhookEndpointCreateParams,
      ),
    );
    expect(error).toMatchObject({ statusCode: 400, ...refusal });
  });

  test('are sixteen at most', async () => {
    const { sandbox, stripe } = exampleShop();
    for (let nth = 1; nth < 16; nth++)
      sandbox.addEndpoint({ url: receiverUrl, enabledEvents: ['*'] });
    const error = await failureOf(
      stripe.webhookEndpoints.create({ url: receiverUrl, enabled_events: ['*'] }),
    );
    expect(error.message).toContain('maximum of 16');
  });

  test('keep their version', async () => {
    const { endpoint, stripe } = exampleShop();
    const change = { api_version: '2026-10-28.endive' } as Stripe.WebhookEndpointUpdateParams;
    const error = await failureOf(stripe.webhookEndpoints.update(endpoint.id, change));
    expect(error.code).toBe('parameter_unknown');
  });
});

describe('webhooks in trouble', () => {
  const pay = async (shop: ExampleShop): Promise<void> => {
    shop.sandbox.pay((await shop.open()).id);
    await shop.sandbox.settleWebhooks();
  };
  const made = [
    'payment_intent.created',
    'charge.succeeded',
    'payment_intent.amount_capturable_updated',
    'checkout.session.completed',
  ];

  test('are lost for ever, all of them or some, and the list of events shows it', async () => {
    const shop = exampleShop();
    shop.sandbox.trouble.webhooksLost = 3;
    await pay(shop);
    expect(shop.types()).toEqual(made.slice(3));
    shop.sandbox.trouble.webhooksLost = true;
    await pay(shop);
    expect(shop.types()).toHaveLength(1);
    expect((await shop.stripe.events.list({ delivery_success: false })).data).toHaveLength(7);
  });

  test('come twice', async () => {
    const shop = exampleShop();
    shop.sandbox.trouble.webhookCopies = 2;
    await pay(shop);
    expect(shop.types()).toHaveLength(8);
    expect(new Set(shop.received.map(({ event }) => event.id)).size).toBe(4);
  });

  test('come late', async () => {
    const shop = exampleShop();
    shop.sandbox.trouble.webhookDelayMs = 72 * 60 * 60_000;
    await pay(shop);
    expect(shop.received).toEqual([]);
    await shop.clock.advance(72 * 60 * 60_000);
    expect(shop.types()).toEqual(made);
    // Signed when it is sent, not when it happened.
    expect(verified(shop).type).toBe(made[0]);
  });

  test('come in reverse', async () => {
    const shop = exampleShop();
    shop.sandbox.trouble.webhookOrder = 'reversed';
    await pay(shop);
    expect(shop.types()).toEqual(made.toReversed());
  });

  test.each([
    { webhookOrder: 'random' },
    { webhookOrder: 'at-once' },
    { webhookShuffleMs: 60_000 },
  ] as const)('come in any order: %j', async (trouble) => {
    const shop = exampleShop();
    Object.assign(shop.sandbox.trouble, trouble);
    await pay(shop);
    await shop.clock.advance(60_000);
    expect(shop.types().toSorted()).toEqual(made.toSorted());
  });

  test('are forged, unsigned or stale', async () => {
    const shop = exampleShop();
    shop.sandbox.trouble.webhookSignature = 'wrong';
    await expireOne(shop);
    expect(() => verified(shop)).toThrow('No signatures found');
    shop.received.length = 0;
    shop.sandbox.trouble.webhookSignature = 'missing';
    await pay(shop);
    expect(shop.received[0]?.headers.has('Stripe-Signature')).toBe(false);
    shop.received.length = 0;
    shop.sandbox.trouble.webhookSignature = 'right';
    shop.sandbox.trouble.webhookTimestampAgeMs = 301_000;
    await pay(shop);
    expect(() => verified(shop)).toThrow('Timestamp outside the tolerance zone');
  });

  test('arrive before the answer that caused them', async () => {
    const shop = exampleShop();
    shop.sandbox.trouble.webhookBeforeReply = true;
    const { id } = await shop.open();
    await shop.stripe.checkout.sessions.expire(id);
    expect(shop.types()).toEqual(['checkout.session.expired']);
  });
});

import { Stripe } from 'stripe';
import { describe, expect, test } from 'vitest';
import { automatic, exampleShop, failureOf } from './shop.example.ts';
import { defaultSecretKey, restrictedKey } from './stripe.ts';

const sessions = '/v1/checkout/sessions';

describe('who asks', () => {
  test.each([
    [{ Authorization: '' }, /^You did not provide an API key\./],
    [{ Authorization: 'Bearer sk_test_wrong1234' }, /^Invalid API Key provided: sk_test_\*+1234$/],
    [{ Authorization: `Bearer ${defaultSecretKey.replace('test', 'live')}` }, /^Invalid API Key/],
  ])('with %j is turned away', async (headers, message) => {
    const answer = await exampleShop().raw('GET', sessions, {}, headers);
    expect(answer.status).toBe(401);
    expect(answer.body.error.type).toBe('invalid_request_error');
    expect(answer.body.error.message).toMatch(message);
  });

  test.each([
    `Bearer ${restrictedKey}`,
    `Basic ${Buffer.from(`${defaultSecretKey}:`).toString('base64')}`,
  ])('with %s is let in', async (Authorization) => {
    expect((await exampleShop().raw('GET', sessions, {}, { Authorization })).status).toBe(200);
  });

  test('with a key that was rolled is told so', async () => {
    const { sandbox, stripe } = exampleShop();
    sandbox.trouble.keyExpired = true;
    const error = await failureOf(stripe.checkout.sessions.list());
    expect(error).toBeInstanceOf(Stripe.errors.StripeAuthenticationError);
    expect(error.code).toBe('api_key_expired');
  });
});

describe('every answer', () => {
  test('carries a request id, the version and the idempotency key', async () => {
    const { open } = exampleShop();
    const { lastResponse } = (await open(
      {},
      { idempotencyKey: 'k-1' },
    )) as Stripe.Response<Stripe.Checkout.Session>;
    expect(lastResponse.requestId).toMatch(/^req_\w{14}$/);
    expect(lastResponse).toMatchObject({
      statusCode: 200,
      apiVersion: '2026-10-28.endive',
      idempotencyKey: 'k-1',
    });
  });

  test('is in the one version the sandbox speaks', async () => {
    const { raw } = exampleShop();
    const old = await raw('GET', sessions, {}, { 'Stripe-Version': '2020-08-27' });
    expect([old.status, old.body.error.message]).toEqual([
      400,
      "The sandbox's Stripe speaks API version 2026-10-28.endive only, not 2020-08-27.",
    ]);
    const none = await raw('GET', sessions, {}, { 'Stripe-Version': 'newest' });
    expect(none.body.error.message).toBe('Invalid Stripe API version: newest');
  });

  test.each([
    ['GET', '/v1/x'],
    ['POST', '/v1/payment_intents'],
    ['GET', '/v2/core/events'],
    ['DELETE', sessions],
  ])('%s %s is no URL it knows', async (method, path) => {
    const answer = await exampleShop().raw(method, path);
    expect(answer.status).toBe(404);
    expect(answer.body.error).toMatchObject({
      type: 'invalid_request_error',
      message: `Unrecognized request URL (${method}: ${path}). Please see https://stripe.com/docs or we can help at https://support.stripe.com/.`,
    });
  });

  test.each([
    ['payment_intent', 'intent', (stripe: Stripe) => stripe.paymentIntents.retrieve('pi_x')],
    ['charge', 'id', (stripe: Stripe) => stripe.charges.retrieve('ch_x')],
    ['refund', 'id', (stripe: Stripe) => stripe.refunds.retrieve('re_x')],
    ['event', 'id', (stripe: Stripe) => stripe.events.retrieve('evt_x')],
  ])('a missing %s is named', async (what, param, ask) => {
    const error = await failureOf(ask(exampleShop().stripe));
    expect(error).toMatchObject({ statusCode: 404, code: 'resource_missing', param });
    expect(error.message).toMatch(new RegExp(`^No such ${what}: '\\w+_x'$`));
  });

  test('tells how the account and its balance are', async () => {
    const { paid, stripe } = exampleShop();
    const { intent } = await paid(automatic);
    await stripe.refunds.create({ payment_intent: intent.id, amount: 900 });
    expect(await stripe.balance.retrieve()).toMatchObject({
      livemode: false,
      available: [{ amount: 4000, currency: 'eur' }],
    });
    expect(await stripe.accounts.retrieveCurrent()).toMatchObject({ charges_enabled: true });
  });
});

describe('a form', () => {
  test('is understood as the SDK writes it and as curl does', async () => {
    const { raw } = exampleShop();
    const answer = await raw(
      'POST',
      sessions,
      'mode=payment&success_url=https%3A%2F%2Fa.example&line_items[0][price_data][currency]=EUR&line_items[0][price_data][unit_amount]=4900&line_items[0][price_data][product_data][name]=A%20%26%20B&line_items[0][quantity]=2&expand[]=line_items&allowed_payment_method_types[0]=card',
    );
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      amount_total: 9800,
      currency: 'eur',
      allowed_payment_method_types: ['card'],
      line_items: { object: 'list', data: [{ description: 'A & B' }] },
    });
  });

  test.each([
    ['line_items=none', 'line_items', 'Invalid array'],
    ['metadata=none', 'metadata', 'Invalid object'],
    ['allow_promotion_codes=perhaps', 'allow_promotion_codes', 'Invalid boolean: perhaps'],
    ['expires_at=tomorrow', 'expires_at', 'Invalid integer: tomorrow'],
    ['__proto__[x]=1', '__proto__', 'Received unknown parameter: __proto__'],
    ['a=1&b=2', 'a', 'Received unknown parameters: a, b'],
  ])('%s is wrong in %s', async (form, param, message) => {
    const answer = await exampleShop().raw('POST', sessions, `mode=payment&${form}`);
    expect([answer.status, answer.body.error.param, answer.body.error.message]).toEqual([
      400,
      param,
      message,
    ]);
  });
});

describe('expansion', () => {
  test('goes through what it expanded', async () => {
    const { paid, stripe } = exampleShop();
    const { session, intent, charge } = await paid();
    const { data } = await stripe.checkout.sessions.list({
      expand: ['data.payment_intent.latest_charge', 'data.line_items'],
    });
    expect(data).toMatchObject([
      {
        id: session.id,
        payment_intent: {
          id: intent.id,
          latest_charge: { id: charge.id, payment_intent: intent.id },
        },
        line_items: { data: [{ quantity: 1 }] },
      },
    ]);
  });

  test('of nothing is nothing', async () => {
    const { open, stripe } = exampleShop();
    const { id } = await open();
    const expand = ['payment_intent.latest_charge'];
    expect((await stripe.checkout.sessions.retrieve(id, { expand })).payment_intent).toBeNull();
  });

  test.each(['mode', 'colour', 'payment_intent.status'])('of %s is refused', async (property) => {
    const { paid, stripe } = exampleShop();
    const { session } = await paid();
    const error = await failureOf(
      stripe.checkout.sessions.retrieve(session.id, { expand: [property] }),
    );
    expect(error.message).toBe(`This property cannot be expanded (${property}).`);
  });
});

describe('events', () => {
  test('are kept for thirty days and found by type, time and delivery', async () => {
    const { clock, paid, receiver, sandbox, stripe } = exampleShop();
    receiver.answer = (nth) => (nth === 2 ? 500 : 200);
    await paid();
    await sandbox.settleWebhooks();
    const types = async (filter: Stripe.EventListParams): Promise<string[]> =>
      (await stripe.events.list(filter)).data.map(({ type }) => type);
    expect(await types({})).toEqual([
      'checkout.session.completed',
      'payment_intent.amount_capturable_updated',
      'charge.succeeded',
      'payment_intent.created',
    ]);
    expect(await types({ delivery_success: false })).toEqual(['charge.succeeded']);
    expect(await types({ type: 'payment_intent.*' })).toHaveLength(2);
    expect(await types({ types: ['charge.succeeded', 'charge.failed'] })).toHaveLength(1);
    expect(await types({ created: { gt: clock.now() / 1000 } })).toEqual([]);
    await clock.advance(60_000);
    expect(await types({ delivery_success: false })).toEqual([]);
    await clock.advance(6 * 24 * 60 * 60_000);
    expect(await types({})).toHaveLength(4);
    await clock.advance(25 * 24 * 60 * 60_000);
    expect((await types({})).includes('checkout.session.completed')).toBe(false);
  });
});

import { Stripe } from 'stripe';
import { describe, expect, test } from 'vitest';
import { exampleShop, failureOf, type ExampleShop, type RawAnswer } from './shop.example.ts';

const form = {
  mode: 'payment',
  success_url: 'https://a.example',
  'line_items[0][quantity]': '1',
  'line_items[0][price_data][currency]': 'eur',
  'line_items[0][price_data][unit_amount]': '4900',
  'line_items[0][price_data][product_data][name]': 'Talk',
};

const create = (
  shop: ExampleShop,
  key: string,
  changes: Record<string, string> = {},
): Promise<RawAnswer> =>
  shop.raw('POST', '/v1/checkout/sessions', { ...form, ...changes }, { 'Idempotency-Key': key });

describe('the same key with the same parameters', () => {
  test('does nothing again and answers as before, saying so', async () => {
    const shop = exampleShop();
    const first = await create(shop, 'k');
    const again = await create(shop, 'k');
    expect(again.text).toBe(first.text);
    expect(first.headers.get('Idempotent-Replayed')).toBeNull();
    expect(again.headers.get('Idempotent-Replayed')).toBe('true');
    expect(again.headers.get('Idempotency-Key')).toBe('k');
    expect(again.headers.get('Request-Id')).not.toBe(first.headers.get('Request-Id'));
    expect(shop.sandbox.state.sessions).toHaveLength(1);
  });

  test('in another order are the same', async () => {
    const shop = exampleShop();
    const first = await create(shop, 'k');
    const turned = Object.fromEntries(Object.entries(form).toReversed());
    const again = await shop.raw('POST', '/v1/checkout/sessions', turned, {
      'Idempotency-Key': 'k',
    });
    expect(again.text).toBe(first.text);
  });

  test('answers an old snapshot, of a session that has meanwhile expired', async () => {
    const shop = exampleShop();
    const first = await create(shop, 'k');
    await shop.stripe.checkout.sessions.expire(first.body.id);
    expect((await create(shop, 'k')).body.status).toBe('open');
  });

  test('is executed again after a day', async () => {
    const shop = exampleShop();
    const first = await create(shop, 'k');
    await shop.clock.advance(24 * 60 * 60_000 - 1);
    expect((await create(shop, 'k')).body.id).toBe(first.body.id);
    await shop.clock.advance(1);
    expect((await create(shop, 'k')).body.id).not.toBe(first.body.id);
  });

  test('repeats a refusal that came of the state, even when the state has changed', async () => {
    const shop = exampleShop();
    const { intent } = await shop.paid();
    const capture = (): Promise<unknown> =>
      shop.stripe.paymentIntents.capture(
        intent.id,
        { amount_to_capture: 4900 },
        { idempotencyKey: 'capture' },
      );
    await capture();
    const refund = (): Promise<unknown> =>
      shop.stripe.refunds.create({ payment_intent: intent.id }, { idempotencyKey: 'refund' });
    await shop.stripe.refunds.create({ payment_intent: intent.id });
    const [first, again] = [await failureOf(refund()), await failureOf(refund())];
    expect([first.code, again.code]).toEqual([
      'charge_already_refunded',
      'charge_already_refunded',
    ]);
    expect(again.headers?.['idempotent-replayed']).toBe('true');
  });

  test('on another account is another key', async () => {
    const shop = exampleShop();
    const first = await create(shop, 'k');
    const other = await shop.raw('POST', '/v1/checkout/sessions', form, {
      'Idempotency-Key': 'k',
      'Stripe-Account': shop.sandbox.state.connectedAccounts[0] ?? '',
    });
    expect(other.body.id).not.toBe(first.body.id);
  });
});

describe('the same key otherwise', () => {
  test('with other parameters is a mistake of the caller', async () => {
    const shop = exampleShop();
    await shop.open({}, { idempotencyKey: 'k' });
    const error = await failureOf(
      shop.open({ success_url: 'https://b.example' }, { idempotencyKey: 'k' }),
    );
    expect(error).toBeInstanceOf(Stripe.errors.StripeIdempotencyError);
    expect(error).toMatchObject({
      statusCode: 400,
      rawType: 'idempotency_error',
      message:
        "Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than 'k' if you meant to execute a different request.",
    });
  });

  test('at another endpoint too', async () => {
    const shop = exampleShop();
    const { id } = await shop.open({}, { idempotencyKey: 'k' });
    const error = await failureOf(
      shop.stripe.checkout.sessions.expire(id, undefined, { idempotencyKey: 'k' }),
    );
    expect(error.message).toContain(
      `can only be used for the same endpoint they were first used for ('/v1/checkout/sessions' vs '/v1/checkout/sessions/${id}/expire')`,
    );
  });

  test('while the first is under way is turned away, and told later what came of it', async () => {
    const shop = exampleShop();
    shop.sandbox.trouble.latencyMs = 2_000;
    const first = create(shop, 'k');
    await shop.clock.advance(500);
    const second = create(shop, 'k');
    await shop.clock.advance(3_000);
    expect((await second).status).toBe(409);
    expect((await second).body.error).toMatchObject({
      type: 'invalid_request_error',
      code: 'idempotency_key_in_use',
      message:
        'There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): k. Please try again later.',
    });
    shop.sandbox.trouble.latencyMs = 0;
    expect((await create(shop, 'k')).body.id).toBe((await first).body.id);
  });

  test('of 256 characters is too long', async () => {
    const answer = await create(exampleShop(), 'k'.repeat(256));
    expect(answer.body.error.type).toBe('idempotency_error');
  });
});

describe('a key remembers nothing', () => {
  test('of parameters that were wrong', async () => {
    const shop = exampleShop();
    expect((await create(shop, 'k', { mode: 'gift' })).status).toBe(400);
    expect((await create(shop, 'k')).status).toBe(200);
  });

  test('of a caller who was not let in', async () => {
    const shop = exampleShop();
    shop.sandbox.trouble.keyExpired = true;
    expect((await create(shop, 'k')).status).toBe(401);
    shop.sandbox.trouble.keyExpired = false;
    expect((await create(shop, 'k')).status).toBe(200);
  });

  test.each([409, 429, 500])('of a %i that never began', async (status) => {
    const shop = exampleShop();
    shop.sandbox.trouble.failNext = [{ route: 'POST /v1/checkout/sessions', status }];
    expect((await create(shop, 'k')).status).toBe(status);
    expect((await create(shop, 'k')).status).toBe(200);
    expect(shop.sandbox.state.sessions).toHaveLength(1);
  });
});

describe('a stored 500', () => {
  test.each([
    ['after the work was done', true, 1],
    ['before anything was done', false, 0],
  ])('%s is replayed for ever', async (_, executed, made) => {
    const shop = exampleShop();
    shop.sandbox.trouble.failNext = [
      { route: 'POST /v1/checkout/sessions', status: 500, stored: true, executed },
    ];
    expect((await create(shop, 'k')).status).toBe(500);
    const again = await create(shop, 'k');
    expect([again.status, again.headers.get('Idempotent-Replayed')]).toEqual([500, 'true']);
    expect(shop.sandbox.state.sessions).toHaveLength(made);
    expect(shop.sandbox.calls({ method: 'POST' }).map(({ replayed }) => replayed)).toEqual([
      false,
      true,
    ]);
  });
});

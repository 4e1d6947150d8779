import type { Stripe } from 'stripe';
import { describe, expect, test } from 'vitest';
import { exampleShop, failureOf } from './shop.example.ts';

type Create = Stripe.Checkout.SessionCreateParams;
type Item = Stripe.Checkout.SessionCreateParams.LineItem;
type PriceData = Stripe.Checkout.SessionCreateParams.LineItem.PriceData;

const item = (price: Partial<PriceData>, more: Item = {}): Create => ({
  line_items: [
    {
      quantity: 1,
      price_data: {
        currency: 'eur',
        unit_amount: 4900,
        product_data: { name: 'Talk' },
        ...price,
      },
      ...more,
    },
  ],
});

const now = Date.parse('2026-11-23T08:00:00Z') / 1000;

describe('a Checkout Session that was created', () => {
  test('is open and unpaid, and has no payment intent before anyone pays', async () => {
    const session = await exampleShop().open();
    expect(session).toMatchObject({
      object: 'checkout.session',
      status: 'open',
      payment_status: 'unpaid',
      payment_intent: null,
      amount_total: 4900,
      amount_subtotal: 4900,
      currency: 'eur',
      customer: null,
      customer_email: 'ada@example.org',
      customer_details: null,
      client_reference_id: 'booking-1',
      metadata: { booking_id: 'booking-1' },
      mode: 'payment',
      submit_type: 'book',
      ui_mode: 'hosted_page',
      livemode: false,
      created: now,
      expires_at: now + 24 * 60 * 60,
      allowed_payment_method_types: ['card', 'link'],
      payment_method_types: ['card', 'link'],
    });
    expect(session.id).toMatch(/^cs_test_a1[A-Za-z0-9]{56}$/);
    expect(session.url).toBe(`https://checkout.stripe.com/c/pay/${session.id}`);
    expect(session).not.toHaveProperty('line_items');
  });

  test('keeps its own metadata apart from the payment intent’s', async () => {
    const { session, intent } = await exampleShop().paid({
      metadata: { of: 'session' },
      payment_intent_data: { metadata: { of: 'intent' } },
    });
    expect(session.metadata).toEqual({ of: 'session' });
    expect(intent.metadata).toEqual({ of: 'intent' });
  });

  test('shows its line items when asked, by expansion or by their own list', async () => {
    const { stripe, open } = exampleShop();
    const { id } = await open(item({ unit_amount: 1500 }, { quantity: 3 }));
    const { line_items } = await stripe.checkout.sessions.retrieve(id, { expand: ['line_items'] });
    expect(line_items?.data).toMatchObject([
      { description: 'Talk', quantity: 3, amount_total: 4500, price: { unit_amount: 1500 } },
    ]);
    expect((await stripe.checkout.sessions.listLineItems(id)).data).toEqual(line_items?.data);
  });

  test('takes cards and Link alone when money is to be held', async () => {
    const shop = exampleShop();
    const { allowed_payment_method_types: _, ...wish } = shop.wish();
    const held = await shop.stripe.checkout.sessions.create(wish);
    const charged = await shop.stripe.checkout.sessions.create({
      ...wish,
      payment_intent_data: {},
    });
    expect(held.payment_method_types).toEqual(['card', 'link']);
    expect(charged.payment_method_types).toEqual(['card', 'link', 'sepa_debit']);
  });

  test('can have its metadata changed, key by key', async () => {
    const { stripe, open } = exampleShop();
    const { id } = await open({ metadata: { a: '1', b: '2' } });
    const changed = await stripe.checkout.sessions.update(id, { metadata: { a: '', c: '3' } });
    expect(changed.metadata).toEqual({ b: '2', c: '3' });
  });
});

describe('what a Checkout Session refuses', () => {
  const unknownParams = { foo: 'bar' } as Create;
  const oldUiMode = { ui_mode: 'hosted' } satisfies Create;
  const methodTypes = { payment_method_types: ['card'] } as Create;
  const nullEmail = { customer_email: null } as unknown as Create;
  const cannotUnset = (name: string): string =>
    `You passed an empty string for '${name}'. We assume empty values are an attempt to unset a parameter; however '${name}' cannot be unset. You should remove '${name}' from your request or supply a non-empty value.`;

  test.each<[string, Create, { code?: string; param?: string; message?: string | RegExp }]>([
    [
      'payment_method_types, by a code of its own',
      methodTypes,
      { code: 'payment_method_types_no_longer_supported', param: 'payment_method_types' },
    ],
    [
      'the old names of ui_mode',
      oldUiMode,
      {
        param: 'ui_mode',
        message: 'Invalid ui_mode: must be one of hosted_page, embedded_page, elements, or form',
      },
    ],
    [
      'a parameter it does not know',
      unknownParams,
      { code: 'parameter_unknown', param: 'foo', message: 'Received unknown parameter: foo' },
    ],
    [
      'a parameter it does not know deep inside',
      item({ colour: 'red' } as object),
      { code: 'parameter_unknown', param: 'line_items[0][price_data][colour]' },
    ],
    [
      'stripe_account among the parameters',
      { stripe_account: 'acct_1' } as Create,
      { message: 'Received unknown parameter: stripe_account' },
    ],
    [
      'an empty value where null was meant',
      nullEmail,
      {
        code: 'parameter_invalid_empty',
        param: 'customer_email',
        message: cannotUnset('customer_email'),
      },
    ],
    [
      'empty metadata',
      { metadata: { a: '' } },
      {
        code: 'parameter_invalid_empty',
        param: 'metadata[a]',
        message: cannotUnset('metadata[a]'),
      },
    ],
    [
      'a metadata key of 41 letters',
      { metadata: { ['k'.repeat(41)]: '1' } },
      { param: 'metadata' },
    ],
    [
      'a metadata value of 501 letters',
      { metadata: { a: 'v'.repeat(501) } },
      { param: 'metadata[a]', message: /^Metadata values can have up to 500 characters/ },
    ],
    [
      '51 metadata keys',
      { metadata: Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`k${n}`, '1'])) },
      { param: 'metadata' },
    ],
    [
      'no mode',
      { mode: undefined } as unknown as Create,
      { code: 'parameter_missing', param: 'mode' },
    ],
    [
      'a mode of its own making',
      { mode: 'gift' },
      { message: 'Invalid mode: must be one of payment, setup, or subscription' },
    ],
    [
      'no line items',
      { line_items: [] },
      {
        code: 'parameter_missing',
        param: 'line_items',
        message: 'Missing required param: line_items.',
      },
    ],
    [
      'no quantity',
      item({}, { quantity: undefined } as unknown as Item),
      { code: 'parameter_missing', param: 'line_items[0][quantity]' },
    ],
    [
      'no name of what is sold',
      item({ product_data: {} as NonNullable<PriceData['product_data']> }),
      { code: 'parameter_missing' },
    ],
    [
      'no success_url',
      { success_url: undefined } as unknown as Create,
      { code: 'parameter_missing', param: 'success_url' },
    ],
    [
      'an address that is none',
      { success_url: 'soon' },
      { code: 'url_invalid', param: 'success_url' },
    ],
    [
      'half cents',
      item({ unit_amount: 49.5 }),
      {
        code: 'parameter_invalid_integer',
        param: 'line_items[0][price_data][unit_amount]',
        message: 'Invalid integer: 49.5',
      },
    ],
    ['a negative price', item({ unit_amount: -1 }), { code: 'parameter_invalid_integer' }],
    ['less than the smallest charge', item({ unit_amount: 49 }), { code: 'amount_too_small' }],
    [
      'more than the largest charge',
      item({ unit_amount: 100_000_000 }),
      { code: 'amount_too_large' },
    ],
    [
      'a currency that is none',
      item({ currency: 'xyz' }),
      { param: 'line_items[0][price_data][currency]', message: /^Invalid currency: xyz\./ },
    ],
    [
      'a price beside price_data',
      item({}, { price: 'price_1' }),
      { message: 'You may only specify one of these parameters: price, price_data.' },
    ],
    [
      'a price that is not there',
      { line_items: [{ price: 'price_1', quantity: 1 }] },
      {
        code: 'resource_missing',
        param: 'line_items[0][price]',
        message: "No such price: 'price_1'",
      },
    ],
    [
      'a customer beside customer_email',
      { customer: 'cus_1' },
      { message: 'You may only specify one of these parameters: customer, customer_email.' },
    ],
    ['an e-mail that is none', { customer_email: 'ada' }, { code: 'email_invalid' }],
    [
      'a reference of 201 letters',
      { client_reference_id: 'r'.repeat(201) },
      { param: 'client_reference_id' },
    ],
    [
      'a capture method of its own making',
      { payment_intent_data: { capture_method: 'later' } },
      {
        param: 'payment_intent_data[capture_method]',
        message:
          'Invalid payment_intent_data[capture_method]: must be one of automatic, automatic_async, or manual',
      },
    ],
    [
      'a statement descriptor for cards',
      { payment_intent_data: { statement_descriptor: 'TALK' } },
      { param: 'payment_intent_data[statement_descriptor]' },
    ],
    [
      'a fee with nobody to take it from',
      { payment_intent_data: { application_fee_amount: 100 } },
      { message: /^Can only apply an application_fee_amount/ },
    ],
    [
      'a destination that is not there',
      { payment_intent_data: { transfer_data: { destination: 'acct_x' } } },
      { code: 'resource_missing', message: "No such destination: 'acct_x'" },
    ],
    [
      'the embedded page’s return_url',
      { return_url: 'https://book.example.com' },
      { message: 'You can not pass `return_url` if `ui_mode` is `hosted_page`.' },
    ],
    [
      'only methods that cannot be held',
      { allowed_payment_method_types: ['ideal'] },
      { param: 'allowed_payment_method_types' },
    ],
    [
      'what the sandbox does not have, in plain words',
      { allow_promotion_codes: true },
      { message: /^The sandbox's Stripe has no/ },
    ],
  ])('%s', async (_, changes, refusal) => {
    const { open, sandbox } = exampleShop();
    const error = await failureOf(open(changes));
    expect(error).toMatchObject({ statusCode: 400, rawType: 'invalid_request_error' });
    const { message, ...rest } = refusal;
    expect(error).toMatchObject(rest);
    if (message instanceof RegExp) expect(error.message).toMatch(message);
    else if (message) expect(error.message).toBe(message);
    expect(sandbox.state.sessions).toEqual([]);
  });

  test.each([
    ['a minute too soon', 29, 'at least 30 minutes from'],
    ['a minute too late', 24 * 60 + 1, 'less than 24 hours from'],
  ])('an expiry %s', async (_, minutes, words) => {
    const error = await failureOf(exampleShop().open({ expires_at: now + minutes * 60 }));
    expect(error.message).toBe(
      `The \`expires_at\` timestamp must be ${words} Checkout Session creation.`,
    );
  });
});

describe('a Checkout Session ends', () => {
  test('by itself when its time is over, with an event and without an address', async () => {
    const { clock, open, stripe, types } = exampleShop();
    const { id } = await open({ expires_at: now + 31 * 60 });
    await clock.advance(31 * 60_000 - 1);
    expect((await stripe.checkout.sessions.retrieve(id)).status).toBe('open');
    await clock.advance(1);
    expect(await stripe.checkout.sessions.retrieve(id)).toMatchObject({
      status: 'expired',
      payment_status: 'unpaid',
      url: null,
    });
    expect(types()).toEqual(['checkout.session.expired']);
  });

  test('when it is expired, once', async () => {
    const { open, stripe } = exampleShop();
    const { id } = await open();
    expect((await stripe.checkout.sessions.expire(id)).status).toBe('expired');
    const error = await failureOf(stripe.checkout.sessions.expire(id));
    expect(error).toMatchObject({ statusCode: 400, rawType: 'invalid_request_error' });
    expect(error.code).toBeUndefined();
    expect(error.message).toBe(
      'Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of `expired`.',
    );
  });

  test('by being paid, and can no longer be expired then', async () => {
    const { paid, stripe } = exampleShop();
    const { session } = await paid();
    const error = await failureOf(stripe.checkout.sessions.expire(session.id));
    expect(error.message).toContain('has a status of `complete`.');
  });

  test('and cannot be paid after that', async () => {
    const { open, sandbox, stripe } = exampleShop();
    const { id } = await open();
    await stripe.checkout.sessions.expire(id);
    expect(sandbox.pay(id)).toBe('closed');
    expect(sandbox.state.paymentIntents).toEqual([]);
  });
});

describe('Checkout Sessions are listed', () => {
  test('newest first, page by page', async () => {
    const { open, stripe } = exampleShop();
    const ids: string[] = [];
    for (let nth = 0; nth < 3; nth++) ids.unshift((await open()).id);
    const first = await stripe.checkout.sessions.list({ limit: 2 });
    expect([first.data.map(({ id }) => id), first.has_more]).toEqual([ids.slice(0, 2), true]);
    const all: string[] = [];
    for await (const { id } of stripe.checkout.sessions.list({ limit: 2 })) all.push(id);
    expect(all).toEqual(ids);
  });

  test('by payment intent, by status, by e-mail and by time', async () => {
    const { clock, open, paid, stripe } = exampleShop();
    await open();
    await clock.advance(60_000);
    const { session, intent } = await paid();
    const found = async (filter: Stripe.Checkout.SessionListParams): Promise<string[]> =>
      (await stripe.checkout.sessions.list(filter)).data.map(({ id }) => id);
    const expected = [session.id];
    expect(await found({ payment_intent: intent.id })).toEqual(expected);
    expect(await found({ status: 'complete' })).toEqual(expected);
    expect(await found({ created: { gte: now + 60 } })).toEqual(expected);
    expect(await found({ customer_details: { email: 'ada@example.org' } })).toEqual(expected);
  });

  test('and one that is not there is missing in Stripe’s words', async () => {
    const error = await failureOf(exampleShop().stripe.checkout.sessions.retrieve('cs_x'));
    expect(error).toMatchObject({
      statusCode: 404,
      code: 'resource_missing',
      param: 'session',
      message: "No such checkout.session: 'cs_x'",
    });
  });
});

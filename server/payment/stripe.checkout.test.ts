import { describe, expect, test } from 'vitest';
import { connectedAccount } from '../../demo/sandbox/stripe/stripe.ts';
import type { CheckoutRequest } from './payment.ts';
import { callOf, ownAccount, stripeShop } from './test/stripe-shop.ts';

const create = { method: 'POST', path: /^\/v1\/checkout\/sessions$/ };

describe('a checkout is opened', () => {
  test('at an address where somebody can pay, for what was asked', async () => {
    const { payment, request } = stripeShop();
    const checkout = await payment.openCheckout(request());
    expect(checkout).toEqual({
      id: expect.stringMatching(/^cs_test_/),
      url: `https://checkout.stripe.com/c/pay/${checkout.id}`,
      status: 'open',
      bookingId: 'booking-1',
      amount: 4900,
      currency: 'eur',
      isPayment: true,
      live: false,
      payment: null,
    });
  });

  test.each([
    ['after_booking', 'manual'],
    ['before_booking', 'automatic'],
  ] as const)('to be captured %s', async (capture, method) => {
    const { payment, request, sandbox } = stripeShop();
    await payment.openCheckout(request({ capture }));
    expect(sandbox.calls(create)[0]?.body['payment_intent_data[capture_method]']).toBe(method);
  });

  test('with the booking’s id on everything that comes of it', async () => {
    const { paid, sandbox } = stripeShop();
    const { id } = await paid();
    const metadata = { booking_id: 'booking-1' };
    expect(sandbox.state.sessions).toMatchObject([
      { id, metadata, client_reference_id: 'booking-1' },
    ]);
    expect(sandbox.state.paymentIntents).toMatchObject([{ metadata }]);
    expect(sandbox.state.charges).toMatchObject([{ metadata }]);
  });

  test('only for what can be held: cards and Link, in the currency that was quoted', async () => {
    const { payment, request, sandbox } = stripeShop();
    await payment.openCheckout(request({ capture: 'before_booking' }));
    expect(sandbox.state.sessions).toMatchObject([
      {
        payment_method_types: ['card', 'link'],
        adaptive_pricing: { enabled: false },
        submit_type: 'book',
        mode: 'payment',
      },
    ]);
  });

  test('until the second that was asked', async () => {
    const { payment, request, sandbox } = stripeShop();
    const wish = request();
    await payment.openCheckout(wish);
    expect(sandbox.state.sessions[0]?.expires_at).toBe(wish.expiresAt);
  });

  test('so that Stripe puts the session’s id into the way back', async () => {
    const { payment, request, sandbox } = stripeShop();
    const { id, url } = await payment.openCheckout(request());
    expect(sandbox.state.sessions[0]?.success_url).toContain('?session_id={CHECKOUT_SESSION_ID}');
    const answer = await sandbox.fetch(url ?? '', {
      method: 'POST',
      body: new URLSearchParams({ number: '4242424242424242', expiry: '12/34', cvc: '123' }),
    });
    expect(answer.headers.get('Location')).toBe(`https://book.example.com/return?session_id=${id}`);
  });

  test('with the pinned version of the interface', async () => {
    const versions: (string | null)[] = [];
    const shop = stripeShop();
    shop.network.spoil = (response, { headers }) => {
      versions.push(headers.get('Stripe-Version'));
      return response;
    };
    await shop.payment.openCheckout(shop.request());
    expect(versions).toEqual(['2026-10-28.endive']);
  });
});

describe('what Stripe is sent', () => {
  const recipients = [
    ownAccount,
    { ...ownAccount, account: connectedAccount },
    { ...ownAccount, account: connectedAccount, applicationFee: 500 },
    { ...ownAccount, transferDestination: connectedAccount },
    { ...ownAccount, transferDestination: connectedAccount, applicationFee: 500 },
    { ...ownAccount, account: connectedAccount, applicationFee: 0 },
  ];
  const descriptions = [null, '', ' \n ', 'Tuesday'];
  const requests = recipients.flatMap((recipient) =>
    descriptions.map((description) => ({ recipient, description })),
  );

  test.each(requests)('has no empty value: %j', async (changes) => {
    const { payment, request, sandbox } = stripeShop();
    await payment.openCheckout(request(changes));
    for (const [name, value] of Object.entries(sandbox.calls(create)[0]?.body ?? {})) {
      expect(value, name).not.toBe('');
    }
  });

  test('has no fee of nothing', async () => {
    const { payment, request, sandbox } = stripeShop();
    await payment.openCheckout(request({ recipient: recipients.at(-1)! }));
    const { body } = sandbox.calls(create)[0]!;
    expect(Object.keys(body).filter((name) => name.includes('application_fee'))).toEqual([]);
  });

  test('shows a title and a description as they were written', async () => {
    const { payment, request, sandbox } = stripeShop();
    const title = '<b>50% & "more"</b> [x]=1 {y} + ü 🦊 \u202eabc';
    await payment.openCheckout(request({ title, description: title }));
    const { body } = sandbox.calls(create)[0]!;
    expect(body['line_items[0][price_data][product_data][name]']).toBe(title);
    expect(body['line_items[0][price_data][product_data][description]']).toBe(title);
  });

  test.each([
    ['half a letter', 'Talk \ud83e and walk', 'Talk \ufffd and walk'],
    ['control characters', 'Talk\u0000\r\n and\u0007 walk', 'Talk and walk'],
    ['spaces around', '  Talk ', 'Talk'],
    ['too many letters', 'x'.repeat(251), `${'x'.repeat(249)}…`],
    ['letters that are several', `${'x'.repeat(240)}${'👩‍👩‍👧'.repeat(5)}`, `${'x'.repeat(240)}👩‍👩‍👧…`],
    ['as many as there may be', 'y'.repeat(250), 'y'.repeat(250)],
  ])('shows a title with %s as well as it can be', async (_, title, shown) => {
    const { payment, request, sandbox } = stripeShop();
    await payment.openCheckout(request({ title }));
    expect(sandbox.calls(create)[0]?.body['line_items[0][price_data][product_data][name]']).toBe(
      shown,
    );
  });

  test('cuts a description of any length', async () => {
    const { payment, request, sandbox } = stripeShop();
    await payment.openCheckout(request({ description: 'word '.repeat(10_000) }));
    const { body } = sandbox.calls(create)[0]!;
    const description = body['line_items[0][price_data][product_data][description]'];
    expect(description?.length).toBeLessThanOrEqual(500);
    expect(description).toMatch(/^word .*…$/);
  });
});

describe('the same request under the same key', () => {
  test('opens one checkout, however often the answer is lost', async () => {
    const { payment, request, sandbox } = stripeShop();
    sandbox.trouble.dropReplyAfter = [
      { route: 'POST /v1/checkout/sessions', how: 'reset', times: 3 },
    ];
    const wish = request();
    for (let lost = 0; lost < 3; lost++) {
      await expect(payment.openCheckout(wish)).rejects.toMatchObject({ failure: 'unavailable' });
    }
    const checkout = await payment.openCheckout(wish);
    expect(sandbox.state.sessions.map(({ id }) => id)).toEqual([checkout.id]);
  });

  test('answers as before although the checkout has ended, which only reading it tells', async () => {
    const { payment, request } = stripeShop();
    const wish = request();
    const { id } = await payment.openCheckout(wish);
    await payment.expireCheckout(id, callOf('expire'));
    expect(await payment.openCheckout(wish)).toMatchObject({ id, status: 'open' });
    expect(await payment.readCheckout(id, ownAccount)).toMatchObject({
      status: 'expired',
      url: null,
    });
  });

  test('and another price is refused', async () => {
    const { payment, request, sandbox } = stripeShop();
    const wish = request();
    await payment.openCheckout(wish);
    await expect(
      payment.openCheckout({ ...wish, price: { amount: 1, currency: 'eur' } }),
    ).rejects.toMatchObject({ failure: 'refused', code: 'idempotency_error' });
    expect(sandbox.state.sessions).toHaveLength(1);
  });
});

describe('a checkout is refused', () => {
  const soon = Math.floor(Date.parse('2026-11-23T08:29:00Z') / 1000);
  const refusals: [string, Partial<CheckoutRequest>, string | null][] = [
    ['below the least amount', { price: { amount: 49, currency: 'eur' } }, 'amount_too_small'],
    ['above the most', { price: { amount: 100_000_000, currency: 'eur' } }, 'amount_too_large'],
    ['in no currency', { price: { amount: 4900, currency: 'xxz' } }, null],
    ['for no address', { email: 'ada' }, 'email_invalid'],
    ['without a title', { title: ' ' }, 'parameter_invalid_empty'],
    ['that ends too soon', { expiresAt: soon }, null],
    ['that leads nowhere', { successUrl: '/thanks' }, 'url_invalid'],
    ['that leads too far', { cancelUrl: `https://a.example/${'x'.repeat(5000)}` }, null],
    [
      'for an account that is not there',
      { recipient: { ...ownAccount, transferDestination: 'acct_gone' } },
      'resource_missing',
    ],
    ['with a fee for nobody', { recipient: { ...ownAccount, applicationFee: 5 } }, null],
  ];
  test.each(refusals)('%s', async (_, changes, code) => {
    const { payment, request, sandbox } = stripeShop();
    await expect(payment.openCheckout(request(changes))).rejects.toMatchObject({
      name: 'PaymentError',
      failure: 'refused',
      code,
    });
    expect(sandbox.state.sessions).toEqual([]);
  });

  test('and nobody’s address or key stands in what is said about it', async () => {
    const { payment, request } = stripeShop({ secretKey: 'sk_test_wrong0001' });
    const email = 'canarella@zephyrine';
    const told = await payment.openCheckout(request({ email })).catch(String);
    expect(told).toBe('PaymentError: Stripe does not accept the key for this.');
    const shop = stripeShop();
    expect(await shop.payment.openCheckout(shop.request({ email })).catch(String)).toBe(
      'PaymentError: Stripe refused: email_invalid.',
    );
    expect(JSON.stringify(shop.logged)).not.toContain('canarella');
  });
});

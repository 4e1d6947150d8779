import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PaymentError } from './payment.ts';
import { callOf, ownAccount, stripeShop, type StripeShop } from './test/stripe-shop.ts';

/** Puts something else in the place of every answer. */
function answering({ network }: StripeShop, body: string, status = 200): void {
  network.spoil = () =>
    new Response(body, { status, headers: { 'Content-Type': 'application/json' } });
}

const everything = ({ payment, request }: StripeShop): (() => Promise<unknown>)[] => [
  () => payment.openCheckout(request()),
  () => payment.readCheckout('cs_test_1', ownAccount),
  () => payment.expireCheckout('cs_test_1', callOf('1')),
  () => payment.capture('pi_1', callOf('2')),
  () => payment.release('pi_1', callOf('3')),
  () => payment.refund('pi_1', 'booking-1', callOf('4')),
  () => payment.refunds('pi_1', 'booking-1', ownAccount),
];

describe('an answer that Stripe would not give', () => {
  test.each([
    '{}',
    'null',
    '[]',
    '5',
    '""',
    '"done"',
    'true',
    '',
    '{"id":"cs_test_1"',
    '{"object":"payment_intent","id":"pi_1"}',
    '{"object":"payment_intent","id":"pi_1","status":null}',
    '{"object":"checkout.session","id":"cs_test_1","status":"constructor"}',
    '{"object":"list","data":[]}',
    '{"object":"list","data":{},"has_more":false}',
    '{"object":"list","data":[{}],"has_more":false}',
    '{"object":"list","data":[],"has_more":true}',
    '{"error":null}',
    '{"error":5}',
    '{"error":"gone"}',
    '{"error":{}}',
    '{"error":{"type":7,"code":{},"message":[]}}',
    '{"message":"ok"}',
  ])('is an unknown outcome and nothing else: %s', async (body) => {
    for (const status of [200, 500, 302]) {
      const shop = stripeShop();
      answering(shop, body, status);
      for (const operate of everything(shop)) {
        const error = await shop.ending(operate()).catch((reason: unknown) => reason);
        expect(error, String(operate)).toBeInstanceOf(PaymentError);
        expect(error).toMatchObject({ failure: 'unavailable' });
      }
    }
  });

  test('never ends in anything but a PaymentError', async () => {
    const statuses = fc.constantFrom(200, 201, 302, 400, 401, 402, 403, 404, 409, 429, 500, 503);
    await fc.assert(
      fc.asyncProperty(fc.json(), statuses, async (body, status) => {
        const shop = stripeShop();
        answering(shop, body, status);
        for (const operate of everything(shop)) {
          const error = await shop.ending(operate()).catch((reason: unknown) => reason);
          expect(error).toBeInstanceOf(PaymentError);
        }
      }),
      { numRuns: 100, seed: 7 },
    );
  });

  test('without the word “error” is no success, whatever its status says', async () => {
    const shop = stripeShop();
    const { pi } = await shop.paid();
    shop.network.spoil = async (response) => new Response(response.body, { status: 503 });
    await expect(shop.payment.capture(pi, callOf('k'))).rejects.toMatchObject({
      failure: 'unavailable',
    });
  });
});

type Json = Record<string, unknown>;
type Change = (reply: Json) => unknown;

const at = (reply: unknown, ...path: string[]): Json =>
  path.reduce<Json>((object, key) => object[key] as Json, reply as Json);

const changing = (shop: StripeShop, change: Change): void => {
  shop.network.spoil = async (response) => {
    const reply = (await response.json()) as Json;
    change(reply);
    return Response.json(reply, { status: response.status });
  };
};

const intent = 'payment_intent';
const charge = 'latest_charge';

describe('a checkout as Stripe tells it', () => {
  const wrong: [string, Change][] = [
    ['has no id', (reply) => delete reply['id']],
    ['is something else', (reply) => (reply['object'] = 'payment_intent')],
    ['has a status that nobody knows', (reply) => (reply['status'] = 'paused')],
    ['has no status', (reply) => (reply['status'] = null)],
    ['leads to a script', (reply) => (reply['url'] = 'javascript:alert(1)')],
    ['does not tell its mode', (reply) => delete reply['mode']],
    ['is live in words', (reply) => (reply['livemode'] = 'false')],
    ['has an amount in words', (reply) => (reply['amount_total'] = '4900')],
    ['has half a cent', (reply) => (reply['amount_total'] = 0.5)],
    ['has no currency', (reply) => delete reply['currency']],
    ['has other metadata', (reply) => (reply['metadata'] = { booking_id: 5 })],
    ['names its payment only', (reply) => (reply[intent] = 'pi_1')],
    ['has another payment', (reply) => (reply[intent] = [])],
    [
      'has a payment in a state that nobody knows',
      (reply) => (at(reply, intent)['status'] = 'partially_captured'),
    ],
    [
      'has a payment in a state that every object has',
      (reply) => (at(reply, intent)['status'] = 'toString'),
    ],
    ['has a payment without an amount', (reply) => delete at(reply, intent)['amount']],
    ['has a payment without an id', (reply) => (at(reply, intent)['id'] = null)],
    ['names its charge only', (reply) => (at(reply, intent)[charge] = 'ch_1')],
    [
      'has a charge that may be captured or not',
      (reply) => delete at(reply, intent, charge)['captured'],
    ],
    [
      'has a charge with refunds in words',
      (reply) => (at(reply, intent, charge)['amount_refunded'] = 'all'),
    ],
  ];
  test.each(wrong)('is not believed when it %s', async (_, change) => {
    const shop = stripeShop();
    const { id } = await shop.paid();
    changing(shop, change);
    const read = shop.payment.readCheckout(id, ownAccount);
    const error = await shop.ending(read).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'PaymentError', failure: 'unavailable' });
    expect(String(error)).toMatch(/Stripe's answer is not what it should be \(.+\)\.$/);
  });

  test('may lack what is not needed, and have what is new', async () => {
    const shop = stripeShop();
    const { id } = await shop.paid();
    const expected = await shop.payment.readCheckout(id, ownAccount);
    changing(shop, (reply) => {
      delete reply['customer_details'];
      reply['brand_new'] = { nested: [1] };
      at(reply, intent)['capture_method'] = 'a new one';
      delete at(reply, intent)['last_payment_error'];
    });
    expect(await shop.payment.readCheckout(id, ownAccount)).toEqual(expected);
  });

  test('of a stranger has no booking of ours', async () => {
    const shop = stripeShop();
    const { id } = await shop.paid();
    changing(shop, (reply) => {
      reply['metadata'] = null;
      at(reply, intent)['metadata'] = {};
    });
    expect(await shop.payment.readCheckout(id, ownAccount)).toMatchObject({
      bookingId: null,
      payment: { bookingId: null },
    });
  });

  test('of another kind, in another mode, for nothing, is told as it is', async () => {
    const shop = stripeShop();
    const { id } = await shop.payment.openCheckout(shop.request());
    changing(shop, (reply) =>
      Object.assign(reply, { mode: 'setup', livemode: true, amount_total: null, currency: null }),
    );
    expect(await shop.payment.readCheckout(id, ownAccount)).toMatchObject({
      isPayment: false,
      live: true,
      amount: null,
      currency: null,
    });
  });

  test('with a method that has no card is told without a deadline', async () => {
    const shop = stripeShop();
    const { id } = await shop.paid();
    changing(shop, (reply) => {
      at(reply, intent, charge)['payment_method_details'] = { type: 'link', link: {} };
    });
    expect(await shop.payment.readCheckout(id, ownAccount)).toMatchObject({
      payment: { status: 'authorized', captureBefore: null },
    });
  });
});

describe('what a write has left behind', () => {
  test.each([
    ['requires_capture', 'state_moved'],
    ['processing', 'state_moved'],
    ['succeeded', 'done'],
    ['canceled', 'state_moved'],
  ])('is looked at: a capture that answers with %s', async (status, outcome) => {
    const shop = stripeShop();
    const { pi } = await shop.paid();
    changing(shop, (reply) => (reply['status'] = status));
    expect(await shop.payment.capture(pi, callOf('k'))).toBe(outcome);
  });

  test.each([
    ['succeeded', 'state_moved'],
    ['canceled', 'done'],
  ])('is looked at: a release that answers with %s', async (status, outcome) => {
    const shop = stripeShop();
    const { pi } = await shop.paid();
    changing(shop, (reply) => (reply['status'] = status));
    expect(await shop.payment.release(pi, callOf('k'))).toBe(outcome);
  });

  test.each([
    ['complete', 'state_moved'],
    ['expired', 'done'],
  ])('is looked at: an expiry that answers with %s', async (status, outcome) => {
    const shop = stripeShop();
    const { id } = await shop.payment.openCheckout(shop.request());
    changing(shop, (reply) => (reply['status'] = status));
    expect(await shop.payment.expireCheckout(id, callOf('k'))).toBe(outcome);
  });

  test.each([
    ['pending', 'pending'],
    ['requires_action', 'pending'],
    [null, 'pending'],
    ['succeeded', 'succeeded'],
    ['failed', 'failed'],
    ['canceled', 'failed'],
  ])('is told in our words: a refund that is %s', async (status, told) => {
    const shop = stripeShop();
    const { pi } = await shop.paid({ capture: 'before_booking' });
    changing(shop, (reply) => (reply['status'] = status));
    expect(await shop.payment.refund(pi, 'booking-1', callOf('k'))).toMatchObject({ status: told });
  });

  test('is an unknown outcome when it is a refund in a state that nobody knows', async () => {
    const shop = stripeShop();
    const { pi } = await shop.paid({ capture: 'before_booking' });
    changing(shop, (reply) => (reply['status'] = 'lost in the post'));
    await expect(shop.payment.refund(pi, 'booking-1', callOf('k'))).rejects.toMatchObject({
      failure: 'unavailable',
    });
  });
});

describe('a list of refunds', () => {
  test('that does not end is not read for ever, and hides nothing', async () => {
    const shop = stripeShop();
    const { pi } = await shop.paid({ capture: 'before_booking' });
    await shop.payment.refund(pi, 'booking-1', callOf('k'));
    // Each page should begin after the last one; these all begin anew.
    shop.network.spoil = () =>
      Response.json({ object: 'list', data: shop.sandbox.state.refunds, has_more: true });
    await expect(shop.payment.refunds(pi, 'booking-1', ownAccount)).rejects.toMatchObject({
      failure: 'unavailable',
    });
  });
});

describe('the address of Stripe', () => {
  test.each([
    ['https://api.stripe.com', 'https://api.stripe.com/v1/refunds'],
    ['https://api.stripe.com/', 'https://api.stripe.com/v1/refunds'],
    ['http://localhost:4020', 'http://localhost:4020/v1/refunds'],
    ['http://[::1]:4020', 'http://[::1]:4020/v1/refunds'],
    ['https://gateway.example/stripe/', 'https://gateway.example/stripe/v1/refunds'],
  ])('may be %s', async (url, expected) => {
    const seen: { url: string; init: RequestInit | undefined }[] = [];
    const shop = stripeShop({
      url,
      fetch: async (input, init) => {
        seen.push({ url: input instanceof Request ? input.url : input.toString(), init });
        return Response.json({ object: 'list', data: [], has_more: false });
      },
    });
    await shop.payment.refunds('pi_1', 'booking-1', ownAccount);
    expect(seen[0]?.url).toBe(`${expected}?payment_intent=pi_1&limit=100`);
    // The key is for this address only.
    expect(seen[0]?.init?.redirect).toBe('error');
  });
});

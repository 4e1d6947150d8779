import { describe, expect, test } from 'vitest';
import { PaymentError } from './payment.ts';
import { callOf, ownAccount, stripeShop, type StripeShop } from './test/stripe-shop.ts';

interface Operation {
  /** What is asked of Stripe for it. */
  route: string;
  isRead: boolean;
  /** Brings the shop so far that the operation succeeds, and gives the operation. */
  prepare(shop: StripeShop): Promise<() => Promise<unknown>>;
}

const charged = { capture: 'before_booking' } as const;

const operations: Record<string, Operation> = {
  'opening a checkout': {
    route: 'POST /v1/checkout/sessions',
    isRead: false,
    async prepare({ payment, request }) {
      const wish = request();
      return () => payment.openCheckout(wish);
    },
  },
  'reading a checkout': {
    route: 'GET /v1/checkout/sessions/*',
    isRead: true,
    async prepare({ payment, paid }) {
      const { id } = await paid();
      return () => payment.readCheckout(id, ownAccount);
    },
  },
  'expiring a checkout': {
    route: 'POST /v1/checkout/sessions/*/expire',
    isRead: false,
    async prepare({ payment, request }) {
      const { id } = await payment.openCheckout(request());
      return () => payment.expireCheckout(id, callOf('expire'));
    },
  },
  capturing: {
    route: 'POST /v1/payment_intents/*/capture',
    isRead: false,
    async prepare({ payment, paid }) {
      const { pi } = await paid();
      return () => payment.capture(pi, callOf('capture'));
    },
  },
  releasing: {
    route: 'POST /v1/payment_intents/*/cancel',
    isRead: false,
    async prepare({ payment, paid }) {
      const { pi } = await paid();
      return () => payment.release(pi, callOf('release'));
    },
  },
  refunding: {
    route: 'POST /v1/refunds',
    isRead: false,
    async prepare({ payment, paid }) {
      const { pi } = await paid(charged);
      return () => payment.refund(pi, 'booking-1', callOf('refund'));
    },
  },
  'listing refunds': {
    route: 'GET /v1/refunds',
    isRead: true,
    async prepare({ payment, paid }) {
      const { pi } = await paid(charged);
      await payment.refund(pi, 'booking-1', callOf('refund'));
      return () => payment.refunds(pi, 'booking-1', ownAccount);
    },
  },
};

const each = Object.entries(operations);
const reads = each.filter(([, { isRead }]) => isRead);
const writes = each.filter(([, { isRead }]) => !isRead);

/** Every answer of Stripe's that is written down under a key. */
const executions = ({ sandbox }: StripeShop): number =>
  sandbox.state.sessions.length +
  sandbox.state.refunds.filter(({ reason }) => reason !== null).length +
  sandbox.state.paymentIntents.filter(({ status }) => status !== 'requires_capture').length +
  sandbox.state.sessions.filter(({ status }) => status === 'expired').length;

async function failing(work: Promise<unknown>): Promise<PaymentError> {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof PaymentError) return error;
  throw new Error(`Expected a PaymentError, got ${String(error)}`);
}

/** A page that something between us and Stripe puts in Stripe's place. */
const page = (status: number): Response =>
  new Response('<html><h1>Bad Gateway</h1></html>', {
    status,
    headers: { 'Content-Type': 'text/html' },
  });

const failures: [
  string,
  (shop: StripeShop, route: string) => void,
  Partial<Pick<PaymentError, 'failure' | 'code'>>,
][] = [
  [
    'the connection is reset before anything is done',
    ({ sandbox }, route) =>
      sandbox.trouble.dropReplyAfter.push({ route, how: 'reset', executed: false, times: 9 }),
    { failure: 'unavailable', code: null },
  ],
  [
    'the connection is reset after it was done',
    ({ sandbox }, route) => sandbox.trouble.dropReplyAfter.push({ route, how: 'reset', times: 9 }),
    { failure: 'unavailable', code: null },
  ],
  [
    'there is no answer',
    ({ sandbox }, route) => sandbox.trouble.dropReplyAfter.push({ route, how: 'hang', times: 9 }),
    { failure: 'unavailable', code: null },
  ],
  [
    'half of the answer comes',
    ({ sandbox }, route) => sandbox.trouble.cutBody.push({ route, times: 9 }),
    { failure: 'unavailable', code: null },
  ],
  [
    'an earlier try is still under way',
    ({ sandbox }, route) => sandbox.trouble.failNext.push({ route, status: 409, times: 9 }),
    { failure: 'unavailable', code: 'idempotency_key_in_use' },
  ],
  [
    'too much is asked',
    ({ sandbox }, route) => sandbox.trouble.failNext.push({ route, status: 429, times: 9 }),
    { failure: 'unavailable', code: 'rate_limit' },
  ],
  [
    'something else holds the object',
    ({ sandbox }, route) =>
      sandbox.trouble.failNext.push({
        route,
        status: 429,
        code: 'lock_timeout',
        shouldRetry: true,
        times: 9,
      }),
    { failure: 'unavailable', code: 'lock_timeout' },
  ],
  [
    'too much is asked, in the older words',
    ({ sandbox }, route) =>
      sandbox.trouble.failNext.push({ route, status: 400, code: 'rate_limit', times: 9 }),
    { failure: 'unavailable', code: 'rate_limit' },
  ],
  [
    'Stripe fails',
    ({ sandbox }, route) => sandbox.trouble.failNext.push({ route, status: 500, times: 9 }),
    { failure: 'unavailable', code: null },
  ],
  [
    'Stripe is away for maintenance',
    ({ sandbox }) => void (sandbox.trouble.down = 'json-503'),
    { failure: 'unavailable' },
  ],
  [
    'a proxy answers instead',
    ({ sandbox }) => void (sandbox.trouble.down = 'html-502'),
    { failure: 'unavailable', code: null },
  ],
  [
    'a proxy refuses instead',
    ({ network }) => void (network.spoil = () => page(403)),
    { failure: 'unavailable', code: null },
  ],
  [
    'a proxy that has another idea of errors answers instead',
    ({ network }) =>
      void (network.spoil = () => Response.json({ message: 'no upstream' }, { status: 503 })),
    { failure: 'unavailable', code: null },
  ],
  [
    'the key is not accepted',
    ({ sandbox }) => void (sandbox.trouble.keyExpired = true),
    { failure: 'key', code: 'api_key_expired' },
  ],
  [
    'the key may not do this',
    ({ sandbox }, route) => sandbox.trouble.failNext.push({ route, status: 403 }),
    { failure: 'key' },
  ],
  [
    'the card is not accepted',
    ({ sandbox }, route) =>
      sandbox.trouble.failNext.push({ route, status: 402, code: 'card_declined' }),
    { failure: 'refused', code: 'card_declined' },
  ],
  [
    'the object does not exist',
    ({ sandbox }, route) =>
      sandbox.trouble.failNext.push({ route, status: 404, code: 'resource_missing' }),
    { failure: 'not_found', code: 'resource_missing' },
  ],
  [
    'the address leads somewhere else',
    ({ network }) =>
      void (network.spoil = () =>
        Response.json({ error: { message: 'Unrecognized request URL' } }, { status: 404 })),
    { failure: 'unavailable', code: null },
  ],
  [
    'the request is not right',
    ({ sandbox }, route) =>
      sandbox.trouble.failNext.push({ route, status: 400, code: 'parameter_unknown' }),
    { failure: 'refused', code: 'parameter_unknown' },
  ],
];

describe.each(failures)('%s', (_, befall, expected) => {
  test.each(each)('while %s', async (_name, { route, prepare }) => {
    const shop = stripeShop();
    const operate = await prepare(shop);
    befall(shop, route);
    const error = await failing(shop.ending(operate()));
    expect(error).toMatchObject(expected);
    expect(error.message).not.toContain('ada@');
  });
});

describe('an unknown outcome', () => {
  const lost = failures.slice(0, 4);
  const cases = writes.flatMap(([name, operation]) =>
    lost.map(([how, befall]) => ({ name, how, operation, befall })),
  );
  test.each(cases)('of $name, when $how, is cleared up by the same key', async (given) => {
    const { operation, befall } = given;
    const plain = stripeShop();
    await (
      await operation.prepare(plain)
    )();

    const shop = stripeShop();
    const operate = await operation.prepare(shop);
    befall(shop, operation.route);
    await failing(shop.ending(operate()));
    await failing(shop.ending(operate()));
    Object.assign(shop.sandbox.trouble, { dropReplyAfter: [], cutBody: [] });
    const first = await shop.ending(operate());
    expect(await shop.ending(operate())).toEqual(first);
    expect(executions(shop)).toBe(executions(plain));
  });

  test.each(writes)('of %s is never tried again by itself', async (_, { route, prepare }) => {
    const shop = stripeShop();
    const operate = await prepare(shop);
    const before = shop.sandbox.calls().length;
    shop.sandbox.trouble.dropReplyAfter = [{ route, how: 'reset' }];
    await failing(shop.ending(operate()));
    expect(shop.sandbox.calls()).toHaveLength(before + 1);
  });

  test.each(writes)(
    'of %s that Stripe has written down stays one for that key, not for the next',
    async (_, { route, prepare }) => {
      const shop = stripeShop();
      const operate = await prepare(shop);
      shop.sandbox.trouble.failNext = [{ route, status: 500, stored: true }];
      for (let tries = 0; tries < 3; tries++) {
        expect(await failing(operate())).toMatchObject({ failure: 'unavailable' });
      }
      expect(shop.sandbox.trouble.failNext).toEqual([]);
      expect(shop.sandbox.calls().at(-1)).toMatchObject({ status: 500, replayed: true });
    },
  );

  test('that Stripe has written down is cleared up by another key', async () => {
    const shop = stripeShop();
    const { pi } = await shop.paid();
    const route = 'POST /v1/payment_intents/*/capture';
    shop.sandbox.trouble.failNext = [{ route, status: 500, stored: true, executed: true }];
    expect(await failing(shop.payment.capture(pi, callOf('1')))).toMatchObject({
      failure: 'unavailable',
    });
    expect(await shop.payment.capture(pi, callOf('2'))).toBe('state_moved');
  });
});

describe('a deadline', () => {
  test.each(writes)('of %s is ten seconds', async (_, { route, prepare }) => {
    const shop = stripeShop();
    const operate = await prepare(shop);
    const startedAt = shop.clock.now();
    shop.sandbox.trouble.dropReplyAfter = [{ route, how: 'hang' }];
    const error = await failing(shop.ending(operate()));
    expect(error.message).toBe('Stripe did not answer in time.');
    expect(shop.clock.now() - startedAt).toBe(10_000);
  });

  test.each(reads)('of %s is ten seconds, with every try', async (_, { route, prepare }) => {
    const shop = stripeShop();
    const operate = await prepare(shop);
    const startedAt = shop.clock.now();
    shop.sandbox.trouble.dropReplyAfter = [{ route, how: 'hang', times: 9 }];
    await failing(shop.ending(operate()));
    expect(shop.clock.now() - startedAt).toBeLessThanOrEqual(10_000);
    expect(shop.clock.now() - startedAt).toBeGreaterThan(8_000);
  });

  test('lets go of the connection', async () => {
    const signals: AbortSignal[] = [];
    const shop = stripeShop({
      fetch: (_, init) => {
        if (init?.signal) signals.push(init.signal);
        return new Promise<Response>(() => undefined);
      },
    });
    await failing(shop.ending(shop.payment.openCheckout(shop.request())));
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
    // Nothing of it is left in the clock either.
    expect(await shop.clock.step()).toBe(false);
  });

  test('covers an answer that trickles in', async () => {
    const shop = stripeShop();
    shop.network.spoil = () =>
      new Response(
        new ReadableStream({
          async pull(controller) {
            await shop.clock.wait(3_000);
            controller.enqueue(new TextEncoder().encode(' '));
          },
        }),
      );
    const startedAt = shop.clock.now();
    await failing(shop.ending(shop.payment.openCheckout(shop.request())));
    expect(shop.clock.now() - startedAt).toBe(10_000);
  });

  test('of somebody who leaves is that moment', async () => {
    const shop = stripeShop();
    const { id } = await shop.paid();
    shop.sandbox.trouble.down = 'hang';
    const leaving = new AbortController();
    const read = failing(shop.payment.readCheckout(id, ownAccount, { signal: leaving.signal }));
    const startedAt = shop.clock.now();
    leaving.abort(new Error('The time for this request is over.'));
    expect(await read).toMatchObject({ failure: 'unavailable' });
    expect(shop.clock.now()).toBe(startedAt);
    const late = shop.payment.readCheckout(id, ownAccount, { signal: leaving.signal });
    expect(await failing(late)).toMatchObject({ failure: 'unavailable' });
  });
});

describe('a read is tried again by itself', () => {
  const passing: [string, (shop: StripeShop, route: string, times: number) => void][] = [
    [
      'when the connection was reset',
      ({ sandbox }, route, times) =>
        sandbox.trouble.dropReplyAfter.push({ route, how: 'reset', times }),
    ],
    [
      'when half of the answer came',
      ({ sandbox }, route, times) => sandbox.trouble.cutBody.push({ route, times }),
    ],
    [
      'when Stripe failed',
      ({ sandbox }, route, times) => sandbox.trouble.failNext.push({ route, status: 500, times }),
    ],
    [
      'when Stripe says so',
      ({ sandbox }, route, times) =>
        sandbox.trouble.failNext.push({ route, status: 429, shouldRetry: true, times }),
    ],
  ];
  const cases = passing.flatMap(([how, befall]) =>
    reads.map(([name, operation]) => ({ how, befall, name, operation })),
  );
  test.each(cases)('$how, twice: $name', async ({ befall, operation }) => {
    const shop = stripeShop();
    const operate = await operation.prepare(shop);
    const expected = await operate();
    befall(shop, operation.route, 2);
    const startedAt = shop.clock.now();
    expect(await shop.ending(operate())).toEqual(expected);
    // 150 ms, then 450 ms.
    expect(shop.clock.now() - startedAt).toBe(600);
  });

  test.each([
    ['the key is not accepted', { status: 401 }],
    ['too much was asked', { status: 429 }],
    ['Stripe says that it is no use', { status: 500, shouldRetry: false }],
    ['it does not exist', { status: 404, code: 'resource_missing' }],
  ])('not when %s', async (_, failure) => {
    const shop = stripeShop();
    const { id } = await shop.paid();
    const before = shop.sandbox.calls().length;
    shop.sandbox.trouble.failNext = [{ route: 'GET *', times: 9, ...failure }];
    await failing(shop.payment.readCheckout(id, ownAccount));
    expect(shop.sandbox.calls()).toHaveLength(before + 1);
  });
});

describe('what is logged', () => {
  test('is one entry per call, with what Stripe’s support asks for', async () => {
    const shop = stripeShop();
    const { id } = await shop.payment.openCheckout(shop.request());
    shop.sandbox.trouble.dropReplyAfter = [{ route: 'GET *', how: 'reset' }];
    await shop.ending(shop.payment.readCheckout(id, ownAccount));
    const path = `/v1/checkout/sessions/${id}`;
    const request = expect.stringMatching(/^req_/);
    expect(shop.logged).toEqual([
      {
        event: 'stripe-call',
        method: 'POST',
        path: '/v1/checkout/sessions',
        status: 200,
        request,
        ms: 0,
      },
      { event: 'stripe-call', method: 'GET', path, lost: 'connection', ms: 0 },
      { event: 'stripe-call', method: 'GET', path, status: 200, request, ms: 0 },
    ]);
  });
});

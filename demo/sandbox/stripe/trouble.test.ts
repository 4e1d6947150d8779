import { Stripe } from 'stripe';
import { describe, expect, test } from 'vitest';
import { exampleShop, failureOf } from './shop.example.ts';
import { defaultSecretKey } from './stripe.ts';

const create = 'POST /v1/checkout/sessions';

/** What a promise was rejected with, as a value. */
const failure = (error: unknown): unknown => error;

describe('Stripe is down', () => {
  test.each([
    ['html-502', Stripe.errors.StripeAPIError, undefined],
    ['json-503', Stripe.errors.StripeAPIError, 503],
    ['reset', Stripe.errors.StripeConnectionError, undefined],
  ] as const)('with %s', async (down, kind, statusCode) => {
    const { open, sandbox } = exampleShop();
    sandbox.trouble.down = down;
    const error = await failureOf(open());
    expect(error).toBeInstanceOf(kind);
    expect(error.statusCode).toBe(statusCode);
    expect(sandbox.state.sessions).toEqual([]);
  });

  test('with silence, until the client leaves or the connection ends', async () => {
    const { clock, sandbox } = exampleShop();
    sandbox.trouble.down = 'hang';
    const leaving = new AbortController();
    const url = 'https://api.stripe.com/v1/balance';
    const left = sandbox.fetch(url, { signal: leaving.signal }).catch(failure);
    const stayed = sandbox.fetch(url).catch(failure);
    leaving.abort('deadline');
    expect(await left).toBe('deadline');
    await clock.advance(10 * 60_000);
    expect(await stayed).toBeInstanceOf(TypeError);
  });
});

describe('a reply is lost', () => {
  test.each([
    ['after the work was done', true, 1],
    ['before anything was done', false, 0],
  ])('%s', async (_, executed, made) => {
    const { open, sandbox } = exampleShop();
    sandbox.trouble.dropReplyAfter = [{ route: create, how: 'reset', executed }];
    const error = await failureOf(open());
    expect(error).toBeInstanceOf(Stripe.errors.StripeConnectionError);
    expect(sandbox.state.sessions).toHaveLength(made);
    expect(sandbox.calls({ method: 'POST' })[0]).toMatchObject({
      status: made === 1 ? 200 : null,
      replied: false,
    });
  });

  test('and the same key finds what was done', async () => {
    const { open, sandbox } = exampleShop();
    sandbox.trouble.dropReplyAfter = [{ route: create, how: 'reset' }];
    await failureOf(open({}, { idempotencyKey: 'k' }));
    const session = await open({}, { idempotencyKey: 'k' });
    expect(sandbox.state.sessions.map(({ id }) => id)).toEqual([session.id]);
  });

  test('half of it: the headers came, the body did not', async () => {
    const { open, sandbox } = exampleShop();
    sandbox.trouble.cutBody = [{ route: create }];
    const error = await failureOf(open({}, { idempotencyKey: 'k', maxNetworkRetries: 2 }));
    expect(error).toBeInstanceOf(Stripe.errors.StripeConnectionError);
    expect(error.requestId).toMatch(/^req_/);
    // Not retried by the SDK, though it was done.
    expect(sandbox.calls({ method: 'POST' })).toHaveLength(1);
    expect(sandbox.state.sessions).toHaveLength(1);
  });

  test('a client that leaves early proves nothing: what was sent is carried out', async () => {
    const { clock, sandbox, wish } = exampleShop();
    sandbox.trouble.latencyMs = 10_000;
    const leaving = new AbortController();
    const impatient: typeof fetch = (input, init) =>
      sandbox.fetch(input, { ...init, signal: leaving.signal });
    const stripe = new Stripe(defaultSecretKey, {
      httpClient: Stripe.createFetchHttpClient(impatient),
      maxNetworkRetries: 0,
    });
    const created = stripe.checkout.sessions.create(wish()).catch(failure);
    await clock.advance(3_000);
    leaving.abort('deadline');
    expect(await created).toBeInstanceOf(Stripe.errors.StripeConnectionError);
    expect(sandbox.state.sessions).toHaveLength(0);
    await clock.advance(2_000);
    expect(sandbox.state.sessions).toHaveLength(1);
  });
});

describe('a request fails', () => {
  test.each([
    [{ status: 500 }, Stripe.errors.StripeAPIError],
    [{ status: 500, shouldRetry: false }, Stripe.errors.StripeAPIError],
    [{ status: 409 }, Stripe.errors.StripeAPIError],
    [{ status: 429 }, Stripe.errors.StripeRateLimitError],
    [{ status: 429, code: 'lock_timeout', shouldRetry: true }, Stripe.errors.StripeRateLimitError],
    [{ status: 402, code: 'card_declined' }, Stripe.errors.StripeCardError],
    [{ status: 403 }, Stripe.errors.StripePermissionError],
  ])('with %j', async (wish, kind) => {
    const { open, sandbox } = exampleShop();
    sandbox.trouble.failNext = [{ route: create, ...wish }];
    const error = await failureOf(open());
    expect(error).toBeInstanceOf(kind);
    expect(error).toMatchObject({ statusCode: wish.status });
    if ('code' in wish) expect(error.code).toBe(wish.code);
    expect(error.headers?.['stripe-should-retry']).toBe(
      'shouldRetry' in wish ? String(wish.shouldRetry) : undefined,
    );
    expect(sandbox.state.sessions).toEqual([]);
  });

  test('on the route it was meant for, as often as it was meant', async () => {
    const { open, sandbox, stripe } = exampleShop();
    sandbox.trouble.failNext = [{ route: 'POST /v1/checkout/sessions/*/expire', status: 500 }];
    const { id } = await open();
    expect((await failureOf(stripe.checkout.sessions.expire(id))).statusCode).toBe(500);
    expect((await stripe.checkout.sessions.expire(id)).status).toBe('expired');
    expect(sandbox.trouble.failNext).toEqual([]);
  });
});

describe('races', () => {
  test('the buyer pays while the session is being expired', async () => {
    const { open, sandbox, stripe } = exampleShop();
    const { id } = await open();
    sandbox.trouble.paidWhileExpiring = 1;
    const error = await failureOf(stripe.checkout.sessions.expire(id));
    expect(error.message).toContain('has a status of `complete`.');
    expect((await stripe.checkout.sessions.retrieve(id)).status).toBe('complete');
  });

  test('the buyer’s money comes although the session was expired', async () => {
    const { open, sandbox, stripe, types } = exampleShop();
    const { id } = await open();
    sandbox.trouble.paidDespiteExpiring = 1;
    expect((await stripe.checkout.sessions.expire(id)).status).toBe('expired');
    expect((await stripe.checkout.sessions.retrieve(id)).status).toBe('complete');
    await sandbox.settleWebhooks();
    expect(types().at(0)).toBe('checkout.session.expired');
    expect(types().at(-1)).toBe('checkout.session.completed');
  });

  test('the webhook is there before the answer to the create', async () => {
    const { open, sandbox, types } = exampleShop();
    Object.assign(sandbox.trouble, { paidBeforeCreateReply: 1, webhookBeforeReply: true });
    const session = await open();
    expect(session).toMatchObject({ status: 'open', payment_intent: null });
    expect(types()).toContain('checkout.session.completed');
  });
});

describe('the sandbox', () => {
  test('forgets everything at once', async () => {
    const { clock, open, sandbox, received } = exampleShop();
    const { id } = await open();
    sandbox.pay(id);
    sandbox.trouble.latencyMs = 1;
    sandbox.reset();
    await clock.advance(30 * 24 * 60 * 60_000);
    expect(sandbox.state).toMatchObject({ sessions: [], charges: [], events: [], calls: [] });
    expect(sandbox.trouble.latencyMs).toBe(0);
    expect(received).toEqual([]);
  });

  test('can be looked at and turned over HTTP', async () => {
    const { open, sandbox } = exampleShop();
    const { id } = await open();
    const control = async (
      path: string,
      method = 'GET',
      body?: object,
    ): Promise<[number, unknown]> => {
      const response = await sandbox.fetch(`http://stripe.test/_sandbox/${path}`, {
        method,
        ...(body && { body: JSON.stringify(body) }),
      });
      return [response.status, await response.json()];
    };
    expect(await control('trouble', 'PATCH', { latency: 5 })).toMatchObject([400, {}]);
    expect(await control('trouble', 'PATCH', { latencyMs: 5 })).toMatchObject([
      200,
      { latencyMs: 5 },
    ]);
    expect(await control('actions/pay', 'POST', { session: id })).toEqual([
      200,
      { result: 'authorized' },
    ]);
    expect(await control('state')).toMatchObject([200, { sessions: [{ status: 'complete' }] }]);
    expect(await control('actions/pay', 'POST', {})).toMatchObject([400, {}]);
    expect(await control('actions/reset', 'POST', {})).toEqual([200, {}]);
    expect(await control('calls')).toEqual([200, []]);
  });
});

import { Stripe } from 'stripe';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type RunningSandbox, startSandbox } from '../serve.ts';
import { seededRandom } from '../seeded-random.ts';
import { exampleShop, failureOf } from './shop.example.ts';

let sandbox: RunningSandbox;
let stripe: Stripe;
const { wish } = exampleShop();

beforeEach(async () => {
  sandbox = await startSandbox({ calendlyPort: 0, smtpPort: 0, random: seededRandom(5) });
  const { hostname, port } = new URL(sandbox.stripeUrl);
  stripe = new Stripe(sandbox.stripeKey, {
    host: hostname,
    port,
    protocol: 'http',
    maxNetworkRetries: 0,
    telemetry: false,
  });
});
afterEach(() => sandbox.stop());

const press = (path: string, fields: Record<string, string> = {}): Promise<Response> =>
  fetch(sandbox.calendlyUrl + path, {
    method: 'POST',
    body: new URLSearchParams(fields),
    redirect: 'manual',
  });

const panel = async (): Promise<string> => (await fetch(sandbox.panelUrl)).text();

describe('Stripe over real sockets', () => {
  test('sells a session on a page at its own address', async () => {
    const { id, url } = await stripe.checkout.sessions.create(wish());
    expect(url).toBe(`${sandbox.stripeUrl}/c/pay/${id}`);
    expect(await (await fetch(url ?? '')).text()).toContain('€49.00');
    const paid = await fetch(url ?? '', {
      method: 'POST',
      body: new URLSearchParams({ number: '4242424242424242', expiry: '12/34', cvc: '123' }),
      redirect: 'manual',
    });
    expect([paid.status, paid.headers.get('Location')]).toEqual([
      303,
      `https://book.example.com/return?session=${id}`,
    ]);
  });

  test('loses a reply by tearing the socket, and half of one in the middle of the body', async () => {
    const route = 'POST /v1/checkout/sessions';
    // The SDK tries once more by itself when a connection was closed on it.
    sandbox.stripe.trouble.dropReplyAfter = [{ route, how: 'reset', times: 2 }];
    const torn = await failureOf(stripe.checkout.sessions.create(wish()));
    expect(torn).toBeInstanceOf(Stripe.errors.StripeConnectionError);
    sandbox.stripe.trouble.dropReplyAfter = [];
    sandbox.stripe.trouble.cutBody = [{ route }];
    // The server reports every answer that broke off.
    const reported = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const cut = await failureOf(stripe.checkout.sessions.create(wish()));
    expect(cut).toBeInstanceOf(Stripe.errors.StripeConnectionError);
    expect(cut.requestId).toMatch(/^req_/);
    expect(sandbox.stripe.state.sessions).toHaveLength(2);
    reported.mockRestore();
  });

  test('is told to the endpoint its owner entered', async () => {
    const other = await startSandbox({
      calendlyPort: 0,
      smtpPort: 0,
      stripeWebhook: { url: `${sandbox.stripeUrl}/nobody`, secret: 'whsec_demo' },
    });
    const { hostname, port } = new URL(other.stripeUrl);
    const client = new Stripe(other.stripeKey, { host: hostname, port, protocol: 'http' });
    const { id } = await client.checkout.sessions.create(wish());
    await client.checkout.sessions.expire(id);
    await other.stripe.settleWebhooks();
    expect(other.stripe.state.deliveries).toMatchObject([
      { type: 'checkout.session.expired', attempts: [{ status: 401 }] },
    ]);
    await other.stop();
  });
});

describe('the panel', () => {
  test('shows Stripe’s ledger beside the others and lets a hold lapse', async () => {
    const { id } = await stripe.checkout.sessions.create(wish());
    sandbox.stripe.pay(id);
    const [intent] = sandbox.stripe.state.paymentIntents;
    const text = await panel();
    for (const shown of [
      '<strong>Stripe</strong>',
      'checkout.session.completed',
      'requires_capture',
    ])
      expect(text).toContain(shown);
    await press('/_sandbox/panel/lapse', { payment_intent: intent?.id ?? '' });
    expect(await panel()).toContain('charge.expired');
    await press('/_sandbox/panel/reset');
    expect(sandbox.stripe.state.sessions).toEqual([]);
  });

  test.each([
    ['stripe-health/down', {}, { down: 'html-502' }],
    ['stripe-health/slow', {}, { latencyMs: 5_000 }],
    ['stripe-webhooks/never', {}, { webhooksLost: true }],
    ['stripe-webhooks/twice', {}, { webhookCopies: 2 }],
    ['stripe-webhooks/shuffled', {}, { webhookOrder: 'random' }],
    ['switches/stripe-hold-gone', { on: 'true' }, { holdGoneOnCapture: 1 }],
    ['switches/stripe-refund-fails', { on: 'true' }, { refunds: 'succeed-then-fail' }],
    ['switches/stripe-reply-lost', { on: 'true' }, { dropReplyAfter: [{ how: 'reset' }] }],
  ])('%s', async (path, fields, trouble) => {
    expect((await press(`/_sandbox/panel/${path}`, fields)).status).toBe(303);
    expect(sandbox.stripe.trouble).toMatchObject(trouble);
    expect(await panel()).toMatch(/aria-(checked|pressed)="true"/);
  });
});

import { createHmac } from 'node:crypto';
import { Hono } from 'hono';
import { Stripe } from 'stripe';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createManualClock, type ManualClock } from '../../demo/sandbox/manual-clock.ts';
import { seededRandom } from '../../demo/sandbox/seeded-random.ts';
import { createStripeSandbox, defaultSecretKey } from '../../demo/sandbox/stripe/stripe.ts';
import type { Database } from '../database/connection.ts';
import { openDatabase } from '../database/database.ts';
import { createOrigins } from '../http/origins.ts';
import { createRoutes } from '../http/routes.ts';
import { createStripe } from './stripe.ts';
import { createStripeWebhook } from './stripe-webhook.routes.ts';
import { parseStripeDelivery, stripeEventTypes } from './stripe.webhook.ts';
import { callOf, ownAccount } from './test/stripe-shop.ts';

const secrets = ['whsec_the_new_one', 'whsec_the_old_one'];
const publicUrl = 'https://book.example.com';
const endpoint = `${publicUrl}/api/webhooks/stripe`;

let clock: ManualClock;
let db: Database;
let logged: { event: string; [key: string]: unknown }[];
let received: number;
let fetch: (request: Request) => Response | Promise<Response>;

const start = (known: readonly string[] = secrets): void => {
  const log = (entry: { event: string }): void => void logged.push(entry);
  ({ fetch } = createRoutes({
    origins: createOrigins(publicUrl, []),
    log,
    availability: new Hono(),
    bookings: new Hono(),
    webhooks: createStripeWebhook({
      db,
      clock,
      secrets: known,
      log,
      received: () => void received++,
    }),
    payments: new Hono(),
    others: [],
  }));
};

beforeEach(async () => {
  clock = createManualClock('2026-11-23T08:00:00.500Z');
  db = await openDatabase(':memory:');
  logged = [];
  received = 0;
  start();
});
afterEach(() => db.destroy());

const event = (changes: object = {}, object: object = {}): string =>
  JSON.stringify({
    id: 'evt_1',
    object: 'event',
    type: 'checkout.session.completed',
    api_version: '2026-10-28.endive',
    livemode: false,
    data: {
      object: {
        id: 'cs_test_1',
        object: 'checkout.session',
        payment_intent: 'pi_1',
        client_reference_id: 'booking-1',
        metadata: { booking_id: 'booking-1' },
        ...object,
      },
    },
    ...changes,
  });

const secondsAt = (ms: number): number => Math.floor(ms / 1000);
const v1 = (body: string | Uint8Array, secret: string, seconds: number): string =>
  createHmac('sha256', secret).update(`${seconds}.`).update(body).digest('hex');
const sign = (
  body: string | Uint8Array,
  secret: string = secrets[0]!,
  at: number = clock.now(),
): string => `t=${secondsAt(at)},v1=${v1(body, secret, secondsAt(at))}`;

const deliver = async (
  body: string | Uint8Array<ArrayBuffer>,
  signature: string | null = sign(body),
): Promise<number> => {
  const response = await fetch(
    new Request(endpoint, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/json; charset=utf-8',
        ...(signature === null ? {} : { 'stripe-signature': signature }),
      },
    }),
  );
  return response.status;
};
const deliveries = () => db.selectFrom('delivery').selectAll().orderBy('id').execute();
const jobs = () => db.selectFrom('job').select(['kind', 'payload']).orderBy('id').execute();
const refusals = () =>
  logged.filter((entry) => entry.event === 'delivery-refused').map(({ reason }) => reason);

describe('a signature', () => {
  test('of the secret in use, or of the one before it, is believed', async () => {
    for (const [index, secret] of secrets.entries()) {
      const body = event({ id: `evt_${index}` });
      expect(await deliver(body, sign(body, secret))).toBe(200);
    }
    expect(await deliveries()).toHaveLength(2);
  });

  test('as Stripe’s own library writes it is believed', async () => {
    const payload = event();
    const header = Stripe.webhooks.generateTestHeaderString({
      payload,
      secret: secrets[0]!,
      timestamp: secondsAt(clock.now()),
    });
    expect(await deliver(payload, header)).toBe(200);
  });

  test('among others is found: of other secrets, of other schemes, in any order', async () => {
    const t = secondsAt(clock.now());
    const right = (body: string): string => `v1=${v1(body, secrets[0]!, t)}`;
    const wrong = `v1=${'0'.repeat(64)}`;
    const noise = `v0=${'a'.repeat(64)}`;
    const headers = [
      (body: string) => `t=${t},${wrong},${right(body)}`,
      (body: string) => `t=${t},${right(body)},${wrong},${noise}`,
      (body: string) => `${noise},${right(body)},t=${t}`,
      (body: string) => `t=${t},v2=new,${right(body)}`,
    ];
    for (const [index, header] of headers.entries()) {
      const body = event({ id: `evt_${index}` });
      expect(await deliver(body, header(body)), header(body)).toBe(200);
    }
    expect(await deliveries()).toHaveLength(4);
  });

  test.each([
    ['none', () => null, 'missing'],
    ['an empty one', () => '', 'missing'],
    ['something else', () => 'Bearer whsec_the_new_one', 'mismatch'],
    ['one of another secret', (body: string) => sign(body, 'whsec_a_stranger'), 'mismatch'],
    ['one of no secret', (body: string) => sign(body, ''), 'mismatch'],
    ['one of another body', () => sign(event({ id: 'evt_2' })), 'mismatch'],
    ['one with a letter changed', (b: string) => sign(b).replace(/v1=./, 'v1=-'), 'mismatch'],
    ['one cut short', (body: string) => sign(body).slice(0, -1), 'mismatch'],
    ['one of another time', (body: string) => sign(body).replace(/t=./, 't=2'), 'mismatch'],
    ['one without a time', (body: string) => sign(body).replace(/t=\d+,/, ''), 'mismatch'],
    ['one in the form for tests', (b: string) => sign(b).replace('v1=', 'v0='), 'mismatch'],
    ['one that is empty', (body: string) => `${sign(body).split(',')[0]},v1=`, 'mismatch'],
    ['one that is a word', (body: string) => `${sign(body).split(',')[0]},v1`, 'mismatch'],
    ['a thousand', (b: string) => `t=1,${`v1=${v1(b, 'x', 1)},`.repeat(1_000)}`, 'mismatch'],
  ])('that is not right is not believed, and nothing is kept: %s', async (_, header, reason) => {
    const body = event();
    expect(await deliver(body, header(body))).toBe(401);
    expect(await deliveries()).toEqual([]);
    expect(refusals()).toEqual([reason]);
    expect(received).toBe(0);
  });

  test('is never right when no secret is known, or only an empty one', async () => {
    const body = event();
    for (const known of [[], [''], [' ']]) {
      start(known);
      expect(await deliver(body, sign(body, known[0] ?? ''))).toBe(401);
    }
    expect(await deliveries()).toEqual([]);
  });

  test('is believed for five minutes; Stripe signs a later try anew', async () => {
    const from = async (ageMs: number): Promise<number> => {
      const body = event({ id: `evt_${ageMs}` });
      return deliver(body, sign(body, secrets[0], clock.now() - ageMs));
    };
    expect(await from(299_000)).toBe(200);
    expect(await from(302_000)).toBe(401);
    expect(refusals()).toEqual(['too_old']);
  });

  test('from ahead of our own clock is believed: only Stripe can have made it', async () => {
    const body = event();
    expect(await deliver(body, sign(body, secrets[0], clock.now() + 3_600_000))).toBe(200);
  });

  test('without a time that is a number is not believed', async () => {
    const body = event();
    const header = sign(body).replace(/t=\d+/, 't=now');
    expect(await deliver(body, header)).toBe(401);
  });

  test('is checked on the bytes as they came', async () => {
    const marked = new TextEncoder().encode(`\ufeff${event()}`);
    const unmarked = new TextEncoder().encode(event());
    expect(await deliver(marked, sign(unmarked))).toBe(401);
    expect(await deliver(unmarked, sign(marked))).toBe(401);
    // What is not text is nothing of Stripe's: a lenient reader would take all of these for the same.
    const broken = new Uint8Array([...unmarked.slice(0, -1), 0xff, 0x7d]);
    const replaced = new TextEncoder().encode(new TextDecoder().decode(broken));
    expect(await deliver(broken, sign(replaced))).toBe(401);
    expect(await deliveries()).toEqual([]);
    const fine = event({ id: 'evt_zoe' }, { client_reference_id: 'Zoë 🦊 \u2028' });
    expect(await deliver(fine)).toBe(200);
    expect((await deliveries()).map(({ body }) => body)).toEqual([fine]);
  });
});

describe('a delivery', () => {
  test('is kept with the job that will process it', async () => {
    expect(await deliver(event())).toBe(200);
    expect(await deliveries()).toMatchObject([
      { source: 'stripe', dedupe_key: 'evt_1', body: event(), processed_at: null },
    ]);
    const [kept] = await deliveries();
    expect(await jobs()).toEqual([
      {
        kind: 'process-stripe-delivery',
        payload: JSON.stringify({ deliveryId: kept?.id }),
      },
    ]);
    expect(received).toBe(1);
  });

  test('is kept once, however often and in whatever order it comes, and answered alike', async () => {
    const bodies = ['evt_1', 'evt_2', 'evt_3'].map((id) => event({ id }));
    const shuffled = [2, 0, 0, 1, 2, 1, 0].map((index) => bodies[index]!);
    for (const body of shuffled) {
      expect(await deliver(body)).toBe(200);
      await clock.advance(60_000);
    }
    expect((await deliveries()).map(({ dedupe_key }) => dedupe_key)).toEqual([
      'evt_3',
      'evt_1',
      'evt_2',
    ]);
    expect(await jobs()).toHaveLength(3);
    expect(received).toBe(3);
  });

  test('that comes many times at once is kept once', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => deliver(event())));
    expect(new Set(answers)).toEqual(new Set([200]));
    expect(await deliveries()).toHaveLength(1);
    expect(received).toBe(1);
  });

  test('of a kind that nobody uses is taken and not kept', async () => {
    for (const type of ['charge.updated', 'customer.created', 'payment_intent.created', '*', '']) {
      expect(await deliver(event({ type }))).toBe(200);
    }
    expect(await deliveries()).toEqual([]);
    expect(received).toBe(0);
  });

  test.each(stripeEventTypes)('of the kind %s is kept', async (type) => {
    expect(await deliver(event({ type }))).toBe(200);
    expect(await deliveries()).toHaveLength(1);
  });

  test('that is thin is refused in words', async () => {
    const body = JSON.stringify({
      id: 'evt_test_1',
      object: 'v2.core.event',
      type: 'v1.checkout.session.completed',
      related_object: { id: 'cs_test_1', type: 'checkout.session', url: '/v1/…' },
    });
    const response = await fetch(
      new Request(endpoint, {
        method: 'POST',
        body,
        headers: { 'stripe-signature': sign(body) },
      }),
    );
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      code: 'invalid_request',
      error: expect.stringContaining('snapshot'),
    });
    expect(await deliveries()).toEqual([]);
    expect(refusals()).toEqual(['thin']);
  });

  test('that cannot be read is kept for a human, once, and taken so that it does not come again', async () => {
    const bodies = ['{"id":', 'null', '[]', '{"id":"evt_9"}', event({ data: {} }), '🦊'];
    for (const body of [...bodies, ...bodies]) expect(await deliver(body), body).toBe(200);
    expect((await deliveries()).map(({ body }) => body)).toEqual(bodies);
    for (const { body } of await deliveries()) expect(parseStripeDelivery(body)).toBeNull();
  });

  test('of nothing is refused', async () => {
    expect(await deliver('', sign(''))).toBe(401);
  });

  test('that is huge is not read', async () => {
    const body = event({ id: 'x'.repeat(2_000_000) });
    expect(await deliver(body)).toBe(413);
    expect(await deliveries()).toEqual([]);
  });

  test('is not lost when it cannot be stored: Stripe is told to come again', async () => {
    await db.schema.alterTable('delivery').renameTo('gone').execute();
    expect(await deliver(event())).toBe(500);
    expect(received).toBe(0);
    await db.schema.alterTable('gone').renameTo('delivery').execute();
    expect(await deliver(event())).toBe(200);
    expect(await deliveries()).toHaveLength(1);
  });

  test('is not half kept when its job cannot be stored', async () => {
    await db.schema.alterTable('job').renameTo('gone').execute();
    expect(await deliver(event())).toBe(500);
    expect(await deliveries()).toEqual([]);
    await db.schema.alterTable('gone').renameTo('job').execute();
    expect(await deliver(event())).toBe(200);
    expect(await jobs()).toHaveLength(1);
  });
});

describe('where a delivery says to look', () => {
  test.each([
    [
      'a checkout',
      event(),
      { objectId: 'cs_test_1', sessionId: 'cs_test_1', paymentId: 'pi_1', bookingId: 'booking-1' },
    ],
    [
      'a checkout that nobody has paid',
      event({ type: 'checkout.session.expired' }, { payment_intent: null, metadata: {} }),
      { sessionId: 'cs_test_1', paymentId: null, bookingId: 'booking-1' },
    ],
    [
      'a payment',
      event({}, { id: 'pi_1', object: 'payment_intent', payment_intent: undefined }),
      { objectId: 'pi_1', sessionId: null, paymentId: 'pi_1' },
    ],
    [
      'a charge',
      event({}, { id: 'ch_1', object: 'charge', client_reference_id: undefined }),
      { objectId: 'ch_1', sessionId: null, paymentId: 'pi_1', bookingId: 'booking-1' },
    ],
    [
      'a refund made by hand',
      event({}, { id: 're_1', object: 'refund', metadata: {}, client_reference_id: undefined }),
      { objectId: 're_1', sessionId: null, paymentId: 'pi_1', bookingId: null },
    ],
    [
      'a dispute',
      event({}, { id: 'du_1', object: 'dispute', metadata: null, client_reference_id: null }),
      { objectId: 'du_1', sessionId: null, paymentId: 'pi_1', bookingId: null },
    ],
    [
      'something on a connected account',
      event({ account: 'acct_1' }),
      { account: 'acct_1', sessionId: 'cs_test_1' },
    ],
    ['something at another version', event({ api_version: null }), { sessionId: 'cs_test_1' }],
  ])('%s', (_, body, expected) => {
    expect(parseStripeDelivery(body)).toMatchObject({ account: null, ...expected });
  });

  test.each([
    ['no id', event({ id: undefined })],
    ['no object', event({ data: { object: null } })],
    ['an object without an id', event({}, { id: null })],
    ['a payment that is a number', event({}, { payment_intent: 7 })],
    ['metadata that is none', event({}, { metadata: { booking_id: ['booking-1'] } })],
    ['an account that is none', event({ account: {} })],
    ['no JSON', '{'],
  ])('nowhere, with %s', (_, body) => {
    expect(parseStripeDelivery(body)).toBeNull();
  });
});

describe('Stripe itself', () => {
  /** A Stripe that tells this endpoint, and a session that is sold, paid and refunded there. */
  function telling(trouble: object = {}) {
    const sandbox = createStripeSandbox({
      clock,
      random: seededRandom(3),
      fetch: async (input, init) => fetch(new Request(input, init)),
    });
    Object.assign(sandbox.trouble, trouble);
    const { id: endpointId } = sandbox.addEndpoint({
      url: endpoint,
      enabledEvents: [...stripeEventTypes],
      secret: secrets[0]!,
    });
    const payment = createStripe({
      url: 'https://api.stripe.com',
      secretKey: defaultSecretKey,
      fetch: (input, init) => sandbox.fetch(new Request(input, init)),
      clock,
      random: seededRandom(4),
    });
    async function sell(bookingId = 'booking-1'): Promise<void> {
      const { id } = await payment.openCheckout({
        bookingId,
        price: { amount: 4900, currency: 'eur' },
        title: 'Talk & walk',
        description: null,
        email: 'ada@example.org',
        capture: 'before_booking',
        successUrl: 'https://book.example.com/return?session_id={CHECKOUT_SESSION_ID}',
        cancelUrl: 'https://portfolio.example/book',
        expiresAt: secondsAt(clock.now()) + 35 * 60,
        idempotencyKey: `checkout:${bookingId}`,
        recipient: ownAccount,
      });
      sandbox.pay(id);
      const { payment: paid } = await payment.readCheckout(id, ownAccount);
      await payment.refund(paid?.id ?? '', bookingId, callOf(`refund:${bookingId}`));
      await sandbox.settleWebhooks();
    }
    return { sandbox, endpointId, sell };
  }

  test('tells what happened, and every telling leads to the booking and its payment', async () => {
    const { sandbox, sell } = telling();
    await sell();
    const told = (await deliveries()).map(({ body }) => parseStripeDelivery(body));
    expect(new Set(told.map((each) => each?.type))).toEqual(
      new Set([
        'checkout.session.completed',
        'payment_intent.succeeded',
        'refund.created',
        'charge.refunded',
      ]),
    );
    const [intent] = sandbox.state.paymentIntents;
    for (const each of told) {
      expect(each).toMatchObject({ paymentId: intent?.id, bookingId: 'booking-1', account: null });
    }
    expect(sandbox.state.deliveries.map(({ status }) => status)).toEqual(
      told.map(() => 'delivered'),
    );
  });

  test.each([
    ['repeats itself', { webhookCopies: 5 }],
    ['comes in any order', { webhookOrder: 'random', webhookShuffleMs: 600_000 }],
    ['comes hours late', { webhookDelayMs: 10 * 3_600_000 }],
  ])('is kept once when it %s', async (_, trouble) => {
    const { sell } = telling(trouble);
    await sell();
    await clock.advance(24 * 3_600_000);
    expect(await deliveries()).toHaveLength(4);
  });

  test('comes again until it is believed, signing anew each time', async () => {
    start(['whsec_of_another_endpoint']);
    const { sell } = telling();
    await sell();
    expect(await deliveries()).toEqual([]);
    start();
    await clock.advance(24 * 3_600_000);
    expect(await deliveries()).toHaveLength(4);
    expect(new Set(refusals())).toEqual(new Set(['mismatch']));
  });

  test('is believed all through a change of its secret', async () => {
    const { sandbox, endpointId, sell } = telling();
    const hour = 3_600_000;
    const renewed = sandbox.rollSecret(endpointId, 24 * hour);
    // Before the backend knows the new one, when it knows both, and when the old one is over.
    start([secrets[0]!]);
    await sell('booking-1');
    start([renewed, secrets[0]!]);
    await sell('booking-2');
    await clock.advance(25 * hour);
    await sell('booking-3');
    start([renewed]);
    await sell('booking-4');
    expect(await deliveries()).toHaveLength(16);
    expect(refusals()).toEqual([]);
  });
});

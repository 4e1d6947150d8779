import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type RunningSandbox, startSandbox } from '../../demo/sandbox/serve.ts';
import { seededRandom } from '../../demo/sandbox/seeded-random.ts';
import { systemClock, systemRandom } from '../clock.ts';
import type { CheckoutRequest, Payment } from './payment.ts';
import { createStripe } from './stripe.ts';
import { callOf, ownAccount } from './test/stripe-shop.ts';

let sandbox: RunningSandbox;
let payment: Payment;

beforeEach(async () => {
  sandbox = await startSandbox({ calendlyPort: 0, smtpPort: 0, random: seededRandom(5) });
  payment = createStripe({
    url: sandbox.stripeUrl,
    secretKey: sandbox.stripeKey,
    fetch,
    clock: systemClock,
    random: systemRandom,
    writeTimeoutMs: 1_500,
  });
});
afterEach(() => sandbox.stop());

const request = (): CheckoutRequest => ({
  bookingId: 'booking-1',
  price: { amount: 4900, currency: 'eur' },
  title: 'Talk & walk ü 🦊',
  description: null,
  email: 'ada@example.org',
  capture: 'after_booking',
  successUrl: 'https://book.example.com/return?session_id={CHECKOUT_SESSION_ID}',
  cancelUrl: 'https://portfolio.example/book',
  expiresAt: Math.floor(systemClock.now() / 1000) + 35 * 60,
  idempotencyKey: 'checkout:1',
  recipient: ownAccount,
});

const create = 'POST /v1/checkout/sessions';

describe('Stripe over real sockets', () => {
  test('sells, holds and takes', async () => {
    const { id } = await payment.openCheckout(request());
    sandbox.stripe.pay(id);
    const checkout = await payment.readCheckout(id, ownAccount);
    expect(checkout).toMatchObject({ payment: { status: 'authorized', amount: 4900 } });
    expect(await payment.capture(checkout.payment?.id ?? '', callOf('capture'))).toBe('done');
    expect(await payment.readCheckout(id, ownAccount)).toMatchObject({
      payment: { status: 'paid' },
    });
  });

  test('does once what was asked again after a torn socket, half an answer and none at all', async () => {
    // The server reports every answer that broke off.
    const reported = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const { trouble, state } = sandbox.stripe;
    const wish = request();
    trouble.dropReplyAfter = [{ route: create, how: 'reset' }];
    await expect(payment.openCheckout(wish)).rejects.toMatchObject({
      failure: 'unavailable',
      message: 'The connection to Stripe failed.',
    });
    trouble.cutBody = [{ route: create }];
    await expect(payment.openCheckout(wish)).rejects.toMatchObject({
      failure: 'unavailable',
      message: 'The connection to Stripe failed.',
    });
    trouble.dropReplyAfter = [{ route: create, how: 'hang' }];
    await expect(payment.openCheckout(wish)).rejects.toMatchObject({
      failure: 'unavailable',
      message: 'Stripe did not answer in time.',
    });
    const { id } = await payment.openCheckout(wish);
    expect(state.sessions.map((session) => session.id)).toEqual([id]);
    // The client itself asked no more often than it was told to.
    expect(sandbox.stripe.calls({ method: 'POST' })).toHaveLength(4);
    reported.mockRestore();
  });

  test('is asked again by itself only for what changes nothing', async () => {
    const { id } = await payment.openCheckout(request());
    sandbox.stripe.trouble.dropReplyAfter = [{ route: 'GET *', how: 'reset', times: 2 }];
    expect(await payment.readCheckout(id, ownAccount)).toMatchObject({ id, status: 'open' });
  });

  test('is gone', async () => {
    const gone = createStripe({
      url: 'http://localhost:1',
      secretKey: sandbox.stripeKey,
      fetch,
      clock: systemClock,
      random: systemRandom,
    });
    await expect(gone.openCheckout(request())).rejects.toMatchObject({ failure: 'unavailable' });
  });
});

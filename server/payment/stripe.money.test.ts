import { describe, expect, test } from 'vitest';
import { connectedAccount, defaultSecretKey } from '../../demo/sandbox/stripe/stripe.ts';
import type { PaymentRecipient } from './payment.ts';
import { callOf, ownAccount, stripeShop, type StripeShop } from './test/stripe-shop.ts';

const day = 24 * 3_600_000;
const declining = '4000000000000002';
const authenticating = '4000002500003155';

const charged = { capture: 'before_booking' } as const;
const direct: PaymentRecipient = { ...ownAccount, account: connectedAccount, applicationFee: 500 };
const destination: PaymentRecipient = {
  account: null,
  transferDestination: connectedAccount,
  applicationFee: 500,
};

const stateOf = async ({ payment }: StripeShop, id: string, recipient = ownAccount) =>
  payment.readCheckout(id, recipient);

describe('a checkout is read', () => {
  async function opened(): Promise<StripeShop & { id: string }> {
    const shop = stripeShop();
    const { id } = await shop.payment.openCheckout(shop.request());
    return { ...shop, id };
  }

  test('while nobody has paid', async () => {
    const shop = await opened();
    expect(await stateOf(shop, shop.id)).toMatchObject({
      status: 'open',
      url: expect.stringContaining(shop.id),
      payment: null,
    });
  });

  test.each(['unpaid', 'paid'] as const)(
    'when money is held, whatever Stripe calls that (%s)',
    async (word) => {
      const shop = await opened();
      shop.sandbox.trouble.manualCapturePaymentStatus = word;
      shop.sandbox.pay(shop.id);
      expect(await stateOf(shop, shop.id)).toMatchObject({
        status: 'complete',
        url: null,
        payment: {
          id: expect.stringMatching(/^pi_/),
          status: 'authorized',
          bookingId: 'booking-1',
          amount: 4900,
          currency: 'eur',
          refunded: 0,
          captureBefore: shop.clock.now() + 7 * day,
        },
      });
    },
  );

  test('when money was taken at once', async () => {
    const shop = stripeShop();
    const { id } = await shop.paid(charged);
    expect((await stateOf(shop, id)).payment).toMatchObject({
      status: 'paid',
      amount: 4900,
      refunded: 0,
      captureBefore: null,
    });
  });

  test('when a card was declined, and another one was taken', async () => {
    const shop = await opened();
    shop.sandbox.pay(shop.id, declining);
    expect(await stateOf(shop, shop.id)).toMatchObject({
      status: 'open',
      payment: { status: 'declined' },
    });
    shop.sandbox.pay(shop.id);
    expect(await stateOf(shop, shop.id)).toMatchObject({ payment: { status: 'authorized' } });
  });

  test('while the bank asks who pays', async () => {
    const shop = await opened();
    shop.sandbox.pay(shop.id, authenticating, { threeDSecure: 'leave' });
    expect(await stateOf(shop, shop.id)).toMatchObject({
      status: 'open',
      payment: { status: 'none_yet' },
    });
  });

  test('while the bank asks again after a decline', async () => {
    const shop = await opened();
    shop.sandbox.pay(shop.id, declining);
    shop.sandbox.pay(shop.id, authenticating, { threeDSecure: 'leave' });
    expect(await stateOf(shop, shop.id)).toMatchObject({ payment: { status: 'none_yet' } });
  });

  test('when it has ended by itself', async () => {
    const shop = await opened();
    await shop.clock.advance(35 * 60_000);
    expect(await stateOf(shop, shop.id)).toMatchObject({
      status: 'expired',
      url: null,
      payment: null,
    });
  });

  test('when it has ended after a decline', async () => {
    const shop = await opened();
    shop.sandbox.pay(shop.id, declining);
    await shop.payment.expireCheckout(shop.id, callOf('expire'));
    expect(await stateOf(shop, shop.id)).toMatchObject({
      status: 'expired',
      payment: { status: 'declined' },
    });
  });

  test.each([true, false])(
    'when the held money was given back, which is no refund (shown as one: %s)',
    async (shown) => {
      const shop = await opened();
      shop.sandbox.trouble.releaseShownAsRefund = shown;
      shop.sandbox.pay(shop.id);
      const { payment } = await stateOf(shop, shop.id);
      await shop.payment.release(payment?.id ?? '', callOf('release'));
      expect(await stateOf(shop, shop.id)).toMatchObject({
        status: 'complete',
        payment: { status: 'canceled', refunded: 0 },
      });
    },
  );

  test.each(['automatic', 'expired'] as const)('when the hold has lapsed (%s)', async (reason) => {
    const shop = await opened();
    shop.sandbox.trouble.lapseReason = reason;
    shop.sandbox.pay(shop.id);
    await shop.clock.advance(7 * day);
    expect(await stateOf(shop, shop.id)).toMatchObject({
      payment: { status: 'canceled', refunded: 0 },
    });
  });

  test('when a part was given back, and when all of it was', async () => {
    const shop = stripeShop();
    const { id, pi } = await shop.paid(charged);
    await refundByHand(shop, pi, '1000');
    expect(await stateOf(shop, id)).toMatchObject({ payment: { status: 'paid', refunded: 1000 } });
    await shop.payment.refund(pi, 'booking-1', callOf('refund'));
    expect(await stateOf(shop, id)).toMatchObject({ payment: { status: 'paid', refunded: 4900 } });
  });

  test('when it belongs to somebody else’s account, with that account only', async () => {
    const shop = stripeShop();
    const { id } = await shop.paid({ recipient: direct });
    expect(await stateOf(shop, id, direct)).toMatchObject({ payment: { status: 'authorized' } });
    await expect(stateOf(shop, id, ownAccount)).rejects.toMatchObject({
      failure: 'not_found',
      code: 'resource_missing',
    });
    const stranger = { ...ownAccount, account: 'acct_stranger' };
    await expect(stateOf(shop, id, stranger)).rejects.toMatchObject({ failure: 'key' });
  });

  test('by nobody when it does not exist', async () => {
    const shop = stripeShop();
    await expect(stateOf(shop, 'cs_test_gone')).rejects.toMatchObject({ failure: 'not_found' });
  });
});

/** What the owner does in Stripe's dashboard. */
async function refundByHand({ sandbox }: StripeShop, pi: string, amount?: string): Promise<void> {
  const answer = await sandbox.fetch('https://api.stripe.com/v1/refunds', {
    method: 'POST',
    headers: { Authorization: `Bearer ${defaultSecretKey}` },
    body: new URLSearchParams({ payment_intent: pi, ...(amount && { amount }) }),
  });
  expect(answer.status).toBe(200);
}

describe('a write', () => {
  test('of each kind is done once under its key, however often it is asked', async () => {
    const shop = stripeShop();
    const { payment, sandbox } = shop;
    const open = await payment.openCheckout(shop.request());
    const held = await shop.paid();
    const released = await shop.paid();
    const taken = await shop.paid(charged);
    for (let times = 0; times < 3; times++) {
      expect(await payment.expireCheckout(open.id, callOf('k-expire'))).toBe('done');
      expect(await payment.capture(held.pi, callOf('k-capture'))).toBe('done');
      expect(await payment.release(released.pi, callOf('k-release'))).toBe('done');
      expect(await payment.refund(taken.pi, 'booking-1', callOf('k-refund'))).toMatchObject({
        status: 'succeeded',
        amount: 4900,
      });
    }
    const writes = sandbox.calls({ method: 'POST', path: /(expire|capture|cancel|refunds)$/ });
    expect(writes.map(({ idempotencyKey, replayed }) => [idempotencyKey, replayed])).toEqual(
      [false, true, true].flatMap((replayed) =>
        ['k-expire', 'k-capture', 'k-release', 'k-refund'].map((key) => [key, replayed]),
      ),
    );
    expect(sandbox.state.refunds.filter(({ reason }) => reason !== null)).toHaveLength(1);
  });
});

describe('the state has moved on before', () => {
  const cases: [string, (shop: StripeShop) => Promise<unknown>][] = [
    [
      'expiring what was paid',
      async (shop) => {
        const { id } = await shop.paid();
        return shop.payment.expireCheckout(id, callOf('k'));
      },
    ],
    [
      'expiring what is paid in the same moment',
      async (shop) => {
        const { id } = await shop.payment.openCheckout(shop.request());
        shop.sandbox.trouble.paidWhileExpiring = 1;
        return shop.payment.expireCheckout(id, callOf('k'));
      },
    ],
    [
      'expiring what has ended',
      async (shop) => {
        const { id } = await shop.payment.openCheckout(shop.request());
        await shop.clock.advance(35 * 60_000);
        return shop.payment.expireCheckout(id, callOf('k'));
      },
    ],
    [
      'capturing what was captured',
      async (shop) => {
        const { pi } = await shop.paid();
        await shop.payment.capture(pi, callOf('first'));
        return shop.payment.capture(pi, callOf('k'));
      },
    ],
    [
      'capturing what was released',
      async (shop) => {
        const { pi } = await shop.paid();
        await shop.payment.release(pi, callOf('first'));
        return shop.payment.capture(pi, callOf('k'));
      },
    ],
    [
      'capturing what has lapsed',
      async (shop) => {
        const { pi } = await shop.paid();
        await shop.clock.advance(7 * day);
        return shop.payment.capture(pi, callOf('k'));
      },
    ],
    [
      'capturing what lapses in the same moment',
      async (shop) => {
        const { pi } = await shop.paid();
        shop.sandbox.trouble.holdGoneOnCapture = 1;
        return shop.payment.capture(pi, callOf('k'));
      },
    ],
    [
      'capturing what nobody has paid yet',
      async (shop) => {
        const { pi } = await shop.paid({}, declining);
        return shop.payment.capture(pi, callOf('k'));
      },
    ],
    [
      'releasing what was captured',
      async (shop) => {
        const { pi } = await shop.paid();
        await shop.payment.capture(pi, callOf('first'));
        return shop.payment.release(pi, callOf('k'));
      },
    ],
    [
      'releasing what was released',
      async (shop) => {
        const { pi } = await shop.paid();
        await shop.payment.release(pi, callOf('first'));
        return shop.payment.release(pi, callOf('k'));
      },
    ],
    [
      'releasing what nobody has paid yet',
      async (shop) => {
        const { pi } = await shop.paid({}, declining);
        return shop.payment.release(pi, callOf('k'));
      },
    ],
    [
      'refunding what was refunded by hand',
      async (shop) => {
        const { pi } = await shop.paid(charged);
        await refundByHand(shop, pi);
        return shop.payment.refund(pi, 'booking-1', callOf('k'));
      },
    ],
    [
      'refunding what was never taken',
      async (shop) => {
        const { pi } = await shop.paid();
        return shop.payment.refund(pi, 'booking-1', callOf('k'));
      },
    ],
    [
      'refunding what the cardholder’s bank has taken back',
      async (shop) => {
        const { pi } = await shop.paid(charged);
        shop.sandbox.dispute(pi);
        return shop.payment.refund(pi, 'booking-1', callOf('k'));
      },
    ],
  ];
  test.each(cases)('%s', async (_, write) => {
    expect(await write(stripeShop())).toBe('state_moved');
  });

  test('and what does not exist is not there', async () => {
    const { payment } = stripeShop();
    for (const write of [
      payment.expireCheckout('cs_test_gone', callOf('a')),
      payment.capture('pi_gone', callOf('b')),
      payment.release('pi_gone', callOf('c')),
      payment.refund('pi_gone', 'booking-1', callOf('d')),
    ]) {
      await expect(write).rejects.toMatchObject({ failure: 'not_found' });
    }
  });

  test('an expiry that Stripe refuses for another reason is refused', async () => {
    const shop = stripeShop();
    const { id } = await shop.payment.openCheckout(shop.request());
    shop.sandbox.trouble.failNext = [{ route: 'POST *', status: 400, code: 'whatever' }];
    await expect(shop.payment.expireCheckout(id, callOf('k'))).rejects.toMatchObject({
      failure: 'refused',
      code: 'whatever',
    });
  });

  test('money may still come although the expiry was done', async () => {
    const shop = stripeShop();
    const { id } = await shop.payment.openCheckout(shop.request());
    shop.sandbox.trouble.paidDespiteExpiring = 1;
    expect(await shop.payment.expireCheckout(id, callOf('k'))).toBe('done');
    expect(await stateOf(shop, id)).toMatchObject({ payment: { status: 'authorized' } });
  });
});

describe('a refund', () => {
  test.each([
    ['succeed', 'succeeded', 'succeeded'],
    ['stay-pending', 'pending', 'pending'],
    ['pending-then-succeed', 'pending', 'succeeded'],
    ['pending-then-fail', 'pending', 'failed'],
    ['succeed-then-fail', 'succeeded', 'failed'],
  ] as const)('told to %s is %s at first and %s in the end', async (course, first, last) => {
    const shop = stripeShop();
    const { id, pi } = await shop.paid(charged);
    shop.sandbox.trouble.refunds = course;
    const refund = await shop.payment.refund(pi, 'booking-1', callOf('refund'));
    expect(refund).toEqual({ id: expect.stringMatching(/^re_/), status: first, amount: 4900 });
    await shop.clock.advance(60_000);
    expect(await shop.payment.refunds(pi, 'booking-1', ownAccount)).toEqual([
      { ...(refund as object), status: last },
    ]);
    const refunded = last === 'failed' ? 0 : 4900;
    expect(await stateOf(shop, id)).toMatchObject({ payment: { refunded } });
  });

  test('of what is left is for what is left', async () => {
    const shop = stripeShop();
    const { pi } = await shop.paid(charged);
    await refundByHand(shop, pi, '900');
    expect(await shop.payment.refund(pi, 'booking-1', callOf('k'))).toMatchObject({ amount: 4000 });
  });

  test('puts nobody’s card on a block list', async () => {
    const shop = stripeShop();
    const { pi } = await shop.paid(charged);
    await shop.payment.refund(pi, 'booking-1', callOf('k'));
    expect(shop.sandbox.state.refunds).toMatchObject([
      { reason: 'requested_by_customer', metadata: { booking_id: 'booking-1' } },
    ]);
  });

  test('made by hand, for another booking or as the form of a release is not ours', async () => {
    const shop = stripeShop();
    const { pi } = await shop.paid(charged);
    await refundByHand(shop, pi, '100');
    await shop.payment.refund(pi, 'booking-2', callOf('k'));
    expect(await shop.payment.refunds(pi, 'booking-1', ownAccount)).toEqual([]);
    const released = await shop.paid();
    await shop.payment.release(released.pi, callOf('release'));
    expect(await shop.payment.refunds(released.pi, 'booking-1', ownAccount)).toEqual([]);
  });

  test('is found behind more of them than one page holds', async () => {
    const shop = stripeShop();
    const { pi } = await shop.paid({ ...charged, price: { amount: 90_000, currency: 'eur' } });
    const ours = await shop.payment.refund(pi, 'booking-1', callOf('k'));
    const [first] = shop.sandbox.state.refunds;
    for (let more = 0; more < 250; more++) {
      shop.sandbox.state.refunds.push({ ...first!, id: `re_more${more}`, metadata: {} });
    }
    expect(await shop.payment.refunds(pi, 'booking-1', ownAccount)).toEqual([ours]);
    expect(shop.sandbox.calls({ method: 'GET', path: /refunds$/ })).toHaveLength(3);
  });
});

describe('Stripe Connect', () => {
  test('a charge on the host’s own account is a matter of that account in every call', async () => {
    const shop = stripeShop();
    const { payment, sandbox } = shop;
    const open = await payment.openCheckout(shop.request({ recipient: direct }));
    await payment.expireCheckout(open.id, callOf('1', direct));
    const { id, pi } = await shop.paid({ recipient: direct });
    await payment.readCheckout(id, direct);
    await payment.capture(pi, callOf('2', direct));
    await payment.refund(pi, 'booking-1', callOf('3', direct));
    await payment.refunds(pi, 'booking-1', direct);
    const other = await shop.paid({ recipient: direct });
    await payment.release(other.pi, callOf('4', direct));
    expect(new Set(sandbox.calls().map(({ account }) => account))).toEqual(
      new Set([connectedAccount]),
    );
    expect(sandbox.calls().filter(({ status }) => status !== 200)).toEqual([]);
    expect(sandbox.state.paymentIntents).toMatchObject([
      { application_fee_amount: 500, transfer_data: null },
      {},
    ]);
  });

  test('a charge for the host goes on to them, less our fee', async () => {
    const shop = stripeShop();
    const { pi } = await shop.paid({ recipient: destination });
    await shop.payment.capture(pi, callOf('k', destination));
    expect(shop.sandbox.state.paymentIntents).toMatchObject([
      { application_fee_amount: 500, transfer_data: { destination: connectedAccount } },
    ]);
    expect(new Set(shop.sandbox.calls().map(({ account }) => account))).toEqual(new Set([null]));
  });

  test.each([
    ['the account of the key', ownAccount, undefined, undefined],
    [
      'the host’s account, without a fee',
      { ...direct, applicationFee: null },
      undefined,
      undefined,
    ],
    ['the host’s account, with a fee', direct, undefined, 'true'],
    ['us for the host, without a fee', { ...destination, applicationFee: null }, 'true', undefined],
    ['us for the host, with a fee', destination, 'true', 'true'],
  ])('what %s got comes back whole', async (_, recipient, reversed, feeBack) => {
    const shop = stripeShop();
    const { pi } = await shop.paid({ ...charged, recipient });
    await shop.payment.refund(pi, 'booking-1', callOf('k', recipient));
    const { body } = shop.sandbox.calls({ method: 'POST', path: /refunds$/ })[0]!;
    expect(body['reverse_transfer']).toBe(reversed);
    expect(body['refund_application_fee']).toBe(feeBack);
  });
});

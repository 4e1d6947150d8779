import { createManualClock, type ManualClock } from '../../../demo/sandbox/manual-clock.ts';
import { seededRandom } from '../../../demo/sandbox/seeded-random.ts';
import {
  createStripeSandbox,
  defaultSecretKey,
  type StripeSandbox,
} from '../../../demo/sandbox/stripe/stripe.ts';
import type { CheckoutRequest, Payment, PaymentCall, PaymentRecipient } from '../payment.ts';
import type { StripeDeps } from '../stripe.client.ts';
import { createStripe } from '../stripe.ts';

export const ownAccount: PaymentRecipient = {
  account: null,
  transferDestination: null,
  applicationFee: null,
};

/** Everything under another key than everything before. */
export const callOf = (
  idempotencyKey: string,
  recipient: PaymentRecipient = ownAccount,
): PaymentCall => ({ idempotencyKey, recipient });

export interface StripeShop {
  clock: ManualClock;
  sandbox: StripeSandbox;
  payment: Payment;
  /** Every entry that was logged. */
  logged: object[];
  /** What happens to answers on their way; nothing unless changed. */
  network: { spoil: (response: Response, request: Request) => Response | Promise<Response> };
  request(changes?: Partial<CheckoutRequest>): CheckoutRequest;
  /** A checkout that somebody has paid, and the id of its payment. */
  paid(changes?: Partial<CheckoutRequest>, card?: string): Promise<{ id: string; pi: string }>;
  /** What came of it, with the clock going on wherever only time helps. */
  ending<T>(work: Promise<T>): Promise<T>;
}

/** The adapter over a Stripe that is as strict as the real one. */
export function stripeShop(deps: Partial<StripeDeps> = {}): StripeShop {
  const clock = createManualClock('2026-11-23T08:00:00Z');
  const sandbox = createStripeSandbox({
    clock,
    random: seededRandom(11),
    fetch: async () => new Response(),
  });
  const network: StripeShop['network'] = { spoil: (response) => response };
  const logged: object[] = [];
  const payment = createStripe({
    url: 'https://api.stripe.com',
    secretKey: defaultSecretKey,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      return network.spoil(await sandbox.fetch(request), request);
    },
    clock,
    random: (bytes) => new Uint8Array(bytes).fill(128),
    log: (entry) => logged.push(entry),
    ...deps,
  });
  let opened = 0;

  const shop: StripeShop = {
    clock,
    sandbox,
    payment,
    logged,
    network,
    request: (changes = {}) => ({
      bookingId: 'booking-1',
      price: { amount: 4900, currency: 'eur' },
      title: 'Talk & walk',
      description: 'Tuesday, 24 November 2026, 10:00 · Europe/London',
      email: 'ada@example.org',
      capture: 'after_booking',
      successUrl: 'https://book.example.com/return?session_id={CHECKOUT_SESSION_ID}',
      cancelUrl: 'https://portfolio.example/book?booking-calendar=booking-1',
      expiresAt: Math.floor(clock.now() / 1000) + 35 * 60,
      idempotencyKey: `checkout:${++opened}`,
      recipient: ownAccount,
      ...changes,
    }),
    async paid(changes, card) {
      const { id } = await payment.openCheckout(shop.request(changes));
      sandbox.pay(id, card);
      const pi = sandbox.state.sessions.find((session) => session.id === id)?.payment_intent;
      return { id, pi: pi ?? '' };
    },
    async ending(work) {
      let over = false;
      const watched = work.finally(() => (over = true));
      watched.catch(() => undefined);
      for (;;) {
        for (let turn = 0; turn < 10; turn++) await new Promise((next) => setImmediate(next));
        if (over) return watched;
        if (!(await clock.step())) throw new Error('Nothing is waiting and nothing has ended.');
      }
    },
  };
  return shop;
}

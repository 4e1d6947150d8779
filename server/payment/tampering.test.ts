import { describe, expect, it } from 'vitest';
import { createDeployment, pageOrigin, type Deployment } from '../../demo/sandbox/deployment.ts';
import { defaultSecretKey } from '../../demo/sandbox/stripe/stripe.ts';
import { seededRandom } from '../../demo/sandbox/seeded-random.ts';
import type { AvailableTimesResponse, Slot } from '../contract/available-times.ts';
import type { BookingConfirmResponse } from '../contract/booking.ts';

// What visitors do who would rather not pay, or pay something else, or for somebody else, or twice.
const histories = process.env['CI'] === 'true' ? 10_000 : 500;
const perDeployment = 100;

const sessionTypes = [
  { id: 'cheap', eventType: 'intro-call', price: { amount: 900, currency: 'eur' } },
  { id: 'dear', eventType: 'intro-call', price: { amount: 4900, currency: 'eur' } },
  {
    id: 'charged',
    eventType: 'intro-call',
    price: { amount: 4900, currency: 'usd' },
    capture: 'before_booking' as const,
  },
];
const plenty = { perMinute: 1e6, perHour: 1e6, perDay: 1e6 };
const cards = ['4242424242424242', '4000000000000002', '4000000000009995'];

interface Held {
  id: string;
  token: string;
  sessionId: string;
}

class Visitors {
  readonly #deployment: Deployment;
  readonly #slots: Slot[];
  readonly #random;
  /** Lies that were answered with a 2xx. */
  readonly believed: string[] = [];
  #held: Held[] = [];
  #tries = 0;

  constructor(deployment: Deployment, slots: Slot[], seed: number) {
    this.#deployment = deployment;
    this.#slots = slots;
    this.#random = seededRandom(seed);
  }

  #die(sides: number): number {
    const [high = 0, low = 0] = this.#random(2);
    return (high * 256 + low) % sides;
  }

  #one<T>(of: readonly T[]): T {
    const chosen = of[this.#die(of.length)];
    if (chosen === undefined) throw new Error('Nothing to choose from.');
    return chosen;
  }

  /** One history: a few acts, then whatever is still held is given back, so that the next one finds free times. */
  async live(): Promise<void> {
    const acts = [
      () => this.#confirm(),
      () => this.#confirm(),
      () => this.#pay(),
      () => this.#pay(),
      () => this.#comeBack(),
      () => this.#comeBackForged(),
      () => this.#payElsewhere(),
      () => this.#tellLies(),
      () => this.#giveBack(),
    ];
    await this.#confirm();
    for (let act = this.#die(4); act >= 0; act--) await this.#one(acts)();
    await this.#deployment.settle();
    for (const held of this.#held) await this.#cancel(held);
    this.#held = [];
  }

  async #confirm(): Promise<void> {
    const { startTime, endTime, schedulingUrl } = this.#one(this.#slots);
    const tampered = this.#one<object>([
      {},
      {},
      {},
      { price: { amount: 1, currency: 'eur' } },
      { amount: -4900 },
      { price: { amount: Number.MAX_SAFE_INTEGER + 1, currency: 'eur' } },
      { paymentStatus: 'paid' },
      { returnUrl: 'https://evil.example/' },
      { returnUrl: `${pageOrigin}/thanks?session_id=cs_test_1` },
      { timeSlot: { startTime, endTime, schedulingUrl, price: 0 } },
    ]);
    const { status, body } = await this.#deployment.post<BookingConfirmResponse>(
      '/api/scheduling/bookings/confirm',
      {
        sessionTypeId: this.#one(sessionTypes).id,
        timeSlot: { startTime, endTime, schedulingUrl },
        clientDetails: { name: 'Mallory', email: 'mallory@example.com', timezone: 'UTC' },
        answers: [{ question: 'What would you like to talk about?', answer: 'Prices' }],
        ...tampered,
      },
      { 'idempotency-key': `key-${(this.#tries += 1)}` },
    );
    if (status !== 200) return;
    const { id, token } = body.booking;
    const session = this.#deployment.stripe.state.sessions.findLast(
      ({ metadata }) => metadata['booking_id'] === id,
    );
    if (session) this.#held.push({ id, token, sessionId: session.id });
  }

  #isOpen(sessionId: string): boolean {
    const { sessions } = this.#deployment.stripe.state;
    return sessions.find(({ id }) => id === sessionId)?.status === 'open';
  }

  async #pay(): Promise<void> {
    const open = this.#held.filter(({ sessionId }) => this.#isOpen(sessionId));
    if (open.length > 0) this.#deployment.stripe.pay(this.#one(open).sessionId, this.#one(cards));
  }

  async #return(booking: string, session: string): Promise<void> {
    await this.#deployment.until(
      this.#deployment.request(
        `/api/payments/return?booking=${encodeURIComponent(booking)}&session_id=${encodeURIComponent(session)}`,
      ),
    );
  }

  async #comeBack(): Promise<void> {
    const held = this.#one(this.#held.length > 0 ? this.#held : [null]);
    if (held) await this.#return(held.id, held.sessionId);
  }

  async #comeBackForged(): Promise<void> {
    const { sessions } = this.#deployment.stripe.state;
    const held = this.#held.at(-1);
    if (!held) return;
    const session = this.#one([
      ...sessions.slice(-5).map(({ id }) => id),
      'cs_test_forged',
      '{CHECKOUT_SESSION_ID}',
      "cs_test_' or 1=1",
    ]);
    await this.#return(held.id, session);
  }

  /** A checkout of the same account that bears our booking's name: cheaper, in another currency, or just another one. */
  async #payElsewhere(): Promise<void> {
    const held = this.#held.at(-1);
    if (!held) return;
    const [amount, currency] = this.#one([
      ['50', 'eur'],
      ['4900', 'eur'],
      ['4900', 'huf'],
      ['900', 'usd'],
    ] as const);
    const response = await this.#deployment.stripe.fetch(
      'https://api.stripe.com/v1/checkout/sessions',
      {
        method: 'POST',
        headers: { authorization: `Bearer ${defaultSecretKey}` },
        body: new URLSearchParams({
          mode: 'payment',
          success_url: 'https://elsewhere.example/',
          client_reference_id: held.id,
          'metadata[booking_id]': held.id,
          'payment_intent_data[metadata][booking_id]': held.id,
          'line_items[0][quantity]': '1',
          'line_items[0][price_data][currency]': currency,
          'line_items[0][price_data][unit_amount]': amount,
          'line_items[0][price_data][product_data][name]': 'Elsewhere',
        }),
      },
    );
    const { id } = (await response.json()) as { id?: string };
    if (id !== undefined) this.#deployment.stripe.pay(id);
    if (id !== undefined) await this.#return(held.id, id);
  }

  /** News of a payment that Stripe never sent. */
  async #tellLies(): Promise<void> {
    const held = this.#held.at(-1);
    if (!held) return;
    const event = {
      id: `evt_${(this.#tries += 1)}`,
      object: 'event',
      type: 'checkout.session.completed',
      data: { object: { id: held.sessionId, object: 'checkout.session', payment_status: 'paid' } },
    };
    const { status } = await this.#deployment.post('/api/webhooks/stripe', event, {
      'stripe-signature': `t=${Math.floor(this.#deployment.clock.now() / 1000)},v1=${'0'.repeat(64)}`,
    });
    if (status < 400) this.believed.push(event.id);
  }

  async #giveBack(): Promise<void> {
    const held = this.#held.at(-1);
    if (held) await this.#cancel(held);
  }

  async #cancel({ id, token }: Held): Promise<void> {
    await this.#deployment.until(
      this.#deployment.post(
        `/api/scheduling/bookings/${id}/cancel`,
        {},
        {
          authorization: `Bearer ${token}`,
        },
      ),
    );
  }
}

/** Every booking that was ever confirmed, and what is wrong with its payment. */
async function unpaid({ db, stripe, calendly }: Deployment): Promise<string[]> {
  const { sessions, paymentIntents } = stripe.state;
  const bookings = await db.selectFrom('booking').selectAll().execute();
  const payments = await db.selectFrom('payment').selectAll().execute();
  const served = new Set<string>();
  return bookings
    .filter(({ id, invitee_uri }) => {
      const isKnown = calendly.state.invitees.some(
        ({ tracking }) => tracking.salesforce_uuid === id,
      );
      return invitee_uri !== null || isKnown;
    })
    .flatMap(({ id, session_type_id }) => {
      const payment = payments.find(({ booking_id }) => booking_id === id);
      const session = sessions.find((each) => each.id === payment?.session_id);
      const intent = paymentIntents.find((each) => each.id === session?.payment_intent);
      const price = sessionTypes.find((each) => each.id === session_type_id)?.price;
      const isNew = intent !== undefined && !served.has(intent.id);
      if (intent) served.add(intent.id);
      const isPaid =
        isNew &&
        intent.amount === price?.amount &&
        intent.currency === price.currency &&
        session?.metadata['booking_id'] === id &&
        session.status === 'complete';
      return isPaid ? [] : [`${id} (${session_type_id}) for ${intent?.amount ?? 'nothing'}`];
    });
}

describe('visitors who tamper', { timeout: 900_000 }, () => {
  it(`never get a booking without paying for it what it costs, over ${histories} histories`, async () => {
    let confirmed = 0;
    for (let seed = 0; seed < histories / perDeployment; seed++) {
      const deployment = await createDeployment({
        seed,
        config: { sessionTypes, bookingQuota: plenty },
      });
      const { body } = await deployment.get<AvailableTimesResponse>(
        '/api/scheduling/calendly/available-times?sessionTypeId=dear',
      );
      const visitors = new Visitors(deployment, body.slots, seed);
      for (let history = 0; history < perDeployment; history++) await visitors.live();
      expect(await unpaid(deployment), `seed ${seed}`).toEqual([]);
      expect(visitors.believed).toEqual([]);
      const count = await deployment.db
        .selectFrom('booking')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .where('invitee_uri', 'is not', null)
        .executeTakeFirstOrThrow();
      confirmed += count.count;
      await deployment.close();
    }
    // Otherwise nothing was tried.
    expect(confirmed).toBeGreaterThan(histories / 20);
  });
});

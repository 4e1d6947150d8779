import { describe, expect, test } from 'vitest';
import { seededRandom } from '../seeded-random.ts';
import { createManualClock } from '../manual-clock.ts';
import { createCalendlySandbox } from '../calendly/calendly.ts';
import { createStripeSandbox, defaultSecretKey } from '../stripe/stripe.ts';
import type { OurBooking } from './backend-view.ts';
import { countPromises, isSettled, type Ledgers } from './promises.ts';

const price = { amount: 4900, currency: 'eur' };

const ours = (part: Partial<OurBooking> = {}): OurBooking => ({
  id: 'booking-1',
  status: 'confirmed',
  paymentStatus: 'paid',
  price,
  paidBy: null,
  inviteeUri: null,
  canceledBy: null,
  name: 'Ada Lovelace',
  email: 'ada@example.com',
  title: 'Pricing workshop',
  startTime: '2026-11-24T09:00:00Z',
  updatedAt: '2026-11-23T09:00:00Z',
  ...part,
});

const clock = createManualClock('2026-11-23T08:00:00Z');

/** One person in the calendar. */
function bookedOnce() {
  const calendly = createCalendlySandbox({
    clock,
    random: seededRandom(1),
    fetch,
    seed: { lived: false },
  });
  const invitee = calendly.bookAsStranger('intro-call', calendly.freeTimes('intro-call')[0] ?? '');
  return { calendly, invitee };
}

/** One payment for a booking, by a person at the hosted page. */
async function paidOnce(capture: 'manual' | 'automatic', booking = 'booking-1') {
  const stripe = createStripeSandbox({ clock, random: seededRandom(2), fetch });
  await pay(stripe, capture, booking);
  return stripe;
}

async function pay(
  stripe: ReturnType<typeof createStripeSandbox>,
  capture: string,
  booking: string,
): Promise<void> {
  const answer = await stripe.fetch('https://api.stripe.com/v1/checkout/sessions', {
    method: 'POST',
    headers: { authorization: `Bearer ${defaultSecretKey}` },
    body: new URLSearchParams({
      mode: 'payment',
      success_url: 'https://book.example.com/',
      'line_items[0][quantity]': '1',
      'line_items[0][price_data][currency]': price.currency,
      'line_items[0][price_data][unit_amount]': String(price.amount),
      'line_items[0][price_data][product_data][name]': 'Pricing workshop',
      'payment_intent_data[capture_method]': capture,
      'payment_intent_data[metadata][booking_id]': booking,
    }),
  });
  const { id } = (await answer.json()) as { id: string };
  stripe.pay(id);
}

const broken = (ledgers: Ledgers): string[] =>
  countPromises(ledgers)
    .filter(({ count }) => count > 0)
    .map(({ count, label }) => `${count} ${label}`);

describe('the promises that the panel counts', () => {
  test('are kept by a booking that is paid and in the calendar', async () => {
    const { calendly, invitee } = bookedOnce();
    const stripe = await paidOnce('automatic');
    const booking = ours({ inviteeUri: invitee.uri });
    expect(isSettled(booking)).toBe(true);
    expect(broken({ ours: [booking], calendly: calendly.state, stripe: stripe.state })).toEqual([]);
  });

  test.each([
    ['somebody is at work on it', { status: 'scheduling', paymentStatus: 'authorized' }],
    ['the money is on its way back', { status: 'rejected', paymentStatus: 'releasing' }],
    [
      'the rule lets the owner keep it',
      { status: 'canceled', paymentStatus: 'paid', canceledBy: 'invitee' },
    ],
  ] as const)(
    'are not broken while money without a booking is there because %s',
    async (_, part) => {
      const { calendly } = bookedOnce();
      const stripe = await paidOnce('manual');
      expect(
        broken({ ours: [ours(part)], calendly: calendly.state, stripe: stripe.state }),
      ).toEqual([]);
    },
  );

  test.each([
    ['a booking that was rejected', [ours({ status: 'rejected', paymentStatus: 'released' })]],
    [
      'a booking that failed to be refunded',
      [ours({ status: 'canceled', paymentStatus: 'refund_failed' })],
    ],
    ['nobody', []],
  ])('are broken by money that is kept for %s', async (_, bookings) => {
    const { calendly } = bookedOnce();
    for (const capture of ['manual', 'automatic'] as const) {
      const stripe = await paidOnce(capture);
      expect(broken({ ours: bookings, calendly: calendly.state, stripe: stripe.state })).toEqual([
        '1 charged without a booking',
      ]);
    }
  });

  test('are broken by a second payment for one booking', async () => {
    const { calendly, invitee } = bookedOnce();
    const stripe = await paidOnce('automatic');
    await pay(stripe, 'manual', 'booking-1');
    const booking = ours({ inviteeUri: invitee.uri });
    expect(broken({ ours: [booking], calendly: calendly.state, stripe: stripe.state })).toEqual([
      '1 charged without a booking',
    ]);
  });

  test('are broken by a booking that nobody has paid, or paid for another', async () => {
    const { calendly, invitee } = bookedOnce();
    const booking = ours({ inviteeUri: invitee.uri });
    const stripe = await paidOnce('automatic', 'booking-2');
    expect(broken({ ours: [booking], calendly: calendly.state, stripe: stripe.state })).toEqual([
      '1 charged without a booking',
      '1 booked without a payment',
    ]);
  });

  test('are kept by the booking that took the place of the paid one', async () => {
    const { calendly, invitee } = bookedOnce();
    const stripe = await paidOnce('automatic');
    const bookings = [
      ours({ status: 'rescheduled' }),
      ours({ id: 'booking-2', paidBy: 'booking-1', inviteeUri: invitee.uri }),
    ];
    expect(broken({ ours: bookings, calendly: calendly.state, stripe: stripe.state })).toEqual([]);
  });

  test('are broken by a booking that Calendly has never heard of', () => {
    const { calendly } = bookedOnce();
    const booking = ours({ price: null, paymentStatus: 'not_required', inviteeUri: 'elsewhere' });
    const nothing = { paymentIntents: [], refunds: [] };
    expect(broken({ ours: [booking], calendly: calendly.state, stripe: nothing })).toEqual([
      '1 accepted bookings lost',
    ]);
  });
});

import { expect, it } from 'vitest';
import { liveMany } from './many.ts';

const isNightly = process.env['CI'] === 'true';
const everyday = 2_000;
const crashHistories = 15_000;

/** Places at which a backend that takes money dies, and has to have died in so many histories. */
const places = [
  'before transaction',
  'after commit',
  'after Calendly POST /invitees',
  'after Stripe POST /v1/checkout/sessions',
  'after Stripe POST /v1/checkout/sessions/*/expire',
  'after Stripe POST /v1/payment_intents/*/capture',
  'after Stripe POST /v1/refunds',
  'after mail',
];

const ends = [
  'confirmed not_required',
  'confirmed paid',
  'canceled paid',
  'canceled refunded',
  'canceled released',
  'canceled refund_failed',
  'rescheduled paid',
  'rejected released',
  'rejected refunded',
  'expired released',
];

it(
  'keeps every promise in thousands of histories in which everything goes wrong',
  { timeout: 600_000 },
  async () => {
    const report = await liveMany({
      from: 1,
      enough: ({ histories, crashed }) =>
        isNightly ? crashed >= crashHistories : histories >= everyday,
    });
    // What to do with one of these: npm run sim -- --seed …
    expect(report.broken).toEqual([]);
    for (const place of places) expect(report.crashes, place).toHaveProperty([place]);
    for (const end of ends) expect(report.ends, end).toHaveProperty([end]);
  },
);

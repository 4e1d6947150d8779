import type { SessionTypeConfig } from '../../server/availability/session-type-config.ts';
import type { Config } from '../../server/config.ts';
import type { SeedData } from '../sandbox/calendly/seed.ts';

/** A calendar so small that a few visitors are in each other's way, with everything that can be sold. */
export const sessionTypes: SessionTypeConfig[] = [
  { id: 'free', eventType: 'free-call' },
  {
    id: 'paid',
    eventType: 'paid-call',
    price: { amount: 4900, currency: 'eur' },
    cancellation: { refundUntilHours: 24 },
  },
  {
    id: 'charged',
    eventType: 'charged-call',
    price: { amount: 8000, currency: 'usd' },
    capture: 'before_booking',
    cancellation: { refundUntilHours: 24 },
  },
  { id: 'group', eventType: 'workshop' },
  { id: 'paid-group', eventType: 'class', price: { amount: 2500, currency: 'eur' } },
];

export const priceOf = (sessionTypeId: string): { amount: number; currency: string } | null =>
  sessionTypes.find(({ id }) => id === sessionTypeId)?.price ?? null;

/** A Monday morning in Berlin. */
export const firstMoment = Date.parse('2026-11-23T08:00:00Z');

const place = { kind: 'custom', location: 'Once around the lake' } as const;
const rules = { slot_step_minutes: 30, bookable_days: 4 };

/** From six to fifty hours ahead, so that some are canceled in time for a refund and some too late. */
export const calendar: SeedData = {
  lived: false,
  schedule: [
    { type: 'wday', wday: 'monday', intervals: [{ from: '15:00', to: '16:00' }] },
    { type: 'wday', wday: 'tuesday', intervals: [{ from: '09:30', to: '11:00' }] },
    { type: 'wday', wday: 'wednesday', intervals: [{ from: '10:00', to: '11:00' }] },
  ],
  eventTypes: [
    { name: 'Free call', slug: 'free-call', locations: [place], rules },
    { name: 'Paid call', slug: 'paid-call', locations: [place], rules },
    { name: 'Charged call', slug: 'charged-call', locations: [{ kind: 'zoom_conference' }], rules },
    { name: 'Workshop', slug: 'workshop', kind: 'group', rules: { ...rules, seats: 2 } },
    { name: 'Class', slug: 'class', kind: 'group', rules: { ...rules, seats: 2 } },
  ],
};

export const config: Partial<Config> = { sessionTypes };

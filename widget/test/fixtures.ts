import type { Slot } from '../../server/contract/available-times.ts';
import type { SessionType } from '../../server/contract/session-type.ts';

/** Tuesday, half past ten in Berlin. */
export const NOW = '2026-11-10T09:30:00.000Z';

export const sessionType = (changes: Partial<SessionType> = {}): SessionType => ({
  id: 'workshop',
  title: 'Pricing workshop',
  description: 'Bring one offer.',
  duration: 60,
  price: null,
  category: null,
  paidOnCalendly: false,
  capture: null,
  refundUntilHours: null,
  requiresAuth: false,
  kind: 'solo',
  host: { name: 'Ines Almeida' },
  locations: [{ kind: 'google_conference', location: null, additionalInfo: null }],
  questions: [],
  displayOrder: 0,
  schedulingUrl: 'https://calendly.com/ines/workshop',
  eventType: 'https://api.calendly.com/event_types/WORKSHOP',
  slug: 'workshop',
  ...changes,
});

/** An hour from `startTime`, which may be short: `2026-11-19T13:45`. */
export const slot = (startTime: string, inviteesRemaining = 1): Slot => {
  const start = new Date(`${startTime}Z`);
  return {
    startTime: start.toISOString(),
    endTime: new Date(start.getTime() + 3_600_000).toISOString(),
    schedulingUrl: `https://calendly.com/ines/workshop/${startTime}`,
    inviteesRemaining,
  };
};

/** Seven on Thursday 19 November in Berlin, fewer around it, two in December. */
export const someSlots: readonly Slot[] = [
  slot('2026-11-12T08:00'),
  slot('2026-11-13T08:00'),
  slot('2026-11-13T09:15'),
  slot('2026-11-13T15:00'),
  slot('2026-11-19T08:00'),
  slot('2026-11-19T09:15'),
  slot('2026-11-19T10:30'),
  slot('2026-11-19T12:30'),
  slot('2026-11-19T13:45'),
  slot('2026-11-19T15:00', 2),
  slot('2026-11-19T17:30'),
  slot('2026-12-02T09:00'),
  slot('2026-12-02T10:00'),
];

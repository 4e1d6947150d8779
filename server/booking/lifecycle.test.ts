import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bookingStatuses, type BookingStatus, type PaymentStatus } from '../contract/booking.ts';
import type { BookingRecord } from './booking.ts';
import { exampleBooking } from './booking.example.ts';
import type { BookingEvent } from './booking-event.ts';
import { begin, decide } from './lifecycle.ts';
import { contradiction, endedStatuses } from './soundness.ts';

const created: BookingEvent = {
  type: 'invitee-created',
  at: 1_000,
  inviteeUri: 'https://api.calendly.com/scheduled_events/S1/invitees/I1',
  eventUri: 'https://api.calendly.com/scheduled_events/S1',
  cancelUrl: 'https://calendly.com/cancellations/1',
  rescheduleUrl: 'https://calendly.com/reschedulings/1',
  startTime: '2026-12-01T15:00:00.000Z',
  endTime: '2026-12-01T15:30:00.000Z',
  createdAt: 900,
};

const events: Record<BookingEvent['type'], BookingEvent> = {
  'invitee-created': created,
  'slot-lost': { type: 'slot-lost', heard: true },
  'scheduling-failed': { type: 'scheduling-failed', heard: false },
  'scheduling-refused': {
    type: 'scheduling-refused',
    continueUrl: 'https://calendly.com/ines/intro-call',
    holdExpiresAt: 5_000,
  },
  'hold-expired': { type: 'hold-expired', at: 5_000 },
  'slot-begun': { type: 'slot-begun' },
  'cancel-requested': { type: 'cancel-requested', at: 2_000, reason: 'ill' },
  'cancel-refused': { type: 'cancel-refused' },
  'invitee-canceled': { type: 'invitee-canceled', at: 3_000, by: 'host', reason: null },
  'booking-replaced': { type: 'booking-replaced', by: 'other', canceledInCalendly: false },
  'place-known': {
    type: 'place-known',
    place: { kind: 'google_conference', location: null, joinUrl: 'https://meet.example/1' },
  },
  'checkout-opened': { type: 'checkout-opened', checkoutUrl: 'https://checkout.stripe.com/c/1' },
  'checkout-refused': { type: 'checkout-refused' },
  'payment-declined': { type: 'payment-declined' },
  'payment-authorized': { type: 'payment-authorized', seat: 1 },
  'payment-captured': { type: 'payment-captured', seat: 1 },
  'payment-released': { type: 'payment-released' },
  'payment-refunded': { type: 'payment-refunded', at: 4_000 },
  'payment-returned': { type: 'payment-returned' },
  'refund-failed': { type: 'refund-failed' },
};

const price = { amount: 4_900, currency: 'eur' };
const invited: Partial<BookingRecord> = {
  inviteeUri: created.inviteeUri,
  eventUri: created.eventUri,
  knownSince: 1_000,
};

/** One sound booking per status, unpaid ones first. */
const states: Record<BookingStatus, BookingRecord> = {
  awaiting_payment: exampleBooking({
    status: 'awaiting_payment',
    paymentStatus: 'open',
    price,
    holdExpiresAt: 4_000,
  }),
  scheduling: exampleBooking(),
  awaiting_invitee: exampleBooking({
    status: 'awaiting_invitee',
    continueUrl: 'https://calendly.com/x',
    holdExpiresAt: 4_000,
  }),
  confirmed: exampleBooking({ status: 'confirmed', ...invited }),
  canceled: exampleBooking({ status: 'canceled', seat: null, ...invited }),
  rescheduled: exampleBooking({
    status: 'rescheduled',
    seat: null,
    rescheduledTo: 'other',
    ...invited,
  }),
  expired: exampleBooking({ status: 'expired', seat: null }),
  rejected: exampleBooking({ status: 'rejected', seat: null, rejection: 'slot_taken' }),
};

/** Where an event leads; whatever is not named here must change nothing. */
const moves: Partial<Record<BookingStatus, Partial<Record<BookingEvent['type'], BookingStatus>>>> =
  {
    awaiting_payment: {
      'checkout-opened': 'awaiting_payment',
      'payment-returned': 'canceled',
      'payment-declined': 'awaiting_payment',
      'checkout-refused': 'rejected',
      'payment-authorized': 'scheduling',
      'payment-captured': 'scheduling',
      'hold-expired': 'expired',
      'slot-begun': 'expired',
      'cancel-requested': 'canceled',
    },
    scheduling: {
      'invitee-created': 'confirmed',
      'slot-lost': 'rejected',
      'scheduling-failed': 'rejected',
      'scheduling-refused': 'awaiting_invitee',
    },
    awaiting_invitee: {
      'invitee-created': 'confirmed',
      'hold-expired': 'awaiting_invitee',
      'slot-begun': 'expired',
      'cancel-requested': 'canceled',
    },
    confirmed: {
      'cancel-requested': 'confirmed',
      'invitee-canceled': 'canceled',
      'booking-replaced': 'rescheduled',
      'place-known': 'confirmed',
    },
  };

describe('the lifecycle of a booking', () => {
  for (const status of bookingStatuses) {
    for (const event of Object.values(events)) {
      const to = moves[status]?.[event.type];
      it(`${event.type} on ${status} ${to ? `leads to ${to}` : 'changes nothing'}`, () => {
        const before = states[status];
        const { booking, jobs } = decide(before, event);
        if (to) {
          expect(booking).not.toBe(before);
          expect(booking.status).toBe(to);
          expect(contradiction(booking)).toBeNull();
        } else {
          expect(booking).toBe(before);
          expect(jobs).toEqual([]);
        }
      });
    }
  }

  it('owes Calendly an invitee from the first moment of a free booking', () => {
    expect(begin(states.scheduling).map(({ kind }) => kind)).toEqual(['schedule-invitee']);
    expect(begin(states.awaiting_payment).map(({ kind }) => kind)).toEqual([
      'open-checkout',
      'expire-hold',
    ]);
  });

  it('tells the invitee once the booking is confirmed, and captures money that was only authorized', () => {
    const paid = exampleBooking({ price, paymentStatus: 'authorized' });
    expect(decide(states.scheduling, created).jobs.map(({ kind }) => kind)).toEqual([
      'read-place',
      'send-mail',
    ]);
    expect(decide(paid, created).jobs.map(({ kind }) => kind)).toContain('capture-payment');
  });

  it('gives authorized money back when the slot is lost, and paid money when it was charged first', () => {
    const authorized = decide(
      exampleBooking({ price, paymentStatus: 'authorized' }),
      events['slot-lost'],
    );
    expect(authorized.booking.paymentStatus).toBe('releasing');
    expect(authorized.jobs.map(({ kind }) => kind)).toEqual(['release-payment']);
    const paid = decide(exampleBooking({ price, paymentStatus: 'paid' }), events['slot-lost']);
    expect(paid.booking.paymentStatus).toBe('refunding');
    expect(paid.jobs.map(({ kind }) => kind)).toEqual(['refund-payment']);
  });

  it('cancels in Calendly before the booking counts as canceled', () => {
    const requested = decide(states.confirmed, events['cancel-requested']);
    expect(requested.jobs).toEqual([
      { kind: 'cancel-event', key: `cancel-event:${states.confirmed.id}:1` },
    ]);
    const again = decide(requested.booking, events['cancel-requested']);
    expect(again.jobs).toEqual([]);
    const canceled = decide(requested.booking, events['invitee-canceled']).booking;
    // The API marks every cancellation as the host's.
    expect(canceled).toMatchObject({
      status: 'canceled',
      canceledBy: 'invitee',
      cancelReason: 'ill',
      seat: null,
    });
  });

  it('keeps a booking that Calendly will not cancel', () => {
    const requested = decide(states.confirmed, events['cancel-requested']).booking;
    expect(decide(requested, events['cancel-refused']).booking).toMatchObject({
      status: 'confirmed',
      cancelRequestedAt: null,
    });
  });

  it('retires the old booking only after the new one is confirmed', () => {
    const replacement = exampleBooking({ replaces: 'old', sequence: 1 });
    expect(begin(replacement).map(({ kind }) => kind)).toEqual(['schedule-invitee']);
    const kinds = decide(replacement, created).jobs.map((job) =>
      job.kind === 'send-mail' ? job.mail : job.kind,
    );
    expect(kinds).toEqual(['read-place', 'booking-rescheduled']);
    expect(
      decide(states.confirmed, events['booking-replaced']).jobs.map(({ kind }) => kind),
    ).toEqual(['cancel-event']);
  });

  it('gives the seat of an unfinished booking back in time, and still takes the invitee who finishes late', () => {
    const early = decide(states.awaiting_invitee, { type: 'hold-expired', at: 3_999 });
    expect(early.booking).toBe(states.awaiting_invitee);
    const released = decide(states.awaiting_invitee, events['hold-expired']).booking;
    expect(released).toMatchObject({ status: 'awaiting_invitee', seat: null });
    expect(decide(released, created).booking.status).toBe('confirmed');
  });

  it('follows Calendly when the invitee took another time there', () => {
    const moved = {
      ...created,
      startTime: '2026-12-02T09:00:00.000Z',
      endTime: '2026-12-02T09:30:00.000Z',
    };
    expect(decide(states.awaiting_invitee, moved).booking).toMatchObject({
      startTime: moved.startTime,
      endTime: moved.endTime,
      seat: null,
    });
  });

  it('never contradicts itself, whatever happens in whatever order', () => {
    const anyEvent = fc.constantFrom(...Object.values(events));
    const anyStart = fc.constantFrom<BookingRecord>(
      states.scheduling,
      states.awaiting_payment,
      exampleBooking({ price, paymentStatus: 'authorized' }),
      exampleBooking({ replaces: 'old' }),
    );
    fc.assert(
      fc.property(anyStart, fc.array(anyEvent, { maxLength: 40 }), (start, history) => {
        let booking = start;
        for (const event of history) {
          const next = decide(booking, event).booking;
          // Only late money brings a booking back, and only while its seat is still free.
          const isRevived = booking.status === 'expired' && next.status === 'scheduling';
          if (endedStatuses.has(booking.status) && !isRevived) {
            expect(next.status).toBe(booking.status);
          }
          if (isRevived) expect(['authorized', 'paid']).toContain(next.paymentStatus);
          booking = next;
          expect(contradiction(booking)).toBeNull();
        }
      }),
      { numRuns: 2_000 },
    );
  });

  describe('money that comes after the hold has ended', () => {
    const expired = decide(states.awaiting_payment, events['hold-expired']).booking;
    const authorized = (seat: number | null): BookingEvent => ({
      type: 'payment-authorized',
      seat,
    });
    const captured = (seat: number | null): BookingEvent => ({ type: 'payment-captured', seat });

    it('is on its way back from the moment the hold ends', () => {
      expect(expired).toMatchObject({ status: 'expired', paymentStatus: 'releasing', seat: null });
    });

    it('books after all when the seat is still free', () => {
      for (const paymentStatus of ['releasing', 'released'] as const) {
        const late = decide({ ...expired, paymentStatus }, authorized(1));
        expect(late.booking).toMatchObject({
          status: 'scheduling',
          paymentStatus: 'authorized',
          seat: 1,
        });
        expect(late.jobs.map(({ kind }) => kind)).toEqual(['schedule-invitee']);
      }
    });

    it('goes back when it is not: released when reserved, refunded when taken', () => {
      const reserved = decide({ ...expired, paymentStatus: 'released' }, authorized(null));
      expect(reserved.booking).toMatchObject({
        status: 'rejected',
        rejection: 'slot_taken',
        paymentStatus: 'releasing',
      });
      expect(reserved.jobs.map(({ kind }) => kind)).toEqual(['release-payment', 'send-mail']);
      const taken = decide({ ...expired, paymentStatus: 'released' }, captured(null));
      expect(taken.booking).toMatchObject({ status: 'rejected', paymentStatus: 'refunding' });
      expect(taken.jobs.map(({ kind }) => kind)).toEqual(['refund-payment', 'send-mail']);
    });

    it('is decided once: what was sent back does not come again for a seat that is free later', () => {
      const { booking } = decide(expired, authorized(null));
      expect(decide(booking, authorized(1)).booking.status).toBe('rejected');
    });

    it('goes back when the invitee had canceled', () => {
      const canceled = decide(states.awaiting_payment, events['cancel-requested']).booking;
      const late = decide(canceled, captured(1));
      expect(late.booking).toMatchObject({
        status: 'canceled',
        paymentStatus: 'refunding',
        seat: null,
      });
    });
  });

  describe('the money of a canceled booking', () => {
    const paid = (refundUntilHours: number | null) =>
      exampleBooking({
        status: 'confirmed',
        ...invited,
        price,
        paymentStatus: 'paid',
        refundUntilHours,
      });
    const hoursBefore = (hours: number) => Date.parse(created.startTime) - hours * 3_600_000;
    const canceled = (by: 'host' | 'invitee', hours: number, rule: number | null) =>
      decide(paid(rule), { type: 'invitee-canceled', at: hoursBefore(hours), by, reason: null })
        .booking.paymentStatus;

    it('goes back until the hour that the session type names, and stays after it', () => {
      expect(canceled('invitee', 25, 24)).toBe('refunding');
      expect(canceled('invitee', 24, 24)).toBe('refunding');
      expect(canceled('invitee', 23, 24)).toBe('paid');
      expect(canceled('invitee', 1, null)).toBe('refunding');
    });

    it('always goes back when it was the host who canceled', () => {
      expect(canceled('host', 1, 24)).toBe('refunding');
    });

    it('counts from the moment the invitee asked, not from when Calendly answered', () => {
      const asked = decide(paid(24), {
        type: 'cancel-requested',
        at: hoursBefore(25),
        reason: null,
      });
      const event: BookingEvent = {
        type: 'invitee-canceled',
        at: hoursBefore(23),
        by: 'host',
        reason: null,
      };
      expect(decide(asked.booking, event).booking).toMatchObject({
        canceledBy: 'invitee',
        paymentStatus: 'refunding',
      });
    });
  });

  it('delivering every fact twice owes nothing twice', () => {
    const anyEvent = fc.constantFrom(...Object.values(events));
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 20 }), (history) => {
        let booking = states.scheduling;
        for (const event of history) {
          const once = decide(booking, event);
          const twice = decide(once.booking, event);
          const keys = new Set(once.jobs.map(({ key }) => key));
          expect(twice.jobs.every(({ key }) => keys.has(key) || once.jobs.length === 0)).toBe(true);
          booking = once.booking;
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('refuses to call money without a booking, or a booking without money, a state', () => {
    const impossible: [BookingStatus, PaymentStatus][] = [
      ['confirmed', 'released'],
      ['confirmed', 'open'],
      ['expired', 'paid'],
      ['rejected', 'authorized'],
      ['scheduling', 'open'],
      ['canceled', 'authorized'],
    ];
    for (const [status, paymentStatus] of impossible) {
      expect(contradiction({ ...states[status], price, paymentStatus })).not.toBeNull();
    }
    for (const state of Object.values(states)) expect(contradiction(state)).toBeNull();
  });
});

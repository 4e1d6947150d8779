import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDeployment, type Deployment } from '../../demo/sandbox/deployment.ts';
import type { AvailableTimesResponse, Slot } from '../contract/available-times.ts';
import type { BookingConfirmResponse, BookingResponse } from '../contract/booking.ts';
import { contradiction } from './soundness.ts';
import { findBooking } from './booking.store.ts';

/** What may happen to a deployment, as data: fast-check makes histories of it and shrinks the ones that go wrong. */
type Step =
  | { do: 'confirm'; slot: number; key: number; workshop: boolean }
  | { do: 'cancel' | 'reschedule'; which: number; slot: number }
  | { do: 'host-cancels' | 'invitee-cancels' | 'invitee-moves'; which: number; slot: number }
  | { do: 'stranger-books'; slot: number }
  | { do: 'pass'; seconds: number }
  | { do: 'webhooks'; lost: boolean; copies: number; shuffle: number; early: boolean }
  | { do: 'lose-reply'; route: string; executed: boolean }
  | { do: 'fail'; route: string; status: number }
  | { do: 'quota'; usedUp: boolean }
  | { do: 'crash'; call: number; when: 'before' | 'after' }
  | { do: 'stranger-is-quicker' | 'sweep' };

const small = fc.nat({ max: 5 });
const route = fc.constantFrom(
  'POST /invitees',
  'POST /scheduled_events/*',
  'GET /scheduled_events*',
  'GET /event_type*',
);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('confirm' as const),
      slot: small,
      key: small,
      workshop: fc.boolean(),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('cancel' as const, 'reschedule' as const),
      which: small,
      slot: small,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'host-cancels' as const,
        'invitee-cancels' as const,
        'invitee-moves' as const,
      ),
      which: small,
      slot: small,
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('stranger-books' as const), slot: small }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('pass' as const),
      seconds: fc.constantFrom(1, 11, 35, 400),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('webhooks' as const),
      lost: fc.boolean(),
      copies: fc.integer({ min: 1, max: 3 }),
      shuffle: fc.constantFrom(0, 40_000),
      early: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('lose-reply' as const), route, executed: fc.boolean() }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('fail' as const),
      route,
      status: fc.constantFrom(500, 503, 429),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('quota' as const), usedUp: fc.boolean() }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('crash' as const),
      call: fc.integer({ min: 1, max: 6 }),
      when: fc.constantFrom('before' as const, 'after' as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom('sweep' as const, 'stranger-is-quicker' as const) }),
  },
);

async function live(deployment: Deployment, history: readonly Step[]): Promise<void> {
  const { calendly } = deployment;
  const bookings: { id: string; token: string }[] = [];
  const times = async (id: string): Promise<Slot[]> => {
    const answer = deployment.get<AvailableTimesResponse>(
      `/api/scheduling/calendly/available-times?sessionTypeId=${id}`,
    );
    return (await deployment.until(answer))?.body.slots?.slice(10) ?? [];
  };
  const ours = () =>
    calendly.state.invitees.filter(
      ({ status, scheduling_method, old_invitee }) =>
        status === 'active' && (scheduling_method === 'api' || old_invitee !== null),
    );
  const slotPart = ({ startTime, endTime, schedulingUrl }: Slot) => ({
    startTime,
    endTime,
    schedulingUrl,
  });

  for (const event of history) {
    switch (event.do) {
      case 'confirm': {
        const sessionTypeId = event.workshop ? 'pricing-workshop' : 'intro-call';
        const slot = (await times(sessionTypeId))[event.slot];
        if (!slot) break;
        const answer = await deployment.until(
          deployment.post<Partial<BookingConfirmResponse>>(
            '/api/scheduling/bookings/confirm',
            {
              sessionTypeId,
              timeSlot: slotPart(slot),
              clientDetails: {
                name: 'Ada',
                email: `visitor${event.key}@example.com`,
                timezone: 'Asia/Kathmandu',
              },
              ...(event.workshop
                ? {}
                : {
                    answers: [{ question: 'What would you like to talk about?', answer: 'Prices' }],
                  }),
            },
            { 'idempotency-key': `visitor ${event.key} ${slot.startTime}` },
          ),
        );
        if (answer?.body.booking) bookings.push(answer.body.booking);
        break;
      }
      case 'cancel':
      case 'reschedule': {
        const booking = bookings[event.which];
        if (!booking) break;
        const slot = (await times('intro-call'))[event.slot];
        const body = event.do === 'cancel' ? {} : slot && { timeSlot: slotPart(slot) };
        const answer = await deployment.until(
          deployment.post<Partial<BookingResponse>>(
            `/api/scheduling/bookings/${booking.id}/${event.do}`,
            body,
            {
              authorization: `Bearer ${booking.token}`,
            },
          ),
        );
        if (answer?.body.booking)
          bookings.push({ id: answer.body.booking.id, token: booking.token });
        break;
      }
      case 'host-cancels':
      case 'invitee-cancels':
      case 'invitee-moves': {
        const invitee = ours()[event.which];
        if (!invitee) break;
        const start =
          calendly.state.events.find(({ uri }) => uri === invitee.event)?.start_time ?? '';
        if (Date.parse(start) <= deployment.clock.now()) break;
        if (event.do === 'host-cancels') calendly.cancelAsHost(invitee.event);
        if (event.do === 'invitee-cancels') calendly.cancelAsInvitee(invitee.uri);
        if (event.do === 'invitee-moves') {
          const slot = (await times('intro-call'))[event.slot];
          if (slot && invitee.status === 'active')
            attempt(() => calendly.rescheduleAsInvitee(invitee.uri, slot.startTime));
        }
        break;
      }
      case 'stranger-books': {
        const slot = (await times('intro-call'))[event.slot];
        if (slot) attempt(() => calendly.bookAsStranger('intro-call', slot.startTime));
        break;
      }
      case 'pass':
        await deployment.pass(event.seconds * 1_000);
        break;
      case 'webhooks':
        calendly.trouble.webhooksLost = event.lost;
        calendly.trouble.webhookCopies = event.copies;
        calendly.trouble.webhookShuffleMs = event.shuffle;
        calendly.trouble.webhookBeforeReply = event.early;
        calendly.trouble.webhookOrder = event.early ? 'created-first' : 'canceled-first';
        break;
      case 'lose-reply':
        calendly.trouble.dropReplyAfter.push({
          route: event.route,
          how: 'reset',
          executed: event.executed,
        });
        break;
      case 'fail':
        calendly.trouble.failNext.push({ route: event.route, status: event.status });
        break;
      case 'quota':
        calendly.trouble.quotaUsedUp = event.usedUp;
        break;
      case 'crash':
        deployment.crashAtCall(event.call, event.when);
        break;
      case 'stranger-is-quicker':
        calendly.trouble.slotTakenNext = 1;
        break;
      case 'sweep':
        await deployment.until(deployment.app.sweep()).catch(() => undefined);
        break;
    }
  }
}

/** The sandbox throws where a person would see "not available any more". */
const attempt = (act: () => unknown): void => {
  try {
    act();
  } catch {
    // Nothing happened in Calendly either.
  }
};

async function recover(deployment: Deployment, guards = { sweep: true }): Promise<void> {
  const { trouble } = deployment.calendly;
  Object.assign(trouble, {
    dropReplyAfter: [],
    failNext: [],
    quotaUsedUp: false,
    slotTakenNext: 0,
  });
  deployment.restart();
  for (let minutes = 0; minutes < 16; minutes++) await deployment.pass(60_000);
  if (guards.sweep) await deployment.until(deployment.app.sweep());
  await deployment.settle();
  await deployment.pass(60_000);
}

/** Calendly's ledger and ours say the same, and nothing is left hanging. */
async function compareLedgers(deployment: Deployment): Promise<void> {
  const { calendly, db } = deployment;
  const rows = await db.selectFrom('booking').selectAll().execute();
  const active = new Map(
    calendly.state.invitees
      .filter(({ status }) => status === 'active')
      .map((invitee) => [invitee.uri, invitee]),
  );
  const ids = new Set(rows.map(({ id }) => id));
  for (const row of rows) {
    const booking = await findBooking(db, row.id);
    expect(booking && contradiction(booking)).toBeNull();
    expect(row.status).not.toBe('scheduling');
    if (row.status !== 'confirmed') continue;
    const invitee = active.get(row.invitee_uri ?? '');
    expect(invitee, `confirmed booking ${row.id} has its invitee`).toBeDefined();
    const event = calendly.state.events.find(({ uri }) => uri === invitee?.event);
    expect(Date.parse(event?.start_time ?? '')).toBe(Date.parse(row.start_time));
  }
  const confirmed = rows.filter(({ status }) => status === 'confirmed');
  for (const invitee of active.values()) {
    const tag = invitee.tracking.salesforce_uuid;
    if (tag === null || !ids.has(tag)) continue;
    const holders = confirmed.filter(({ invitee_uri }) => invitee_uri === invitee.uri);
    expect(holders.length, `invitee ${invitee.uri} belongs to one confirmed booking`).toBe(1);
  }
  const solo = confirmed
    .filter(({ is_group }) => is_group === 0)
    .map(({ start_time }) => start_time);
  expect(new Set(solo).size).toBe(solo.length);
  const owed = await db
    .selectFrom('job')
    .selectAll()
    .where('done_at', 'is', null)
    .where('dead_at', 'is', null)
    .execute();
  expect(
    owed.filter(({ kind }) => !['expire-invitation', 'expire-hold', 'read-place'].includes(kind)),
  ).toEqual([]);
}

const movedTwice: Step[] = [
  { do: 'confirm', slot: 0, key: 0, workshop: false },
  { do: 'invitee-moves', which: 0, slot: 3 },
  { do: 'invitee-moves', which: 0, slot: 5 },
];

/** Histories in which nothing was ever booked would prove nothing. */
const ends = new Map<string, number>();

describe('any history of visitors, hosts, strangers, networks and crashes', () => {
  it('ends with Calendly and our records in agreement', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 4, maxLength: 25 }),
        fc.nat(),
        async (history, seed) => {
          const deployment = await createDeployment({ seed });
          try {
            await deployment.app.subscribe();
            await live(deployment, history);
            await recover(deployment);
            await compareLedgers(deployment);
            for (const { status } of await deployment.db
              .selectFrom('booking')
              .select('status')
              .execute()) {
              ends.set(status, (ends.get(status) ?? 0) + 1);
            }
          } finally {
            await deployment.close();
          }
        },
      ),
      {
        numRuns: process.env['CI'] === 'true' ? 400 : 100,
        interruptAfterTimeLimit: 90_000,
        // Chance alone moves a booking in one history of twenty.
        examples: [[movedTwice, 1]],
      },
    );
    for (const status of ['confirmed', 'canceled', 'rescheduled', 'rejected', 'awaiting_invitee']) {
      expect(ends.get(status) ?? 0, `histories that end ${status}`).toBeGreaterThan(0);
    }
  }, 120_000);

  const lostReply: Step[] = [
    { do: 'webhooks', lost: true, copies: 1, shuffle: 0, early: false },
    { do: 'lose-reply', route: 'POST /invitees', executed: true },
    { do: 'confirm', slot: 0, key: 0, workshop: false },
  ];
  const canceledUnheard: Step[] = [
    { do: 'webhooks', lost: true, copies: 1, shuffle: 0, early: false },
    { do: 'confirm', slot: 0, key: 0, workshop: false },
    { do: 'host-cancels', which: 0, slot: 0 },
  ];

  /** Answers every search for a scheduled event with nothing. */
  const blind =
    (send: typeof fetch): typeof fetch =>
    (input, init) => {
      const { method, url } = new Request(input, init);
      return method === 'GET' && new URL(url).pathname === '/scheduled_events'
        ? Promise.resolve(
            Response.json({
              collection: [],
              pagination: { count: 0, next_page: null, previous_page: null },
            }),
          )
        : send(input, init);
    };

  const guards: {
    guard: string;
    history: Step[];
    off: { sweep: boolean; network?: typeof blind };
  }[] = [
    {
      guard: 'the look before a second try',
      history: lostReply,
      off: { sweep: true, network: blind },
    },
    { guard: 'the sweep', history: canceledUnheard, off: { sweep: false } },
  ];
  for (const { guard, history, off } of guards) {
    it(`would not without ${guard}`, async () => {
      for (const guarded of [true, false]) {
        const { network, sweep } = guarded ? { network: undefined, sweep: true } : off;
        const deployment = await createDeployment(network ? { network } : {});
        try {
          await deployment.app.subscribe();
          await live(deployment, history);
          await recover(deployment, { sweep });
          const agreement = await compareLedgers(deployment).then(
            () => true,
            () => false,
          );
          expect(agreement).toBe(guarded);
        } finally {
          await deployment.close();
        }
      }
    });
  }
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createManualClock } from '../../demo/sandbox/manual-clock.ts';
import { SchedulingError } from '../scheduling/scheduling.ts';
import { createAvailability, type HeldTime } from './availability.ts';
import { createCachedAnswer } from './cached-answer.ts';
import {
  createExampleCalendar,
  exampleOwner,
  exampleSession,
  openTime,
} from './calendar.example.ts';

const now = Date.parse('2026-11-23T08:00:00Z');
const minute = 60_000;
const quarter = 15 * minute;
const at = (ms: number): string => new Date(ms).toISOString();

const own = 'https://api.calendly.com/event_types/E1';

const world = fc.record({
  open: fc.uniqueArray(
    fc.record({
      quarter: fc.integer({ min: -50, max: 9_000 }),
      seats: fc.integer({ min: 1, max: 3 }),
    }),
    { maxLength: 60, selector: (time) => time.quarter },
  ),
  held: fc.array(
    fc.record({
      /** Which of the open times it lies at, so that many do meet. */
      near: fc.nat(59),
      shift: fc.integer({ min: -2, max: 2 }),
      quarters: fc.integer({ min: 1, max: 6 }),
      isOwnType: fc.boolean(),
      isOwnCalendar: fc.boolean(),
      /** Compared with when Calendly was asked. */
      known: fc.constantFrom('not yet', 'before', 'just then', 'since'),
    }),
    { maxLength: 12 },
  ),
  durationQuarters: fc.integer({ min: 1, max: 5 }),
  from: fc.integer({ min: -3_000, max: 9_000 }),
  length: fc.integer({ min: 1, max: 9_000 }),
});

test('the slots of any range are exactly the open times of Calendly without what is held here', async () => {
  await fc.assert(
    fc.asyncProperty(world, async ({ open, held, durationQuarters, from, length }) => {
      const clock = createManualClock(now);
      const calendar = createExampleCalendar(clock);
      const sorted = open.toSorted((a, b) => a.quarter - b.quarter);
      calendar.times = sorted.map((time) => openTime(at(now + time.quarter * quarter), time.seats));
      const heldTimes: HeldTime[] = held.map((time) => {
        const startMs = now + ((sorted[time.near]?.quarter ?? time.near) + time.shift) * quarter;
        return {
          calendar: time.isOwnCalendar ? exampleOwner.uri : 'https://api.calendly.com/users/U2',
          eventType: time.isOwnType ? own : 'https://api.calendly.com/event_types/E2',
          startTime: at(startMs),
          endTime: at(startMs + time.quarters * quarter),
          knownSince: { 'not yet': null, before: now - 1, 'just then': now, since: now + 1 }[
            time.known
          ],
        };
      });
      const availability = createAvailability({
        scheduling: calendar.scheduling,
        clock,
        held: (of, start, end) =>
          Promise.resolve(
            heldTimes.filter(
              (time) => time.calendar === of && time.startTime < end && start < time.endTime,
            ),
          ),
      });
      const range = { from: at(now + from * quarter), to: at(now + (from + length) * quarter) };
      const session = exampleSession({ durationMinutes: durationQuarters * 15, kind: 'group' });

      const counts = (time: HeldTime): boolean =>
        time.calendar === exampleOwner.uri && !(time.knownSince !== null && time.knownSince < now);
      const expected = sorted.flatMap((time) => {
        const startTime = at(now + time.quarter * quarter);
        const endTime = at(now + (time.quarter + durationQuarters) * quarter);
        if (startTime < range.from || startTime >= range.to || startTime <= at(now)) return [];
        const inTheWay = heldTimes.filter(
          (one) => counts(one) && one.startTime < endTime && startTime < one.endTime,
        );
        const seatMates = inTheWay.filter(
          (one) => one.eventType === own && one.startTime === startTime,
        );
        if (seatMates.length < inTheWay.length || seatMates.length >= time.seats) return [];
        return [{ startTime, endTime, inviteesRemaining: time.seats - seatMates.length }];
      });

      const { slots, stale } = await availability.times(session, range);
      expect(
        slots.map(({ startTime, endTime, inviteesRemaining }) => ({
          startTime,
          endTime,
          inviteesRemaining,
        })),
      ).toEqual(expected);
      expect(stale).toBe(false);

      const first = await availability.times(session, null);
      const shown = slots.filter(
        ({ startTime }) => startTime >= first.from && startTime < first.to,
      );
      expect(
        first.slots.filter(({ startTime }) => startTime >= range.from && startTime < range.to),
      ).toEqual(shown);
    }),
    { numRuns: 300 },
  );
});

const step = fc.oneof(
  fc.record({
    do: fc.constant('wait' as const),
    ms: fc.constantFrom(10, 400, 2_000, 29_000, 280_000),
  }),
  fc.record({ do: fc.constant('expire' as const) }),
  fc.record({ do: fc.constant('read' as const), fresh: fc.boolean() }),
  fc.record({
    do: fc.constant('weather' as const),
    latencyMs: fc.constantFrom(0, 50, 600, 4_000),
    isDown: fc.boolean(),
  }),
);

test('whatever happens, nothing is fresh that is older than 30 seconds or than the last booking, and nothing is shown after five minutes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40, size: 'max' }), async (steps) => {
      const clock = createManualClock(now);
      let weather = { latencyMs: 50, isDown: false };
      let underWay = 0;
      let expiredAt = 0;
      let ticks = 0;
      /** The order of things within one millisecond. */
      const tick = (): number => ++ticks;
      const answer = createCachedAnswer({
        clock,
        freshMs: 30_000,
        staleMs: 300_000,
        async ask(signal) {
          const asked = tick();
          const { latencyMs, isDown } = weather;
          expect(++underWay).toBe(1);
          try {
            await clock.wait(latencyMs, signal);
          } finally {
            underWay--;
          }
          if (isDown) throw new SchedulingError('unavailable', 'down');
          return asked;
        },
      });
      const readers: Promise<void>[] = [];
      for (const next of steps) {
        if (next.do === 'wait') await clock.advance(next.ms);
        else if (next.do === 'weather') weather = next;
        else if (next.do === 'expire') {
          answer.expire();
          expiredAt = tick();
        } else {
          const readAt = clock.now();
          const mustBeAfter = expiredAt;
          const reading = answer.read({ fresh: next.fresh }).then(
            ({ value, askedAt, stale }) => {
              if (next.fresh) expect(stale).toBe(false);
              if (stale) expect(clock.now() - askedAt).toBeLessThan(300_000);
              else {
                expect(value).toBeGreaterThan(mustBeAfter);
                expect(askedAt).toBeGreaterThan(readAt - 30_000);
              }
            },
            (error: unknown) => expect(error).toBeInstanceOf(SchedulingError),
          );
          readers.push(reading);
        }
      }
      await clock.advance(60_000);
      await Promise.all(readers);
    }),
    { numRuns: 100 },
  );
});

import { Hono } from 'hono';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { createCalendlySandbox } from '../../demo/sandbox/calendly/calendly.ts';
import { defaultToken } from '../../demo/sandbox/calendly/seed.ts';
import { createManualClock } from '../../demo/sandbox/manual-clock.ts';
import { seededRandom } from '../../demo/sandbox/seeded-random.ts';
import { AvailableTimesResponse } from '../contract/available-times.ts';
import { createCalendly } from '../scheduling/calendly.ts';
import { createAvailabilityRoutes } from './availability.routes.ts';
import { createAvailability } from './availability.ts';
import { createSessionTypes } from './session-types.ts';

/** Availability over the real adapter, in front of the sandbox's Calendly. */
function set(now = '2026-11-23T08:00:00Z') {
  const clock = createManualClock(now);
  const sandbox = createCalendlySandbox({
    clock,
    random: seededRandom(1),
    fetch: () => Promise.resolve(new Response(null, { status: 200 })),
  });
  const scheduling = createCalendly({
    url: 'https://api.calendly.com',
    token: defaultToken,
    fetch: (input, init) => sandbox.fetch(input, init),
    clock,
    random: seededRandom(2),
  });
  const sessionTypes = createSessionTypes({ scheduling, clock, offers: null });
  const availability = createAvailability({ scheduling, clock, held: () => Promise.resolve([]) });
  const app = new Hono().route(
    '/',
    createAvailabilityRoutes({ sessionTypes, availability, clock, allowOrigin: () => null }),
  );
  const times = async (query: string) => {
    const response = await app.request(`/calendly/available-times?${query}`);
    return v.parse(AvailableTimesResponse, await response.json());
  };
  const timesCalls = () => sandbox.calls({ path: /available_times/ });
  return { clock, sandbox, sessionTypes, availability, times, timesCalls };
}

describe("in front of the sandbox's Calendly", () => {
  test('what is offered is what can be booked: not the secret, the inactive and the strange ones', async () => {
    const { sessionTypes } = set();
    const all = await sessionTypes.all();
    const slugs = all.map(({ sessionType }) => sessionType.id);
    expect(slugs).toContain('intro-call');
    expect(slugs).not.toContain('old-friends');
    expect(slugs).not.toContain('summer-office-hours');
    expect(slugs).not.toContain('rival-chat');
    expect(await sessionTypes.problems()).toEqual([]);
  });

  test('a thousand cold visitors cause one call per window', async () => {
    const { clock, sandbox, times, timesCalls } = set();
    sandbox.trouble.latencyMs = 200;
    const visitors = Array.from({ length: 1_000 }, () => times('sessionTypeId=intro-call'));
    await clock.advance(5_000);
    const answers = await Promise.all(visitors);
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]?.slots.length).toBeGreaterThan(20);
    expect(timesCalls()).toHaveLength(1);
    expect(sandbox.calls()).toHaveLength(3);
  });

  test('the times are those of Calendly, whole, also over the change of the clocks and out of order', async () => {
    const { sandbox, times, timesCalls } = set('2027-03-20T08:00:00Z');
    sandbox.trouble.shuffleAvailableTimes = true;
    const { slots } = await times(
      'sessionTypeId=intro-call&from=2027-03-20T00:00:00Z&to=2027-04-20T00:00:00Z',
    );
    const calls = timesCalls();
    expect(calls.every(({ status }) => status === 200)).toBe(true);
    const starts = slots.map(({ startTime }) => startTime);
    expect(starts).toEqual(starts.toSorted());
    const local = new Intl.DateTimeFormat('en-GB', {
      timeZone: 'Europe/Berlin',
      hour: '2-digit',
      minute: '2-digit',
    });
    const firstOf = (day: string): string | undefined =>
      starts
        .filter((start) => start.startsWith(day))
        .map((start) => local.format(Date.parse(start)))[0];
    expect(firstOf('2027-03-26')).toBe('09:00');
    expect(firstOf('2027-04-02')).toBe('09:00');
    for (const { startTime, endTime } of slots) {
      expect(Date.parse(endTime) - Date.parse(startTime)).toBe(30 * 60_000);
    }
  });

  test('a stranger takes a time: it is gone at the latest after 30 seconds, at once after clear', async () => {
    const { clock, sandbox, availability, times } = set();
    const [first, second] = (await times('sessionTypeId=intro-call')).slots;
    const has = async (startTime = '') =>
      (await times('sessionTypeId=intro-call')).slots.some((slot) => slot.startTime === startTime);
    sandbox.bookAsStranger('intro-call', first?.startTime ?? '');
    await clock.advance(30_000);
    expect(await has(first?.startTime)).toBe(false);
    sandbox.bookAsStranger('intro-call', second?.startTime ?? '');
    expect(await has(second?.startTime)).toBe(true);
    availability.clear();
    expect(await has(second?.startTime)).toBe(false);
  });

  test('while Calendly is down the times are marked, and it is left in peace', async () => {
    const { clock, sandbox, times, timesCalls } = set();
    await times('sessionTypeId=intro-call');
    sandbox.trouble.down = 'html-502';
    await clock.advance(60_000);
    const before = timesCalls().length;
    const asking = times('sessionTypeId=intro-call');
    await clock.advance(1_000);
    expect(await asking).toMatchObject({ stale: true });
    await Promise.all(Array.from({ length: 100 }, () => times('sessionTypeId=intro-call')));
    expect(timesCalls().length - before).toBeLessThanOrEqual(3);
    sandbox.trouble.down = 'no';
    await clock.advance(60_000);
    expect(await times('sessionTypeId=intro-call')).toMatchObject({ stale: false });
  });

  test('one fresh slot, and the nearest ones when it is taken', async () => {
    const { sandbox, sessionTypes, availability, times } = set();
    const session = await sessionTypes.find('intro-call');
    const wanted = (await times('sessionTypeId=intro-call')).slots[5];
    if (!session || !wanted) throw new Error('The sandbox offers too little.');
    expect(await availability.freshSlot(session, wanted.startTime)).toMatchObject(wanted);
    sandbox.bookAsStranger('intro-call', wanted.startTime);
    expect(await availability.freshSlot(session, wanted.startTime)).toBeNull();
    const near = await availability.nearest(session, wanted.startTime, 6);
    expect(near).toHaveLength(6);
    expect(near.map(({ startTime }) => startTime)).not.toContain(wanted.startTime);
  });
});

import { describe, expect, test } from 'vitest';
import { createManualClock } from '../../demo/sandbox/manual-clock.ts';
import { SchedulingError } from '../scheduling/scheduling.ts';
import { createAvailability, type HeldTime, type TimesAnswer } from './availability.ts';
import {
  createExampleCalendar,
  exampleOwner,
  exampleSession,
  openTime,
} from './calendar.example.ts';
import { windowAt, windowMs, windowStart } from './windows.ts';

const down = new SchedulingError('unavailable', 'Calendly did not answer in time.');
// Within one window of the grid, which has its seams on 13 November and 14 December.
const december = { from: '2026-12-01T00:00:00.000Z', to: '2026-12-13T00:00:00.000Z' };

function set(now = '2026-11-23T08:00:00Z') {
  const clock = createManualClock(now);
  const calendar = createExampleCalendar(clock);
  const held: HeldTime[] = [];
  const availability = createAvailability({
    scheduling: calendar.scheduling,
    clock,
    held: (of, from, to) =>
      Promise.resolve(
        held.filter((time) => time.calendar === of && time.startTime < to && from < time.endTime),
      ),
  });
  const hold = (startTime: string, minutes: number, part: Partial<HeldTime> = {}) => {
    held.push({
      calendar: exampleOwner.uri,
      eventType: 'https://api.calendly.com/event_types/E1',
      startTime: new Date(startTime).toISOString(),
      endTime: new Date(Date.parse(startTime) + minutes * 60_000).toISOString(),
      knownSince: null,
      ...part,
    });
  };
  return { clock, calendar, availability, held, hold };
}

const starts = ({ slots }: Pick<TimesAnswer, 'slots'>): string[] =>
  slots.map(({ startTime }) => startTime.replace(':00.000Z', 'Z'));

describe('what is asked of Calendly', () => {
  test('a thousand cold visitors cause one call per window', async () => {
    const { clock, calendar, availability } = set();
    calendar.times = [openTime('2026-11-24T09:00:00Z'), openTime('2027-01-12T09:00:00Z')];
    calendar.latencyMs = 200;
    const wide = { from: '2026-11-24T00:00:00.000Z', to: '2027-02-10T00:00:00.000Z' };
    const visitors = Array.from({ length: 1_000 }, (_, index) =>
      availability.times(exampleSession(), index % 2 ? wide : null),
    );
    await clock.advance(1_000);
    await Promise.all(visitors);
    expect(new Set(calendar.asked).size).toBe(calendar.asked.length);
    expect(calendar.asked).toHaveLength(3);
  });

  test('visitors with different ranges share the same windows', async () => {
    const { calendar, availability } = set();
    await availability.times(exampleSession(), december);
    await availability.times(exampleSession(), { ...december, from: '2026-12-03T10:30:00.000Z' });
    await availability.times(exampleSession(), { ...december, to: '2026-12-12T23:00:00.000Z' });
    expect(calendar.asked).toHaveLength(1);
  });

  test('nothing is asked about the past or beyond a year and a month', async () => {
    const { calendar, availability } = set();
    const past = { from: '2026-01-01T00:00:00.000Z', to: '2026-02-01T00:00:00.000Z' };
    expect(await availability.times(exampleSession(), past)).toMatchObject({ slots: [], ...past });
    const far = { from: '2100-01-01T00:00:00.000Z', to: '2100-02-01T00:00:00.000Z' };
    expect(await availability.times(exampleSession(), far)).toMatchObject({
      slots: [],
      from: far.from,
      to: far.from,
    });
    expect(calendar.asked).toEqual([]);
    const { to } = await availability.times(exampleSession(), { ...december, to: far.to });
    expect(Date.parse(to) - Date.parse('2026-11-23T08:00:00Z')).toBeGreaterThan(366 * 86_400_000);
    expect(calendar.asked).toHaveLength(13);
  });
});

describe('a range', () => {
  test('it is cut from the windows exactly: from inclusive, to exclusive', async () => {
    const { calendar, availability } = set();
    const edge = windowStart(windowAt(Date.parse(december.from)) + 1);
    const at = (ms: number) => openTime(new Date(ms).toISOString());
    calendar.times = [at(edge - 1_800_000), at(edge), at(edge + 1_800_000), at(edge + 3_600_000)];
    const range = {
      from: new Date(edge - 1_800_000).toISOString(),
      to: new Date(edge + 3_600_000).toISOString(),
    };
    const { slots, from, to } = await availability.times(exampleSession(), range);
    expect(slots.map(({ startTime }) => Date.parse(startTime) - edge)).toEqual([
      -1_800_000, 0, 1_800_000,
    ]);
    expect({ from, to }).toEqual(range);
  });

  test('a slot ends after the duration of the event type, also over a change of the clocks', async () => {
    const { calendar, availability } = set('2026-10-20T08:00:00Z');
    calendar.times = [openTime('2026-10-25T00:30:00Z')];
    const range = { from: '2026-10-24T00:00:00.000Z', to: '2026-10-26T00:00:00.000Z' };
    const { slots } = await availability.times(exampleSession({ durationMinutes: 90 }), range);
    expect(slots).toEqual([
      {
        startTime: '2026-10-25T00:30:00.000Z',
        endTime: '2026-10-25T02:00:00.000Z',
        schedulingUrl: 'https://calendly.com/ines-almeida/intro-call/2026-10-25T00:30:00Z',
        inviteesRemaining: 1,
      },
    ]);
  });

  test('a time is gone the moment it begins, though the answer is kept', async () => {
    const { clock, calendar, availability } = set();
    calendar.times = [openTime('2026-11-23T08:00:10Z'), openTime('2026-11-23T09:00:00Z')];
    const today = { from: '2026-11-23T00:00:00.000Z', to: '2026-11-24T00:00:00.000Z' };
    expect((await availability.times(exampleSession(), today)).slots).toHaveLength(2);
    await clock.advance(10_000);
    expect((await availability.times(exampleSession(), today)).slots).toHaveLength(1);
    expect(calendar.asked).toHaveLength(1);
  });
});

describe('without a range', () => {
  test('it reaches from this hour to the end of the month of the first free slot', async () => {
    const { calendar, availability } = set('2026-11-23T08:20:00Z');
    calendar.times = [
      openTime('2026-11-26T09:00:00Z'),
      openTime('2026-12-01T13:30:00Z'),
      openTime('2026-12-01T14:00:00Z'),
    ];
    const answer = await availability.times(exampleSession(), null);
    expect(starts(answer)).toEqual(['2026-11-26T09:00Z', '2026-12-01T13:30Z']);
    expect(answer).toMatchObject({
      from: '2026-11-23T08:00:00.000Z',
      to: '2026-12-01T14:00:00.000Z',
      stale: false,
    });
  });

  test('it looks further until something is free', async () => {
    const { calendar, availability, hold } = set();
    calendar.times = [openTime('2026-11-26T09:00:00Z'), openTime('2027-02-02T09:00:00Z')];
    hold('2026-11-26T09:00:00Z', 30);
    const answer = await availability.times(exampleSession(), null);
    expect(starts(answer)).toEqual(['2027-02-02T09:00Z']);
    expect(answer.to).toBe('2027-03-01T14:00:00.000Z');
  });

  test('after six windows it gives up and says how far it has looked', async () => {
    const { calendar, availability } = set();
    calendar.times = [openTime('2027-09-01T09:00:00Z')];
    const { slots, to } = await availability.times(exampleSession(), null);
    expect(slots).toEqual([]);
    expect(calendar.asked).toHaveLength(6);
    expect(Date.parse(to) % windowMs).toBe(0);
    expect(Date.parse(to)).toBeGreaterThan(Date.parse('2027-04-01T00:00:00Z'));
  });
});

describe('what is held here', () => {
  const times = ['2026-12-01T09:00:00Z', '2026-12-01T09:30:00Z', '2026-12-01T10:00:00Z'];

  test('a hold takes its slot and all that overlap it, of every session type of the calendar', async () => {
    const { calendar, availability, hold } = set();
    calendar.times = times.map((time) => openTime(time));
    hold('2026-12-01T09:15:00Z', 30, { eventType: 'https://api.calendly.com/event_types/OTHER' });
    expect(starts(await availability.times(exampleSession(), december))).toEqual([
      '2026-12-01T10:00Z',
    ]);
  });

  test('a slot that only touches a hold stays free', async () => {
    const { calendar, availability, hold } = set();
    calendar.times = times.map((time) => openTime(time));
    hold('2026-12-01T09:30:00Z', 30);
    expect(starts(await availability.times(exampleSession(), december))).toEqual([
      '2026-12-01T09:00Z',
      '2026-12-01T10:00Z',
    ]);
  });

  test('a hold in another calendar takes nothing', async () => {
    const { calendar, availability, hold } = set();
    calendar.times = times.map((time) => openTime(time));
    hold('2026-12-01T09:00:00Z', 60, { calendar: 'https://api.calendly.com/users/U2' });
    expect((await availability.times(exampleSession(), december)).slots).toHaveLength(3);
  });

  test('in a group session a hold takes a seat, the last one takes the slot', async () => {
    const { calendar, availability, hold } = set();
    const group = exampleSession({ kind: 'group' });
    calendar.times = [openTime('2026-12-01T09:00:00Z', 3)];
    hold('2026-12-01T09:00:00Z', 30);
    hold('2026-12-01T09:00:00Z', 30);
    const { slots } = await availability.times(group, december);
    expect(slots[0]?.inviteesRemaining).toBe(1);
    hold('2026-12-01T09:00:00Z', 30);
    expect((await availability.times(group, december)).slots).toEqual([]);
  });

  test('what Calendly knew when it was asked is not taken off twice', async () => {
    const { clock, calendar, availability, hold } = set();
    const group = exampleSession({ kind: 'group' });
    calendar.times = [openTime('2026-12-01T09:00:00Z', 2)];
    await availability.times(group, december);
    await clock.advance(1_000);
    hold('2026-12-01T09:00:00Z', 30, { knownSince: clock.now() });
    expect((await availability.times(group, december)).slots[0]?.inviteesRemaining).toBe(1);
    calendar.times = [openTime('2026-12-01T09:00:00Z', 1)];
    await clock.advance(30_000);
    expect((await availability.times(group, december)).slots[0]?.inviteesRemaining).toBe(1);
  });
});

describe('age', () => {
  test('with Calendly down, times are shown and marked for five minutes, then it is an error', async () => {
    const { clock, calendar, availability } = set();
    calendar.times = [openTime('2026-12-01T09:00:00Z')];
    expect(await availability.times(exampleSession(), december)).toMatchObject({ stale: false });
    calendar.failure = down;
    await clock.advance(29_999);
    expect(await availability.times(exampleSession(), december)).toMatchObject({ stale: false });
    await clock.advance(1);
    const old = await availability.times(exampleSession(), december);
    expect(old).toMatchObject({ stale: true });
    expect(old.slots).toHaveLength(1);
    await clock.advance(270_000);
    await expect(availability.times(exampleSession(), december)).rejects.toBe(down);
  });

  test('one old window marks the whole answer', async () => {
    const { clock, calendar, availability } = set();
    await availability.times(exampleSession(), december);
    await clock.advance(40_000);
    const ask = calendar.scheduling.openTimes;
    calendar.scheduling.openTimes = (eventType, from, to, options) =>
      from === '2026-11-13T00:00:00.000Z'
        ? Promise.reject(down)
        : ask(eventType, from, to, options);
    const wide = { ...december, to: '2027-01-20T00:00:00.000Z' };
    expect(await availability.times(exampleSession(), wide)).toMatchObject({ stale: true });
  });

  test('after clear everything is asked for again, and what was under way does not come back', async () => {
    const { clock, calendar, availability } = set();
    calendar.times = [openTime('2026-12-01T09:00:00Z')];
    calendar.latencyMs = 100;
    const before = availability.times(exampleSession(), december);
    await clock.advance(50);
    calendar.times = [];
    availability.clear();
    expect(availability.version).toBe(1);
    const after = availability.times(exampleSession(), december);
    await clock.advance(1_000);
    expect((await before).slots).toHaveLength(1);
    expect((await after).slots).toEqual([]);
    expect((await availability.times(exampleSession(), december)).slots).toEqual([]);
    expect(calendar.asked).toHaveLength(2);
  });
});

describe('one slot', () => {
  const start = '2026-12-01T09:00:00.000Z';

  test('it is asked for each time, and never taken from memory', async () => {
    const { calendar, availability } = set();
    calendar.times = [openTime(start)];
    await availability.times(exampleSession(), december);
    expect(await availability.freshSlot(exampleSession(), start)).toMatchObject({
      startTime: start,
      endTime: '2026-12-01T09:30:00.000Z',
    });
    calendar.times = [];
    expect(await availability.freshSlot(exampleSession(), start)).toBeNull();
    expect(calendar.asked).toHaveLength(3);
  });

  test('one that is past or no time at all is not free', async () => {
    const { calendar, availability } = set();
    calendar.times = [openTime(start)];
    expect(await availability.freshSlot(exampleSession(), '2026-11-23T08:00:00Z')).toBeNull();
    expect(await availability.freshSlot(exampleSession(), 'tomorrow')).toBeNull();
  });

  test('a Calendly that is down is an error, not a slot', async () => {
    const { calendar, availability } = set();
    calendar.failure = down;
    await expect(availability.freshSlot(exampleSession(), start)).rejects.toBe(down);
  });
});

describe('the nearest slots', () => {
  test('they are the closest ones of this moment, in order', async () => {
    const { calendar, availability, hold } = set();
    calendar.times = [
      '2026-12-01T08:00:00Z',
      '2026-12-01T09:00:00Z',
      '2026-12-01T09:30:00Z',
      '2026-12-01T10:00:00Z',
      '2026-12-02T09:00:00Z',
    ].map((time) => openTime(time));
    await availability.times(exampleSession(), december);
    calendar.times = calendar.times.filter(({ startTime }) => !startTime.includes('01T09:00'));
    hold('2026-12-01T10:00:00Z', 30);
    const slots = await availability.nearest(exampleSession(), '2026-12-01T09:00:00.000Z', 2);
    expect(starts({ slots })).toEqual(['2026-12-01T08:00Z', '2026-12-01T09:30Z']);
  });

  test('when the days around have too few, those of the next month help out', async () => {
    const { calendar, availability } = set();
    calendar.times = [openTime('2026-12-05T08:00:00Z'), openTime('2026-12-28T08:00:00Z')];
    const slots = await availability.nearest(exampleSession(), '2026-12-04T09:00:00.000Z', 6);
    expect(starts({ slots })).toEqual(['2026-12-05T08:00Z', '2026-12-28T08:00Z']);
  });

  test('two hundred who lost a race together ask only a few times', async () => {
    const { clock, calendar, availability } = set();
    calendar.times = [openTime('2026-12-01T10:00:00Z')];
    calendar.latencyMs = 100;
    const losers = Array.from({ length: 200 }, () => {
      availability.clear();
      return availability.nearest(exampleSession(), '2026-12-01T09:00:00.000Z', 6);
    });
    await clock.advance(2_000);
    await Promise.all(losers);
    expect(calendar.asked.length).toBeLessThanOrEqual(6);
  });
});

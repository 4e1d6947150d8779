import { describe, expect, test } from 'vitest';
import { dayInWords, momentInWords, timeInWords } from './time-in-words.ts';

const words = (start: string, minutes: number, zone: string): string => {
  const end = new Date(Date.parse(start) + minutes * 60_000).toISOString();
  const { time, zone: zoneWords } = timeInWords(start, end, zone);
  return `${time} · ${zoneWords}`;
};

describe('a time in words', () => {
  test.each([
    ['2026-12-01T15:00:00Z', 'UTC', 'Tuesday 1 December 2026, 15:00–15:30 · UTC'],
    [
      '2026-12-01T15:00:00Z',
      'Europe/Berlin',
      'Tuesday 1 December 2026, 16:00–16:30 · Berlin time, UTC+1',
    ],
    [
      '2026-12-01T15:00:00Z',
      'Asia/Kathmandu',
      'Tuesday 1 December 2026, 20:45–21:15 · Kathmandu time, UTC+5:45',
    ],
    [
      '2026-12-01T23:00:00Z',
      'Asia/Kathmandu',
      'Wednesday 2 December 2026, 04:45–05:15 · Kathmandu time, UTC+5:45',
    ],
    [
      '2026-12-01T15:00:00Z',
      'America/St_Johns',
      'Tuesday 1 December 2026, 11:30–12:00 · St Johns time, UTC−3:30',
    ],
    ['2026-12-01T15:00:00Z', 'Etc/GMT+5', 'Tuesday 1 December 2026, 10:00–10:30 · UTC−5'],
    // Midnight is 00:00 and never 24:00.
    [
      '2026-11-30T23:00:00Z',
      'Europe/Berlin',
      'Tuesday 1 December 2026, 00:00–00:30 · Berlin time, UTC+1',
    ],
    // Permanent since 2026; tables older than 2026b say UTC−8.
    [
      '2026-12-01T15:00:00Z',
      'America/Vancouver',
      'Tuesday 1 December 2026, 08:00–08:30 · Vancouver time, UTC−7',
    ],
  ])('%s in %s', (start, zone, expected) => {
    expect(words(start, 30, zone)).toBe(expected);
  });

  test.each([
    // [just before, just after] a change of clocks
    [
      'America/New_York',
      '2026-03-08T06:30:00Z',
      '01:30–01:45 · New York time, UTC−5',
      '2026-03-08T07:00:00Z',
      '03:00–03:15 · New York time, UTC−4',
    ],
    [
      'America/New_York',
      '2026-11-01T05:30:00Z',
      '01:30–01:45 · New York time, UTC−4',
      '2026-11-01T06:30:00Z',
      '01:30–01:45 · New York time, UTC−5',
    ],
    [
      'Australia/Sydney',
      '2026-04-04T15:30:00Z',
      '02:30–02:45 · Sydney time, UTC+11',
      '2026-04-04T16:30:00Z',
      '02:30–02:45 · Sydney time, UTC+10',
    ],
    [
      'Australia/Sydney',
      '2026-10-03T15:30:00Z',
      '01:30–01:45 · Sydney time, UTC+10',
      '2026-10-03T16:00:00Z',
      '03:00–03:15 · Sydney time, UTC+11',
    ],
    [
      'Australia/Lord_Howe',
      '2026-04-04T14:30:00Z',
      '01:30–01:45 · Lord Howe time, UTC+11',
      '2026-04-04T15:00:00Z',
      '01:30–01:45 · Lord Howe time, UTC+10:30',
    ],
    [
      'Australia/Lord_Howe',
      '2026-10-03T15:00:00Z',
      '01:30–01:45 · Lord Howe time, UTC+10:30',
      '2026-10-03T15:30:00Z',
      '02:30–02:45 · Lord Howe time, UTC+11',
    ],
  ])(
    'tells the hours apart when the clocks change in %s (%s)',
    (zone, before, beforeWords, after, afterWords) => {
      expect(words(before, 15, zone)).toContain(beforeWords);
      expect(words(after, 15, zone)).toContain(afterWords);
    },
  );

  test('names both offsets when the clocks change during the session', () => {
    expect(words('2026-10-25T00:30:00Z', 60, 'Europe/Berlin')).toBe(
      'Sunday 25 October 2026, 02:30–02:30 · Berlin time, UTC+2 at the start, UTC+1 at the end',
    );
  });

  test('names both days of a session over midnight', () => {
    expect(words('2026-12-31T22:45:00Z', 30, 'Europe/Berlin')).toBe(
      'Thursday 31 December 2026, 23:45 – Friday 1 January 2027, 00:15 · Berlin time, UTC+1',
    );
  });

  test('falls back to UTC for a zone that this machine has never heard of', () => {
    expect(words('2026-12-01T15:00:00Z', 30, 'Mars/Olympus_Mons')).toBe(
      'Tuesday 1 December 2026, 15:00–15:30 · UTC',
    );
    expect(dayInWords('2026-12-01T23:30:00Z', '')).toBe('Tuesday 1 December 2026');
  });

  test('agrees with the offset that it names, in every zone and season', () => {
    const failures: string[] = [];
    for (const zone of Intl.supportedValuesOf('timeZone')) {
      for (const month of ['01', '04', '07', '10']) {
        const start = `2027-${month}-15T12:00:00Z`;
        const { time, zone: zoneWords } = timeInWords(start, start, zone);
        const clock = /, (\d\d):(\d\d)–/.exec(time);
        const [, sign, hours = '0', minutes = '0'] =
          /UTC(?:([+−])(\d+)(?::(\d\d))?)?$/.exec(zoneWords) ?? [];
        const offset = (sign === '−' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
        const shown = Number(clock?.[1]) * 60 + Number(clock?.[2]);
        if ((12 * 60 + offset + 2 * 1440) % 1440 !== shown)
          failures.push(`${zone}: ${time}, ${zoneWords}`);
      }
    }
    expect(failures).toEqual([]);
  });
});

test.each([
  ['Europe/Berlin', 'Tuesday 1 December 2026, 00:00 (Berlin time, UTC+1)'],
  ['America/St_Johns', 'Monday 30 November 2026, 19:30 (St Johns time, UTC−3:30)'],
  ['Mars/Olympus_Mons', 'Monday 30 November 2026, 23:00 (UTC)'],
])('a moment in %s reads %s', (zone, expected) => {
  expect(momentInWords('2026-11-30T23:00:00Z', zone)).toBe(expected);
});

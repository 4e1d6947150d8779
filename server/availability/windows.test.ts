import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  endOfMonthEverywhere,
  endOfWindow,
  windowAt,
  windowMs,
  windowsBetween,
  windowStart,
} from './windows.ts';

const instant = fc.integer({ min: 0, max: Date.UTC(2100, 0) });

test('windows cover a range whole, without a gap, and none of them needlessly', () => {
  fc.assert(
    fc.property(instant, fc.integer({ min: 1, max: 400 * 86_400_000 }), (fromMs, length) => {
      const toMs = fromMs + length;
      const windows = windowsBetween(fromMs, toMs);
      const [first = NaN] = windows;
      const last = windows.at(-1) ?? NaN;
      expect(windows).toEqual(windows.map((_, index) => first + index));
      expect(windowStart(first)).toBeLessThanOrEqual(fromMs);
      expect(windowStart(first + 1)).toBeGreaterThan(fromMs);
      expect(windowStart(last)).toBeLessThan(toMs);
      expect(endOfWindow(toMs)).toBe(windowStart(last + 1));
      expect(endOfWindow(toMs)).toBeGreaterThanOrEqual(toMs);
    }),
  );
  expect(windowsBetween(5, 5)).toEqual([]);
  expect(windowsBetween(windowMs, 2 * windowMs)).toEqual([1]);
  expect(windowAt(windowMs - 1)).toBe(0);
});

test('a month is over everywhere when it is over in the last zone that has it', () => {
  const zones = ['Etc/GMT+12', 'America/New_York', 'UTC', 'Asia/Kolkata', 'Pacific/Kiritimati'];
  const month = (ms: number, timeZone: string) =>
    new Intl.DateTimeFormat('en', { timeZone, year: 'numeric', month: 'numeric' }).format(ms);
  fc.assert(
    fc.property(instant, fc.constantFrom(...zones), (ms, zone) => {
      expect(month(endOfMonthEverywhere(ms), zone)).not.toBe(month(ms, zone));
    }),
  );
  expect(new Date(endOfMonthEverywhere(Date.UTC(2026, 10, 23))).toISOString()).toBe(
    '2026-12-01T14:00:00.000Z',
  );
});

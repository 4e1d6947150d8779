import { temporal } from './temporal.ts';
import type { Range } from './range.ts';

/** A calendar day of the visitor's zone, `2026-11-19`. */
export type Day = string;
/** A month of the visitor's zone, `2026-11`. */
export type Month = string;
/** An exact moment, `2026-11-19T13:45:00.000Z`. */
export type Instant = string;

const plainDate = (day: Day) => temporal().PlainDate.from(day);
const plainMonth = (month: Month) => temporal().PlainYearMonth.from(month);

export const zoned = (instant: Instant, zone: string) =>
  temporal().Instant.from(instant).toZonedDateTimeISO(zone);

export const dayOf = (instant: Instant, zone: string): Day =>
  zoned(instant, zone).toPlainDate().toString();

export const monthOf = (day: Day): Month => day.slice(0, 7);

export const addDays = (day: Day, days: number): Day => plainDate(day).add({ days }).toString();

/** The same day of another month, or that month's last day when it is shorter. */
export const addMonthsToDay = (day: Day, months: number): Day =>
  plainDate(day).add({ months }).toString();

export const addMonths = (month: Month, months: number): Month =>
  plainMonth(month).add({ months }).toString();

/** 1 is Monday, 7 is Sunday. */
export const weekdayOf = (day: Day): number => plainDate(day).dayOfWeek;

/** Six weeks, always, so that a longer month never moves anything. */
export const weeksOf = (month: Month, firstWeekday: number): Day[][] => {
  const first = plainMonth(month).toPlainDate({ day: 1 });
  const start = first.subtract({ days: (first.dayOfWeek - firstWeekday + 7) % 7 });
  return [...Array<unknown>(6)].map((_, week) =>
    [...Array<unknown>(7)].map((__, day) => start.add({ days: week * 7 + day }).toString()),
  );
};

/** The first and last day of the week that `day` is in. */
export const weekEdge = (day: Day, firstWeekday: number, edge: 'first' | 'last'): Day => {
  const daysIn = (weekdayOf(day) - firstWeekday + 7) % 7;
  return addDays(day, edge === 'first' ? -daysIn : 6 - daysIn);
};

/** The instants of so many months in a zone; midnight may be missing there on a day when clocks change. */
export const rangeOfMonths = (month: Month, months: number, zone: string): Range => {
  const start = (yearMonth: Temporal.PlainYearMonth) =>
    new Date(
      yearMonth.toPlainDate({ day: 1 }).toZonedDateTime(zone).epochMilliseconds,
    ).toISOString();
  const first = plainMonth(month);
  return { from: start(first), to: start(first.add({ months })) };
};

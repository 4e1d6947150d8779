import { minorUnitDigits } from '../../server/contract/minor-unit.ts';
import type { Money } from '../../server/contract/money.ts';
import { toJson } from '../api/to-json.ts';
import type { Day, Instant, Month } from './day.ts';

export type HourCycle = 'h11' | 'h12' | 'h23' | 'h24';

/** How one visitor's dates, times and amounts are written. Making an `Intl` formatter is dear, so each is made once. */
export const createFormat = (locale: string, hourCycle: HourCycle | undefined) => {
  const formatters = new Map<string, Intl.DateTimeFormat>();
  const cycle = hourCycle && { hourCycle };

  const dateTime = (timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
    const key = timeZone + toJson(options);
    const known = formatters.get(key);
    if (known !== undefined) return known;
    const made = new Intl.DateTimeFormat(locale, { timeZone, ...options });
    formatters.set(key, made);
    return made;
  };
  // A date with a time writes its hours as a time alone does: 09:00, not 9:00, where that is usual.
  const clock = (): Intl.DateTimeFormatOptions => {
    const hour = dateTime('UTC', { timeStyle: 'short', ...cycle })
      .formatToParts(9 * 3_600_000)
      .find(({ type }) => type === 'hour');
    return { ...cycle, hour: hour?.value.length === 1 ? 'numeric' : '2-digit', minute: '2-digit' };
  };
  // A day is no instant: it is written as UTC from its own midnight in UTC.
  const written = (day: Day, options: Intl.DateTimeFormatOptions): string =>
    dateTime('UTC', options).format(new Date(`${day}T00:00Z`));
  const DAY = { weekday: 'long', day: 'numeric', month: 'long' } as const;
  const MONTH = { month: 'long', year: 'numeric' } as const;
  // A formatter of dates is there anyway; one of numbers is not worth its making where it would change nothing.
  const digits = dateTime('UTC', MONTH).resolvedOptions().numberingSystem;
  let numbers: Intl.NumberFormat | undefined;
  const number = (value: number): string =>
    digits === 'latn' ? String(value) : (numbers ??= new Intl.NumberFormat(locale)).format(value);

  return {
    locale,
    written,
    /** Small whole numbers, in the digits of the language. */
    number,
    /** Monday 23 November */
    day: (day: Day) => written(day, DAY),
    /** November 2026 */
    month: (month: Month) => written(`${month}-01`, MONTH),
    /** November */
    monthName: (month: Month) => written(`${month}-01`, { month: 'long' }),
    weekday: (day: Day, width: 'short' | 'long') => written(day, { weekday: width }),
    /** 14:45 */
    time: (instant: Instant, zone: string) =>
      dateTime(zone, { timeStyle: 'short', ...cycle }).format(new Date(instant)),
    /** Thu 19 Nov, 14:45 */
    moment: (instant: Instant, zone: string) =>
      dateTime(zone, { ...SHORT_DAY, ...clock() }).format(new Date(instant)),
    /** Thu 19 Nov, 14:45–15:45 */
    span: (from: Instant, to: Instant, zone: string) =>
      dateTime(zone, { ...SHORT_DAY, ...clock() }).formatRange(new Date(from), new Date(to)),
    /** Thursday 19 November 2026, 14:45–15:45 */
    fullSpan: (from: Instant, to: Instant, zone: string) =>
      dateTime(zone, { ...LONG_DAY, ...clock() }).formatRange(new Date(from), new Date(to)),
    /** 60 min */
    minutes: (value: number) =>
      new Intl.NumberFormat(locale, {
        style: 'unit',
        unit: value >= 120 && value % 60 === 0 ? 'hour' : 'minute',
      }).format(value >= 120 && value % 60 === 0 ? value / 60 : value),
    /** €49 */
    money: ({ amount, currency }: Money) => {
      const maximumFractionDigits = minorUnitDigits(currency);
      return new Intl.NumberFormat(locale, {
        style: 'currency',
        currency,
        maximumFractionDigits,
        trailingZeroDisplay: 'stripIfInteger',
      }).format(amount / 10 ** maximumFractionDigits);
    },
    /** +1, +5:30 */
    offset: (minutes: number) => {
      const signed = new Intl.NumberFormat(locale, { signDisplay: 'always' });
      const rest = Math.abs(minutes % 60);
      return signed.format(Math.trunc(minutes / 60)) + (rest === 0 ? '' : `:${number(rest)}`);
    },
  };
};
export type Format = ReturnType<typeof createFormat>;

const SHORT_DAY = { weekday: 'short', day: 'numeric', month: 'short' } as const;
const LONG_DAY = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' } as const;

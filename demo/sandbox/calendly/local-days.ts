import { Temporal } from 'temporal-polyfill';
import type { AvailabilityInterval, User, Weekday } from './resources.ts';

const weekdays: readonly Weekday[] = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
];

interface LocalDay {
  date: Temporal.PlainDate;
  startMs: number;
  /** Twenty-four hours, so that minutes of the day can simply be added. */
  ordinary: boolean;
}

const days = new Map<string, LocalDay>();

function localDay(date: Temporal.PlainDate, zone: string): LocalDay {
  const key = `${zone} ${date.toString()}`;
  let day = days.get(key);
  if (!day) {
    const zoned = date.toZonedDateTime(zone);
    day = { date, startMs: zoned.epochMilliseconds, ordinary: zoned.hoursInDay === 24 };
    days.set(key, day);
  }
  return day;
}

const minuteOfDay = (time: string): number => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
};

/** The instant of a local time, or undefined when the clocks skip it. Of a repeated hour the first counts. */
function instantAt(day: LocalDay, minute: number, zone: string): number | undefined {
  if (day.ordinary) return day.startMs + minute * 60_000;
  const time = day.date.toPlainDateTime({ hour: Math.floor(minute / 60), minute: minute % 60 });
  const zoned = time.toZonedDateTime(zone);
  return zoned.toPlainDateTime().equals(time) ? zoned.epochMilliseconds : undefined;
}

function intervalsOn(user: User, date: Temporal.PlainDate): AvailabilityInterval[] {
  const text = date.toString();
  const override = user.schedule.rules.find((rule) => rule.type === 'date' && rule.date === text);
  if (override) return override.intervals;
  const wday = weekdays[date.dayOfWeek - 1];
  return user.schedule.rules
    .filter((rule) => rule.type === 'wday' && rule.wday === wday)
    .flatMap((rule) => rule.intervals);
}

/** Every start in the user's working hours at which something of this length fits, from `fromMs` up to `toMs`. */
export function startsWithinHours(
  user: User,
  durationMinutes: number,
  stepMinutes: number,
  fromMs: number,
  toMs: number,
): number[] {
  const zone = user.timezone;
  const starts: number[] = [];
  let date = Temporal.Instant.fromEpochMilliseconds(fromMs).toZonedDateTimeISO(zone).toPlainDate();
  for (;;) {
    const day = localDay(date, zone);
    if (day.startMs >= toMs) return starts;
    for (const interval of intervalsOn(user, date)) {
      const last = minuteOfDay(interval.to) - durationMinutes;
      for (let minute = minuteOfDay(interval.from); minute <= last; minute += stepMinutes) {
        const start = instantAt(day, minute, zone);
        if (start !== undefined && start >= fromMs && start < toMs) starts.push(start);
      }
    }
    date = date.add({ days: 1 });
  }
}

export const localDate = (ms: number, zone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone).toPlainDate().toString();

/** The instant of a wall-clock time on the day `daysAhead` days after the one of `fromMs`. */
export const wallTime = (fromMs: number, zone: string, daysAhead: number, time: string): number =>
  Temporal.Instant.fromEpochMilliseconds(fromMs)
    .toZonedDateTimeISO(zone)
    .toPlainDate()
    .add({ days: daysAhead })
    .toZonedDateTime({ timeZone: zone, plainTime: time }).epochMilliseconds;

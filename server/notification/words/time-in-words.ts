import { locale } from './locale.ts';

/** A session's time for a person: `16:00–16:30` on a day, and the zone that these are the times of. */
export interface TimeInWords {
  /** "Tuesday 1 December 2026, 16:00–16:30" */
  time: string;
  /** "Berlin time, UTC+1" */
  zone: string;
}

export function timeInWords(startTime: string, endTime: string, timezone: string): TimeInWords {
  const timeZone = knownZone(timezone);
  const [start, end] = [new Date(startTime), new Date(endTime)];
  const [startDay, endDay] = [day(start, timeZone), day(end, timeZone)];
  const [startOffset, endOffset] = [offset(start, timeZone), offset(end, timeZone)];
  return {
    time:
      startDay === endDay
        ? `${startDay}, ${clock(start, timeZone)}–${clock(end, timeZone)}`
        : `${startDay}, ${clock(start, timeZone)} – ${endDay}, ${clock(end, timeZone)}`,
    zone: zoneInWords(
      timeZone,
      // Where the clocks change in between, 02:30–02:30 may well be an hour.
      startOffset === endOffset
        ? startOffset
        : `${startOffset} at the start, ${endOffset} at the end`,
    ),
  };
}

/** "Tuesday 1 December 2026" */
export const dayInWords = (instant: string, timezone: string): string =>
  day(new Date(instant), knownZone(timezone));

/** "Tuesday 1 December 2026, 16:00 (Berlin time, UTC+1)" */
export function momentInWords(instant: string, timezone: string): string {
  const timeZone = knownZone(timezone);
  const moment = new Date(instant);
  const zone = zoneInWords(timeZone, offset(moment, timeZone));
  return `${day(moment, timeZone)}, ${clock(moment, timeZone)} (${zone})`;
}

/** A zone may be newer than this machine's tables, and a mail in UTC is better than none. */
function knownZone(timezone: string): string {
  try {
    new Intl.DateTimeFormat(locale, { timeZone: timezone }).format(0);
    return timezone;
  } catch {
    return 'UTC';
  }
}

/** In two halves: releases of the language data disagree whether a comma stands between them. */
function day(instant: Date, timeZone: string): string {
  const weekday = new Intl.DateTimeFormat(locale, { timeZone, weekday: 'long' });
  const date = new Intl.DateTimeFormat(locale, { timeZone, dateStyle: 'long' });
  return `${weekday.format(instant)} ${date.format(instant)}`;
}

const clock = (instant: Date, timeZone: string): string =>
  new Intl.DateTimeFormat(locale, {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(instant);

/** "UTC+1", "UTC−3:30", "UTC": the offset on that very day. */
function offset(instant: Date, timeZone: string): string {
  const name =
    new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: 'longOffset' })
      .formatToParts(instant)
      .find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)/.exec(name) ?? [];
  if (hours === undefined || (hours === '00' && minutes === '00')) return 'UTC';
  return `UTC${sign === '-' ? '−' : '+'}${Number(hours)}${minutes === '00' ? '' : `:${minutes}`}`;
}

/** The zone by its city, as the visitor chose it; zones that are no place are their offset alone. */
function zoneInWords(timeZone: string, offsets: string): string {
  if (/^(?:Etc\/|UTC|UCT|GMT|Zulu$|Universal$|Greenwich$)/i.test(timeZone)) return offsets;
  const place = timeZone.slice(timeZone.lastIndexOf('/') + 1).replaceAll('_', ' ');
  return `${place} time, ${offsets}`;
}

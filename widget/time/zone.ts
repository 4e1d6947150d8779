import { zoned, type Instant } from './day.ts';
import { hasTemporal, temporal } from './temporal.ts';

/** Whether `Intl` knows it; offsets such as `+01:00` are not zones. */
export const isTimeZone = (id: string): boolean => {
  try {
    return /^[A-Za-z]/.test(new Intl.DateTimeFormat('en', { timeZone: id }).format(0) && id);
  } catch {
    return false;
  }
};

export const visitorTimeZone = (): string => {
  // The first formatter of a page costs a slow phone a tenth of a second; natively the answer is free.
  const timeZone = hasTemporal()
    ? temporal().Now.timeZoneId()
    : new Intl.DateTimeFormat().resolvedOptions().timeZone;
  // Some hardened browsers say nothing, or `Etc/Unknown`, which is no zone to compute with.
  return timeZone && timeZone !== 'Etc/Unknown' ? timeZone : 'UTC';
};

/** The place that a zone is known by: `America/Argentina/Buenos_Aires` is Buenos Aires. */
export const placeOfZone = (zone: string): string =>
  (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');

/** UTC itself and its aliases are nobody's place. */
export const isPlace = (zone: string): boolean => zone.includes('/') && !zone.startsWith('Etc/');

export const offsetMinutes = (zone: string, instant: Instant): number =>
  zoned(instant, zone).offsetNanoseconds / 60e9;

export const hourOf = (instant: Instant, zone: string): number => zoned(instant, zone).hour;

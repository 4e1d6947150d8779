import type { Format } from '../../time/format.ts';
import { offsetMinutes, placeOfZone } from '../../time/zone.ts';
import type { Instant } from '../../time/day.ts';

export interface ZoneOption {
  readonly zone: string;
  readonly place: string;
  /** Its own time of day now, and its offset. */
  readonly now: string;
}

const plain = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('_', ' ');

/** Every zone that the browser knows; the current one first, so that opening the list shows where one is. */
export const zonesMatching = (query: string, current: string): string[] => {
  const all = Intl.supportedValuesOf('timeZone');
  const zones = [current, ...all.filter((zone) => zone !== current), 'UTC'];
  const wanted = plain(query.trim());
  if (wanted === '') return [...new Set(zones)];
  const starts = (zone: string) => plain(placeOfZone(zone)).startsWith(wanted);
  const matching = [...new Set(zones)].filter((zone) => plain(zone).includes(wanted));
  return [...matching.filter(starts), ...matching.filter((zone) => !starts(zone))];
};

export const zoneOption = (zone: string, now: Instant, format: Format): ZoneOption => ({
  zone,
  place: placeOfZone(zone),
  now: `${format.time(now, zone)}, UTC${format.offset(offsetMinutes(zone, now))}`,
});

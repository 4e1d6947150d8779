import type { Flow } from '../flow/context.ts';
import type { Instant } from '../time/day.ts';
import { isPlace, offsetMinutes, placeOfZone } from '../time/zone.ts';

/** "Berlin time, UTC+1": the offset of that moment, which is not always today's. */
export const zoneText = ({ texts, format }: Flow, zone: string, at: Instant): string =>
  isPlace(zone)
    ? texts('zone', { place: placeOfZone(zone), offset: format.offset(offsetMinutes(zone, at)) })
    : texts('zoneUtc', { zone });

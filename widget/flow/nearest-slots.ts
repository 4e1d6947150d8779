import type { Slot } from '../../server/contract/available-times.ts';
import { addHours } from '../time/hours.ts';
import type { Range } from '../time/range.ts';
import type { Instant } from '../time/day.ts';

const HOURS_BEFORE = 48;
const HOURS_AFTER = 14 * 24;

/** Where the times nearest to this one are looked for; the past is over. */
export const rangeAround = (startTime: Instant, now: Instant): Range => {
  const from = addHours(startTime, -HOURS_BEFORE);
  const to = addHours(startTime, HOURS_AFTER);
  const first = from < now ? now : from;
  return { from: first, to: to > first ? to : addHours(first, HOURS_AFTER) };
};

/** Those next to this time, ascending; not the time itself. */
export const nearestSlots = (
  slots: readonly Slot[],
  startTime: Instant,
  count: number,
): readonly Slot[] => {
  const distance = (slot: Slot) => Math.abs(Date.parse(slot.startTime) - Date.parse(startTime));
  return slots
    .filter((slot) => distance(slot) > 0)
    .toSorted((a, b) => distance(a) - distance(b))
    .slice(0, count)
    .toSorted((a, b) => (a.startTime < b.startTime ? -1 : 1));
};

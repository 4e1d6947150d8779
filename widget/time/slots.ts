import type { Slot } from '../../server/contract/available-times.ts';
import { dayOf, type Day } from './day.ts';
import { hourOf } from './zone.ts';

export const partsOfDay = ['morning', 'afternoon', 'evening'] as const;
export type PartOfDay = (typeof partsOfDay)[number];

export type SlotsByDay = ReadonlyMap<Day, readonly Slot[]>;

const days = new WeakMap<readonly Slot[], { zone: string; byDay: SlotsByDay }>();

/** The same slots in the same zone give the same map: a whole month is painted from it many times. */
export const slotsByDay = (slots: readonly Slot[], zone: string): SlotsByDay => {
  const known = days.get(slots);
  if (known?.zone === zone) return known.byDay;
  const byDay = new Map<Day, Slot[]>();
  for (const slot of slots) {
    const day = dayOf(slot.startTime, zone);
    const already = byDay.get(day);
    if (already === undefined) byDay.set(day, [slot]);
    else already.push(slot);
  }
  days.set(slots, { zone, byDay });
  return byDay;
};

export const partOfDay = ({ startTime }: Slot, zone: string): PartOfDay => {
  const hour = hourOf(startTime, zone);
  return hour < 12 ? 'morning' : hour < 18 ? 'afternoon' : 'evening';
};

import type { Slot } from '../contract/available-times.ts';
import type { HeldTime } from './availability.ts';

/** A slot with the moment at which Calendly was asked for it. */
export interface AskedSlot extends Slot {
  askedAt: number;
}

const overlap = (a: { startMs: number; endMs: number }, b: { startMs: number; endMs: number }) =>
  a.startMs < b.endMs && b.startMs < a.endMs;

const span = ({ startTime, endTime }: { startTime: string; endTime: string }) => ({
  startMs: Date.parse(startTime),
  endMs: Date.parse(endTime),
});

/**
 * What is left of Calendly's slots of one event type. A held time in the same slot takes one seat, one that overlaps takes
 * the whole slot; what Calendly knew when it was asked is in its answer already.
 */
export function subtractHeld(
  slots: readonly AskedSlot[],
  held: readonly HeldTime[],
  eventType: string,
): Slot[] {
  const spans = held.map((time) => ({ ...time, ...span(time) }));
  return slots.flatMap(({ askedAt, ...slot }) => {
    if (spans.length === 0) return [slot];
    const slotSpan = span(slot);
    let inviteesRemaining = slot.inviteesRemaining;
    for (const time of spans) {
      if (time.knownSince !== null && time.knownSince < askedAt) continue;
      if (!overlap(time, slotSpan)) continue;
      const isSameSlot = time.eventType === eventType && time.startMs === slotSpan.startMs;
      inviteesRemaining = isSameSlot ? inviteesRemaining - 1 : 0;
      if (inviteesRemaining <= 0) return [];
    }
    return [{ ...slot, inviteesRemaining }];
  });
}

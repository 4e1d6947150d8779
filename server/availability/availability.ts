import type { Slot } from '../contract/available-times.ts';
import type { CallOptions } from '../scheduling/scheduling.ts';
import type { OfferedSession } from './session-types.ts';

/** What is held or was just booked here and may not be in Calendly's answer yet. */
export interface HeldTime {
  calendar: string;
  eventType: string;
  startTime: string;
  endTime: string;
  /** Epoch ms since when Calendly itself knows of it; null while it does not. */
  knownSince: number | null;
}

/** What is held in a calendar and overlaps `[from, to)`. */
export type HeldTimes = (calendar: string, from: string, to: string) => Promise<HeldTime[]>;

export interface TimesAnswer {
  /** Ascending; every one of them is still to come. */
  slots: Slot[];
  /** Calendly could not be asked just now; these are some minutes old. */
  stale: boolean;
  /** What `slots` covers whole: `from` inclusive, `to` exclusive. */
  from: string;
  to: string;
}

/** When a session can be had: Calendly's open times minus what is held here. */
export interface Availability {
  /** Without a range: from now to the end of the month, in whatever zone, of the first free slot. */
  times(
    session: OfferedSession,
    range: { from: string; to: string } | null,
    options?: CallOptions,
  ): Promise<TimesAnswer>;
  /** The slot as Calendly has it this moment, never from the cache; null when it is not free. */
  freshSlot(session: OfferedSession, startTime: string, options?: CallOptions): Promise<Slot | null>;
  /** The free slots closest to a time, ascending, asked for afresh. */
  nearest(
    session: OfferedSession,
    startTime: string,
    count: number,
    options?: CallOptions,
  ): Promise<Slot[]>;
  /** Something was booked or canceled: what is known of any session type's times may be wrong now. */
  clear(): void;
  /** Moves with every `clear`. */
  readonly version: number;
}

import type { Slot } from '../contract/available-times.ts';
import type { CallOptions, OpenTime } from '../scheduling/scheduling.ts';
import { createOpenWindows, type AskedTime, type OpenWindowsDeps } from './open-windows.ts';
import type { OfferedSession } from './session-types.ts';
import { createSharedQuestions } from './shared-question.ts';
import { subtractHeld } from './subtract-held.ts';
import {
  endOfMonthEverywhere,
  endOfWindow,
  startOfHour,
  windowAt,
  windowMs,
  windowStart,
} from './windows.ts';

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

/** A slot in Calendly's words alone: what is held here is not taken off. */
export interface FreshSlot extends Slot {
  /** Epoch ms before the question went out: what we have known for longer, the answer knows too. */
  askedAt: number;
}

/** When a session can be had: Calendly's open times minus what is held here. */
export interface Availability {
  /** Without a range: from now to the end of the month, in whatever zone, of the first free slot. */
  times(
    session: OfferedSession,
    range: { from: string; to: string } | null,
    options?: CallOptions,
  ): Promise<TimesAnswer>;
  /** The slot as Calendly has it this moment, never from the cache; null when it is not offered (any more). */
  freshSlot(
    session: OfferedSession,
    startTime: string,
    options?: CallOptions,
  ): Promise<FreshSlot | null>;
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

export interface AvailabilityDeps extends OpenWindowsDeps {
  held: HeldTimes;
}

/** Nothing is asked for beyond: 13 windows are a year and a month. */
const horizonWindows = 13;
/** How far the first free slot is looked for when no range is given. */
const searchWindows = 6;
/** Around a time that was just taken; further on only when there is too little. */
const nearMs = 7 * 24 * 3_600_000;

const instant = (ms: number): string => new Date(ms).toISOString();

export function createAvailability(deps: AvailabilityDeps): Availability {
  const { scheduling, clock, held } = deps;
  const windows = createOpenWindows(deps);
  let version = 0;

  /** What is held is looked up after Calendly was asked: in between, a booking may move from here to there, never away. */
  async function free(session: OfferedSession, asked: AskedTime[]): Promise<Slot[]> {
    const { uri, durationMinutes } = session.eventType;
    const slots = asked
      .filter(({ startTime }) => Date.parse(startTime) > clock.now())
      .map(({ startTime, schedulingUrl, inviteesRemaining, askedAt }) => ({
        startTime,
        endTime: instant(Date.parse(startTime) + durationMinutes * 60_000),
        schedulingUrl,
        inviteesRemaining,
        askedAt,
      }));
    const [first, last] = [slots[0], slots.at(-1)];
    if (!first || !last) return [];
    return subtractHeld(slots, await held(session.calendar, first.startTime, last.endTime), uri);
  }

  async function between(
    session: OfferedSession,
    fromMs: number,
    toMs: number,
    options?: CallOptions & { fresh?: boolean },
  ): Promise<{ slots: Slot[]; stale: boolean }> {
    const { times, stale } = await windows.read(session.eventType.uri, fromMs, toMs, options);
    return { slots: await free(session, times), stale };
  }

  const freshSlots = createSharedQuestions<{ open: OpenTime | undefined; askedAt: number }>();

  const horizon = (): number => windowStart(windowAt(clock.now()) + horizonWindows);

  async function firstTimes(session: OfferedSession, options?: CallOptions): Promise<TimesAnswer> {
    const now = clock.now();
    // The hour, so that the same times are the same answer a moment later.
    const from = startOfHour(now);
    const limit = windowStart(windowAt(now) + searchWindows);
    // Wherever the first free slot is, this month has to be known to its end.
    for (let toMs = endOfWindow(endOfMonthEverywhere(now)); ;) {
      const { slots, stale } = await between(session, from, toMs, options);
      const [first] = slots;
      if (first) {
        const endMs = endOfMonthEverywhere(Date.parse(first.startTime));
        if (endMs <= toMs) {
          const month = slots.filter(({ startTime }) => Date.parse(startTime) < endMs);
          return { slots: month, stale, from: instant(from), to: instant(endMs) };
        }
        toMs = endOfWindow(endMs);
      } else {
        if (toMs >= limit) return { slots, stale, from: instant(from), to: instant(toMs) };
        toMs += windowMs;
      }
    }
  }

  return {
    async times(session, range, options) {
      if (range === null) return firstTimes(session, options);
      const fromMs = Date.parse(range.from);
      const toMs = Math.max(fromMs, Math.min(Date.parse(range.to), horizon()));
      const { slots, stale } = await between(session, fromMs, toMs, options);
      return { slots, stale, from: instant(fromMs), to: instant(toMs) };
    },

    async freshSlot(session, startTime, options) {
      const startMs = Date.parse(startTime);
      if (Number.isNaN(startMs) || startMs <= clock.now()) return null;
      const { uri, durationMinutes } = session.eventType;
      const fresh = await freshSlots.ask(
        `${uri} ${startMs}`,
        async () => {
          const askedAt = clock.now();
          const times = await scheduling.openTimes(
            uri,
            instant(startMs - 1_000),
            instant(startMs + 60_000),
          );
          return { open: times.find((time) => Date.parse(time.startTime) === startMs), askedAt };
        },
        options?.signal,
      );
      const endTime = instant(startMs + durationMinutes * 60_000);
      return fresh.open ? { ...fresh.open, endTime, askedAt: fresh.askedAt } : null;
    },

    async nearest(session, startTime, count, options) {
      const startMs = Date.parse(startTime);
      const fromMs = Math.max(startMs - nearMs, clock.now());
      const distance = (slot: Slot): number => Math.abs(Date.parse(slot.startTime) - startMs);
      let toMs = Math.min(Math.max(startMs, fromMs) + nearMs, horizon());
      windows.expire(session.eventType.uri, fromMs, toMs);
      let { slots } = await between(session, fromMs, toMs, { ...options, fresh: true });
      if (slots.length < count) {
        toMs = Math.min(toMs + windowMs, horizon());
        ({ slots } = await between(session, fromMs, toMs, { ...options, fresh: true }));
      }
      return slots
        .toSorted((a, b) => distance(a) - distance(b))
        .slice(0, count)
        .toSorted((a, b) => Date.parse(a.startTime) - Date.parse(b.startTime));
    },

    clear() {
      version++;
      windows.expireAll();
    },

    get version() {
      return version;
    },
  };
}

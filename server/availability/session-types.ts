import type { Clock } from '../clock.ts';
import type { SessionType } from '../contract/session-type.ts';
import {
  SchedulingError,
  type CallOptions,
  type EventType,
  type Owner,
  type Scheduling,
} from '../scheduling/scheduling.ts';
import { createCachedAnswer } from './cached-answer.ts';
import { makeOffer, namedEventType } from './offer.ts';
import type { SessionTypeConfig } from './session-type-config.ts';

/** A session type that can be booked here, with the Calendly event type behind it. */
export interface OfferedSession {
  sessionType: SessionType;
  eventType: EventType;
  config: SessionTypeConfig;
  /** The URI of the user whose token it is. */
  owner: string;
  /**
   * Whose time it takes: what overlaps in one calendar excludes each other. The profile owner's URI, or the event type's
   * own where several hosts share it or nobody is named.
   */
  calendar: string;
  /** `calendly_page`: Calendly takes money or votes for this one, so the invitee has to finish on its page. */
  bookedBy: 'api' | 'calendly_page';
}

export interface SessionTypes {
  /** In the order in which they are shown. */
  all(options?: CallOptions): Promise<OfferedSession[]>;
  /** By id, else by the URI or the slug of the event type. */
  find(name: string, options?: CallOptions): Promise<OfferedSession | null>;
  /** Reads the event types again: Calendly said that something does not match. */
  refresh(options?: CallOptions): Promise<void>;
  owner(options?: CallOptions): Promise<Owner>;
  /** What is wrong with the offer, in words; empty when nothing is. Throws a `SchedulingError` when nobody can tell. */
  problems(options?: CallOptions): Promise<string[]>;
}

export interface SessionTypesDeps {
  scheduling: Scheduling;
  clock: Clock;
  /** Null: every active event type of the owner that is not secret, free of charge. */
  offers: readonly SessionTypeConfig[] | null;
  log?: (entry: { event: string; [key: string]: unknown }) => void;
}

/** Hosts change an event type rarely, but at any time: Calendly's own advice is to look every few minutes. */
const freshMs = 5 * 60_000;

export function createSessionTypes(deps: SessionTypesDeps): SessionTypes {
  const { scheduling, clock, offers, log } = deps;
  const cache = {
    clock,
    freshMs,
    // A booking is checked by Calendly itself; until it answers again, the last offer is the best one known.
    staleMs: Infinity,
    onFailure: (error: unknown) =>
      log?.({ event: 'session-types-not-read', problem: String(error) }),
  };
  const owner = createCachedAnswer({ ...cache, ask: (signal) => scheduling.owner({ signal }) });
  const offer = createCachedAnswer({
    ...cache,
    async ask(signal) {
      const { value: whose } = await owner.read({ signal });
      const own = await scheduling.eventTypes(whose, { signal });
      const elsewhere = await Promise.all(
        (offers ?? [])
          .map((config) => config.eventType)
          .filter((name) => URL.canParse(name) && !namedEventType(own, name))
          .map((uri) => unlisted(uri, signal)),
      );
      return makeOffer(whose, [...own, ...elsewhere.flat()], offers);
    },
  });

  /** A team's event types are not in every member's list, but can be read by name. */
  async function unlisted(uri: string, signal: AbortSignal): Promise<EventType[]> {
    try {
      return [await scheduling.eventType(uri, { signal })];
    } catch (error) {
      if (error instanceof SchedulingError && error.failure !== 'unavailable') return [];
      throw error;
    }
  }

  const sessions = async (options?: CallOptions): Promise<OfferedSession[]> =>
    (await offer.read(options)).value.sessions;

  return {
    all: sessions,
    async find(name, options) {
      const all = await sessions(options);
      return (
        all.find(({ sessionType }) => sessionType.id === name) ??
        all.find(({ eventType }) => eventType.uri === name) ??
        all.find(({ eventType }) => eventType.slug === name) ??
        null
      );
    },
    async refresh(options) {
      offer.expire();
      await offer.read({ ...options, fresh: true });
    },
    owner: async (options) => (await owner.read(options)).value,
    problems: async (options) => (await offer.read(options)).value.problems,
  };
}

import type { SessionType } from '../contract/session-type.ts';
import type { CallOptions, EventType, Owner } from '../scheduling/scheduling.ts';
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

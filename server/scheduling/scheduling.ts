/**
 * The port to the owner's calendar of truth, in our words. Adapters are the siblings of this file; nothing here knows HTTP.
 * Instants are ISO 8601 in UTC (`YYYY-MM-DDTHH:mm:ss.sssZ`); resources are named by Calendly's URIs.
 */
import type { LocationKind, Question, SessionLocation } from '../contract/session-type.ts';

/** The user whose token it is. */
export interface Owner {
  uri: string;
  organization: string;
  name: string;
  email: string;
  timezone: string;
}

export interface EventType {
  uri: string;
  name: string;
  slug: string | null;
  active: boolean;
  secret: boolean;
  kind: 'solo' | 'group';
  pooling: 'round_robin' | 'collective' | 'multi_pool' | null;
  /** Calendly takes the money for this one; it cannot be booked by API with certainty. */
  isPaid: boolean;
  bookingMethod: 'instant' | 'poll';
  durationMinutes: number;
  description: string | null;
  schedulingUrl: string;
  /** Whose calendar it is; null for some shared types. */
  profile: { name: string; owner: string } | null;
  /** Empty where Calendly wants `location` left out (none configured, or round robin). */
  locations: SessionLocation[];
  /** Enabled questions only, ascending by position. */
  questions: Question[];
  position: number;
}

export interface OpenTime {
  startTime: string;
  inviteesRemaining: number;
  schedulingUrl: string;
}

/** All six keys; Calendly refuses some of them without the others. */
export interface Tracking {
  utm_campaign: string | null;
  utm_source: string | null;
  utm_medium: string | null;
  utm_content: string | null;
  utm_term: string | null;
  /** Carries our booking's id: the tag by which we know our own invitees. */
  salesforce_uuid: string | null;
}

export interface InviteeRequest {
  eventType: string;
  startTime: string;
  name: string;
  email: string;
  timezone: string;
  location: { kind: LocationKind; location?: string } | null;
  answers: { question: string; answer: string; position: number }[];
  guests: string[];
  tracking: Tracking;
}

export interface Invitee {
  uri: string;
  /** The scheduled event's URI. */
  event: string;
  email: string;
  name: string;
  timezone: string | null;
  /** Epoch ms. */
  createdAt: number;
  status: 'active' | 'canceled';
  tracking: Tracking | null;
  rescheduled: boolean;
  oldInvitee: string | null;
  newInvitee: string | null;
  /** Bearer-style links: whoever has them may use them. */
  cancelUrl: string;
  rescheduleUrl: string;
  cancellation: {
    canceledBy: string;
    reason: string | null;
    cancelerType: 'host' | 'invitee';
    /** Epoch ms; null in old data. */
    at: number | null;
  } | null;
}

export interface ScheduledEvent {
  uri: string;
  name: string | null;
  status: 'active' | 'canceled';
  startTime: string;
  endTime: string;
  eventType: string;
  location: {
    kind: LocationKind;
    location: string | null;
    joinUrl: string | null;
    pending: boolean;
  } | null;
  counter: { total: number; active: number; limit: number };
}

/** What became of an attempt to book. Only `created` proves anything was done; `unknown` proves nothing at all. */
export type InviteeOutcome =
  | { outcome: 'created'; invitee: Invitee }
  /** The slot is filled or not bookable; it may have been filled by an earlier attempt of ours. */
  | { outcome: 'slot_taken' }
  /** A question, a place or another field no longer fits the event type: read it again. */
  | { outcome: 'mismatch'; about: 'location' | 'questions' | 'other'; detail: string }
  /** Calendly will not take this one by API; the invitee can still book on its page. */
  | {
      outcome: 'refused';
      reason: 'quota' | 'scope' | 'plan' | 'permission';
      retryAfterMs: number | null;
    }
  /** No such event type (any more). */
  | { outcome: 'gone' }
  /** The reply was lost, late, broken or a server error: look for the invitee before anything else. */
  | { outcome: 'unknown'; detail: string };

export type CancelOutcome =
  | { outcome: 'canceled' }
  | { outcome: 'already_canceled' }
  | { outcome: 'in_past' }
  | { outcome: 'not_allowed'; detail: string }
  | { outcome: 'gone' };

export interface Subscription {
  uri: string;
  callbackUrl: string;
  state: 'active' | 'disabled';
  events: string[];
  createdAt: string;
}

export interface CallOptions {
  /** Ends the call at once, whatever it waits for. */
  signal?: AbortSignal;
}

/**
 * Reads retry by themselves within the deadline and the retry budget, then throw a `SchedulingError`.
 * Each call has its own deadline (3 s) besides the caller's signal.
 */
export interface Scheduling {
  owner(options?: CallOptions): Promise<Owner>;
  /** Every event type of the owner, inactive ones included, all pages. */
  eventTypes(owner: Owner, options?: CallOptions): Promise<EventType[]>;
  eventType(uri: string, options?: CallOptions): Promise<EventType>;
  /** Open times in `[from, to)`, ascending; any length, cut into Calendly's windows; a past `from` means now. */
  openTimes(
    eventType: string,
    from: string,
    to: string,
    options?: CallOptions,
  ): Promise<OpenTime[]>;
  createInvitee(request: InviteeRequest, options?: CallOptions): Promise<InviteeOutcome>;
  /**
   * Events of the owner whose start lies in `[from, to)`, all pages. `everybodys`: those of the whole organization, as far
   * as the owner may see them.
   */
  scheduledEvents(
    query: {
      owner: Owner;
      everybodys?: boolean;
      from: string;
      to: string;
      email?: string;
      status?: 'active' | 'canceled';
    },
    options?: CallOptions,
  ): Promise<ScheduledEvent[]>;
  scheduledEvent(uri: string, options?: CallOptions): Promise<ScheduledEvent>;
  invitees(
    event: string,
    query?: { email?: string; status?: 'active' | 'canceled' },
    options?: CallOptions,
  ): Promise<Invitee[]>;
  invitee(uri: string, options?: CallOptions): Promise<Invitee>;
  /** Cancels the whole event, every invitee of a group included. */
  cancelEvent(event: string, reason: string | null, options?: CallOptions): Promise<CancelOutcome>;
  /** A link to Calendly's page that works for one booking. */
  singleUseLink(eventType: string, options?: CallOptions): Promise<string>;
  subscriptions(owner: Owner, options?: CallOptions): Promise<Subscription[]>;
  createSubscription(
    request: { owner: Owner; url: string; events: string[]; signingKey: string },
    options?: CallOptions,
  ): Promise<Subscription>;
  deleteSubscription(uri: string, options?: CallOptions): Promise<void>;
}

export type SchedulingFailure =
  /** Time-out, reset, 5xx, 429, a reply that is not what it should be: later may work. */
  | 'unavailable'
  /** The token is not (or no longer) accepted. */
  | 'token'
  /** The token lacks scopes; `requiredScopes` names them. */
  | 'scope'
  | 'plan'
  | 'permission'
  | 'not_found'
  /** 409 on a webhook address that exists already. */
  | 'conflict'
  | 'invalid';

export class SchedulingError extends Error {
  override readonly name = 'SchedulingError';
  readonly failure: SchedulingFailure;
  readonly requiredScopes: readonly string[];
  readonly status: number | null;

  constructor(
    failure: SchedulingFailure,
    message: string,
    options: { requiredScopes?: readonly string[]; status?: number; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.failure = failure;
    this.requiredScopes = options.requiredScopes ?? [];
    this.status = options.status ?? null;
  }
}

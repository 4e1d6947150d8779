/**
 * Calendly's resources in Calendly's own words. The sandbox keeps its truth in these shapes, so that what a test reads
 * in `state` is what the API says. Instants are kept as `Date.toISOString()` writes them, which makes them comparable
 * as strings; how many fractional digits an answer carries is decided where it is written (`present.ts`).
 */
export type Instant = string;
export type Plan = 'free' | 'trial' | 'paid' | 'enterprise';
export type Locale = 'en' | 'fr' | 'de';
export type ConferenceKind =
  | 'google_conference'
  | 'zoom_conference'
  | 'microsoft_teams_conference'
  | 'webex_conference'
  | 'gotomeeting_conference';
export type LocationKind =
  | 'physical'
  | 'ask_invitee'
  | 'custom'
  | 'outbound_call'
  | 'inbound_call'
  | ConferenceKind;

export interface Organization {
  uri: string;
  name: string;
  plan: Plan;
}

export interface AvailabilityInterval {
  from: string;
  to: string;
}

export type Weekday =
  | 'sunday'
  | 'monday'
  | 'tuesday'
  | 'wednesday'
  | 'thursday'
  | 'friday'
  | 'saturday';

export type AvailabilityRule =
  | { type: 'wday'; wday: Weekday; intervals: AvailabilityInterval[] }
  | { type: 'date'; date: string; intervals: AvailabilityInterval[] };

export interface User {
  uri: string;
  name: string;
  slug: string;
  email: string;
  timezone: string;
  locale: Locale;
  time_notation: '12h' | '24h';
  avatar_url: string | null;
  current_organization: string;
  created_at: Instant;
  updated_at: Instant;
  role: 'owner' | 'admin' | 'user';
  schedule: { uri: string; name: string; rules: AvailabilityRule[] };
  /** From the calendars that Calendly checks for conflicts. */
  external_busy: { start_time: Instant; end_time: Instant }[];
  /** Kinds of conferencing this user has connected. */
  connected: ConferenceKind[];
}

export interface AccessToken {
  token: string;
  user: string;
  /** `default` is what tokens from before scopes carry: everything. */
  scopes: string[] | 'default';
  expired: boolean;
}

export interface LocationConfiguration {
  kind: LocationKind;
  location?: string;
  additional_info?: string;
  phone_number?: string;
}

export interface CustomQuestion {
  name: string;
  type: 'string' | 'text' | 'phone_number' | 'single_select' | 'multi_select';
  position: number;
  enabled: boolean;
  required: boolean;
  answer_choices: string[] | null;
  include_other: boolean;
}

/** What the host set for the event type and the API never shows. */
export interface SchedulingRules {
  owner: string;
  hosts: string[];
  seats: number;
  buffer_before_minutes: number;
  buffer_after_minutes: number;
  minimum_notice_minutes: number;
  slot_step_minutes: number;
  bookable_days: number;
  price: { amount: number; currency: 'EUR' | 'USD' } | null;
}

export interface EventType {
  uri: string;
  name: string;
  slug: string | null;
  active: boolean;
  secret: boolean;
  admin_managed: boolean;
  is_paid: boolean;
  booking_method: 'instant' | 'poll';
  kind: 'solo' | 'group';
  pooling_type: 'round_robin' | 'collective' | 'multi_pool' | null;
  type: 'StandardEventType' | 'AdhocEventType';
  duration: number;
  duration_options: number[] | null;
  color: string;
  locale: Locale;
  locations: LocationConfiguration[] | null;
  custom_questions: CustomQuestion[];
  description_plain: string | null;
  description_html: string | null;
  internal_note: string | null;
  deleted_at: Instant | null;
  position: number;
  profile: { type: 'User' | 'Team'; name: string; owner: string } | null;
  created_at: Instant;
  updated_at: Instant;
  rules: SchedulingRules;
}

export interface Cancellation {
  canceled_by: string;
  reason: string | null;
  canceler_type: 'host' | 'invitee';
  created_at: Instant;
}

export interface ScheduledEvent {
  uri: string;
  name: string;
  status: 'active' | 'canceled';
  start_time: Instant;
  end_time: Instant;
  event_type: string;
  /** As the invitee chose it; how the API shows it depends on the conference (see `present.ts`). */
  location: { kind: LocationKind; location: string | null } | null;
  /** A conference link is not there at once: when it will be, or that it never will. */
  conference: { ready_at: Instant; failed: boolean; join_url: string } | null;
  limit: number;
  hosts: string[];
  buffered_start_time: Instant;
  buffered_end_time: Instant;
  event_guests: { email: string; created_at: Instant; updated_at: Instant }[];
  cancellation: Cancellation | null;
  created_at: Instant;
  updated_at: Instant;
}

export interface QuestionAndAnswer {
  question: string;
  answer: string;
  position: number;
}

export interface Tracking {
  utm_campaign: string | null;
  utm_source: string | null;
  utm_medium: string | null;
  utm_content: string | null;
  utm_term: string | null;
  salesforce_uuid: string | null;
}

export interface Payment {
  external_id: string;
  provider: 'stripe' | 'paypal';
  amount: number;
  currency: 'AUD' | 'CAD' | 'EUR' | 'GBP' | 'USD';
  terms: string | null;
  successful: boolean;
}

export interface Invitee {
  uri: string;
  email: string;
  first_name: string | null;
  last_name: string | null;
  name: string;
  status: 'active' | 'canceled';
  questions_and_answers: QuestionAndAnswer[];
  timezone: string | null;
  event: string;
  tracking: Tracking;
  text_reminder_number: string | null;
  rescheduled: boolean;
  old_invitee: string | null;
  new_invitee: string | null;
  cancel_url: string;
  reschedule_url: string;
  payment: Payment | null;
  no_show: { uri: string; created_at: Instant } | null;
  scheduling_method: 'api' | 'instant_book' | null;
  cancellation: Cancellation | null;
  created_at: Instant;
  updated_at: Instant;
}

export interface WebhookSubscription {
  uri: string;
  callback_url: string;
  created_at: Instant;
  updated_at: Instant;
  retry_started_at: Instant | null;
  state: 'active' | 'disabled';
  events: string[];
  scope: 'organization' | 'user' | 'group';
  organization: string;
  user: string | null;
  group: string | null;
  creator: string;
  signing_key: string | null;
}

export interface SchedulingLink {
  id: string;
  booking_url: string;
  event_type: string;
  used: boolean;
}

/** Addresses in answers always name Calendly's own host, wherever the sandbox listens. */
export const apiOrigin = 'https://api.calendly.com';

export const lastSegment = (uri: string): string => uri.slice(uri.lastIndexOf('/') + 1);

import type {
  AccessToken,
  EventType,
  Instant,
  Invitee,
  Organization,
  ScheduledEvent,
  SchedulingLink,
  User,
  WebhookSubscription,
} from './resources.ts';

export interface DeliveryAttempt {
  at: Instant;
  /** The receiver's answer, or null when there was none. */
  status: number | null;
  error: string | null;
}

export interface Delivery {
  id: string;
  subscription: string;
  callback_url: string;
  event: string;
  /** The invitee or event type the delivery is about. */
  subject: string;
  body: string;
  status: 'pending' | 'delivered' | 'failed' | 'lost' | 'abandoned';
  attempts: DeliveryAttempt[];
  next_attempt_at: Instant | null;
  created_at: Instant;
}

export interface RecordedCall {
  method: string;
  path: string;
  query: Record<string, string>;
  body: unknown;
  /** What Calendly answered, or null when the request never got as far. */
  status: number | null;
  /** The code or message of a refusal. */
  error: string | null;
  /** False when the answer was lost on its way. */
  replied: boolean;
  at: Instant;
}

/** Everything Calendly knows; plain data. */
export interface CalendlyState {
  organizations: Organization[];
  users: User[];
  tokens: AccessToken[];
  eventTypes: EventType[];
  events: ScheduledEvent[];
  invitees: Invitee[];
  links: SchedulingLink[];
  subscriptions: WebhookSubscription[];
  deliveries: Delivery[];
  calls: RecordedCall[];
}

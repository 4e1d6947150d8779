import * as v from 'valibot';
import { Money } from './money.ts';

/** Where a session can take place; the kinds are Calendly's own. */
export const locationKinds = [
  'physical',
  'ask_invitee',
  'custom',
  'outbound_call',
  'inbound_call',
  'google_conference',
  'zoom_conference',
  'microsoft_teams_conference',
  'webex_conference',
  'gotomeeting_conference',
] as const;
export const LocationKind = v.picklist(locationKinds, 'This is not a kind of place.');
export type LocationKind = v.InferOutput<typeof LocationKind>;

export const SessionLocation = v.object({
  kind: LocationKind,
  /** The configured place or text; null where the kind has none. */
  location: v.nullable(v.string()),
  additionalInfo: v.nullable(v.string()),
});
export type SessionLocation = v.InferOutput<typeof SessionLocation>;

/** What the invitee has to add to a chosen location, by kind: nothing, a phone number or a text of their own. */
export const locationInput = (kind: LocationKind): 'none' | 'phone' | 'text' =>
  kind === 'outbound_call' ? 'phone' : kind === 'ask_invitee' ? 'text' : 'none';

export const questionTypes = [
  'string',
  'text',
  'phone_number',
  'single_select',
  'multi_select',
] as const;

export const Question = v.object({
  /** The question's text, byte for byte: Calendly knows it by nothing else. */
  question: v.string(),
  /** `string` is one line, `text` several. */
  type: v.picklist(questionTypes),
  position: v.number(),
  required: v.boolean(),
  choices: v.array(v.string()),
  /** A text of the invitee's own is allowed besides the choices. */
  includeOther: v.boolean(),
});
export type Question = v.InferOutput<typeof Question>;

export const captures = ['after_booking', 'before_booking'] as const;
export type Capture = (typeof captures)[number];

export const SessionType = v.object({
  id: v.string(),
  title: v.string(),
  description: v.nullable(v.string()),
  /** Minutes. */
  duration: v.number(),
  price: v.nullable(Money),
  /** With a price: whether the card is charged once the time is booked, or at once (and refunded if booking fails). */
  capture: v.nullable(v.picklist(captures)),
  /** With a price: canceled at least this many hours before the start, the money goes back; null: whenever canceled. */
  refundUntilHours: v.nullable(v.number()),
  /** Calendly takes the money, on its own page; how much is known there alone. */
  paidOnCalendly: v.boolean(),
  category: v.nullable(v.string()),
  requiresAuth: v.boolean(),
  /** `group` sessions have several seats in one slot. */
  kind: v.picklist(['solo', 'group']),
  host: v.nullable(v.object({ name: v.string() })),
  /** Empty: there is nothing to choose and nothing to send. */
  locations: v.array(SessionLocation),
  questions: v.array(Question),
  displayOrder: v.number(),
  /** Calendly's own page for the same session: the way on when this one fails. */
  schedulingUrl: v.string(),
  /** Calendly's URI and slug of the event type; both name the session type as well as its id does. */
  eventType: v.string(),
  slug: v.nullable(v.string()),
});
export type SessionType = v.InferOutput<typeof SessionType>;

export const SessionTypesResponse = v.object({ sessionTypes: v.array(SessionType) });
export type SessionTypesResponse = v.InferOutput<typeof SessionTypesResponse>;

import * as v from 'valibot';
import { locationKinds, questionTypes, type LocationKind } from '../contract/session-type.ts';
import { ResourceUri } from './calendly.uri.ts';
import type { EventType, Invitee, OpenTime, Owner, ScheduledEvent, Subscription } from './scheduling.ts';

/**
 * Calendly's answers, turned into the port's words. Keys that are not used are not looked at, nulls that its documents
 * hide are taken (profile, slug, locations, answer_choices, cancellation, tracking); what is used must be right.
 */

// Most times carry six fractional digits, some three, those of available times none.
const instantPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/;
const Instant = v.pipe(
  v.string(),
  v.check((text) => instantPattern.test(text) && !Number.isNaN(Date.parse(text)), 'Not an instant'),
  v.transform((text) => new Date(text).toISOString()),
);

/** An address that a person will be sent to. */
const WebAddress = v.pipe(
  v.string(),
  v.check((text) => /^https?:\/\//i.test(text) && URL.canParse(text), 'Not a web address'),
);

const textOrNull = v.optional(v.nullable(v.string()), null);
const Count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

export const Resource = <T>(schema: v.GenericSchema<unknown, T>): v.GenericSchema<unknown, T> =>
  v.pipe(
    v.looseObject({ resource: v.unknown() }),
    v.transform(({ resource }) => resource),
    schema,
  );

/** One page of a list. Old answers have no token fields, only the address of the next page. */
export const Page = v.pipe(
  v.object({
    collection: v.array(v.unknown()),
    pagination: v.object({ next_page: textOrNull, next_page_token: textOrNull }),
  }),
  v.transform(({ collection, pagination: { next_page, next_page_token } }) => ({
    items: collection,
    nextToken:
      next_page_token ??
      (next_page !== null && URL.canParse(next_page)
        ? new URL(next_page).searchParams.get('page_token')
        : null),
  })),
);

export const User = v.pipe(
  v.object({
    uri: ResourceUri('user'),
    current_organization: ResourceUri('organization'),
    name: v.string(),
    email: v.string(),
    timezone: v.string(),
  }),
  v.transform(
    ({ uri, current_organization, name, email, timezone }): Owner => ({
      uri,
      organization: current_organization,
      name,
      email,
      timezone,
    }),
  ),
);

const Location = v.object({
  kind: v.string(),
  location: textOrNull,
  additional_info: textOrNull,
  // A number in older answers.
  phone_number: v.optional(v.nullable(v.union([v.string(), v.number()])), null),
});

const CustomQuestion = v.object({
  name: v.string(),
  type: v.string(),
  position: v.number(),
  enabled: v.boolean(),
  required: v.boolean(),
  answer_choices: v.optional(v.nullable(v.array(v.string())), null),
  include_other: v.optional(v.nullable(v.boolean()), false),
});

const isLocationKind = (kind: string): kind is LocationKind =>
  (locationKinds as readonly string[]).includes(kind);

const readLocation = (
  { kind, location, additional_info, phone_number }: v.InferOutput<typeof Location>,
): EventType['locations'] =>
  // A kind of tomorrow cannot be offered; the others still can.
  isLocationKind(kind)
    ? [
        {
          kind,
          location: location ?? (phone_number === null ? null : String(phone_number)),
          additionalInfo: additional_info,
        },
      ]
    : [];

const readQuestion = (
  question: v.InferOutput<typeof CustomQuestion>,
): EventType['questions'][number] => ({
  question: question.name,
  // Any answer fits lines of text; what is right for a type of tomorrow, Calendly says.
  type: questionTypes.find((type) => type === question.type) ?? 'text',
  position: question.position,
  required: question.required,
  choices: question.answer_choices ?? [],
  includeOther: question.include_other ?? false,
});

export const EventTypeAnswer = v.pipe(
  v.object({
    uri: ResourceUri('eventType'),
    name: v.nullable(v.string()),
    slug: textOrNull,
    active: v.boolean(),
    secret: v.boolean(),
    kind: v.picklist(['solo', 'group']),
    pooling_type: v.optional(
      v.nullable(v.picklist(['round_robin', 'collective', 'multi_pool'])),
      null,
    ),
    is_paid: v.boolean(),
    booking_method: v.optional(v.picklist(['instant', 'poll']), 'instant'),
    duration: v.pipe(v.number(), v.minValue(1), v.maxValue(10_080)),
    description_plain: textOrNull,
    scheduling_url: WebAddress,
    profile: v.optional(v.nullable(v.object({ name: v.string(), owner: v.string() })), null),
    locations: v.optional(v.nullable(v.array(Location)), null),
    custom_questions: v.optional(v.nullable(v.array(CustomQuestion)), null),
    position: v.optional(v.nullable(v.number()), 0),
    deleted_at: textOrNull,
  }),
  v.transform((answer): { eventType: EventType; deleted: boolean } => ({
    deleted: answer.deleted_at !== null,
    eventType: {
      uri: answer.uri,
      name: answer.name ?? answer.slug ?? '',
      slug: answer.slug,
      active: answer.active,
      secret: answer.secret,
      kind: answer.kind,
      pooling: answer.pooling_type,
      isPaid: answer.is_paid,
      bookingMethod: answer.booking_method,
      durationMinutes: answer.duration,
      description: answer.description_plain,
      schedulingUrl: answer.scheduling_url,
      profile: answer.profile,
      // `location` must be left out for round robin: https://developer.calendly.com/api-docs (Create Event Invitee).
      locations:
        answer.pooling_type === 'round_robin' ? [] : (answer.locations ?? []).flatMap(readLocation),
      // Questions that are switched off stay in the list and keep their position.
      questions: (answer.custom_questions ?? [])
        .filter(({ enabled }) => enabled)
        .map(readQuestion)
        .toSorted((a, b) => a.position - b.position),
      position: answer.position ?? 0,
    },
  })),
);

export const AvailableTimes = v.pipe(
  v.object({
    collection: v.array(
      v.object({
        status: v.string(),
        start_time: Instant,
        invitees_remaining: Count,
        scheduling_url: WebAddress,
      }),
    ),
  }),
  v.transform(({ collection }): OpenTime[] =>
    collection
      .filter((time) => time.status === 'available' && time.invitees_remaining > 0)
      .map((time) => ({
        startTime: time.start_time,
        inviteesRemaining: time.invitees_remaining,
        schedulingUrl: time.scheduling_url,
      })),
  ),
);

const Tracking = v.object({
  utm_campaign: textOrNull,
  utm_source: textOrNull,
  utm_medium: textOrNull,
  utm_content: textOrNull,
  utm_term: textOrNull,
  salesforce_uuid: textOrNull,
});

const Cancellation = v.object({
  canceled_by: textOrNull,
  reason: textOrNull,
  canceler_type: v.picklist(['host', 'invitee']),
});

const inviteeEntries = {
  uri: ResourceUri('invitee'),
  event: ResourceUri('scheduledEvent'),
  email: v.string(),
  name: v.optional(v.nullable(v.string()), null),
  first_name: textOrNull,
  last_name: textOrNull,
  timezone: textOrNull,
  status: v.picklist(['active', 'canceled']),
  tracking: v.optional(v.nullable(Tracking), null),
  rescheduled: v.optional(v.nullable(v.boolean()), false),
  old_invitee: textOrNull,
  new_invitee: textOrNull,
  cancel_url: WebAddress,
  reschedule_url: WebAddress,
  cancellation: v.optional(v.nullable(Cancellation), null),
};
const InviteeFields = v.object(inviteeEntries);

const readInvitee = (answer: v.InferOutput<typeof InviteeFields>): Invitee => ({
  uri: answer.uri,
  event: answer.event,
  email: answer.email,
  name: answer.name ?? [answer.first_name, answer.last_name].filter(Boolean).join(' '),
  timezone: answer.timezone,
  status: answer.status,
  tracking: answer.tracking,
  rescheduled: answer.rescheduled ?? false,
  oldInvitee: answer.old_invitee,
  newInvitee: answer.new_invitee,
  cancelUrl: answer.cancel_url,
  rescheduleUrl: answer.reschedule_url,
  cancellation: answer.cancellation && {
    canceledBy: answer.cancellation.canceled_by ?? '',
    reason: answer.cancellation.reason,
    cancelerType: answer.cancellation.canceler_type,
  },
});

export const InviteeAnswer = v.pipe(InviteeFields, v.transform(readInvitee));

// Events say `type` where event types and requests say `kind`, and name three of them shortly.
const shortKinds: Record<string, LocationKind> = {
  zoom: 'zoom_conference',
  webex: 'webex_conference',
  gotomeeting: 'gotomeeting_conference',
};

const EventLocation = v.pipe(
  v.object({
    type: textOrNull,
    kind: textOrNull,
    location: textOrNull,
    join_url: textOrNull,
    status: textOrNull,
  }),
  v.transform((answer): ScheduledEvent['location'] => {
    const type = answer.type ?? answer.kind ?? '';
    const kind = Object.hasOwn(shortKinds, type) ? shortKinds[type] : type;
    if (kind === undefined || !isLocationKind(kind)) return null;
    return {
      kind,
      location: answer.location,
      // It becomes a link in mails and pages: anything but a web address is none.
      joinUrl: v.is(WebAddress, answer.join_url) ? answer.join_url : null,
      pending: answer.status === 'initiated' || answer.status === 'processing',
    };
  }),
);

export const ScheduledEventAnswer = v.pipe(
  v.object({
    uri: ResourceUri('scheduledEvent'),
    name: textOrNull,
    status: v.picklist(['active', 'canceled']),
    start_time: Instant,
    end_time: Instant,
    event_type: ResourceUri('eventType'),
    location: v.optional(v.nullable(EventLocation), null),
    invitees_counter: v.object({ total: Count, active: Count, limit: Count }),
  }),
  v.transform(
    (answer): ScheduledEvent => ({
      uri: answer.uri,
      name: answer.name,
      status: answer.status,
      startTime: answer.start_time,
      endTime: answer.end_time,
      eventType: answer.event_type,
      location: answer.location,
      counter: answer.invitees_counter,
    }),
  ),
);

/** An invitee delivery's payload: the invitee with its event inside. */
export const InviteePayload = v.pipe(
  v.object({ ...inviteeEntries, updated_at: v.string(), scheduled_event: ScheduledEventAnswer }),
  v.transform((payload) => ({
    invitee: readInvitee(payload),
    scheduledEvent: payload.scheduled_event,
    updatedAt: payload.updated_at,
  })),
);

export const DeliveryEnvelope = v.object({
  event: v.string(),
  created_at: Instant,
  payload: v.unknown(),
});

export const SchedulingLink = v.pipe(
  v.object({ booking_url: WebAddress }),
  v.transform(({ booking_url }) => booking_url),
);

export const WebhookSubscription = v.pipe(
  v.object({
    uri: ResourceUri('webhookSubscription'),
    callback_url: v.string(),
    state: v.picklist(['active', 'disabled']),
    events: v.array(v.string()),
    created_at: Instant,
  }),
  v.transform(
    ({ uri, callback_url, state, events, created_at }): Subscription => ({
      uri,
      callbackUrl: callback_url,
      state,
      events,
      createdAt: created_at,
    }),
  ),
);

/** The body of every refusal. Whatever part of it is of another shape counts as not being there. */
export const ErrorAnswer = v.object({
  title: v.fallback(v.string(), ''),
  message: v.fallback(v.string(), ''),
  details: v.fallback(
    v.array(
      v.object({
        parameter: v.fallback(v.string(), ''),
        code: v.fallback(v.string(), ''),
      }),
    ),
    [],
  ),
  required_scopes: v.fallback(v.array(v.string()), []),
});

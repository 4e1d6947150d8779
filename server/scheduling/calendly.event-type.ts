import * as v from 'valibot';
import { questionTypes } from '../contract/session-type.ts';
import { readLocationKind } from './calendly.location-kind.ts';
import { textOrNull, WebAddress } from './calendly.schemas.ts';
import { ResourceUri } from './calendly.uri.ts';
import type { EventType } from './scheduling.ts';

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
  position: v.pipe(v.number(), v.finite()),
  enabled: v.boolean(),
  required: v.boolean(),
  answer_choices: v.optional(v.nullable(v.array(v.string())), null),
  include_other: v.optional(v.nullable(v.boolean()), false),
});

const readLocation = (answer: v.InferOutput<typeof Location>): EventType['locations'] => {
  const kind = readLocationKind(answer.kind);
  // A kind of tomorrow cannot be offered; the others still can.
  if (kind === null) return [];
  const { location, phone_number, additional_info } = answer;
  return [
    {
      kind,
      location: location ?? (phone_number === null ? null : String(phone_number)),
      additionalInfo: additional_info,
    },
  ];
};

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
    position: v.optional(v.nullable(v.pipe(v.number(), v.finite())), 0),
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

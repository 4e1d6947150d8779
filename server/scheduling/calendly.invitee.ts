import * as v from 'valibot';
import { ScheduledEventAnswer } from './calendly.scheduled-event.ts';
import { Instant, textOrNull, WebAddress } from './calendly.schemas.ts';
import { ResourceUri } from './calendly.uri.ts';
import type { Invitee } from './scheduling.ts';

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
  created_at: textOrNull,
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
  created_at: Instant,
};
const InviteeFields = v.object(inviteeEntries);

const readInvitee = (answer: v.InferOutput<typeof InviteeFields>): Invitee => ({
  uri: answer.uri,
  event: answer.event,
  email: answer.email,
  name: answer.name ?? [answer.first_name, answer.last_name].filter(Boolean).join(' '),
  timezone: answer.timezone,
  createdAt: Date.parse(answer.created_at),
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
    at: Date.parse(answer.cancellation.created_at ?? '') || null,
  },
});

export const InviteeAnswer = v.pipe(InviteeFields, v.transform(readInvitee));

/** An invitee delivery's payload: the invitee with its event inside. */
export const InviteePayload = v.pipe(
  v.object({ ...inviteeEntries, updated_at: v.string(), scheduled_event: ScheduledEventAnswer }),
  v.transform((payload) => ({
    invitee: readInvitee(payload),
    scheduledEvent: payload.scheduled_event,
    updatedAt: payload.updated_at,
  })),
);

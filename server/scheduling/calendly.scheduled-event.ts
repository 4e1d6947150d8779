import * as v from 'valibot';
import { readLocationKind } from './calendly.location-kind.ts';
import { Count, Instant, textOrNull, WebAddress } from './calendly.schemas.ts';
import { ResourceUri } from './calendly.uri.ts';
import type { ScheduledEvent } from './scheduling.ts';

const EventLocation = v.pipe(
  v.object({
    type: textOrNull,
    kind: textOrNull,
    location: textOrNull,
    join_url: textOrNull,
    status: textOrNull,
  }),
  v.transform((answer): ScheduledEvent['location'] => {
    const kind = readLocationKind(answer.type ?? answer.kind ?? '');
    if (kind === null) return null;
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
  v.transform((answer): ScheduledEvent => ({
    uri: answer.uri,
    name: answer.name,
    status: answer.status,
    startTime: answer.start_time,
    endTime: answer.end_time,
    eventType: answer.event_type,
    location: answer.location,
    counter: answer.invitees_counter,
  })),
);

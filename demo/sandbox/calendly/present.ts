import { activeInviteesOf, byUri, type Core, eventTypePage, inviteesOf, known } from './core.ts';
import type {
  Cancellation,
  EventType,
  Instant,
  Invitee,
  ScheduledEvent,
  User,
  WebhookSubscription,
} from './resources.ts';

type Json = Record<string, unknown>;

/** Calendly mostly writes six fractional digits, sometimes three, sometimes none. A client must read all of them. */
export const sixDigits = (time: Instant): string => time.replace(/Z$/, '000Z');
/** When something happened is told to the microsecond, which is more than a `Date` keeps. */
export const stamp = (time: Instant): string => time.replace(/Z$/, '123Z');
export const noDigits = (time: Instant): string => time.replace(/\.\d+Z$/, 'Z');

const times = (resource: { created_at: Instant; updated_at: Instant }): Json => ({
  created_at: stamp(resource.created_at),
  updated_at: stamp(resource.updated_at),
});

export const presentUser = (core: Core, user: User): Json => ({
  uri: user.uri,
  name: user.name,
  slug: user.slug,
  email: user.email,
  scheduling_url: `${core.publicUrl}/${user.slug}`,
  timezone: user.timezone,
  time_notation: user.time_notation,
  avatar_url: user.avatar_url,
  current_organization: user.current_organization,
  resource_type: 'User',
  locale: user.locale,
  ...times(user),
});

export const presentEventType = (core: Core, eventType: EventType): Json => {
  const { rules: _, ...shown } = eventType;
  return {
    ...shown,
    scheduling_url: eventTypePage(core, eventType),
    // Three digits here, as some of its answers have.
    created_at: eventType.created_at,
    updated_at: eventType.updated_at,
  };
};

export const presentCancellation = (cancellation: Cancellation): Json => ({
  ...cancellation,
  created_at: stamp(cancellation.created_at),
});

/** In events Calendly says `type` where event types and requests say `kind`, and names Zoom and Webex differently. */
const eventLocationTypes: Record<string, string> = {
  zoom_conference: 'zoom',
  webex_conference: 'webex',
  gotomeeting_conference: 'gotomeeting',
};

function presentLocation(core: Core, event: ScheduledEvent): Json | null {
  if (!event.location) return null;
  const type = eventLocationTypes[event.location.kind] ?? event.location.kind;
  const { conference } = event;
  if (!conference) {
    const { kind, location } = event.location;
    const configured = byUri(core.state.eventTypes, event.event_type)?.locations?.find(
      (place) => place.kind === kind && place.location === location,
    );
    return {
      type,
      location,
      ...(kind === 'physical' &&
        configured?.additional_info && { additional_info: configured.additional_info }),
    };
  }
  const now = core.clock.now();
  const created = Date.parse(event.created_at);
  const ready = Date.parse(conference.ready_at);
  const status =
    now >= ready
      ? conference.failed
        ? 'failed'
        : 'pushed'
      : now >= created + (ready - created) / 2
        ? 'processing'
        : 'initiated';
  const join_url = status === 'pushed' ? conference.join_url : null;
  return type === 'google_conference'
    ? { type, status, join_url }
    : { type, status, join_url, data: status === 'pushed' ? { id: join_url?.slice(-8) } : null };
}

function presentEventCore(core: Core, event: ScheduledEvent): Json {
  return {
    uri: event.uri,
    name: event.name,
    status: event.status,
    start_time: sixDigits(event.start_time),
    end_time: sixDigits(event.end_time),
    event_type: event.event_type,
    location: presentLocation(core, event),
    invitees_counter: {
      total: inviteesOf(core, event).length,
      active: activeInviteesOf(core, event).length,
      limit: event.limit,
    },
    ...times(event),
    event_guests: event.event_guests.map((guest) => ({ email: guest.email, ...times(guest) })),
    ...(event.cancellation && { cancellation: presentCancellation(event.cancellation) }),
  };
}

const memberships = (core: Core, event: ScheduledEvent): Json[] =>
  event.hosts.map((uri) => {
    const host = known(core.state.users, uri);
    return { user: uri, user_email: host.email, user_name: host.name };
  });

export const presentEvent = (core: Core, event: ScheduledEvent): Json => ({
  ...presentEventCore(core, event),
  event_memberships: memberships(core, event).map((membership) => ({
    ...membership,
    buffered_start_time: sixDigits(event.buffered_start_time),
    buffered_end_time: sixDigits(event.buffered_end_time),
  })),
  meeting_notes_plain: null,
  meeting_notes_html: null,
  // Called required, yet null for hosts without a connected calendar.
  calendar_event: null,
});

export const presentInvitee = (invitee: Invitee): Json => ({
  uri: invitee.uri,
  email: invitee.email,
  first_name: invitee.first_name,
  last_name: invitee.last_name,
  name: invitee.name,
  status: invitee.status,
  questions_and_answers: invitee.questions_and_answers,
  timezone: invitee.timezone,
  event: invitee.event,
  ...times(invitee),
  tracking: invitee.tracking,
  text_reminder_number: invitee.text_reminder_number,
  rescheduled: invitee.rescheduled,
  old_invitee: invitee.old_invitee,
  new_invitee: invitee.new_invitee,
  cancel_url: invitee.cancel_url,
  reschedule_url: invitee.reschedule_url,
  routing_form_submission: null,
  payment: invitee.payment,
  no_show: invitee.no_show && {
    uri: invitee.no_show.uri,
    created_at: stamp(invitee.no_show.created_at),
  },
  reconfirmation: null,
  scheduling_method: invitee.scheduling_method,
  invitee_scheduled_by: null,
  ...(invitee.cancellation && { cancellation: presentCancellation(invitee.cancellation) }),
});

/** What an invitee delivery carries: the invitee, with the event inside, without its calendar entry and buffers. */
export const presentInviteePayload = (
  core: Core,
  invitee: Invitee,
  event: ScheduledEvent,
): Json => ({
  ...presentInvitee(invitee),
  scheduled_event: {
    ...presentEventCore(core, event),
    event_memberships: memberships(core, event),
  },
});

export const presentSubscription = (subscription: WebhookSubscription): Json => {
  const { signing_key: _, ...shown } = subscription;
  return {
    ...shown,
    ...times(subscription),
    retry_started_at: subscription.retry_started_at && stamp(subscription.retry_started_at),
  };
};

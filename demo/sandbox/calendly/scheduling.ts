import { groupEventAt, openSlotAt } from './availability.ts';
import {
  activeInviteesOf,
  type Core,
  eventOf,
  instant,
  known,
  present,
  resourceUri,
} from './core.ts';
import type {
  Cancellation,
  EventType,
  Invitee,
  LocationKind,
  Payment,
  QuestionAndAnswer,
  ScheduledEvent,
  Tracking,
} from './resources.ts';

export interface BookingWish {
  eventType: EventType;
  startMs: number;
  name: string;
  firstName: string | null;
  lastName: string | null;
  email: string;
  timezone: string | null;
  textReminderNumber: string | null;
  location: { kind: LocationKind; location: string | null } | null;
  answers: QuestionAndAnswer[];
  tracking: Tracking;
  guests: string[];
  method: Invitee['scheduling_method'];
  payment: Payment | null;
}

export const noTracking: Tracking = {
  utm_campaign: null,
  utm_source: null,
  utm_medium: null,
  utm_content: null,
  utm_term: null,
  salesforce_uuid: null,
};

const conferenceHosts: Partial<Record<LocationKind, string>> = {
  google_conference: 'https://meet.google.com',
  zoom_conference: 'https://zoom.us/j',
  microsoft_teams_conference: 'https://teams.microsoft.com/l/meetup-join',
  webex_conference: 'https://webex.com/meet',
  gotomeeting_conference: 'https://global.gotomeeting.com/join',
};

function newEvent(core: Core, wish: BookingWish, hosts: string[]): ScheduledEvent {
  const { eventType, startMs } = wish;
  const { rules } = eventType;
  const endMs = startMs + eventType.duration * 60_000;
  const now = present(core);
  const conferenceHost = wish.location && conferenceHosts[wish.location.kind];
  return {
    uri: resourceUri('scheduled_events', core.identities.uuid()),
    name: eventType.name,
    status: 'active',
    start_time: instant(startMs),
    end_time: instant(endMs),
    event_type: eventType.uri,
    location: wish.location,
    conference: conferenceHost
      ? {
          ready_at: instant(core.clock.now() + core.trouble.conferenceDelayMs),
          failed: core.trouble.conferenceFails,
          join_url: `${conferenceHost}/${core.identities.link()}`,
        }
      : null,
    limit: rules.seats,
    hosts,
    buffered_start_time: instant(startMs - rules.buffer_before_minutes * 60_000),
    buffered_end_time: instant(endMs + rules.buffer_after_minutes * 60_000),
    event_guests: [],
    cancellation: null,
    created_at: now,
    updated_at: now,
  };
}

/** Books the slot, or answers undefined when it cannot be booked any more. Tells nobody: that is the caller's part. */
export function schedule(core: Core, wish: BookingWish): Invitee | undefined {
  const slot = openSlotAt(core, wish.eventType, wish.startMs);
  if (!slot) return undefined;
  const now = present(core);
  let event = groupEventAt(core, wish.eventType, wish.startMs);
  if (!event) {
    event = newEvent(core, wish, slot.hosts);
    core.state.events.push(event);
  }
  event.updated_at = now;
  event.event_guests.push(
    ...wish.guests.map((email) => ({ email, created_at: now, updated_at: now })),
  );
  const id = core.identities.uuid();
  const invitee: Invitee = {
    uri: `${event.uri}/invitees/${id}`,
    email: wish.email,
    first_name: wish.firstName,
    last_name: wish.lastName,
    name: wish.name,
    status: 'active',
    questions_and_answers: wish.answers,
    timezone: wish.timezone,
    event: event.uri,
    tracking: wish.tracking,
    text_reminder_number: wish.textReminderNumber,
    rescheduled: false,
    old_invitee: null,
    new_invitee: null,
    cancel_url: `${core.publicUrl}/cancellations/${id}`,
    reschedule_url: `${core.publicUrl}/reschedulings/${id}`,
    payment: wish.payment,
    no_show: null,
    scheduling_method: wish.method,
    cancellation: null,
    created_at: now,
    updated_at: now,
  };
  core.state.invitees.push(invitee);
  return invitee;
}

function markCanceled(invitee: Invitee, cancellation: Cancellation): void {
  invitee.status = 'canceled';
  invitee.cancellation = cancellation;
  invitee.updated_at = cancellation.created_at;
}

/** The host cancels: the whole event goes, with everyone in it. Answers whom it befell. */
export function cancelEvent(
  core: Core,
  event: ScheduledEvent,
  canceledBy: string,
  reason: string | null,
): Invitee[] {
  const cancellation: Cancellation = {
    canceled_by: canceledBy,
    reason,
    canceler_type: 'host',
    created_at: present(core),
  };
  const invitees = activeInviteesOf(core, event);
  for (const invitee of invitees) markCanceled(invitee, cancellation);
  event.status = 'canceled';
  event.cancellation = cancellation;
  event.updated_at = cancellation.created_at;
  return invitees;
}

/** One invitee leaves; the event goes only with the last of them. */
export function cancelInvitee(core: Core, invitee: Invitee, reason: string | null): void {
  const cancellation: Cancellation = {
    canceled_by: invitee.name,
    reason,
    canceler_type: 'invitee',
    created_at: present(core),
  };
  markCanceled(invitee, cancellation);
  const event = eventOf(core, invitee);
  event.updated_at = cancellation.created_at;
  if (activeInviteesOf(core, event).length > 0) return;
  event.status = 'canceled';
  event.cancellation = cancellation;
}

/** Moves an invitee to another time under new URIs, or answers undefined and leaves all as it was. */
export function moveInvitee(
  core: Core,
  old: Invitee,
  startMs: number,
  reason: string | null,
): Invitee | undefined {
  const oldEvent = eventOf(core, old);
  const eventType = known(core.state.eventTypes, oldEvent.event_type);
  const before = { event: { ...oldEvent }, invitee: { ...old } };
  // The old time is given up first: a move by half an hour may need it.
  cancelInvitee(core, old, reason);
  const moved = schedule(core, {
    eventType,
    startMs,
    name: old.name,
    firstName: old.first_name,
    lastName: old.last_name,
    email: old.email,
    timezone: old.timezone,
    textReminderNumber: old.text_reminder_number,
    location: oldEvent.location,
    answers: old.questions_and_answers,
    tracking: old.tracking,
    guests: oldEvent.event_guests.map((guest) => guest.email),
    method: 'instant_book',
    payment: old.payment,
  });
  if (!moved) {
    Object.assign(oldEvent, before.event);
    Object.assign(old, before.invitee);
    return undefined;
  }
  old.rescheduled = true;
  old.new_invitee = moved.uri;
  moved.old_invitee = old.uri;
  return moved;
}

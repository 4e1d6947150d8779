import type { InviteeRequest, Owner } from '../scheduling.ts';

/** Calendly's answers as its documents and real accounts have them; each test changes what it is about. */

export const api = 'https://api.calendly.com';
export const eventTypeUri = `${api}/event_types/INTROCALL0000001`;
export const eventUri = `${api}/scheduled_events/0b1c2d3e-0000-4000-8000-00000000000e`;
export const inviteeUri = `${eventUri}/invitees/0b1c2d3e-0000-4000-8000-00000000000f`;

export const owner: Owner = {
  uri: `${api}/users/INESALMEIDA00001`,
  organization: `${api}/organizations/ALMEIDAORG000001`,
  name: 'Ines Almeida',
  email: 'ines@almeida.example',
  timezone: 'Europe/Berlin',
};

export const userAnswer = {
  uri: owner.uri,
  name: owner.name,
  slug: 'ines-almeida',
  email: owner.email,
  scheduling_url: 'https://calendly.com/ines-almeida',
  timezone: owner.timezone,
  avatar_url: null,
  current_organization: owner.organization,
  resource_type: 'User',
  locale: 'ps',
  created_at: '2025-10-19T08:00:00.000123Z',
  updated_at: '2025-10-19T08:00:00.000123Z',
};

export const eventTypeAnswer = {
  uri: eventTypeUri,
  name: 'Intro call',
  slug: 'intro-call' as string | null,
  active: true,
  secret: false,
  admin_managed: false,
  is_paid: false,
  booking_method: 'instant',
  kind: 'solo',
  pooling_type: null as string | null,
  type: 'StandardEventType',
  duration: 30,
  duration_options: null,
  color: '#0b6b58',
  locale: 'en',
  locations: [{ kind: 'google_conference' }] as object[] | null,
  custom_questions: [] as object[],
  description_plain: null,
  description_html: null,
  internal_note: null,
  deleted_at: null as string | null,
  position: 0,
  scheduling_url: 'https://calendly.com/ines-almeida/intro-call',
  profile: { type: 'User', name: owner.name, owner: owner.uri } as object | null,
  created_at: '2025-10-19T08:00:00.000Z',
  updated_at: '2025-10-19T08:00:00.000Z',
};

export const inviteeAnswer = {
  uri: inviteeUri,
  email: 'ada@example.org',
  first_name: null,
  last_name: null,
  name: 'Ada L',
  status: 'active',
  questions_and_answers: [],
  timezone: 'Europe/Berlin',
  event: eventUri,
  created_at: '2026-11-23T17:51:18.327602Z',
  updated_at: '2026-11-23T17:51:18.327602Z',
  tracking: {
    utm_campaign: null,
    utm_source: 'site',
    utm_medium: null,
    utm_content: null,
    utm_term: null,
    salesforce_uuid: 'booking-1',
  } as object | null,
  text_reminder_number: null,
  rescheduled: false,
  old_invitee: null,
  new_invitee: null,
  cancel_url: 'https://calendly.com/cancellations/CANCEL0000000001',
  reschedule_url: 'https://calendly.com/reschedulings/CANCEL0000000001',
  routing_form_submission: null,
  payment: null,
  no_show: null,
  reconfirmation: null,
  scheduling_method: 'api',
  invitee_scheduled_by: null,
};

export const eventAnswer = {
  uri: eventUri,
  name: 'Intro call',
  status: 'active',
  start_time: '2026-12-01T15:00:00.000000Z',
  end_time: '2026-12-01T15:30:00.000000Z',
  event_type: eventTypeUri as string | null,
  location: { type: 'google_conference', status: 'processing', join_url: null } as object | null,
  invitees_counter: { total: 1, active: 1, limit: 1 },
  created_at: '2026-11-23T17:51:18.327602Z',
  updated_at: '2026-11-23T17:51:18.327602Z',
  event_memberships: [{ user: owner.uri, user_email: owner.email, user_name: owner.name }],
  event_guests: [],
  calendar_event: null,
};

export const subscriptionAnswer = {
  uri: `${api}/webhook_subscriptions/0b1c2d3e-0000-4000-8000-0000000000aa`,
  callback_url: 'https://book.example.com/api/webhooks/calendly',
  created_at: '2026-11-23T08:00:00.000123Z',
  updated_at: '2026-11-23T08:00:00.000123Z',
  retry_started_at: null,
  state: 'active',
  events: ['invitee.created', 'invitee.canceled'],
  scope: 'user',
  organization: owner.organization,
  user: owner.uri,
  group: null,
  creator: owner.uri,
};

export const page = (items: unknown[], next: string | null = null) => ({
  collection: items,
  pagination: {
    count: items.length,
    next_page: next && `${api}/anything?page_token=${next}`,
    previous_page: null,
    next_page_token: next,
    previous_page_token: null,
  },
});

export const bookingRequest: InviteeRequest = {
  eventType: eventTypeUri,
  startTime: '2026-12-01T15:00:00.000Z',
  name: 'Ada L',
  email: 'ada@example.org',
  timezone: 'Europe/Berlin',
  location: { kind: 'google_conference' },
  answers: [],
  guests: [],
  tracking: {
    utm_campaign: null,
    utm_source: 'site',
    utm_medium: null,
    utm_content: null,
    utm_term: null,
    salesforce_uuid: 'booking-1',
  },
};

import {
  apiOrigin,
  type CustomQuestion,
  type EventType,
  type Instant,
  type SchedulingRules,
  type User,
} from './resources.ts';

/** Only what differs from an ordinary solo event type of 30 minutes. */
export type EventTypeSeed = Partial<Omit<EventType, 'rules'>> &
  Pick<EventType, 'name' | 'slug'> & { id?: string; rules?: Partial<SchedulingRules> };

export interface SeedPeople {
  owner: User;
  colleague: User;
  rival: User;
  since: Instant;
}

const question = (
  position: number,
  name: string,
  type: CustomQuestion['type'],
  rest: Partial<CustomQuestion> = {},
): CustomQuestion => ({
  name,
  type,
  position,
  enabled: true,
  required: false,
  answer_choices: [],
  include_other: false,
  ...rest,
});

const introQuestions: CustomQuestion[] = [
  question(0, 'What would you like to talk about?', 'text', { required: true }),
  question(1, 'Company', 'string'),
  // Hosts switch questions off; they stay in the list and keep their position.
  question(2, 'Fax number', 'string', { enabled: false, required: true }),
  question(3, 'Phone, in case the call drops', 'phone_number', { answer_choices: null }),
  question(4, 'How did you hear about me?', 'single_select', {
    answer_choices: ['A friend', 'A talk', 'Search'],
    include_other: true,
  }),
  question(5, 'Which of these matter to you?', 'multi_select', {
    answer_choices: ['Pricing', 'Positioning', 'Hiring', 'Fundraising'],
  }),
];

export const ownEventTypes = (people: SeedPeople): EventTypeSeed[] => [
  {
    id: 'INTROCALL0000001',
    name: 'Intro call',
    slug: 'intro-call',
    color: '#0b6b58',
    locations: [{ kind: 'google_conference' }],
    custom_questions: introQuestions,
    description_plain: 'Half an hour to see whether we fit. Bring one question.',
    description_html: '<p>Half an hour to see whether we fit. Bring one question.</p>',
    rules: { minimum_notice_minutes: 120 },
  },
  {
    id: '0f6c2a54-9a5e-4a57-8a0b-7d2f0d3b9c01',
    name: 'Pricing workshop',
    slug: 'pricing-workshop',
    kind: 'group',
    duration: 60,
    color: '#8247f5',
    locations: [{ kind: 'zoom_conference' }],
    description_plain:
      'Bring one offer. Leave with a price you can say out loud, and the words to say it.',
    description_html:
      '<p>Bring one offer. Leave with a price you can say out loud, and the words to say it.</p>',
    rules: { seats: 6, slot_step_minutes: 75, minimum_notice_minutes: 240 },
  },
  {
    id: '2b0a4c9e-51c7-4f3e-bf3a-0c6d1e8f7a02',
    name: 'On-site visit',
    slug: 'on-site-visit',
    duration: 60,
    color: '#c9502d',
    locations: [
      {
        kind: 'physical',
        location: 'Lausitzer Straße 12, 10999 Berlin',
        additional_info: 'Second courtyard, third floor',
      },
      { kind: 'outbound_call' },
      { kind: 'ask_invitee' },
      { kind: 'zoom_conference' },
    ],
    custom_questions: [
      question(0, 'Anything to prepare?', 'text'),
      question(1, 'How many will you be?', 'single_select', {
        required: true,
        answer_choices: ['Just me', '2 or 3', 'More'],
      }),
    ],
    description_plain: 'An hour at your place, at mine, or wherever we find each other.',
    rules: {
      buffer_before_minutes: 15,
      buffer_after_minutes: 30,
      slot_step_minutes: 60,
      minimum_notice_minutes: 24 * 60,
    },
  },
  {
    id: 'ROUNDROBIN000001',
    name: 'Studio hours',
    slug: 'studio-hours',
    duration: 45,
    pooling_type: 'round_robin',
    locations: [{ kind: 'google_conference' }],
    profile: { type: 'Team', name: 'Almeida', owner: `${apiOrigin}/teams/ALMEIDATEAM00001` },
    rules: { hosts: [people.owner.uri, people.colleague.uri] },
  },
  {
    id: 'COLLECTIVE000001',
    name: 'Project kick-off',
    slug: 'project-kick-off',
    duration: 90,
    pooling_type: 'collective',
    locations: [{ kind: 'microsoft_teams_conference' }],
    profile: { type: 'Team', name: 'Almeida', owner: `${apiOrigin}/teams/ALMEIDATEAM00001` },
    rules: { hosts: [people.owner.uri, people.colleague.uri], slot_step_minutes: 60 },
  },
  {
    id: '7c1d9f30-0d7e-4d0b-9f5c-3a4b5c6d7e03',
    name: 'Contract review',
    slug: 'contract-review',
    duration: 45,
    is_paid: true,
    locations: [{ kind: 'google_conference' }],
    rules: { price: { amount: 120, currency: 'EUR' } },
  },
  {
    id: 'MEETINGPOLL00001',
    name: 'Find a date together',
    slug: 'find-a-date',
    booking_method: 'poll',
    locations: [{ kind: 'google_conference' }],
  },
  {
    id: 'SECRETTYPE000001',
    name: 'Old friends',
    slug: 'old-friends',
    secret: true,
    locations: [
      { kind: 'inbound_call', phone_number: '+49 30 901820', additional_info: 'Let it ring' },
    ],
  },
  {
    id: 'INACTIVETYPE0001',
    name: 'Summer office hours',
    slug: 'summer-office-hours',
    active: false,
    locations: [{ kind: 'google_conference' }],
  },
  {
    id: '9e4b7a12-6c1f-4b8d-8e2a-5f6a7b8c9d04',
    name: 'Quick question',
    slug: 'quick-question',
    duration: 15,
    duration_options: [15, 30],
    locations: null,
    profile: null,
    rules: { slot_step_minutes: 15 },
  },
  {
    id: 'CUSTOMPLACE00001',
    name: 'Walk and talk',
    slug: 'walk-and-talk',
    duration: 60,
    locations: [{ kind: 'custom', location: 'Once around the Tempelhofer Feld' }],
  },
];

const colors = ['#0b6b58', '#8247f5', '#c9502d', '#1f5fbf', '#b3261e'];

export function seedEventTypes(people: SeedPeople, own?: EventTypeSeed[]): EventType[] {
  const complete = (seed: EventTypeSeed, position: number, owner: User): EventType => {
    const { id, rules, ...rest } = seed;
    return {
      uri: `${apiOrigin}/event_types/${id ?? `SEEDED${String(position).padStart(10, '0')}`}`,
      active: true,
      secret: false,
      admin_managed: false,
      is_paid: false,
      booking_method: 'instant',
      kind: 'solo',
      pooling_type: null,
      type: 'StandardEventType',
      duration: 30,
      duration_options: null,
      color: colors[position % colors.length] ?? '#0b6b58',
      locale: 'en',
      locations: null,
      custom_questions: [],
      description_plain: null,
      description_html: null,
      internal_note: null,
      deleted_at: null,
      position,
      profile: { type: 'User', name: owner.name, owner: owner.uri },
      created_at: people.since,
      updated_at: people.since,
      ...rest,
      rules: {
        owner: owner.uri,
        hosts: [owner.uri],
        seats: 1,
        buffer_before_minutes: 0,
        buffer_after_minutes: 0,
        minimum_notice_minutes: 0,
        slot_step_minutes: 30,
        bookable_days: 60,
        price: null,
        ...rules,
      },
    };
  };
  return [
    ...(own ?? ownEventTypes(people)).map((seed, index) => complete(seed, index, people.owner)),
    // Someone else's, for what a token must not touch.
    complete(
      { id: 'RIVALTYPE0000001', name: 'Rival chat', slug: 'rival-chat', locations: null },
      0,
      people.rival,
    ),
  ];
}

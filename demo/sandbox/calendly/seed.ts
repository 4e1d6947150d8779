import { type Core, instant } from './core.ts';
import { localDate, wallTime } from './local-days.ts';
import { openSlots } from './availability.ts';
import {
  apiOrigin,
  type AvailabilityRule,
  type EventType,
  type Plan,
  type User,
  type Locale,
  type Weekday,
} from './resources.ts';
import { noTracking, schedule } from './scheduling.ts';
import { seedEventTypes, type EventTypeSeed } from './seed-event-types.ts';
import type { CalendlyState } from './state.ts';

/** What a sandbox starts with; everything left out is Ines Almeida's. */
export interface SeedData {
  token?: string;
  plan?: Plan;
  owner?: Partial<Pick<User, 'name' | 'slug' | 'email' | 'timezone' | 'locale' | 'time_notation'>>;
  schedule?: AvailabilityRule[];
  /** Instead of the owner's own list. */
  eventTypes?: EventTypeSeed[];
  /** Whether her calendar already holds something: other people's seats, a dentist, a day off; true when not given. */
  lived?: boolean;
}

export const defaultToken = 'sandbox-calendly-token';

/** Old resources carry sixteen capitals, new ones a UUID; a client must take both. */
const organizationUri = `${apiOrigin}/organizations/ALMEIDAORG000001`;
const ownerUri = `${apiOrigin}/users/INESALMEIDA00001`;
const colleagueUri = `${apiOrigin}/users/5b1e7c1a-2f0e-4c53-9d8a-6f2f7d0f6a11`;
const rivalUri = `${apiOrigin}/users/RIVALSTUDIO00001`;

const workdays: Weekday[] = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'];

const usualHours: AvailabilityRule[] = [
  ...workdays.map((wday): AvailabilityRule => ({
    type: 'wday',
    wday,
    intervals:
      wday === 'thursday'
        ? [
            { from: '09:00', to: '12:30' },
            { from: '13:30', to: '19:30' },
          ]
        : wday === 'friday'
          ? [{ from: '09:00', to: '13:00' }]
          : [
              { from: '09:00', to: '12:30' },
              { from: '13:30', to: '17:30' },
            ],
  })),
  { type: 'wday', wday: 'saturday', intervals: [{ from: '10:00', to: '12:00' }] },
  { type: 'wday', wday: 'sunday', intervals: [] },
];

const person = (
  uri: string,
  organization: string,
  since: string,
  rest: Pick<User, 'name' | 'slug' | 'email' | 'timezone'> & Partial<User>,
): User => ({
  uri,
  locale: 'en' satisfies Locale,
  time_notation: '24h',
  avatar_url: null,
  current_organization: organization,
  created_at: since,
  updated_at: since,
  role: 'user',
  schedule: {
    uri: `${apiOrigin}/user_availability_schedules/${uri.slice(-12).toUpperCase()}0001`,
    name: 'Working hours',
    rules: usualHours,
  },
  external_busy: [],
  connected: ['google_conference', 'zoom_conference'],
  ...rest,
});

export function seedState(now: number, seed: SeedData): CalendlyState {
  const since = instant(now - 400 * 24 * 60 * 60_000 - 322);
  const rivalOrganization = `${apiOrigin}/organizations/RIVALORG00000001`;
  const owner = person(ownerUri, organizationUri, since, {
    name: 'Ines Almeida',
    slug: 'ines-almeida',
    email: 'ines@almeida.example',
    timezone: 'Europe/Berlin',
    role: 'owner',
    ...seed.owner,
  });
  if (seed.schedule) owner.schedule = { ...owner.schedule, rules: seed.schedule };
  const colleague = person(colleagueUri, organizationUri, since, {
    name: 'Tomás Weber',
    slug: 'tomas-weber',
    email: 'tomas@almeida.example',
    timezone: 'Europe/Lisbon',
  });
  const rival = person(rivalUri, rivalOrganization, since, {
    name: 'Rival Studio',
    slug: 'rival-studio',
    email: 'hello@rival.example',
    timezone: 'America/New_York',
    role: 'owner',
  });
  const eventTypes: EventType[] = seedEventTypes(
    { owner, colleague, rival, since },
    seed.eventTypes,
  );
  return {
    organizations: [
      { uri: organizationUri, name: 'Almeida', plan: seed.plan ?? 'paid' },
      { uri: rivalOrganization, name: 'Rival', plan: 'free' },
    ],
    users: [owner, colleague, rival],
    tokens: [
      { token: seed.token ?? defaultToken, user: owner.uri, scopes: 'default', expired: false },
    ],
    eventTypes,
    events: [],
    invitees: [],
    links: [],
    subscriptions: [],
    deliveries: [],
    calls: [],
  };
}

const strangers = [
  ['Noor Haddad', 'noor@haddad.example'],
  ['Emil Lindqvist', 'emil@lindqvist.example'],
  ['Chiara Rossi', 'chiara@rossi.example'],
  ['Kwame Mensah', 'kwame@mensah.example'],
  ['Yuki Tanaka', 'yuki@tanaka.example'],
] as const;

/** Her weeks as they are before the first visitor comes: a workshop almost full, a dentist, an afternoon off. */
export function livedIn(core: Core): void {
  const owner = core.state.users[0];
  if (!owner) return;
  const now = core.clock.now();
  const block = (daysAhead: number, from: string, to: string): void => {
    owner.external_busy.push({
      start_time: instant(wallTime(now, owner.timezone, daysAhead, from)),
      end_time: instant(wallTime(now, owner.timezone, daysAhead, to)),
    });
  };
  block(2, '10:00', '11:15');
  block(5, '13:30', '19:30');
  block(9, '09:00', '12:30');
  owner.schedule = {
    ...owner.schedule,
    rules: [
      ...owner.schedule.rules,
      {
        type: 'date',
        date: localDate(now + 12 * 24 * 60 * 60_000, owner.timezone),
        intervals: [],
      },
    ],
  };

  const workshop = core.state.eventTypes.find((eventType) => eventType.kind === 'group');
  if (!workshop) return;
  const slots = openSlots(core, workshop, now, now + 21 * 24 * 60 * 60_000);
  for (const [index, taken] of [
    [3, 4],
    [8, 5],
    [15, 5],
  ] as const) {
    const slot = slots[index];
    if (!slot) continue;
    for (const [name, email] of strangers.slice(0, taken)) {
      schedule(core, {
        eventType: workshop,
        startMs: slot.startMs,
        name,
        firstName: null,
        lastName: null,
        email,
        timezone: 'Europe/Berlin',
        textReminderNumber: null,
        location: workshop.locations?.[0]
          ? { kind: workshop.locations[0].kind, location: null }
          : null,
        answers: [],
        tracking: noTracking,
        guests: [],
        method: null,
        payment: null,
      });
    }
  }
}

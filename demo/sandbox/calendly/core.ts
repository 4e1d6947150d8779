import type { Clock } from '../../../server/clock.ts';
import type { Identities } from './identities.ts';
import {
  apiOrigin,
  type EventType,
  type Instant,
  type Invitee,
  lastSegment,
  type Locale,
  type Plan,
  type ScheduledEvent,
  type User,
} from './resources.ts';
import type { CalendlyState } from './state.ts';
import type { Trouble } from './trouble.ts';

/** What every part of the sandbox's Calendly stands on. */
export interface Core {
  readonly state: CalendlyState;
  readonly trouble: Trouble;
  readonly clock: Clock;
  readonly identities: Identities;
  readonly publicUrl: string;
}

export const instant = (ms: number): Instant => new Date(ms).toISOString();

export const present = (core: Core): Instant => instant(core.clock.now());

export const byUri = <T extends { uri: string }>(list: T[], uri: string): T | undefined =>
  list.find((resource) => resource.uri === uri);

/** For what the state itself refers to: a missing one is a defect of the sandbox. */
export function known<T extends { uri: string }>(list: T[], uri: string): T {
  const found = byUri(list, uri);
  if (!found) throw new Error(`The sandbox knows no ${uri}`);
  return found;
}

export const resourceUri = (family: string, id: string): string => `${apiOrigin}/${family}/${id}`;

export const eventOf = (core: Core, invitee: Invitee): ScheduledEvent =>
  known(core.state.events, invitee.event);

export const inviteesOf = (core: Core, event: ScheduledEvent): Invitee[] =>
  core.state.invitees.filter((invitee) => invitee.event === event.uri);

export const activeInviteesOf = (core: Core, event: ScheduledEvent): Invitee[] =>
  inviteesOf(core, event).filter((invitee) => invitee.status === 'active');

export const organizationOf = (core: Core, eventType: EventType): string =>
  known(core.state.users, eventType.rules.owner).current_organization;

export const planOf = (core: Core, user: User): Plan =>
  core.trouble.plan ?? known(core.state.organizations, user.current_organization).plan;

export const localeOf = (core: Core, user: User | undefined): Locale =>
  core.trouble.locale ?? user?.locale ?? 'en';

export const eventTypePage = (core: Core, eventType: EventType): string => {
  const owner = known(core.state.users, eventType.rules.owner);
  return `${core.publicUrl}/${owner.slug}/${eventType.slug ?? lastSegment(eventType.uri)}`;
};

/** An event type by its URI, its last segment or its slug. */
export const findEventType = (core: Core, uriOrSlug: string): EventType | undefined =>
  core.state.eventTypes.find(
    (eventType) =>
      eventType.uri === uriOrSlug ||
      eventType.slug === uriOrSlug ||
      lastSegment(eventType.uri) === uriOrSlug,
  );

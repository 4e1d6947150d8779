import type { SessionType } from '../contract/session-type.ts';
import type { EventType, Owner } from '../scheduling/scheduling.ts';
import type { SessionTypeConfig } from './session-type-config.ts';
import type { OfferedSession } from './session-types.ts';

export interface Offer {
  sessions: OfferedSession[];
  /** In words; empty when all is well. */
  problems: string[];
}

/** What is offered: the configured session types, or with `null` every public event type, free of charge. */
export function makeOffer(
  owner: Owner,
  eventTypes: readonly EventType[],
  configs: readonly SessionTypeConfig[] | null,
): Offer {
  const problems: string[] = [];
  const pairs =
    configs === null
      ? everyPublic(eventTypes, problems)
      : configured(configs, eventTypes, problems);
  const sessions = pairs
    .map(({ config, eventType }, index) => offered(owner, config, eventType, index))
    .toSorted(
      ({ sessionType: a }, { sessionType: b }) =>
        a.displayOrder - b.displayOrder || a.title.localeCompare(b.title, 'en'),
    );
  return { sessions, problems };
}

/** The event type that a configuration names, by URI or slug; of several with one slug the one that is switched on. */
export const namedEventType = (
  eventTypes: readonly EventType[],
  name: string,
): EventType | undefined =>
  eventTypes.find(({ uri }) => uri === name) ??
  eventTypes.find(({ slug, active }) => active && slug === name) ??
  eventTypes.find(({ slug }) => slug === name);

interface Pair {
  config: SessionTypeConfig;
  eventType: EventType;
}

function everyPublic(eventTypes: readonly EventType[], problems: string[]): Pair[] {
  const open = eventTypes.filter(({ active, secret }) => active && !secret);
  if (open.length === 0) {
    problems.push('This Calendly account has no event type that is switched on and not secret.');
  }
  return open
    .toSorted((a, b) => a.position - b.position)
    .map((eventType) => {
      const { slug, uri } = eventType;
      const isUnique = open.filter((other) => other.slug === slug).length === 1;
      const id = slug && isUnique ? slug : (uri.split('/').at(-1) ?? uri);
      return { config: { id, eventType: uri }, eventType };
    });
}

function configured(
  configs: readonly SessionTypeConfig[],
  eventTypes: readonly EventType[],
  problems: string[],
): Pair[] {
  const ids = new Set<string>();
  return configs.flatMap((config) => {
    const name = `Session type "${config.id}"`;
    if (ids.has(config.id)) {
      problems.push(`${name} is there twice; only the first one is offered.`);
      return [];
    }
    ids.add(config.id);
    const eventType = namedEventType(eventTypes, config.eventType);
    if (!eventType) {
      const known = eventTypes.map(({ slug, uri }) => slug ?? uri).join(', ');
      problems.push(
        `${name}: this Calendly account has no event type "${config.eventType}". It has: ${known || 'none'}.`,
      );
      return [];
    }
    if (!eventType.active) {
      problems.push(`${name}: the event type "${eventType.name}" is switched off in Calendly.`);
      return [];
    }
    if (
      eventTypes.some(
        ({ uri, slug, active }) => active && slug === config.eventType && uri !== eventType.uri,
      )
    ) {
      problems.push(
        `${name}: several event types have the slug "${config.eventType}"; name the one that is meant by its URI, such as ${eventType.uri}.`,
      );
    }
    if (config.price && bookedBy(eventType) === 'calendly_page') {
      problems.push(
        `${name} has a price, and the event type "${eventType.name}" ${eventType.isPaid ? 'takes a payment in Calendly too' : "can only be booked on Calendly's own page"}.`,
      );
    }
    return [{ config, eventType }];
  });
}

const bookedBy = ({ isPaid, bookingMethod }: EventType): OfferedSession['bookedBy'] =>
  isPaid || bookingMethod === 'poll' ? 'calendly_page' : 'api';

function offered(
  owner: Owner,
  config: SessionTypeConfig,
  eventType: EventType,
  index: number,
): OfferedSession {
  const { profile, pooling } = eventType;
  const sessionType: SessionType = {
    id: config.id,
    title: config.title ?? eventType.name,
    description: eventType.description,
    duration: eventType.durationMinutes,
    price: config.price ?? null,
    capture: config.price ? (config.capture ?? 'after_booking') : null,
    refundUntilHours: (config.price && config.cancellation?.refundUntilHours) ?? null,
    paidOnCalendly: eventType.isPaid,
    category: config.category ?? null,
    requiresAuth: config.requiresAuth ?? false,
    kind: eventType.kind,
    host: profile && { name: profile.name },
    locations: eventType.locations,
    questions: eventType.questions,
    displayOrder: config.displayOrder ?? index,
    schedulingUrl: eventType.schedulingUrl,
    eventType: eventType.uri,
    slug: eventType.slug,
  };
  return {
    sessionType,
    eventType,
    config,
    owner: owner.uri,
    calendar: pooling === null && profile ? profile.owner : eventType.uri,
    bookedBy: bookedBy(eventType),
  };
}

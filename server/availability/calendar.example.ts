import type { Clock } from '../clock.ts';
import type { EventType, OpenTime, Owner, Scheduling } from '../scheduling/scheduling.ts';
import type { OfferedSession } from './session-types.ts';

export const exampleOwner: Owner = {
  uri: 'https://api.calendly.com/users/U1',
  organization: 'https://api.calendly.com/organizations/O1',
  name: 'Ines Almeida',
  email: 'ines@almeida.example',
  timezone: 'Europe/Berlin',
};

export const exampleEventType = (part: Partial<EventType> = {}): EventType => ({
  uri: 'https://api.calendly.com/event_types/E1',
  name: 'Intro call',
  slug: 'intro-call',
  active: true,
  secret: false,
  kind: 'solo',
  pooling: null,
  isPaid: false,
  bookingMethod: 'instant',
  durationMinutes: 30,
  description: null,
  schedulingUrl: 'https://calendly.com/ines-almeida/intro-call',
  profile: { name: exampleOwner.name, owner: exampleOwner.uri },
  locations: [],
  questions: [],
  position: 0,
  ...part,
});

export const exampleSession = (part: Partial<EventType> = {}): OfferedSession => {
  const eventType = exampleEventType(part);
  const id = eventType.slug ?? 'intro-call';
  return {
    sessionType: {
      id,
      title: eventType.name,
      description: null,
      duration: eventType.durationMinutes,
      price: null,
      category: null,
      paidOnCalendly: false,
      capture: null,
      refundUntilHours: null,
      requiresAuth: false,
      kind: eventType.kind,
      host: eventType.profile && { name: eventType.profile.name },
      locations: [],
      questions: [],
      displayOrder: 0,
      schedulingUrl: eventType.schedulingUrl,
      eventType: eventType.uri,
      slug: eventType.slug,
    },
    eventType,
    config: { id, eventType: eventType.uri },
    owner: exampleOwner.uri,
    calendar: exampleOwner.uri,
    bookedBy: 'api',
  };
};

export const openTime = (startTime: string, inviteesRemaining = 1): OpenTime => ({
  startTime: new Date(startTime).toISOString(),
  inviteesRemaining,
  schedulingUrl: `https://calendly.com/ines-almeida/intro-call/${startTime}`,
});

/** A calendar in memory that can be slow, dead or changed, and knows what it was asked. */
export interface ExampleCalendar {
  scheduling: Scheduling;
  times: OpenTime[];
  eventTypes: EventType[];
  /** Every question, oldest first. */
  asked: string[];
  /** How long an answer takes; it tells what was so when the question came in. */
  latencyMs: number;
  failure: Error | null;
}

export function createExampleCalendar(clock: Clock): ExampleCalendar {
  async function reply<T>(question: string, read: () => T, signal?: AbortSignal): Promise<T> {
    calendar.asked.push(question);
    const { failure, latencyMs } = calendar;
    const answer = failure === null ? read() : null;
    if (latencyMs > 0) await clock.wait(latencyMs, signal);
    if (failure !== null) throw failure;
    return answer as T;
  }
  const unused = (): never => {
    throw new Error('Availability has no business here.');
  };

  const calendar: ExampleCalendar = {
    times: [],
    eventTypes: [exampleEventType()],
    asked: [],
    latencyMs: 0,
    failure: null,
    scheduling: {
      owner: (options) => reply('owner', () => exampleOwner, options?.signal),
      eventTypes: (_, options) =>
        reply('event types', () => [...calendar.eventTypes], options?.signal),
      eventType: (uri, options) =>
        reply(
          `event type ${uri}`,
          () => calendar.eventTypes.find((eventType) => eventType.uri === uri) ?? unused(),
          options?.signal,
        ),
      openTimes: (eventType, from, to, options) =>
        reply(
          `times of ${eventType} ${from} ${to}`,
          () =>
            calendar.times.filter(
              ({ startTime }) =>
                startTime >= from && startTime < to && Date.parse(startTime) > clock.now(),
            ),
          options?.signal,
        ),
      createInvitee: unused,
      scheduledEvents: unused,
      scheduledEvent: unused,
      invitees: unused,
      invitee: unused,
      cancelEvent: unused,
      singleUseLink: unused,
      subscriptions: unused,
      createSubscription: unused,
      deleteSubscription: unused,
    },
  };
  return calendar;
}

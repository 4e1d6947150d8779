import { beforeEach, describe, expect, test } from 'vitest';
import {
  createCalendlySandbox,
  type CalendlySandbox,
} from '../../demo/sandbox/calendly/calendly.ts';
import { createManualClock, type ManualClock } from '../../demo/sandbox/manual-clock.ts';
import { createCalendly } from './calendly.ts';
import { deliveryKey, parseDelivery, verifyDelivery } from './calendly.webhook.ts';
import type { EventType, InviteeRequest, OpenTime, Owner, Scheduling } from './scheduling.ts';
import { bookingRequest } from './test/calendly-answers.ts';
import { settled } from './test/calendly-stub.ts';

/** The adapter against a Calendly that is as strict as the real one. */
let clock: ManualClock;
let sandbox: CalendlySandbox;
let calendly: Scheduling;
let owner: Owner;
let eventTypes: EventType[];
let received: { header: string | undefined; body: string }[];

const token = 'sandbox-calendly-token';

beforeEach(async () => {
  clock = createManualClock('2026-11-23T08:00:00.000Z');
  let seed = 1;
  const random = (bytes: number): Uint8Array =>
    Uint8Array.from({ length: bytes }, () => (seed = (seed * 48_271) % 2_147_483_647) & 255);
  received = [];
  sandbox = createCalendlySandbox({
    clock,
    random,
    async fetch(_, init) {
      const headers = new Headers(init?.headers);
      received.push({
        header: headers.get('Calendly-Webhook-Signature') ?? undefined,
        body: init?.body as string,
      });
      return new Response(null, { status: 204 });
    },
  });
  calendly = createCalendly({
    url: 'https://api.calendly.com',
    token,
    fetch: (input, init) => sandbox.fetch(input, init),
    clock,
    random,
  });
  owner = await calendly.owner();
  eventTypes = await calendly.eventTypes(owner);
});

const typeOf = (slug: string): EventType => eventTypes.find((each) => each.slug === slug)!;

async function freeTime(slug: string): Promise<OpenTime> {
  const times = await calendly.openTimes(
    typeOf(slug).uri,
    '2026-11-24T00:00:00Z',
    '2026-12-20T00:00:00Z',
  );
  return times[0]!;
}

/** A request that answers everything the event type wants answered. */
async function requestFor(
  slug: string,
  changes: Partial<InviteeRequest> = {},
): Promise<InviteeRequest> {
  const { uri, locations, questions } = typeOf(slug);
  const [place] = locations;
  return {
    ...bookingRequest,
    eventType: uri,
    startTime: (await freeTime(slug)).startTime,
    location: place
      ? { kind: place.kind, ...(place.location !== null && { location: place.location }) }
      : null,
    answers: questions
      .filter(({ required }) => required)
      .map(({ question, position, choices }) => ({
        question,
        position,
        answer: choices[0] ?? 'Yes',
      })),
    ...changes,
  };
}

const book = async (slug: string, changes: Partial<InviteeRequest> = {}) =>
  calendly.createInvitee(await requestFor(slug, changes));

describe('booking', () => {
  test.each([
    'intro-call',
    'pricing-workshop',
    'on-site-visit',
    'studio-hours',
    'project-kick-off',
    'old-friends',
    'quick-question',
    'walk-and-talk',
  ])('%s works', async (slug) => {
    const result = await book(slug, { guests: ['bob@example.org'] });
    expect(result).toMatchObject({
      outcome: 'created',
      invitee: { status: 'active', tracking: bookingRequest.tracking },
    });
    if (result.outcome !== 'created') throw new Error(result.outcome);
    const event = await calendly.scheduledEvent(result.invitee.event);
    expect(event).toMatchObject({ status: 'active', eventType: typeOf(slug).uri });
    expect(await calendly.invitee(result.invitee.uri)).toEqual(result.invitee);
    const at = Date.parse(event.startTime);
    const found = await calendly.scheduledEvents({
      owner,
      from: event.startTime,
      to: new Date(at + 1).toISOString(),
      email: bookingRequest.email,
    });
    expect(found).toEqual([event]);
    expect(await calendly.invitees(event.uri, { email: bookingRequest.email })).toEqual([
      result.invitee,
    ]);
  });

  test.each([
    { kind: 'outbound_call', location: '+49 30 901820' },
    { kind: 'ask_invitee', location: 'Our office' },
    { kind: 'zoom_conference' },
  ] as const)('at a chosen place works: $kind', async (location) => {
    expect(await book('on-site-visit', { location })).toMatchObject({ outcome: 'created' });
  });

  test('a conference has its link some time later', async () => {
    const result = await book('pricing-workshop');
    if (result.outcome !== 'created') throw new Error(result.outcome);
    const { location } = await calendly.scheduledEvent(result.invitee.event);
    expect(location).toMatchObject({ kind: 'zoom_conference', joinUrl: null, pending: true });
    await clock.advance(60_000);
    const later = await calendly.scheduledEvent(result.invitee.event);
    expect(later.location).toMatchObject({
      pending: false,
      joinUrl: expect.stringMatching(/^https:/),
    });
  });

  test('a slot that a stranger took meanwhile is taken, in any language', async () => {
    sandbox.trouble.locale = 'fr';
    sandbox.trouble.slotTakenNext = 1;
    expect(await book('intro-call')).toEqual({ outcome: 'slot_taken' });
  });

  test('a wrong place and an outdated question are told apart', async () => {
    expect(await book('intro-call', { location: null })).toMatchObject({
      outcome: 'mismatch',
      about: 'location',
    });
    const answers = [{ question: 'Not asked any more', answer: 'x', position: 0 }];
    expect(await book('intro-call', { answers })).toMatchObject({
      outcome: 'mismatch',
      about: 'questions',
    });
    expect(await book('studio-hours', { location: { kind: 'google_conference' } })).toMatchObject({
      outcome: 'mismatch',
      about: 'location',
    });
  });

  test('refusals are told apart', async () => {
    const request = await requestFor('intro-call');
    sandbox.trouble.planRefused = true;
    expect(await calendly.createInvitee(request)).toMatchObject({
      outcome: 'refused',
      reason: 'plan',
    });
    sandbox.trouble.planRefused = false;
    sandbox.trouble.missingScopes = ['scheduled_events:write'];
    expect(await calendly.createInvitee(request)).toMatchObject({
      outcome: 'refused',
      reason: 'scope',
    });
    sandbox.trouble.missingScopes = [];
    const rival = sandbox.state.eventTypes.find(({ slug }) => slug === 'rival-chat')!.uri;
    expect(await calendly.createInvitee({ ...request, eventType: rival })).toMatchObject({
      outcome: 'refused',
      reason: 'permission',
    });
    const nowhere = 'https://api.calendly.com/event_types/NOWHERE';
    expect(await calendly.createInvitee({ ...request, eventType: nowhere })).toEqual({
      outcome: 'gone',
    });
    sandbox.trouble.tokenExpired = true;
    await expect(calendly.createInvitee(request)).rejects.toMatchObject({ failure: 'token' });
  });

  test('the eleventh in a minute is refused for the quota, with the time to wait', async () => {
    const times = await calendly.openTimes(
      typeOf('intro-call').uri,
      '2026-11-24T00:00:00Z',
      '2026-12-20T00:00:00Z',
    );
    const request = await requestFor('intro-call');
    const outcomes = [];
    for (const { startTime } of times.slice(0, 11)) {
      outcomes.push(await calendly.createInvitee({ ...request, startTime }));
    }
    expect(outcomes.map(({ outcome }) => outcome)).toEqual([
      ...Array(10).fill('created'),
      'refused',
    ]);
    expect(outcomes.at(-1)).toEqual({ outcome: 'refused', reason: 'quota', retryAfterMs: 60_000 });
  });

  test.each([
    ['hang', true],
    ['hang', false],
    ['reset', true],
    ['reset', false],
  ] as const)(
    'a reply lost by a %s, done: %s, is unknown, and what was done can be found',
    async (how, executed) => {
      const request = await requestFor('intro-call');
      sandbox.trouble.dropReplyAfter = [{ route: 'POST /invitees', how, executed }];
      expect(await settled(clock, calendly.createInvitee(request))).toMatchObject({
        value: { outcome: 'unknown' },
      });
      expect(sandbox.calls({ method: 'POST', path: /^\/invitees$/ })).toHaveLength(1);
      const found = await calendly.scheduledEvents({
        owner,
        from: request.startTime,
        to: new Date(Date.parse(request.startTime) + 1).toISOString(),
        email: request.email,
      });
      expect(found).toHaveLength(executed ? 1 : 0);
    },
  );
});

describe('trouble on the way', () => {
  test.each<[string, () => void]>([
    ['half a JSON', () => void (sandbox.trouble.malformedJson = [{ route: 'GET *' }])],
    ['another shape', () => void (sandbox.trouble.wrongSchema = [{ route: 'GET *' }])],
    ['a 500', () => void (sandbox.trouble.failNext = [{ route: 'GET *', status: 500 }])],
    ['a 502 in HTML', () => void (sandbox.trouble.failNext = [{ route: 'GET *', status: 502 }])],
    ['a reset', () => void (sandbox.trouble.dropReplyAfter = [{ route: 'GET *', how: 'reset' }])],
    ['silence', () => void (sandbox.trouble.dropReplyAfter = [{ route: 'GET *', how: 'hang' }])],
  ])('%s, once, is not noticed', async (_, cause) => {
    cause();
    expect(await settled(clock, calendly.owner())).toEqual({ value: owner });
  });

  test.each(['html-502', 'json-503', 'hang', 'reset'] as const)(
    'a Calendly that is down (%s) is unavailable, and back soon after',
    async (down) => {
      sandbox.trouble.down = down;
      for (let read = 0; read < 4; read++) {
        const result = await settled(clock, calendly.owner());
        expect(result).toMatchObject({ error: { failure: 'unavailable' } });
      }
      sandbox.trouble.down = 'no';
      await clock.advance(30_000);
      expect(await calendly.owner()).toEqual(owner);
    },
  );

  test('a body that takes longer than the deadline counts as no answer', async () => {
    sandbox.trouble.slowBodyMs = 4000;
    const began = clock.now();
    expect(await settled(clock, calendly.owner())).toMatchObject({
      error: { failure: 'unavailable' },
    });
    expect(clock.now() - began).toBeLessThanOrEqual(8000);
  });

  test('a body that is slow but in time is read', async () => {
    sandbox.trouble.slowBodyMs = 2000;
    expect(await settled(clock, calendly.owner())).toEqual({ value: owner });
  });
});

describe('open times', () => {
  test('of two months are the same as day by day, though Calendly shuffles them', async () => {
    const { uri } = typeOf('intro-call');
    const [from, to] = ['2026-11-23T00:00:00.000Z', '2027-01-25T00:00:00.000Z'];
    sandbox.trouble.shuffleAvailableTimes = true;
    const whole = await calendly.openTimes(uri, from, to);
    const days: OpenTime[] = [];
    for (let day = Date.parse(from); day < Date.parse(to); day += 86_400_000) {
      const end = new Date(day + 86_400_000).toISOString();
      days.push(...(await calendly.openTimes(uri, new Date(day).toISOString(), end)));
    }
    expect(whole.length).toBeGreaterThan(100);
    expect(whole).toEqual(days);
  });
});

describe('canceling', () => {
  test('works with a reason, and without where the account refuses it', async () => {
    const first = await book('intro-call');
    const second = await book('walk-and-talk');
    if (first.outcome !== 'created' || second.outcome !== 'created') throw new Error('not booked');
    expect(await calendly.cancelEvent(first.invitee.event, 'Ill')).toEqual({ outcome: 'canceled' });
    expect(await calendly.invitee(first.invitee.uri)).toMatchObject({
      status: 'canceled',
      cancellation: { reason: 'Ill', cancelerType: 'host' },
    });
    expect(await calendly.cancelEvent(first.invitee.event, 'Ill')).toEqual({
      outcome: 'already_canceled',
    });
    sandbox.trouble.cancelReasonRefused = true;
    expect(await calendly.cancelEvent(second.invitee.event, 'Ill')).toEqual({
      outcome: 'canceled',
    });
  });

  test('is refused for what is past, and for what is not there', async () => {
    const booked = await book('intro-call');
    if (booked.outcome !== 'created') throw new Error(booked.outcome);
    await clock.advance(40 * 86_400_000);
    expect(await calendly.cancelEvent(booked.invitee.event, null)).toEqual({ outcome: 'in_past' });
    const nowhere = 'https://api.calendly.com/scheduled_events/NOWHERE';
    expect(await calendly.cancelEvent(nowhere, null)).toEqual({ outcome: 'gone' });
  });
});

describe('the webhook', () => {
  const url = 'https://book.example.com/api/webhooks/calendly';
  const signingKey = 'a signing key of our own';
  const subscribe = () =>
    calendly.createSubscription({
      owner,
      url,
      events: ['invitee.created', 'invitee.canceled'],
      signingKey,
    });

  test('is subscribed once per address, listed and deleted', async () => {
    const subscription = await subscribe();
    await expect(subscribe()).rejects.toMatchObject({ failure: 'conflict' });
    expect(await calendly.subscriptions(owner)).toEqual([subscription]);
    await calendly.deleteSubscription(subscription.uri);
    await calendly.deleteSubscription(subscription.uri);
    expect(await calendly.subscriptions(owner)).toEqual([]);
  });

  test('delivers what can be verified and read', async () => {
    await subscribe();
    const booked = await book('intro-call');
    if (booked.outcome !== 'created') throw new Error(booked.outcome);
    await sandbox.settleWebhooks();
    sandbox.rescheduleAsInvitee(booked.invitee.uri, (await freeTime('intro-call')).startTime);
    await sandbox.settleWebhooks();
    expect(received).toHaveLength(3);
    for (const { header, body } of received) {
      const delivery = { rawBody: body, header, now: clock.now() };
      expect(verifyDelivery({ ...delivery, keys: [signingKey] })).toEqual({ ok: true });
      expect(verifyDelivery({ ...delivery, keys: ['another'] })).toEqual({
        ok: false,
        refused: 'mismatch',
      });
    }
    const [created, canceled, moved] = received.map(({ body }) => {
      const parsed = parseDelivery(body);
      if (!parsed.ok) throw new Error('unreadable');
      return parsed.delivery;
    });
    expect(created).toMatchObject({ event: 'invitee.created', invitee: booked.invitee });
    expect(canceled).toMatchObject({
      event: 'invitee.canceled',
      invitee: { uri: booked.invitee.uri, rescheduled: true, newInvitee: moved?.invitee?.uri },
    });
    expect(moved).toMatchObject({
      event: 'invitee.created',
      invitee: { oldInvitee: booked.invitee.uri, status: 'active' },
    });
    expect(new Set(received.map(({ body }) => deliveryKey(body))).size).toBe(3);
  });
});

test('a secret event type has a link for one booking', async () => {
  expect(await calendly.singleUseLink(typeOf('old-friends').uri)).toMatch(
    /^https:\/\/calendly\.com\/d\//,
  );
});

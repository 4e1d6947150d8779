import { describe, expect, test } from 'vitest';
import {
  bookingRequest,
  eventAnswer,
  eventTypeUri,
  eventUri,
  inviteeAnswer,
  inviteeUri,
} from './test/calendly-answers.ts';
import { createStub, json, reset, settled, silence, type Answer } from './test/calendly-stub.ts';
import type { InviteeRequest } from './scheduling.ts';

const created: Answer = () => json({ resource: inviteeAnswer }, 201);

async function bodySent(request: Partial<InviteeRequest> = {}): Promise<unknown> {
  const { calendly, heard } = createStub(created);
  await calendly.createInvitee({ ...bookingRequest, ...request });
  return heard[0]?.body;
}

describe('the request for an invitee', () => {
  test('is what Calendly’s documents ask for, everything at its place', async () => {
    const request: InviteeRequest = {
      ...bookingRequest,
      location: { kind: 'physical', location: '  Lausitzer Straße 12 ' },
      answers: [{ question: 'Topic?  \u00a0', answer: 'Demo\nand more', position: 3 }],
      guests: ['bob@example.org'],
    };
    expect(await bodySent(request)).toEqual({
      event_type: eventTypeUri,
      start_time: '2026-12-01T15:00:00.000Z',
      invitee: { name: 'Ada L', email: 'ada@example.org', timezone: 'Europe/Berlin' },
      location: { kind: 'physical', location: '  Lausitzer Straße 12 ' },
      questions_and_answers: [
        { question: 'Topic?  \u00a0', answer: 'Demo\nand more', position: 3 },
      ],
      tracking: {
        utm_campaign: null,
        utm_source: 'site',
        utm_medium: null,
        utm_content: null,
        utm_term: null,
        salesforce_uuid: 'booking-1',
      },
      event_guests: ['bob@example.org'],
    });
  });

  test('has no location where Calendly wants none, and no empty lists', async () => {
    const body = await bodySent({ location: null });
    expect(Object.keys(body as object)).toEqual([
      'event_type',
      'start_time',
      'invitee',
      'tracking',
    ]);
  });

  test.each(['inbound_call', 'zoom_conference', 'google_conference'] as const)(
    'names %s by its kind alone',
    async (kind) => {
      expect(await bodySent({ location: { kind, location: '+49 30 1' } })).toMatchObject({
        location: { kind },
      });
      const body = (await bodySent({ location: { kind, location: 'x' } })) as { location: object };
      expect(body.location).toEqual({ kind });
    },
  );

  test.each(['outbound_call', 'ask_invitee', 'custom'] as const)(
    'gives %s its text',
    async (kind) => {
      expect(await bodySent({ location: { kind, location: 'x' } })).toMatchObject({
        location: { kind, location: 'x' },
      });
    },
  );

  test('is not sent for an event type of another origin', async () => {
    const { calendly, heard } = createStub(created);
    const request = { ...bookingRequest, eventType: 'https://evil.example/event_types/A' };
    await expect(calendly.createInvitee(request)).rejects.toMatchObject({ failure: 'invalid' });
    expect(heard).toHaveLength(0);
  });
});

describe('creating an invitee', () => {
  test('gives the invitee', async () => {
    const { calendly } = createStub(created);
    expect(await calendly.createInvitee(bookingRequest)).toMatchObject({
      outcome: 'created',
      invitee: { uri: inviteeUri, event: eventUri, tracking: { salesforce_uuid: 'booking-1' } },
    });
  });

  test.each<[string, Answer]>([
    ['never answered', silence],
    ['reset', reset],
    ['answered 500', () => json({ title: 'Internal Server Error', message: '…' }, 500)],
    ['answered 502 in HTML', () => new Response('<html>', { status: 502 })],
    ['answered with half a JSON', () => new Response('{"resource":{"uri":', { status: 201 })],
    ['answered with nothing', () => new Response(null, { status: 201 })],
    [
      'answered in another shape',
      () => json({ resource: 'https://…', invitee: inviteeAnswer }, 201),
    ],
    [
      'answered with an invitee of another origin',
      () => json({ resource: { ...inviteeAnswer, uri: 'https://evil.example/invitees/1' } }, 201),
    ],
    ['redirected', () => new Response(null, { status: 302, headers: { Location: '/x' } })],
  ])('is of unknown outcome when it was %s, and is not tried again', async (_, answer) => {
    const { calendly, clock, heard } = createStub(answer);
    const result = await settled(clock, calendly.createInvitee(bookingRequest));
    expect(result).toMatchObject({ value: { outcome: 'unknown', detail: expect.any(String) } });
    expect(heard).toHaveLength(1);
    expect(await clock.step()).toBe(false);
  });

  test('is of unknown outcome when the caller leaves meanwhile', async () => {
    const { calendly } = createStub(silence);
    const caller = new AbortController();
    const result = calendly.createInvitee(bookingRequest, { signal: caller.signal });
    caller.abort();
    expect(await result).toMatchObject({ outcome: 'unknown' });
  });

  test('is an error, and no outcome, when surely nothing was sent', async () => {
    const { calendly, heard } = createStub(created);
    const result = calendly.createInvitee(bookingRequest, { signal: AbortSignal.abort() });
    await expect(result).rejects.toMatchObject({ name: 'SchedulingError', failure: 'unavailable' });
    expect(heard).toHaveLength(0);
  });

  test('sends nothing while Calendly is known to be down', async () => {
    const { calendly, heard } = createStub(() => json({}, 503));
    for (let booking = 0; booking < 5; booking++) {
      expect(await calendly.createInvitee(bookingRequest)).toMatchObject({ outcome: 'unknown' });
    }
    await expect(calendly.createInvitee(bookingRequest)).rejects.toMatchObject({
      failure: 'unavailable',
    });
    expect(heard).toHaveLength(5);
  });

  test('with a quota used up does not keep reads waiting', async () => {
    const { calendly, answer } = createStub(() => json({}, 429, { 'X-RateLimit-Reset': '3600' }));
    expect(await calendly.createInvitee(bookingRequest)).toEqual({
      outcome: 'refused',
      reason: 'quota',
      retryAfterMs: 3_600_000,
    });
    answer(() => json({ resource: eventAnswer }));
    expect(await calendly.scheduledEvent(eventUri)).toMatchObject({ uri: eventUri });
  });
});

describe('canceling an event', () => {
  const canceled = () =>
    json({ resource: { canceled_by: 'Ines', reason: null, canceler_type: 'host' } }, 201);
  const denied = (message: string) => json({ title: 'Permission Denied', message }, 403);

  test('sends the reason', async () => {
    const { calendly, heard } = createStub(canceled);
    expect(await calendly.cancelEvent(eventUri, 'Ill')).toEqual({ outcome: 'canceled' });
    expect(heard).toMatchObject([{ method: 'POST', body: { reason: 'Ill' } }]);
    expect(heard[0]?.path).toBe(`${new URL(eventUri).pathname}/cancellation`);
  });

  test('sends no reason when there is none', async () => {
    const { calendly, heard } = createStub(canceled);
    await calendly.cancelEvent(eventUri, null);
    await calendly.cancelEvent(eventUri, '');
    expect(heard.map(({ body }) => body)).toEqual([{}, {}]);
  });

  test('goes without the reason when Calendly does not take it', async () => {
    const { calendly, heard } = createStub((_, nth) =>
      nth === 1 ? json({ title: 'Invalid Argument', message: '…' }, 400) : canceled(),
    );
    expect(await calendly.cancelEvent(eventUri, 'Ill')).toEqual({ outcome: 'canceled' });
    expect(heard.map(({ body }) => body)).toEqual([{ reason: 'Ill' }, {}]);
  });

  test('sends no more of a reason than Calendly takes', async () => {
    const { calendly, heard } = createStub(canceled);
    await calendly.cancelEvent(eventUri, 'x'.repeat(10_001));
    expect(heard[0]?.body).toEqual({ reason: 'x'.repeat(10_000) });
  });

  test('without a reason is not tried again', async () => {
    const { calendly, heard } = createStub(() => json({}, 400));
    await expect(calendly.cancelEvent(eventUri, null)).rejects.toMatchObject({
      failure: 'invalid',
    });
    expect(heard).toHaveLength(1);
  });

  test('that is refused and then not there any more is gone', async () => {
    const { calendly } = createStub(({ method }) =>
      method === 'POST' ? denied('Verboten') : json({}, 404),
    );
    expect(await calendly.cancelEvent(eventUri, null)).toEqual({ outcome: 'gone' });
  });

  test('that is refused without a reason as well is an error', async () => {
    const { calendly, heard } = createStub(() => json({}, 400));
    await expect(calendly.cancelEvent(eventUri, 'Ill')).rejects.toMatchObject({
      failure: 'invalid',
    });
    expect(heard).toHaveLength(2);
  });

  test.each([
    ['Event is already canceled', { outcome: 'already_canceled' }],
    ['Event in the past', { outcome: 'in_past' }],
  ])('says what Calendly says: %s', async (message, outcome) => {
    const { calendly, heard } = createStub(() => denied(message));
    expect(await calendly.cancelEvent(eventUri, null)).toEqual(outcome);
    expect(heard).toHaveLength(1);
  });

  test.each([
    ['already_canceled', { ...eventAnswer, status: 'canceled' }],
    ['in_past', { ...eventAnswer, start_time: '2026-11-23T07:59:59Z' }],
    ['not_allowed', eventAnswer],
  ])(
    'reads from the event that it is %s when the words are in another language',
    async (outcome, event) => {
      const { calendly } = createStub(({ method }) =>
        method === 'POST' ? denied('L’événement est déjà annulé') : json({ resource: event }),
      );
      expect(await calendly.cancelEvent(eventUri, null)).toMatchObject({ outcome });
    },
  );

  test('says "not allowed" only when it is known', async () => {
    const { calendly, clock } = createStub(({ method }) =>
      method === 'POST' ? denied('Verboten') : json({}, 503),
    );
    const result = await settled(clock, calendly.cancelEvent(eventUri, null));
    expect(result).toMatchObject({ error: { failure: 'unavailable' } });
  });

  test.each<[string, Answer, object]>([
    ['404', () => json({}, 404), { value: { outcome: 'gone' } }],
    [
      'a missing scope',
      () => json({ required_scopes: ['scheduled_events:write'] }, 403),
      { error: { failure: 'scope' } },
    ],
    ['a lost reply', reset, { error: { failure: 'unavailable' } }],
    ['silence', silence, { error: { failure: 'unavailable' } }],
    ['503', () => json({}, 503), { error: { failure: 'unavailable' } }],
    ['401', () => json({}, 401), { error: { failure: 'token' } }],
  ])('ends with %s', async (_, answer, expected) => {
    const { calendly, clock, heard } = createStub(answer);
    expect(await settled(clock, calendly.cancelEvent(eventUri, null))).toMatchObject(expected);
    expect(heard).toHaveLength(1);
  });
});

import { describe, expect, test } from 'vitest';
import { eventAnswer, eventUri, owner, page } from './test/calendly-answers.ts';
import { createStub, json, type Answer } from './test/calendly-stub.ts';

const resource =
  (value: object): Answer =>
  () =>
    json({ resource: value });
const list =
  (...items: unknown[]): Answer =>
  () =>
    json(page(items));

describe('scheduled events', () => {
  const december = { owner, from: '2026-12-01T15:00:00.000Z', to: '2026-12-02T15:00:00.000Z' };

  test('are asked for by owner, start, address and status', async () => {
    const { calendly, heard } = createStub(list());
    await calendly.scheduledEvents({ ...december, email: 'a+b@example.org', status: 'active' });
    expect(heard[0]?.query).toEqual({
      user: owner.uri,
      min_start_time: december.from,
      max_start_time: december.to,
      sort: 'start_time:asc',
      invitee_email: 'a+b@example.org',
      status: 'active',
      count: '100',
    });
  });

  test('are those that start within, the end left out', async () => {
    const at = (start_time: string) => ({ ...eventAnswer, start_time });
    const { calendly } = createStub(
      list(
        at('2026-12-01T14:59:59.999999Z'),
        at('2026-12-01T15:00:00Z'),
        at('2026-12-02T15:00:00.000Z'),
      ),
    );
    const found = await calendly.scheduledEvents(december);
    expect(found.map(({ startTime }) => startTime)).toEqual(['2026-12-01T15:00:00.000Z']);
  });

  test('that no event type made are not ours to read', async () => {
    const { calendly } = createStub(list({ uri: 'x', event_type: null }, eventAnswer));
    expect(await calendly.scheduledEvents(december)).toHaveLength(1);
  });

  test('are never given in part: one that cannot be read may be the one looked for', async () => {
    const { calendly } = createStub(list(eventAnswer, { ...eventAnswer, start_time: 'soon' }));
    await expect(calendly.scheduledEvents(december)).rejects.toMatchObject({
      failure: 'unavailable',
    });
  });

  test.each([
    [null, null],
    [
      {
        type: 'google_conference',
        status: 'pushed',
        join_url: 'https://calendly.com/events/1/google_meet',
      },
      {
        kind: 'google_conference',
        joinUrl: 'https://calendly.com/events/1/google_meet',
        pending: false,
      },
    ],
    [
      { type: 'google_conference', status: 'initiated', join_url: null },
      { kind: 'google_conference', joinUrl: null, pending: true },
    ],
    [
      { type: 'zoom', status: 'processing', join_url: null, data: null },
      { kind: 'zoom_conference', pending: true },
    ],
    [
      { type: 'zoom_conference', status: 'failed' },
      { kind: 'zoom_conference', joinUrl: null, pending: false },
    ],
    [
      { type: 'webex', status: 'pushed', join_url: 'https://w.example/1' },
      { kind: 'webex_conference' },
    ],
    [
      { type: 'gotomeeting', status: 'pushed', join_url: 'https://g.example/1' },
      { kind: 'gotomeeting_conference' },
    ],
    [
      { kind: 'physical', location: 'Here' },
      { kind: 'physical', location: 'Here', joinUrl: null, pending: false },
    ],
    [
      { type: 'outbound_call', location: null },
      { kind: 'outbound_call', location: null },
    ],
    [{ type: 'zoom', status: 'pushed', join_url: 'javascript:alert(1)' }, { joinUrl: null }],
    [{ type: 'hologram' }, null],
    [{ type: '__proto__' }, null],
    [{}, null],
  ])('take place at %j', async (location, expected) => {
    const { calendly } = createStub(resource({ ...eventAnswer, location }));
    const event = await calendly.scheduledEvent(eventUri);
    if (expected === null) expect(event.location).toBeNull();
    else expect(event.location).toMatchObject(expected);
  });
});

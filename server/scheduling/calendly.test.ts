import { describe, expect, test } from 'vitest';
import {
  eventTypeUri,
  eventUri,
  inviteeAnswer,
  inviteeUri,
  owner,
  page,
  subscriptionAnswer,
  userAnswer,
} from './test/calendly-answers.ts';
import { createStub, json, type Answer } from './test/calendly-stub.ts';

const resource =
  (value: object): Answer =>
  () =>
    json({ resource: value });
const list =
  (...items: unknown[]): Answer =>
  () =>
    json(page(items));

describe('the owner', () => {
  test('is the user of the token', async () => {
    const { calendly, heard } = createStub(resource(userAnswer));
    expect(await calendly.owner()).toEqual(owner);
    expect(heard[0]?.path).toBe('/users/me');
  });
});

describe('invitees', () => {
  test('of an event are asked for by address and status', async () => {
    const { calendly, heard } = createStub(list(inviteeAnswer));
    expect(
      await calendly.invitees(eventUri, { email: 'ada@example.org', status: 'canceled' }),
    ).toHaveLength(1);
    expect(heard[0]).toMatchObject({
      path: `${new URL(eventUri).pathname}/invitees`,
      query: { email: 'ada@example.org', status: 'canceled', count: '100' },
    });
  });

  test('may lack tracking, zone, name and the time of their cancellation', async () => {
    const { calendly } = createStub(
      resource({
        ...inviteeAnswer,
        tracking: null,
        timezone: null,
        name: null,
        first_name: 'Ada',
        last_name: 'L',
        status: 'canceled',
        cancellation: { canceled_by: 'Ines', reason: null, canceler_type: 'host' },
      }),
    );
    expect(await calendly.invitee(inviteeUri)).toMatchObject({
      tracking: null,
      timezone: null,
      name: 'Ada L',
      cancellation: { canceledBy: 'Ines', reason: null, cancelerType: 'host' },
    });
  });

  test('of another origin are not asked for', async () => {
    const { calendly, heard } = createStub(resource(inviteeAnswer));
    const uri = 'https://evil.example/scheduled_events/E/invitees/I';
    await expect(calendly.invitee(uri)).rejects.toMatchObject({
      failure: 'invalid',
    });
    await expect(calendly.invitees(uri)).rejects.toMatchObject({
      failure: 'invalid',
    });
    expect(heard).toHaveLength(0);
  });
});

describe('a link for one booking', () => {
  const link = {
    booking_url: 'https://calendly.com/d/abcd-123-xyz/intro',
    owner: eventTypeUri,
    owner_type: 'EventType',
  };

  test('is asked for with a number', async () => {
    const { calendly, heard } = createStub(() => json({ resource: link }, 201));
    expect(await calendly.singleUseLink(eventTypeUri)).toBe(link.booking_url);
    expect(heard[0]?.body).toEqual({
      max_event_count: 1,
      owner: eventTypeUri,
      owner_type: 'EventType',
    });
  });

  test('is asked for with a text when Calendly does not take the number', async () => {
    const { calendly, heard } = createStub((_, nth) =>
      nth === 1
        ? json({ details: [{ parameter: 'max_event_count', message: 'must be a string' }] }, 400)
        : json({ resource: link }, 201),
    );
    expect(await calendly.singleUseLink(eventTypeUri)).toBe(link.booking_url);
    expect(heard[1]?.body).toMatchObject({ max_event_count: '1' });
  });

  test('is not asked for twice for any other reason', async () => {
    const { calendly, heard } = createStub(() =>
      json({ details: [{ parameter: 'owner', message: 'is invalid' }] }, 400),
    );
    await expect(calendly.singleUseLink(eventTypeUri)).rejects.toMatchObject({
      failure: 'invalid',
    });
    expect(heard).toHaveLength(1);
  });
});

describe('webhook subscriptions', () => {
  const request = {
    owner,
    url: subscriptionAnswer.callback_url,
    events: subscriptionAnswer.events,
    signingKey: 'key',
  };

  test('are those of the user', async () => {
    const { calendly, heard } = createStub(
      list(subscriptionAnswer, { ...subscriptionAnswer, state: 'disabled' }),
    );
    expect((await calendly.subscriptions(owner)).map(({ state }) => state)).toEqual([
      'active',
      'disabled',
    ]);
    expect(heard[0]?.query).toEqual({
      organization: owner.organization,
      user: owner.uri,
      scope: 'user',
      count: '100',
    });
  });

  test('are made with a signing key', async () => {
    const { calendly, heard } = createStub(() => json({ resource: subscriptionAnswer }, 201));
    expect(await calendly.createSubscription(request)).toEqual({
      uri: subscriptionAnswer.uri,
      callbackUrl: request.url,
      state: 'active',
      events: request.events,
      createdAt: '2026-11-23T08:00:00.000Z',
    });
    expect(heard[0]?.body).toEqual({
      url: request.url,
      events: request.events,
      organization: owner.organization,
      user: owner.uri,
      scope: 'user',
      signing_key: 'key',
    });
  });

  test.each([
    [409, { title: 'Already Exists', message: 'Hook with this url already exists' }, 'conflict'],
    [
      403,
      { title: 'Permission Denied', message: 'Please upgrade to a paid Calendly account.' },
      'plan',
    ],
    [403, { required_scopes: ['webhooks:write'] }, 'scope'],
    [503, {}, 'unavailable'],
  ])('refused with %s %j are an error: %s', async (status, body, failure) => {
    const { calendly, heard } = createStub(() => json(body, status));
    await expect(calendly.createSubscription(request)).rejects.toMatchObject({ failure });
    expect(heard).toHaveLength(1);
  });

  test.each([204, 404])(
    'are gone after deleting, whether Calendly says 204 or 404: %s',
    async (status) => {
      const { calendly, heard } = createStub(() => new Response(null, { status }));
      await calendly.deleteSubscription(subscriptionAnswer.uri);
      expect(heard).toMatchObject([
        { method: 'DELETE', path: new URL(subscriptionAnswer.uri).pathname },
      ]);
    },
  );
});

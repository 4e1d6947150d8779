import { describe, expect, test } from 'vitest';
import { type Answer, type ExampleAccount, exampleAccount, ids, path } from './account.example.ts';

const booked = async (
  account: ExampleAccount,
  changes: Record<string, unknown> = {},
): Promise<{ invitee: string; event: string }> => {
  const { body } = await account.post('/invitees', account.wish(changes));
  return { invitee: body.resource.uri, event: body.resource.event };
};

const found = ({ body }: Answer): string[] => body.collection.map((it) => it.uri);

describe('GET /scheduled_events', () => {
  test('wants to know whose', async () => {
    expect((await exampleAccount().get('/scheduled_events')).status).toBe(400);
  });

  test('another organization’s are not shown, nor a colleague’s to a colleague', async () => {
    const account = exampleAccount();
    const ask = (query: Record<string, string>, token?: string): Promise<Answer> =>
      account.get('/scheduled_events', query, token);
    expect((await ask({ user: ids.rival })).status).toBe(403);
    expect((await ask({ organization: ids.rivalOrganization })).status).toBe(403);
    expect((await ask({ user: ids.owner }, account.token({ user: ids.colleague }))).status).toBe(
      403,
    );
    expect((await ask({ user: ids.colleague })).status).toBe(200);
  });

  test('finds our own by e-mail, time and status, whatever case the e-mail is in', async () => {
    const account = exampleAccount();
    const { event } = await booked(account);
    const start = account.sandbox.state.events.at(-1)?.start_time ?? '';
    const query = {
      user: ids.owner,
      invitee_email: 'Ada@Example.org',
      min_start_time: start,
      max_start_time: start,
      status: 'active',
    };
    expect(found(await account.get('/scheduled_events', query))).toEqual([event]);
    expect(found(await account.get('/scheduled_events', { ...query, status: 'canceled' }))).toEqual(
      [],
    );
    expect(
      found(await account.get('/scheduled_events', { ...query, invitee_email: 'b@example.org' })),
    ).toEqual([]);
    expect(
      found(
        await account.get('/scheduled_events', {
          ...query,
          min_start_time: new Date(Date.parse(start) + 1000).toISOString(),
          max_start_time: '2027-01-01T00:00:00Z',
        }),
      ),
    ).toEqual([]);
  });

  test('comes in order of time, either way, in pages', async () => {
    const account = exampleAccount();
    await booked(account);
    const query = { organization: ids.organization, sort: 'start_time:desc', count: '2' };
    const first = await account.get('/scheduled_events', query);
    const second = await account.get('/scheduled_events', {
      ...query,
      page_token: first.body.pagination.next_page_token,
    });
    const starts = [...first.body.collection, ...second.body.collection].map((it) => it.start_time);
    expect(starts).toHaveLength(4);
    expect(starts).toEqual(starts.toSorted().toReversed());
  });

  test.each([
    ['status', 'confirmed'],
    ['min_start_time', 'yesterday'],
    ['sort', 'name:asc'],
  ])('%s=%s is refused', async (parameter, value) => {
    const answer = await exampleAccount().get('/scheduled_events', {
      user: ids.owner,
      [parameter]: value,
    });
    expect([answer.status, answer.body.details[0].parameter]).toEqual([400, parameter]);
  });
});

describe('GET /scheduled_events/{uuid}', () => {
  test('has the place with a type, the counter, the host with buffers, no calendar entry', async () => {
    const account = exampleAccount();
    const { event } = await booked(account);
    const { body } = await account.get(path(event));
    expect(body.resource).toMatchObject({
      uri: event,
      name: 'Intro call',
      status: 'active',
      event_type: ids.intro,
      location: { type: 'google_conference' },
      invitees_counter: { total: 1, active: 1, limit: 1 },
      event_guests: [],
      calendar_event: null,
    });
    expect(body.resource.event_memberships[0]).toMatchObject({
      user: ids.owner,
      user_email: 'ines@almeida.example',
      buffered_start_time: body.resource.start_time,
    });
    expect(body.resource.start_time).toMatch(/\.000000Z$/);
    expect(body.resource).not.toHaveProperty('cancellation');
  });

  test('unknown is 404, another’s is 403', async () => {
    const account = exampleAccount();
    expect((await account.get('/scheduled_events/none')).status).toBe(404);
    account.sandbox.bookAsStranger('rival-chat', '2026-11-24T15:00:00Z');
    const foreign = account.sandbox.state.events.at(-1)?.uri ?? '';
    const answer = await account.get(path(foreign));
    expect([answer.status, answer.body.message]).toEqual([
      403,
      'You are not allowed to view this event',
    ]);
  });
});

describe('invitees of an event', () => {
  test('are listed, by status and e-mail', async () => {
    const account = exampleAccount();
    const workshop = account.sandbox.state.events[1];
    const list = `${path(workshop?.uri ?? '')}/invitees`;
    expect((await account.get(list)).body.pagination.count).toBe(5);
    const one = await account.get(list, { email: 'noor@haddad.example' });
    expect(one.body.collection).toHaveLength(1);
    account.sandbox.cancelAsInvitee(found(one)[0] ?? '');
    expect((await account.get(list, { status: 'active' })).body.pagination.count).toBe(4);
    expect(found(await account.get(list, { status: 'canceled' }))).toEqual(found(one));
  });

  test('one is read under its event only', async () => {
    const account = exampleAccount();
    const { invitee } = await booked(account);
    const id = invitee.split('/').at(-1);
    expect((await account.get(path(invitee))).body.resource.uri).toBe(invitee);
    expect((await account.get(`/invitees/${id}`)).status).toBe(404);
    const elsewhere = account.sandbox.state.events[0]?.uri ?? '';
    expect((await account.get(`${path(elsewhere)}/invitees/${id}`)).status).toBe(404);
  });

  test('one does not come: noted, read, taken back', async () => {
    const account = exampleAccount();
    const { invitee } = await booked(account);
    const noted = await account.post('/invitee_no_shows', { invitee });
    expect(noted.status).toBe(201);
    expect((await account.get(path(invitee))).body.resource.no_show.uri).toBe(
      noted.body.resource.uri,
    );
    expect((await account.get(path(noted.body.resource.uri))).status).toBe(200);
    expect((await account.remove(path(noted.body.resource.uri))).status).toBe(204);
    expect((await account.get(path(invitee))).body.resource.no_show).toBeNull();
  });
});

describe('cancellation', () => {
  const cancel = (account: ExampleAccount, event: string, body?: unknown): Promise<Answer> =>
    account.post(`${path(event)}/cancellation`, body);

  test.each([
    ['without a body', undefined, null],
    ['with an empty one', {}, null],
    ['with a reason', { reason: 'Ill' }, 'Ill'],
    ['with keys it does not know', { notify: false }, null],
  ])('%s answers 201, as the host whoever asked', async (_, body, reason) => {
    const account = exampleAccount();
    const { event, invitee } = await booked(account);
    const answer = await cancel(account, event, body);
    expect(answer.status).toBe(201);
    expect(answer.body.resource).toMatchObject({
      canceled_by: 'Ines Almeida',
      reason,
      canceler_type: 'host',
    });
    expect((await account.get(path(event))).body.resource).toMatchObject({
      status: 'canceled',
      cancellation: { canceler_type: 'host' },
      invitees_counter: { total: 1, active: 0, limit: 1 },
    });
    expect((await account.get(path(invitee))).body.resource).toMatchObject({
      status: 'canceled',
      rescheduled: false,
      cancellation: { canceler_type: 'host', reason },
    });
  });

  test('offers the time again at once', async () => {
    const account = exampleAccount();
    const [start] = account.sandbox.freeTimes('intro-call');
    const { event } = await booked(account);
    expect(account.sandbox.freeTimes('intro-call')[0]).not.toBe(start);
    await cancel(account, event);
    expect(account.sandbox.freeTimes('intro-call')[0]).toBe(start);
  });

  test('takes the whole group event, everyone in it', async () => {
    const account = exampleAccount();
    const workshop = account.sandbox.state.events[1]?.uri ?? '';
    await cancel(account, workshop);
    const list = await account.get(`${path(workshop)}/invitees`, { status: 'active' });
    expect(list.body.collection).toEqual([]);
  });

  test.each([
    [
      'a second time',
      'Event is already canceled',
      async (account: ExampleAccount, event: string) => void (await cancel(account, event)),
    ],
    [
      'after it began',
      'Event in the past',
      async (account: ExampleAccount) => account.clock.advance(7 * 24 * 60 * 60_000),
    ],
  ])('%s is 403: %s', async (_, message, before) => {
    const account = exampleAccount();
    const { event } = await booked(account);
    await before(account, event);
    const answer = await cancel(account, event);
    expect(answer.status).toBe(403);
    expect(answer.body).toEqual({ title: 'Permission Denied', message });
  });

  test('of another’s event is 403, of none 404', async () => {
    const account = exampleAccount();
    account.sandbox.bookAsStranger('rival-chat', '2026-11-24T15:00:00Z');
    const foreign = account.sandbox.state.events.at(-1)?.uri ?? '';
    expect((await cancel(account, foreign)).body.message).toBe(
      'You are not allowed to cancel this event',
    );
    expect((await account.post('/scheduled_events/none/cancellation')).status).toBe(404);
  });

  test('a reason of more than 10,000 characters, or that is no text, is 400', async () => {
    const account = exampleAccount();
    const { event } = await booked(account);
    expect((await cancel(account, event, { reason: 'x'.repeat(10_001) })).status).toBe(400);
    expect((await cancel(account, event, { reason: 5 })).status).toBe(400);
    expect((await cancel(account, event, { reason: 'x'.repeat(10_000) })).status).toBe(201);
  });

  test('any reason may be refused, as was measured; without one it works', async () => {
    const account = exampleAccount();
    account.sandbox.trouble.cancelReasonRefused = true;
    const { event } = await booked(account);
    expect((await cancel(account, event, { reason: 'Ill' })).status).toBe(400);
    expect((await account.get(path(event))).body.resource.status).toBe('active');
    expect((await cancel(account, event, {})).status).toBe(201);
  });
});

describe('changes on Calendly’s own pages', () => {
  test('one invitee of a group leaves, the event stays', async () => {
    const account = exampleAccount();
    const workshop = account.sandbox.state.events[1];
    const invitee = account.sandbox.state.invitees.find((it) => it.event === workshop?.uri);
    account.sandbox.cancelAsInvitee(invitee?.uri ?? '', 'No time');
    const event = await account.get(path(workshop?.uri ?? ''));
    expect(event.body.resource).toMatchObject({
      status: 'active',
      invitees_counter: { total: 5, active: 4, limit: 6 },
    });
    expect((await account.get(path(invitee?.uri ?? ''))).body.resource.cancellation).toMatchObject({
      canceled_by: 'Noor Haddad',
      reason: 'No time',
      canceler_type: 'invitee',
    });
  });

  test('a reschedule makes new URIs, tied by old and new invitee', async () => {
    const account = exampleAccount();
    const old = await booked(account);
    const next = account.sandbox.freeTimes('intro-call')[4] ?? '';
    const moved = account.sandbox.rescheduleAsInvitee(old.invitee, next);
    expect(moved.event).not.toBe(old.event);
    expect((await account.get(path(old.invitee))).body.resource).toMatchObject({
      status: 'canceled',
      rescheduled: true,
      new_invitee: moved.uri,
      cancellation: { canceler_type: 'invitee' },
    });
    expect((await account.get(path(moved.uri))).body.resource).toMatchObject({
      status: 'active',
      rescheduled: false,
      old_invitee: old.invitee,
      new_invitee: null,
      email: 'ada@example.org',
    });
    expect((await account.get(path(old.event))).body.resource.status).toBe('canceled');
  });

  test('a reschedule to a time that is gone changes nothing', async () => {
    const account = exampleAccount();
    const old = await booked(account);
    const before = structuredClone(account.sandbox.state);
    expect(() => account.sandbox.rescheduleAsInvitee(old.invitee, '2026-11-29T10:00:00Z')).toThrow(
      'not free',
    );
    expect(account.sandbox.state).toEqual(before);
  });

  test('a reschedule may overlap the time it gives up', async () => {
    const account = exampleAccount();
    const start = '2026-11-25T12:30:00.000Z';
    const old = account.sandbox.bookAsStranger('studio-hours', start);
    const event = account.sandbox.state.events.at(-1);
    const moved = account.sandbox.rescheduleAsInvitee(old.uri, '2026-11-25T13:00:00.000Z');
    expect(account.sandbox.state.events.at(-1)?.hosts).toEqual(event?.hosts);
    expect(moved.status).toBe('active');
  });
});

describe('scheduling links', () => {
  const order = { max_event_count: 1, owner: ids.intro, owner_type: 'EventType' };

  test.each([1, '1'])('max_event_count %j gives one booking', async (max_event_count) => {
    const answer = await exampleAccount().post('/scheduling_links', { ...order, max_event_count });
    expect(answer.status).toBe(201);
    expect(answer.body.resource).toMatchObject({ owner: ids.intro, owner_type: 'EventType' });
    expect(answer.body.resource.booking_url).toMatch(
      /^https:\/\/calendly\.com\/d\/[a-z]{4}-\d{3}-[a-z]{3}\/intro-call$/,
    );
  });

  test.each([
    [{ ...order, max_event_count: undefined }, 400],
    [{ ...order, max_event_count: 2 }, 400],
    [{ ...order, owner_type: 'User' }, 400],
    [{ ...order, owner: undefined }, 400],
    [{ ...order, owner: ids.rivals }, 403],
    [{ ...order, owner: 'https://api.calendly.com/event_types/none' }, 404],
  ])('%j is %i', async (body, status) => {
    expect((await exampleAccount().post('/scheduling_links', body)).status).toBe(status);
  });
});

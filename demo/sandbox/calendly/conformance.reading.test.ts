import { describe, expect, test } from 'vitest';
import { exampleAccount, ids, path } from './account.example.ts';

const detail = (parameter: string, message: string): object => ({ parameter, message });
const invalidArgument = (...details: object[]): object => ({
  title: 'Invalid Argument',
  message: 'The supplied parameters are invalid.',
  ...(details.length > 0 && { details }),
});

describe('who asks', () => {
  test.each([
    ['no token is 401', ''],
    ['a token that nobody issued is 401', 'made-up'],
  ])('%s, with the real body and no details', async (_, token) => {
    const answer = await exampleAccount().get('/users/me', {}, token);
    expect(answer.status).toBe(401);
    expect(answer.body).toEqual({
      title: 'Unauthenticated',
      message: 'The access token is invalid',
    });
  });

  test('an expired token is 401', async () => {
    const account = exampleAccount();
    const answer = await account.get('/users/me', {}, account.token({ expired: true }));
    expect([answer.status, answer.body.title]).toEqual([401, 'Unauthenticated']);
  });

  test('the token is looked at before the route', async () => {
    expect((await exampleAccount().get('/no/such/thing', {}, 'made-up')).status).toBe(401);
  });

  test('an unknown route is 404 with a body', async () => {
    const answer = await exampleAccount().get('/no/such/thing');
    expect(answer.status).toBe(404);
    expect(answer.body).toEqual({
      title: 'Resource Not Found',
      message: 'The server could not find the requested resource.',
    });
  });

  test.each([
    ['GET', '/users/me', 'users:read'],
    ['GET', '/locations', 'locations:read'],
    ['GET', '/event_types', 'event_types:read'],
    ['GET', path(ids.intro), 'event_types:read'],
    ['GET', '/event_type_memberships', 'event_types:read'],
    ['GET', '/event_type_available_times', 'availability:read'],
    ['GET', '/user_busy_times', 'availability:read'],
    ['GET', '/user_availability_schedules', 'availability:read'],
    ['POST', '/invitees', 'scheduled_events:write'],
    ['POST', '/invitee_no_shows', 'scheduled_events:write'],
    ['GET', '/scheduled_events', 'scheduled_events:read'],
    ['GET', '/scheduled_events/x/invitees', 'scheduled_events:read'],
    ['POST', '/scheduled_events/x/cancellation', 'scheduled_events:write'],
    ['POST', '/webhook_subscriptions', 'webhooks:write'],
    ['GET', '/webhook_subscriptions', 'webhooks:read'],
    ['POST', '/scheduling_links', 'scheduling_links:write'],
  ])('%s %s wants %s and names it', async (method, route, scope) => {
    const account = exampleAccount();
    const token = account.token({ scopes: ['groups:read'] });
    const answer =
      method === 'GET' ? await account.get(route, {}, token) : await account.post(route, {}, token);
    expect(answer.status).toBe(403);
    expect(answer.body).toEqual({
      title: 'Insufficient scope',
      message: "This operation requires the scopes listed in the 'required_scopes' array.",
      required_scopes: [scope],
    });
  });

  test('a write scope implies the read scope of its family', async () => {
    const account = exampleAccount();
    const token = account.token({ scopes: ['scheduled_events:write'] });
    const answer = await account.get('/scheduled_events', { user: ids.owner }, token);
    expect(answer.status).toBe(200);
  });

  test.each(['availability:read', 'event_types:read'])(
    'available times pass with %s, of which the documents disagree',
    async (scope) => {
      const account = exampleAccount();
      const query = {
        event_type: ids.intro,
        start_time: '2026-11-24T00:00:00Z',
        end_time: '2026-11-25T00:00:00Z',
      };
      const token = account.token({ scopes: [scope] });
      expect((await account.get('/event_type_available_times', query, token)).status).toBe(200);
    },
  );
});

describe('users', () => {
  test('me is the owner of the token, in a resource', async () => {
    const { status, body } = await exampleAccount().get('/users/me');
    expect(status).toBe(200);
    expect(body.resource).toMatchObject({
      uri: ids.owner,
      slug: 'ines-almeida',
      timezone: 'Europe/Berlin',
      current_organization: ids.organization,
      scheduling_url: 'https://calendly.com/ines-almeida',
      resource_type: 'User',
      avatar_url: null,
    });
  });

  test('times of creation carry six fractional digits', async () => {
    const { body } = await exampleAccount().get('/users/me');
    expect(body.resource.created_at).toMatch(/\.\d{6}Z$/);
  });

  test('a colleague can be read, a stranger not, nobody is 404', async () => {
    const account = exampleAccount();
    expect((await account.get(path(ids.colleague))).status).toBe(200);
    expect((await account.get(path(ids.rival))).body).toEqual({
      title: 'Permission Denied',
      message: 'This user is not in your organization',
    });
    expect((await account.get('/users/nobody')).status).toBe(404);
  });

  test('locations say which conferencing is connected, and only for that', async () => {
    const { body } = await exampleAccount().get('/locations', { user: ids.owner });
    expect(body).not.toHaveProperty('pagination');
    expect(body.collection).toContainEqual({ kind: 'physical' });
    expect(body.collection).toContainEqual({ kind: 'google_conference', connected: true });
    expect(body.collection).toContainEqual({ kind: 'webex_conference', connected: false });
  });

  test('schedules tell rules in local time', async () => {
    const { body } = await exampleAccount().get('/user_availability_schedules', {
      user: ids.owner,
    });
    expect(body.collection[0]).toMatchObject({ default: true, timezone: 'Europe/Berlin' });
    expect(body.collection[0].rules[0]).toMatchObject({ type: 'wday', wday: 'monday' });
  });
});

describe('event types', () => {
  test('a list without an owner is 400', async () => {
    const { status, body } = await exampleAccount().get('/event_types');
    expect([status, body.title]).toEqual([400, 'Invalid Argument']);
  });

  test('the owner is a whole URI, never an id', async () => {
    const { status } = await exampleAccount().get('/event_types', { user: 'INESALMEIDA00001' });
    expect(status).toBe(403);
  });

  test('the list is sorted by name and paged', async () => {
    const account = exampleAccount();
    const all = await account.get('/event_types', { user: ids.owner, count: '100' });
    const names = all.body.collection.map((it) => it.name);
    expect(names).toEqual(names.toSorted((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)));
    expect(all.body.pagination).toEqual({
      count: names.length,
      next_page: null,
      previous_page: null,
      next_page_token: null,
      previous_page_token: null,
    });
    const seen: string[] = [];
    let token: string | null = null;
    do {
      const page = await account.get('/event_types', {
        user: ids.owner,
        count: '4',
        ...(token && { page_token: token }),
      });
      seen.push(...page.body.collection.map((it) => it.name));
      token = page.body.pagination.next_page_token;
      if (token)
        expect(page.body.pagination.next_page).toMatch(
          /^https:\/\/api\.calendly\.com\/event_types\?.*count=4.*page_token=/,
        );
    } while (token);
    expect(seen).toEqual(names);
  });

  test('a page leads back to the one before', async () => {
    const account = exampleAccount();
    const first = await account.get('/event_types', { user: ids.owner, count: '4' });
    const second = await account.get('/event_types', {
      user: ids.owner,
      count: '4',
      page_token: first.body.pagination.next_page_token,
    });
    const back = await account.get('/event_types', {
      user: ids.owner,
      count: '4',
      page_token: second.body.pagination.previous_page_token,
    });
    expect(back.body.collection).toEqual(first.body.collection);
  });

  test.each([
    ['count', '0'],
    ['count', '101'],
    ['count', 'many'],
    ['page_token', 'made up'],
    ['sort', 'color:asc'],
    ['sort', 'name:sideways'],
    ['active', 'yes'],
  ])('%s=%s is refused by name', async (parameter, value) => {
    const { status, body } = await exampleAccount().get('/event_types', {
      user: ids.owner,
      [parameter]: value,
    });
    expect([status, body.details[0].parameter]).toEqual([400, parameter]);
  });

  test('active=true leaves the inactive one out, sort takes positions', async () => {
    const account = exampleAccount();
    const { body } = await account.get('/event_types', {
      user: ids.owner,
      active: 'true',
      sort: 'position:desc',
    });
    const list = body.collection;
    expect(list.every((it) => it.active)).toBe(true);
    const positions = list.map((it) => it.position);
    expect(positions).toEqual(positions.toSorted((a, b) => b - a));
  });

  test('an organization is listed for its administrators only', async () => {
    const account = exampleAccount();
    const query = { organization: ids.organization };
    expect((await account.get('/event_types', query)).status).toBe(200);
    const colleague = account.token({ user: ids.colleague });
    expect((await account.get('/event_types', query, colleague)).status).toBe(403);
    expect(
      (await account.get('/event_types', { organization: ids.rivalOrganization })).status,
    ).toBe(403);
  });

  test('one has every field, and links to its page', async () => {
    const { body } = await exampleAccount().get(path(ids.intro));
    expect(Object.keys(body.resource).toSorted()).toEqual(
      (
        'uri scheduling_url name slug active secret admin_managed is_paid booking_method kind ' +
        'pooling_type type duration duration_options color locale locations custom_questions ' +
        'description_plain description_html internal_note deleted_at position profile ' +
        'created_at updated_at'
      )
        .split(' ')
        .toSorted(),
    );
    expect(body.resource.scheduling_url).toBe('https://calendly.com/ines-almeida/intro-call');
  });

  test('links name the address where the pages really are, URIs never do', async () => {
    const account = exampleAccount();
    const { body } = await account.get(path(ids.intro));
    expect(body.resource.uri).toMatch(/^https:\/\/api\.calendly\.com\//);
  });

  test('disabled questions are listed and keep their position', async () => {
    const { body } = await exampleAccount().get(path(ids.intro));
    const questions = body.resource.custom_questions as { enabled: boolean; position: number }[];
    expect(questions.map((it) => it.position)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(questions[2]?.enabled).toBe(false);
  });

  test('profile, locations and answer choices may be null', async () => {
    const account = exampleAccount();
    const bare = await account.get(path(ids.bare));
    expect(bare.body.resource).toMatchObject({ profile: null, locations: null });
    const intro = await account.get(path(ids.intro));
    expect(intro.body.resource.custom_questions[3]?.answer_choices).toBeNull();
  });

  test('a deleted one can still be fetched but is not listed', async () => {
    const account = exampleAccount();
    account.sandbox.editEventType('intro-call', { deleted_at: '2026-11-01T00:00:00.000Z' });
    const one = await account.get(path(ids.intro));
    expect(one.body.resource.deleted_at).not.toBeNull();
    const list = await account.get('/event_types', { user: ids.owner });
    expect(list.text).not.toContain('INTROCALL0000001');
  });

  test('unknown is 404, another organization’s is 403', async () => {
    const account = exampleAccount();
    expect((await account.get('/event_types/none')).status).toBe(404);
    const foreign = await account.get(path(ids.rivals));
    expect([foreign.status, foreign.body.message]).toEqual([
      403,
      'You do not have permission to access this resource.',
    ]);
  });

  test('memberships list the hosts', async () => {
    const { body } = await exampleAccount().get('/event_type_memberships', {
      event_type: ids.roundRobin,
    });
    expect(body.collection.map((it) => it.member.uri)).toEqual([ids.owner, ids.colleague]);
  });
});

describe('available times', () => {
  const week = {
    event_type: ids.intro,
    start_time: '2026-11-24T00:00:00Z',
    end_time: '2026-12-01T00:00:00Z',
  };

  test('a slot has four fields, no end, no zone, no fraction', async () => {
    const { body } = await exampleAccount().get('/event_type_available_times', week);
    expect(body).not.toHaveProperty('pagination');
    expect(body.collection[0]).toEqual({
      status: 'available',
      invitees_remaining: 1,
      start_time: '2026-11-24T09:00:00Z',
      scheduling_url:
        'https://calendly.com/ines-almeida/intro-call/2026-11-24T09:00:00Z?month=2026-11&date=2026-11-24',
    });
  });

  test.each([
    ['event_type', { ...week, event_type: '' }],
    ['start_time', { ...week, start_time: '' }],
    ['end_time', { ...week, end_time: '' }],
  ])('%s is required', async (parameter, query) => {
    const { status, body } = await exampleAccount().get('/event_type_available_times', query);
    expect(status).toBe(400);
    expect(body).toEqual(invalidArgument(detail(parameter, 'is missing')));
  });

  test.each([
    ['now', '2026-11-23T08:00:00Z', 'start_time must be in the future'],
    ['a time that has passed', '2026-11-22T08:00:00Z', 'start_time must be in the future'],
    ['the end itself', '2026-12-01T00:00:00Z', 'start_time must be before end_time'],
    ['after the end', '2026-12-02T00:00:00Z', 'start_time must be before end_time'],
  ])('%s is no start', async (_, start_time, message) => {
    const { status, body } = await exampleAccount().get('/event_type_available_times', {
      ...week,
      start_time,
    });
    expect(status).toBe(400);
    expect(body.details[0].message).toBe(message);
  });

  test('a second from now is a start', async () => {
    const query = { ...week, start_time: '2026-11-23T08:00:01Z' };
    expect((await exampleAccount().get('/event_type_available_times', query)).status).toBe(200);
  });

  test('31 days pass, a second more is refused without a word on the window', async () => {
    const account = exampleAccount();
    const days31 = { ...week, end_time: '2026-12-25T00:00:00Z' };
    expect((await account.get('/event_type_available_times', days31)).status).toBe(200);
    const more = await account.get('/event_type_available_times', {
      ...week,
      end_time: '2026-12-25T00:00:01Z',
    });
    expect(more.status).toBe(400);
    expect(more.body).toEqual(invalidArgument());
  });

  test.each([
    '2026-11-24T00:00:00.000000Z',
    '2026-11-24T00:00:00.000Z',
    '2026-11-24T00:00:00+00:00',
  ])('a start written %s is understood', async (start_time) => {
    const answer = await exampleAccount().get('/event_type_available_times', {
      ...week,
      start_time,
    });
    expect(answer.status).toBe(200);
  });

  test('an unknown event type is 404, another organization’s 403', async () => {
    const account = exampleAccount();
    const ask = (event_type: string): Promise<{ status: number }> =>
      account.get('/event_type_available_times', { ...week, event_type });
    expect((await ask('https://api.calendly.com/event_types/none')).status).toBe(404);
    expect((await ask(ids.rivals)).status).toBe(403);
  });

  test('an inactive event type has no times', async () => {
    const { body } = await exampleAccount().get('/event_type_available_times', {
      ...week,
      event_type: ids.inactive,
    });
    expect(body.collection).toEqual([]);
  });

  test('a group type tells the seats left at each start', async () => {
    const { body } = await exampleAccount().get('/event_type_available_times', {
      ...week,
      event_type: ids.workshop,
    });
    const seats = body.collection.map((it) => it.invitees_remaining);
    expect(new Set(seats)).toEqual(new Set([1, 2, 6]));
  });

  test('a meeting keeps the host from every type that overlaps it', async () => {
    const account = exampleAccount();
    account.sandbox.bookAsStranger('quick-question', '2026-11-24T09:15:00Z');
    const { body } = await account.get('/event_type_available_times', week);
    const starts = body.collection.map((it) => it.start_time);
    expect(starts).not.toContain('2026-11-24T09:00:00Z');
    expect(starts).toContain('2026-11-24T09:30:00Z');
  });

  test('buffers keep their distance from meetings', async () => {
    const account = exampleAccount();
    account.sandbox.bookAsStranger('on-site-visit', '2026-11-26T14:30:00Z');
    const { body } = await account.get('/event_type_available_times', week);
    const starts = body.collection.map((it) => it.start_time);
    // The visit ends at 15:30 and wants half an hour after it, a quarter before.
    expect(starts).not.toContain('2026-11-26T15:30:00Z');
    expect(starts).toContain('2026-11-26T16:00:00Z');
    expect(starts).not.toContain('2026-11-26T14:00:00Z');
    expect(starts).toContain('2026-11-26T13:30:00Z');
  });

  test('short notice is not offered', async () => {
    const { body } = await exampleAccount().get('/event_type_available_times', {
      ...week,
      start_time: '2026-11-23T08:00:01Z',
    });
    expect(body.collection[0].start_time >= '2026-11-23T10:00:00Z').toBe(true);
  });

  test('hours are the host’s own, whatever the clocks do', async () => {
    const account = exampleAccount({ now: '2027-03-20T08:00:00Z' });
    const { body } = await account.get('/event_type_available_times', {
      event_type: ids.bare,
      start_time: '2027-03-25T00:00:00Z',
      end_time: '2027-03-31T00:00:00Z',
    });
    const first = (date: string): string | undefined =>
      body.collection.find((it) => it.start_time.startsWith(date))?.start_time;
    // Nine in Berlin, before and after the night of 28 March.
    expect(first('2027-03-26')).toBe('2027-03-26T08:00:00Z');
    expect(first('2027-03-30')).toBe('2027-03-30T07:00:00Z');
  });

  test('a round robin offers what any host has, a collective what all have', async () => {
    const account = exampleAccount();
    const ask = async (event_type: string): Promise<string[]> => {
      const { body } = await account.get('/event_type_available_times', { ...week, event_type });
      return body.collection.map((it) => it.start_time);
    };
    // Nine in Lisbon is ten in Berlin, and the colleague stays an hour longer.
    expect(await ask(ids.roundRobin)).toContain('2026-11-25T08:00:00Z');
    expect(await ask(ids.roundRobin)).toContain('2026-11-25T16:30:00Z');
    expect((await ask(ids.collective))[0]).toBe('2026-11-24T09:00:00Z');
  });

  test('the order is not promised', async () => {
    const account = exampleAccount();
    const ordered = (await account.get('/event_type_available_times', week)).body.collection;
    account.sandbox.trouble.shuffleAvailableTimes = true;
    const shuffled = (await account.get('/event_type_available_times', week)).body.collection;
    expect(shuffled).not.toEqual(ordered);
    expect(new Set(shuffled.map((it) => JSON.stringify(it)))).toEqual(
      new Set(ordered.map((it) => JSON.stringify(it))),
    );
  });
});

describe('busy times', () => {
  const query = {
    user: ids.owner,
    start_time: '2026-11-24T00:00:00Z',
    end_time: '2026-12-01T00:00:00Z',
  };

  test('tell meetings and other calendars, in order', async () => {
    const { body } = await exampleAccount().get('/user_busy_times', query);
    const types = new Set(body.collection.map((it) => it.type));
    expect(types).toEqual(new Set(['calendly', 'external']));
    const starts = body.collection.map((it) => it.start_time);
    expect(starts).toEqual(starts.toSorted());
  });

  test('are still told for seven days at most', async () => {
    const answer = await exampleAccount().get('/user_busy_times', {
      ...query,
      end_time: '2026-12-01T00:00:01Z',
    });
    expect(answer.status).toBe(400);
  });
});

describe('limits of ordinary calls', () => {
  const rate = (headers: Headers): (string | null)[] =>
    ['Limit', 'Remaining', 'Reset'].map((name) => headers.get(`X-RateLimit-${name}`));

  test('every answer carries them, refusals too', async () => {
    const account = exampleAccount();
    expect(rate((await account.get('/users/me')).headers)).toEqual(['500', '499', '60']);
    expect(rate((await account.get('/nothing')).headers)).toEqual(['500', '498', '60']);
    expect(rate((await account.get('/users/me', {}, 'made-up')).headers)).not.toContain(null);
  });

  test('the 501st call of a minute is 429, a minute later all is well', async () => {
    const account = exampleAccount();
    for (let call = 0; call < 500; call++) await account.get('/nothing');
    const refused = await account.get('/users/me');
    expect(refused.status).toBe(429);
    expect(rate(refused.headers)).toEqual(['500', '0', '60']);
    await account.clock.advance(60_000);
    expect((await account.get('/users/me')).status).toBe(200);
  });

  test('a free account has fifty', async () => {
    const account = exampleAccount({ seed: { plan: 'free' } });
    expect(rate((await account.get('/users/me')).headers)[0]).toBe('50');
  });

  test('they count per user, over all of their tokens', async () => {
    const account = exampleAccount();
    await account.get('/users/me');
    const other = await account.get('/users/me', {}, account.token({}));
    expect(rate(other.headers)[1]).toBe('498');
  });
});

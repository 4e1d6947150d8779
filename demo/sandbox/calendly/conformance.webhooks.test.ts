import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type ExampleAccount, exampleAccount, ids, path } from './account.example.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const events = ({ received }: ExampleAccount): string[] => received.map(({ body }) => body.event);

describe('webhook subscriptions', () => {
  test('one is created, without its signing key in the answer', async () => {
    const { status, body } = await exampleAccount().subscribe();
    expect(status).toBe(201);
    expect(body.resource).toMatchObject({
      callback_url: 'https://book.example.com/api/webhooks/calendly',
      state: 'active',
      events: ['invitee.created', 'invitee.canceled'],
      scope: 'organization',
      organization: ids.organization,
      user: null,
      group: null,
      creator: ids.owner,
      retry_started_at: null,
    });
    expect(body.resource).not.toHaveProperty('signing_key');
  });

  test.each([
    ['url', { url: undefined }],
    ['url', { url: 'not a url' }],
    ['url', { url: 'http://book.example.com/hook' }],
    ['events', { events: undefined }],
    ['events', { events: [] }],
    ['events[0]', { events: ['invitee.rescheduled'] }],
    ['events[0]', { events: ['meeting_recap.created'] }],
    ['organization', { organization: undefined }],
    ['scope', { scope: undefined }],
    ['scope', { scope: 'galaxy' }],
    ['user', { scope: 'user' }],
  ])('%s is named in %j', async (parameter, changes) => {
    const answer = await exampleAccount().subscribe(changes);
    expect([answer.status, answer.body.details[0].parameter]).toEqual([400, parameter]);
  });

  test('the same address twice is 409', async () => {
    const account = exampleAccount();
    await account.subscribe();
    const answer = await account.subscribe({ scope: 'user', user: ids.owner });
    expect(answer.status).toBe(409);
    expect(answer.body).toEqual({
      title: 'Already Exists',
      message: 'Hook with this url already exists',
    });
    expect((await account.subscribe({ url: 'https://book.example.com/b' })).status).toBe(201);
  });

  test('takes the read scope of every family besides webhooks:write', async () => {
    const account = exampleAccount();
    const answer = await account.post(
      '/webhook_subscriptions',
      {
        url: 'https://book.example.com/hook',
        events: ['invitee.created', 'event_type.updated'],
        organization: ids.organization,
        scope: 'organization',
      },
      account.token({ scopes: ['webhooks:write', 'scheduled_events:read'] }),
    );
    expect([answer.status, answer.body.required_scopes]).toEqual([403, ['event_types:read']]);
  });

  test('at the organization takes an administrator', async () => {
    const account = exampleAccount();
    const order = {
      url: 'https://book.example.com/hook',
      events: ['invitee.created'],
      organization: ids.organization,
      scope: 'organization',
    };
    const colleague = account.token({ user: ids.colleague });
    expect((await account.post('/webhook_subscriptions', order, colleague)).status).toBe(403);
    const own = { ...order, scope: 'user', user: ids.colleague };
    expect((await account.post('/webhook_subscriptions', own, colleague)).status).toBe(201);
  });

  test('are listed by organization and scope, both required', async () => {
    const account = exampleAccount();
    const { body } = await account.subscribe();
    const list = await account.get('/webhook_subscriptions', {
      organization: ids.organization,
      scope: 'organization',
    });
    expect(list.body.collection).toEqual([body.resource]);
    const lacking = await account.get('/webhook_subscriptions', { organization: ids.organization });
    expect([lacking.status, lacking.body.details[0].parameter]).toEqual([400, 'scope']);
    const byUser = await account.get('/webhook_subscriptions', {
      organization: ids.organization,
      scope: 'user',
    });
    expect(byUser.status).toBe(400);
  });

  test('one is read and deleted, then it is 404', async () => {
    const account = exampleAccount();
    const { body } = await account.subscribe();
    const one = path(body.resource.uri);
    expect((await account.get(one)).body).toEqual(body);
    expect((await account.remove(one)).status).toBe(204);
    expect((await account.get(one)).status).toBe(404);
    expect((await account.remove(one)).status).toBe(404);
  });

  test('a sample is the bare envelope', async () => {
    const { body } = await exampleAccount().get('/sample_webhook_data', {
      event: 'invitee.created',
      organization: ids.organization,
      scope: 'organization',
    });
    expect(body).toMatchObject({ event: 'invitee.created', payload: { scheduled_event: {} } });
    expect(body).not.toHaveProperty('resource');
  });
});

describe('a delivery', () => {
  test('carries the invitee, with the event inside, without calendar entry and buffers', async () => {
    const account = exampleAccount();
    await account.subscribe();
    const { body } = await account.post('/invitees', account.wish());
    await account.sandbox.settleWebhooks();
    const [delivery] = account.received;
    expect(delivery?.url).toBe('https://book.example.com/api/webhooks/calendly');
    expect(delivery?.body).toMatchObject({
      event: 'invitee.created',
      created_by: ids.owner,
      payload: {
        ...body.resource,
        scheduled_event: {
          uri: body.resource.event,
          event_type: ids.intro,
          invitees_counter: { total: 1, active: 1, limit: 1 },
        },
      },
    });
    expect(delivery?.body.payload.scheduled_event).not.toHaveProperty('calendar_event');
    expect(delivery?.body.payload.scheduled_event['event_memberships']).toEqual([
      { user: ids.owner, user_email: 'ines@almeida.example', user_name: 'Ines Almeida' },
    ]);
    expect(Object.keys(delivery?.body ?? {})).toEqual([
      'event',
      'created_at',
      'created_by',
      'payload',
    ]);
  });

  test('is signed over the raw body with the subscription’s key', async () => {
    const account = exampleAccount();
    await account.subscribe();
    account.sandbox.bookAsStranger('intro-call', '2026-11-24T09:00:00Z');
    await account.sandbox.settleWebhooks();
    const [delivery] = account.received;
    const signature = delivery?.headers.get('Calendly-Webhook-Signature') ?? '';
    const timestamp = Date.parse('2026-11-23T08:00:00Z') / 1000;
    const mac = createHmac('sha256', 'a signing key')
      .update(`${timestamp}.${delivery?.text}`)
      .digest('hex');
    expect(signature).toBe(`t=${timestamp},v1=${mac}`);
  });

  test('carries no signature when the subscription has no key', async () => {
    const account = exampleAccount();
    await account.subscribe({ signing_key: undefined });
    account.sandbox.bookAsStranger('intro-call', '2026-11-24T09:00:00Z');
    await account.sandbox.settleWebhooks();
    expect(account.received[0]?.headers.has('Calendly-Webhook-Signature')).toBe(false);
  });

  test('goes to the subscriptions that ask for it, of the users it concerns', async () => {
    const account = exampleAccount();
    await account.subscribe({ url: 'https://a.example/', events: ['invitee.canceled'] });
    await account.subscribe({ url: 'https://b.example/', scope: 'user', user: ids.colleague });
    await account.subscribe({ url: 'https://c.example/', scope: 'user', user: ids.owner });
    account.sandbox.bookAsStranger('intro-call', '2026-11-24T09:00:00Z');
    account.sandbox.bookAsStranger('rival-chat', '2026-11-24T15:00:00Z');
    await account.sandbox.settleWebhooks();
    expect(account.received.map(({ url }) => url)).toEqual(['https://c.example/']);
  });

  test('of a canceled event comes once for each active invitee', async () => {
    const account = exampleAccount();
    await account.subscribe();
    const workshop = account.sandbox.state.events[1]?.uri ?? '';
    const leaving = account.sandbox.state.invitees.find((it) => it.event === workshop)?.uri ?? '';
    account.sandbox.cancelAsInvitee(leaving);
    await account.sandbox.settleWebhooks();
    expect(account.received[0]?.body.payload).toMatchObject({
      status: 'canceled',
      cancellation: { canceler_type: 'invitee' },
      scheduled_event: { status: 'active' },
    });
    account.sandbox.cancelAsHost(workshop, 'Ill');
    await account.sandbox.settleWebhooks();
    expect(events(account)).toEqual(Array.from({ length: 5 }, () => 'invitee.canceled'));
    expect(account.received[1]?.body.payload).toMatchObject({
      cancellation: { canceler_type: 'host', reason: 'Ill' },
      scheduled_event: { status: 'canceled', cancellation: { canceler_type: 'host' } },
    });
  });

  test.each([
    ['canceled-first', ['invitee.canceled', 'invitee.created']],
    ['created-first', ['invitee.created', 'invitee.canceled']],
  ] as const)('of a reschedule are two, %s', async (order, expected) => {
    const account = exampleAccount();
    const old = account.sandbox.bookAsStranger('intro-call', '2026-11-24T09:00:00Z');
    await account.subscribe();
    account.sandbox.trouble.webhookOrder = order;
    const moved = account.sandbox.rescheduleAsInvitee(old.uri, '2026-11-24T10:00:00Z');
    await account.sandbox.settleWebhooks();
    expect(events(account)).toEqual(expected);
    const canceled = account.received.find(({ body }) => body.event === 'invitee.canceled');
    expect(canceled?.body.payload).toMatchObject({ rescheduled: true, new_invitee: moved.uri });
    const created = account.received.find(({ body }) => body.event === 'invitee.created');
    expect(created?.body.payload).toMatchObject({ rescheduled: false, old_invitee: old.uri });
  });

  test('tells of edited event types too', async () => {
    const account = exampleAccount();
    await account.subscribe({ events: ['event_type.updated'] });
    account.sandbox.editEventType('intro-call', { name: 'First call' });
    await account.sandbox.settleWebhooks();
    expect(account.received[0]?.body).toMatchObject({
      event: 'event_type.updated',
      payload: { uri: ids.intro, name: 'First call' },
    });
  });
});

describe('retries', () => {
  const failing = async (answer: ExampleAccount['receiver']['answer']): Promise<ExampleAccount> => {
    const account = exampleAccount();
    await account.subscribe();
    account.receiver.answer = answer;
    account.sandbox.bookAsStranger('intro-call', '2026-11-25T10:30:00Z');
    await account.sandbox.settleWebhooks();
    return account;
  };

  test.each([
    ['an error', (): number => 500],
    ['a refusal', (): number => 400],
    ['a redirect', (): number => 301],
    ['no connection', (): Promise<Response> => Promise.reject(new TypeError('fetch failed'))],
  ])('%s is a failure, tried again later and later', async (_, answer) => {
    const account = await failing(answer);
    expect(account.received).toHaveLength(1);
    await account.clock.advance(hour);
    const times = account.received.map(({ at }) => Date.parse(at));
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(gaps.slice(0, 4)).toEqual([15_000, 30_000, 60_000, 120_000]);
  });

  test('a receiver that does not answer is given up after a while', async () => {
    const account = exampleAccount();
    await account.subscribe();
    account.receiver.answer = (nth) => (nth === 1 ? new Promise(() => undefined) : 204);
    account.sandbox.bookAsStranger('intro-call', '2026-11-25T10:30:00Z');
    await account.clock.advance(minute);
    expect(account.sandbox.state.deliveries[0]).toMatchObject({
      status: 'delivered',
      attempts: [{ status: null }, { status: 204 }],
    });
  });

  test('the subscription says since when it is being retried, until all is delivered', async () => {
    const account = await failing((nth) => (nth < 3 ? 503 : 204));
    const [subscription] = account.sandbox.state.subscriptions;
    const read = async (): Promise<string | null> =>
      (await account.get(path(subscription?.uri ?? ''))).body.resource.retry_started_at;
    expect(await read()).toMatch(/^2026-11-23T08:00:00/);
    await account.clock.advance(minute);
    expect(await read()).toBeNull();
  });

  test('other deliveries go on meanwhile', async () => {
    const account = await failing((nth) => (nth === 1 ? 503 : 204));
    account.sandbox.bookAsStranger('intro-call', '2026-11-25T11:00:00Z');
    await account.sandbox.settleWebhooks();
    expect(account.sandbox.state.deliveries.map(({ status }) => status)).toEqual([
      'pending',
      'delivered',
    ]);
  });

  test('after a day of failures the subscription is disabled, and nothing comes any more', async () => {
    const account = await failing(() => 503);
    await account.clock.advance(day - 1);
    const one = path(account.sandbox.state.subscriptions[0]?.uri ?? '');
    expect((await account.get(one)).body.resource.state).toBe('active');
    await account.clock.advance(1);
    expect((await account.get(one)).body.resource.state).toBe('disabled');
    const attempts = account.received.length;
    account.receiver.answer = () => 204;
    account.sandbox.bookAsStranger('intro-call', '2026-11-25T11:00:00Z');
    await account.clock.advance(day);
    expect(account.received).toHaveLength(attempts);
  });

  test('a disabled one keeps its address: it is deleted before it can be made anew', async () => {
    const account = exampleAccount();
    const { body } = await account.subscribe();
    account.sandbox.disableSubscriptions();
    expect((await account.subscribe()).status).toBe(409);
    await account.remove(path(body.resource.uri));
    expect((await account.subscribe()).status).toBe(201);
  });

  test('what was missed is not sent again', async () => {
    const account = exampleAccount();
    account.sandbox.bookAsStranger('intro-call', '2026-11-25T10:30:00Z');
    await account.subscribe();
    await account.clock.advance(day);
    expect(account.received).toEqual([]);
  });

  test('what is under way ends with its subscription', async () => {
    const account = await failing(() => 503);
    account.sandbox.deleteSubscriptions();
    await account.clock.advance(day);
    expect(account.received).toHaveLength(1);
    expect(account.sandbox.state.deliveries[0]?.status).toBe('abandoned');
  });
});

import { describe, expect, test } from 'vitest';
import { exampleAccount, ids, path } from './account.example.ts';
import { signDelivery } from './announcement.ts';

const url = (route: string): string => `http://calendly.test${route}`;
/** What a promise was rejected with, as a value. */
const failure = (error: unknown): unknown => error;
const auth = { Authorization: 'Bearer sandbox-calendly-token' };

describe('Calendly is down', () => {
  test('with a page instead of JSON', async () => {
    const account = exampleAccount();
    account.sandbox.trouble.down = 'html-502';
    const answer = await account.get('/users/me');
    expect([answer.status, answer.headers.get('Content-Type')]).toEqual([502, 'text/html']);
  });

  test('with JSON', async () => {
    const account = exampleAccount();
    account.sandbox.trouble.down = 'json-503';
    expect((await account.get('/users/me')).status).toBe(503);
  });

  test('with a connection that ends', async () => {
    const account = exampleAccount();
    account.sandbox.trouble.down = 'reset';
    await expect(account.get('/users/me')).rejects.toThrow(TypeError);
  });

  test('with silence, until the client leaves', async () => {
    const { sandbox } = exampleAccount();
    sandbox.trouble.down = 'hang';
    const leaving = new AbortController();
    const answer = sandbox.fetch(url('/users/me'), { headers: auth, signal: leaving.signal });
    leaving.abort(new Error('deadline'));
    await expect(answer).rejects.toThrow('deadline');
  });

  test('with silence that nobody ends but time', async () => {
    const { sandbox, clock } = exampleAccount();
    sandbox.trouble.down = 'hang';
    const answer = sandbox.fetch(url('/users/me'), { headers: auth }).catch(failure);
    await clock.advance(10 * 60_000);
    expect(await answer).toBeInstanceOf(TypeError);
  });
});

describe('a reply is lost', () => {
  test.each([
    ['after the booking was made', true, 1],
    ['before anything was done', false, 0],
  ])('%s', async (_, executed, made) => {
    const account = exampleAccount({ seed: { lived: false } });
    account.sandbox.trouble.dropReplyAfter = [{ route: 'POST /invitees', how: 'reset', executed }];
    await expect(account.post('/invitees', account.wish())).rejects.toThrow(TypeError);
    expect(account.sandbox.state.invitees).toHaveLength(made);
    expect(account.sandbox.calls({ path: /^\/invitees$/ })).toMatchObject([
      { status: executed ? 201 : null, replied: false },
    ]);
  });

  test('on the route it was meant for, as often as it was meant', async () => {
    const account = exampleAccount();
    account.sandbox.trouble.dropReplyAfter = [
      { route: 'POST /scheduled_events/*/cancellation', how: 'reset', times: 2 },
    ];
    const { body } = await account.post('/invitees', account.wish());
    const cancel = `${path(body.resource.event)}/cancellation`;
    await expect(account.post(cancel)).rejects.toThrow(TypeError);
    await expect(account.post(cancel)).rejects.toThrow(TypeError);
    expect((await account.post(cancel)).body.message).toBe('Event is already canceled');
    expect(account.sandbox.trouble.dropReplyAfter).toEqual([]);
  });

  test('a client that leaves early proves nothing: what was sent is carried out', async () => {
    const account = exampleAccount({ seed: { lived: false } });
    account.sandbox.trouble.latencyMs = 10_000;
    const leaving = new AbortController();
    const answer = account.sandbox
      .fetch(url('/invitees'), {
        method: 'POST',
        headers: auth,
        body: JSON.stringify(account.wish({ start_time: '2026-11-24T09:00:00Z' })),
        signal: leaving.signal,
      })
      .catch(failure);
    await account.clock.advance(3_000);
    leaving.abort('deadline');
    expect(await answer).toBe('deadline');
    expect(account.sandbox.state.invitees).toHaveLength(0);
    await account.clock.advance(2_000);
    expect(account.sandbox.state.invitees).toHaveLength(1);
  });
});

describe('an answer is not what it should be', () => {
  test('the next n requests of a route fail as told', async () => {
    const account = exampleAccount();
    account.sandbox.trouble.failNext = [
      { route: 'GET /users/me', status: 500, times: 2 },
      { route: 'GET *', status: 429, body: '' },
    ];
    const statuses: number[] = [];
    for (let call = 0; call < 4; call++) statuses.push((await account.get('/users/me')).status);
    expect(statuses).toEqual([500, 500, 429, 200]);
  });

  test('JSON breaks off', async () => {
    const { sandbox } = exampleAccount();
    sandbox.trouble.malformedJson = [{ route: 'GET /users/me' }];
    const answer = await sandbox.fetch(url('/users/me'), { headers: auth });
    expect(answer.status).toBe(200);
    await expect(answer.json()).rejects.toThrow(SyntaxError);
  });

  test('JSON has another shape', async () => {
    const account = exampleAccount();
    account.sandbox.trouble.wrongSchema = [{ route: 'GET *', times: 2 }];
    const user = await account.get('/users/me');
    expect(Array.isArray(user.body.resource)).toBe(true);
    const list = await account.get('/event_types', { user: ids.owner });
    expect(Array.isArray(list.body.collection)).toBe(false);
  });

  test('a body trickles in', async () => {
    const { sandbox, clock } = exampleAccount();
    sandbox.trouble.slowBodyMs = 5_000;
    const answer = await sandbox.fetch(url('/users/me'), { headers: auth });
    let text = '';
    const reading = answer.text().then((whole) => (text = whole));
    await clock.advance(4_000);
    expect(text).toBe('');
    await clock.advance(1_000);
    await reading;
    expect(JSON.parse(text)).toHaveProperty('resource');
  });

  test('a slow body ends with the client’s patience', async () => {
    const { sandbox, clock } = exampleAccount();
    sandbox.trouble.slowBodyMs = 5_000;
    const leaving = new AbortController();
    const answer = await sandbox.fetch(url('/users/me'), {
      headers: auth,
      signal: leaving.signal,
    });
    const reading = answer.text().catch(failure);
    await clock.advance(2_000);
    leaving.abort('deadline');
    expect(await reading).toBe('deadline');
  });
});

describe('an account changes', () => {
  test('a scope is taken from every token', async () => {
    const account = exampleAccount();
    account.sandbox.trouble.missingScopes = ['scheduled_events:write'];
    const answer = await account.post('/invitees', account.wish());
    expect(answer.body.required_scopes).toEqual(['scheduled_events:write']);
  });

  test('the token expires', async () => {
    const account = exampleAccount();
    account.sandbox.trouble.tokenExpired = true;
    expect((await account.get('/users/me')).status).toBe(401);
  });

  test('the plan goes down', async () => {
    const account = exampleAccount();
    account.sandbox.trouble.plan = 'free';
    account.sandbox.trouble.freeQuotaPerDay = 1;
    expect((await account.post('/invitees', account.wish())).status).toBe(201);
    expect((await account.post('/invitees', account.wish())).status).toBe(429);
  });

  test('the quota is gone', async () => {
    const account = exampleAccount();
    account.sandbox.trouble.quotaUsedUp = true;
    expect((await account.post('/invitees', account.wish())).status).toBe(429);
  });

  test('no time is free, though a link to one still books', async () => {
    const account = exampleAccount();
    account.sandbox.trouble.noFreeTimes = true;
    const { body } = await account.get('/event_type_available_times', {
      event_type: ids.intro,
      start_time: '2026-11-24T00:00:00Z',
      end_time: '2026-11-25T00:00:00Z',
    });
    expect(body.collection).toEqual([]);
  });
});

describe('webhooks', () => {
  const subscribed = async (): Promise<ReturnType<typeof exampleAccount>> => {
    const account = exampleAccount();
    await account.subscribe();
    return account;
  };
  const starts = ['2026-11-24T09:00:00Z', '2026-11-24T10:00:00Z', '2026-11-24T11:00:00Z'];

  test('are lost: the next ones, or all', async () => {
    const account = await subscribed();
    account.sandbox.trouble.webhooksLost = 1;
    for (const start of starts) account.sandbox.bookAsStranger('intro-call', start);
    await account.sandbox.settleWebhooks();
    expect(account.sandbox.state.deliveries.map(({ status }) => status)).toEqual([
      'lost',
      'delivered',
      'delivered',
    ]);
    account.sandbox.trouble.webhooksLost = true;
    account.sandbox.cancelAsHost(account.sandbox.state.events.at(-1)?.uri ?? '');
    await account.clock.advance(24 * 60 * 60_000);
    expect(account.received).toHaveLength(2);
  });

  test('come more than once, word for word', async () => {
    const account = await subscribed();
    account.sandbox.trouble.webhookCopies = 3;
    account.sandbox.bookAsStranger('intro-call', starts[0] ?? '');
    await account.sandbox.settleWebhooks();
    expect(new Set(account.received.map(({ text }) => text)).size).toBe(1);
    expect(account.received).toHaveLength(3);
  });

  test('come late, and tell what was true when they were written', async () => {
    const account = await subscribed();
    account.sandbox.trouble.webhookDelayMs = 60_000;
    const invitee = account.sandbox.bookAsStranger('intro-call', starts[0] ?? '');
    account.sandbox.cancelAsInvitee(invitee.uri);
    await account.clock.advance(59_999);
    expect(account.received).toHaveLength(0);
    await account.clock.advance(1);
    expect(account.received.map(({ body }) => body.payload['status'])).toEqual([
      'active',
      'canceled',
    ]);
  });

  test('overtake each other', async () => {
    const account = await subscribed();
    account.sandbox.trouble.webhookShuffleMs = 60_000;
    for (const start of account.sandbox.freeTimes('intro-call').slice(0, 8))
      account.sandbox.bookAsStranger('intro-call', start);
    await account.clock.advance(60_000);
    const order = account.received.map(({ body }) => body.payload.uri);
    const written = account.sandbox.state.deliveries.map(({ subject }) => subject);
    expect(order).not.toEqual(written);
    expect(order.toSorted()).toEqual(written.toSorted());
  });

  test('arrive before the answer to what caused them', async () => {
    const account = await subscribed();
    account.sandbox.trouble.webhookBeforeReply = true;
    await account.post('/invitees', account.wish());
    expect(account.received).toHaveLength(1);
  });

  test.each([
    [
      'forged',
      { webhookSignature: 'wrong' } as const,
      (right: string, sent: string | null) => sent !== null && sent !== right,
    ],
    [
      'without a signature',
      { webhookSignature: 'missing' } as const,
      (_: string, sent: string | null) => sent === null,
    ],
    [
      'with a stale timestamp',
      { webhookTimestampAgeMs: 600_000 },
      (_: string, sent: string | null) =>
        Number(/t=(\d+)/.exec(sent ?? '')?.[1]) === Date.parse('2026-11-23T07:50:00Z') / 1000,
    ],
  ])('come %s', async (_, trouble, judge) => {
    const account = await subscribed();
    Object.assign(account.sandbox.trouble, trouble);
    account.sandbox.bookAsStranger('intro-call', starts[0] ?? '');
    await account.sandbox.settleWebhooks();
    const [delivery] = account.received;
    const right = signDelivery('a signing key', account.clock.now() / 1000, delivery?.text ?? '');
    expect(judge(right, delivery?.headers.get('Calendly-Webhook-Signature') ?? null)).toBe(true);
  });

  test.each([
    [true, 2],
    [false, 1],
  ])('retries signed anew: %s', async (anew, distinct) => {
    const account = await subscribed();
    account.sandbox.trouble.webhookRetriesSignedAnew = anew;
    account.receiver.answer = (nth) => (nth === 1 ? 500 : 204);
    account.sandbox.bookAsStranger('intro-call', starts[0] ?? '');
    await account.clock.advance(60_000);
    const signatures = account.received.map(({ headers }) =>
      headers.get('Calendly-Webhook-Signature'),
    );
    expect(signatures).toHaveLength(2);
    expect(new Set(signatures).size).toBe(distinct);
  });
});

describe('control over HTTP', () => {
  const patch = (
    account: ReturnType<typeof exampleAccount>,
    body: unknown,
    site?: string,
  ): Promise<Response> =>
    account.sandbox.fetch(url('/_sandbox/trouble'), {
      method: 'PATCH',
      headers: { 'Content-Type': 'application/json', ...(site && { 'Sec-Fetch-Site': site }) },
      body: JSON.stringify(body),
    });

  test('trouble is set, read, and refused when misspelt', async () => {
    const account = exampleAccount();
    expect((await patch(account, { latencyMs: 5, down: 'json-503' })).status).toBe(200);
    expect(account.sandbox.trouble).toMatchObject({ latencyMs: 5, down: 'json-503' });
    expect((await patch(account, { latency: 5 })).status).toBe(400);
    expect((await patch(account, { down: 'maybe' })).status).toBe(400);
  });

  test('another site’s page cannot set it', async () => {
    const account = exampleAccount();
    expect((await patch(account, { latencyMs: 5 }, 'cross-site')).status).toBe(403);
    expect((await patch(account, { latencyMs: 5 }, 'same-origin')).status).toBe(200);
  });

  test('actions act', async () => {
    const account = exampleAccount();
    const act = async (
      action: string,
      body: unknown,
    ): Promise<{ status: number; body: { uri: string } }> => {
      const answer = await account.sandbox.fetch(url(`/_sandbox/actions/${action}`), {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      });
      return { status: answer.status, body: (await answer.json()) as { uri: string } };
    };
    const start_time = '2026-11-24T09:00:00Z';
    const booked = await act('book-as-stranger', { event_type: 'intro-call', start_time });
    expect((await act('book-as-stranger', { event_type: 'intro-call', start_time })).status).toBe(
      400,
    );
    const moved = await act('reschedule-as-invitee', {
      invitee: booked.body.uri,
      start_time: '2026-11-24T10:00:00Z',
    });
    expect((await act('cancel-as-invitee', { invitee: moved.body.uri })).status).toBe(200);
    expect(account.sandbox.state.invitees.at(-1)?.status).toBe('canceled');
    expect((await act('reset', {})).status).toBe(200);
    expect(account.sandbox.state.invitees).toHaveLength(14);
  });

  test('calls are remembered with what was sent and answered', async () => {
    const account = exampleAccount();
    await account.post('/invitees', { event_type: ids.intro });
    expect(account.sandbox.calls({ method: 'POST', path: /invitees/ })).toEqual([
      {
        method: 'POST',
        path: '/invitees',
        query: {},
        body: { event_type: ids.intro },
        status: 400,
        error: 'is missing',
        replied: true,
        at: '2026-11-23T08:00:00.000Z',
      },
    ]);
  });

  test('a reset brings back the seed, with no trouble and nothing under way', async () => {
    const account = exampleAccount();
    const { state } = account.sandbox;
    await account.subscribe();
    account.receiver.answer = () => 500;
    account.sandbox.bookAsStranger('intro-call', '2026-11-24T09:00:00Z');
    account.sandbox.trouble.down = 'hang';
    await account.sandbox.settleWebhooks();
    account.sandbox.reset();
    await account.clock.advance(60 * 60_000);
    expect(account.received).toHaveLength(1);
    expect(account.sandbox.state).toBe(state);
    expect(state.subscriptions).toEqual([]);
    expect((await account.get('/users/me')).status).toBe(200);
  });
});

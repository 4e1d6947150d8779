import { describe, expect, test } from 'vitest';
import { type Answer, exampleAccount, ids, path, requiredAnswer } from './account.example.ts';

const generic = 'The supplied parameters are invalid.';
const filled = {
  title: 'Invalid Argument',
  message: generic,
  details: [
    {
      parameter: 'event.start_time',
      message: 'That start time has been filled',
      code: 'already_filled',
    },
  ],
};
const ada = { name: 'Ada L', email: 'ada@example.org', timezone: 'Europe/Berlin' };
const taken = '2026-11-24T09:00:00Z';

const parameters = ({ body }: Answer): string[] => (body.details ?? []).map((it) => it.parameter);

describe('POST /invitees, done', () => {
  test('answers 201 with the invitee, without place, link or time', async () => {
    const account = exampleAccount();
    const { status, body } = await account.post('/invitees', account.wish());
    expect(status).toBe(201);
    expect(body.resource).toMatchObject({
      email: 'ada@example.org',
      name: 'Ada L',
      first_name: null,
      last_name: null,
      status: 'active',
      rescheduled: false,
      old_invitee: null,
      new_invitee: null,
      payment: null,
      no_show: null,
      scheduling_method: 'api',
      questions_and_answers: [requiredAnswer],
    });
    expect(body.resource.uri).toMatch(
      /^https:\/\/api\.calendly\.com\/scheduled_events\/[\w-]+\/invitees\/[\w-]+$/,
    );
    for (const absent of ['location', 'start_time', 'end_time', 'join_url', 'cancellation'])
      expect(body.resource).not.toHaveProperty(absent);
    expect(body.resource.cancel_url).toMatch(/^https:\/\/calendly\.com\/cancellations\//);
    expect(body.resource.reschedule_url).toMatch(/^https:\/\/calendly\.com\/reschedulings\//);
  });

  test('all six tracking keys come back, null when not sent', async () => {
    const account = exampleAccount();
    const { body } = await account.post('/invitees', account.wish());
    expect(body.resource.tracking).toEqual({
      utm_campaign: null,
      utm_source: null,
      utm_medium: null,
      utm_content: null,
      utm_term: null,
      salesforce_uuid: null,
    });
  });

  test('a name in two parts is kept in two parts', async () => {
    const account = exampleAccount();
    const invitee = { ...ada, name: undefined, first_name: 'Ada', last_name: 'Lovelace' };
    const { body } = await account.post('/invitees', account.wish({ invitee }));
    expect(body.resource).toMatchObject({
      name: 'Ada Lovelace',
      first_name: 'Ada',
      last_name: 'Lovelace',
    });
  });

  test.each([
    '2026-11-24T09:00:00.000Z',
    '2026-11-24T09:00:00.000000Z',
    '2026-11-24T10:00:00+01:00',
  ])('a start written %s is understood', async (start_time) => {
    const account = exampleAccount();
    expect((await account.post('/invitees', account.wish({ start_time }))).status).toBe(201);
  });

  test('keys it does not know are ignored without a word, misplaced ones too', async () => {
    const account = exampleAccount();
    const answer = await account.post(
      '/invitees',
      account.wish({
        booking_source: 'us',
        duration: 60,
        invitee: { ...ada, location: 'nowhere' },
      }),
    );
    expect(answer.status).toBe(201);
    const event = await account.get(path(answer.body.resource.event));
    expect(
      Date.parse(event.body.resource.end_time) - Date.parse(event.body.resource.start_time),
    ).toBe(30 * 60_000);
  });

  test('a repeated request on a group type books twice: there is no idempotency', async () => {
    const account = exampleAccount();
    const wish = account.wish({
      event_type: ids.workshop,
      start_time: account.sandbox.freeTimes('pricing-workshop')[0],
      location: { kind: 'zoom_conference' },
      questions_and_answers: [],
    });
    const first = await account.post('/invitees', wish);
    const second = await account.post('/invitees', wish);
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body.resource.event).toBe(first.body.resource.event);
    expect(second.body.resource.uri).not.toBe(first.body.resource.uri);
  });

  test('a repeated request on a solo type is told the time is filled, by itself', async () => {
    const account = exampleAccount();
    const wish = account.wish();
    await account.post('/invitees', wish);
    const again = await account.post('/invitees', wish);
    expect(again.status).toBe(400);
    expect(again.body).toEqual(filled);
  });

  test('the last seat of a group is sold once', async () => {
    const account = exampleAccount();
    const { sandbox } = account;
    const start = sandbox.freeTimes('pricing-workshop')[0] ?? '';
    for (let seat = 0; seat < 5; seat++) sandbox.bookAsStranger('pricing-workshop', start);
    const wish = account.wish({
      event_type: ids.workshop,
      start_time: start,
      location: { kind: 'zoom_conference' },
      questions_and_answers: [],
    });
    expect((await account.post('/invitees', wish)).status).toBe(201);
    expect((await account.post('/invitees', wish)).body).toEqual(filled);
  });
});

describe('POST /invitees, shape', () => {
  test('everything that is missing is named at once', async () => {
    const { status, body } = await exampleAccount().post('/invitees', {});
    expect(status).toBe(400);
    expect(body).toEqual({
      title: 'Invalid Argument',
      message: generic,
      details: ['event_type', 'start_time', 'invitee'].map((parameter) => ({
        parameter,
        message: 'is missing',
      })),
    });
  });

  test.each([
    ['event_type', { event_type: undefined }],
    ['start_time', { start_time: undefined }],
    ['start_time', { start_time: 'tomorrow' }],
    ['start_time', { start_time: '2026-11-24T09:00:00' }],
    ['invitee', { invitee: 'Ada' }],
    ['invitee.email', { invitee: { ...ada, email: undefined } }],
    ['invitee.email', { invitee: { ...ada, email: 'ada at example' } }],
    ['invitee.timezone', { invitee: { ...ada, timezone: undefined } }],
    ['invitee.timezone', { invitee: { ...ada, timezone: 'Europe/Atlantis' } }],
    ['invitee.timezone', { invitee: { ...ada, timezone: '+01:00' } }],
    ['invitee.name', { invitee: { ...ada, name: undefined } }],
    ['invitee.name', { invitee: { ...ada, name: '  ' } }],
    ['invitee.text_reminder_number', { invitee: { ...ada, text_reminder_number: 'none' } }],
    ['location', { location: 'Zoom' }],
    ['location.kind', { location: {} }],
    ['questions_and_answers', { questions_and_answers: 'none' }],
    [
      'questions_and_answers[0].question',
      { questions_and_answers: [{ answer: 'x', position: 0 }] },
    ],
    [
      'questions_and_answers[0].answer',
      { questions_and_answers: [{ ...requiredAnswer, answer: undefined }] },
    ],
    [
      'questions_and_answers[0].answer',
      { questions_and_answers: [{ ...requiredAnswer, answer: ['a', 'b'] }] },
    ],
    ['event_guests[0]', { event_guests: ['nobody'] }],
    ['event_guests', { event_guests: Array.from({ length: 11 }, (_, n) => `g${n}@example.org`) }],
    ['tracking.utm_term', { tracking: { utm_source: 1, utm_content: null } }],
  ])('%s is named in %j', async (parameter, changes) => {
    const account = exampleAccount();
    const answer = await account.post('/invitees', account.wish(changes));
    expect(answer.status).toBe(400);
    expect(answer.body.message).toBe(generic);
    expect(parameters(answer)).toContain(parameter);
    expect(account.sandbox.state.invitees).toHaveLength(14);
  });

  test('two of the six tracking keys: the other four are missing', async () => {
    const account = exampleAccount();
    const answer = await account.post(
      '/invitees',
      account.wish({ tracking: { utm_source: 'site', utm_content: 'b1' } }),
    );
    expect(answer.body.details).toEqual(
      ['utm_campaign', 'utm_medium', 'utm_term', 'salesforce_uuid'].map((key) => ({
        parameter: `tracking.${key}`,
        message: 'is missing',
      })),
    );
  });

  test('a position that is missing is refused without naming it', async () => {
    const account = exampleAccount();
    const { position: _, ...unplaced } = requiredAnswer;
    const answer = await account.post(
      '/invitees',
      account.wish({ questions_and_answers: [unplaced] }),
    );
    expect(answer.status).toBe(400);
    expect(answer.body).toEqual({ title: 'Invalid Argument', message: generic });
  });

  test.each(['not json', '[]', '"text"'])('a body that is %s is 400', async (body) => {
    expect((await exampleAccount().post('/invitees', body)).status).toBe(400);
  });

  test('ten guests are taken', async () => {
    const account = exampleAccount();
    const event_guests = Array.from({ length: 10 }, (_, n) => `g${n}@example.org`);
    const { body } = await account.post('/invitees', account.wish({ event_guests }));
    const event = await account.get(path(body.resource.event));
    expect(event.body.resource.event_guests).toHaveLength(10);
  });
});

describe('POST /invitees, event type', () => {
  test('unknown is 404, another organization’s 403', async () => {
    const account = exampleAccount();
    const unknown = await account.post(
      '/invitees',
      account.wish({ event_type: 'https://api.calendly.com/event_types/none' }),
    );
    expect(unknown.status).toBe(404);
    const foreign = await account.post('/invitees', account.wish({ event_type: ids.rivals }));
    expect([foreign.status, foreign.body.title]).toEqual([403, 'Permission Denied']);
  });

  test.each([
    ['paid', ids.paid, 'paidTypesBookable'],
    ['poll', ids.poll, 'pollTypesBookable'],
  ] as const)(
    'a %s type is refused, unless Calendly turns out to take it',
    async (_, type, knob) => {
      const account = exampleAccount();
      const wish = account.wish({
        event_type: type,
        start_time: account.sandbox.freeTimes(type)[0],
        questions_and_answers: [],
      });
      expect((await account.post('/invitees', wish)).status).toBe(400);
      account.sandbox.trouble[knob] = true;
      expect((await account.post('/invitees', wish)).status).toBe(201);
    },
  );

  test('an inactive type has nothing to book', async () => {
    const account = exampleAccount();
    const wish = account.wish({ event_type: ids.inactive, questions_and_answers: [] });
    expect((await account.post('/invitees', wish)).body).toEqual(filled);
  });
});

describe('POST /invitees, place', () => {
  const refusal = (field: 'kind' | 'location'): object => ({
    title: 'Invalid Argument',
    message: 'Specified location kind is not configured for this event type.',
    details: [
      {
        parameter: `event.location_configuration.${field}`,
        message: 'invalid location choice',
        code: 'invalid_location_choice',
      },
    ],
  });
  const visit = {
    event_type: ids.visit,
    questions_and_answers: [{ question: 'How many will you be?', answer: 'Just me', position: 1 }],
  };
  const address = 'Lausitzer Straße 12, 10999 Berlin';

  test.each([
    ['no place where one is wanted', {}, { location: undefined }, 'kind'],
    ['a kind that is not offered', {}, { location: { kind: 'zoom_conference' } }, 'kind'],
    [
      'a place nested where it is not read',
      {},
      { location: undefined, event: { location: { kind: 'google_conference' } } },
      'kind',
    ],
    ['a kind nobody knows', {}, { location: { kind: 'on_the_moon' } }, 'kind'],
    [
      'an address that is not the configured one',
      visit,
      { location: { kind: 'physical', location: 'Lausitzer Str. 12' } },
      'location',
    ],
    ['a physical place without its address', visit, { location: { kind: 'physical' } }, 'location'],
    ['a call without a number', visit, { location: { kind: 'outbound_call' } }, 'location'],
    [
      'a call to no number',
      visit,
      { location: { kind: 'outbound_call', location: 'call me' } },
      'location',
    ],
    [
      'the invitee’s place left empty',
      visit,
      { location: { kind: 'ask_invitee', location: ' ' } },
      'location',
    ],
    [
      'a round robin with a place',
      { event_type: ids.roundRobin, questions_and_answers: [] },
      { location: { kind: 'google_conference' } },
      'kind',
    ],
    [
      'a type without places with one',
      { event_type: ids.bare, questions_and_answers: [] },
      { location: { kind: 'google_conference' } },
      'kind',
    ],
    [
      'a custom place in other words',
      { event_type: ids.custom, questions_and_answers: [] },
      { location: { kind: 'custom', location: 'The park' } },
      'location',
    ],
  ] as const)('%s is refused', async (_, type, change, field) => {
    const account = exampleAccount();
    const answer = await account.post('/invitees', account.wish({ ...type, ...change }));
    expect(answer.status).toBe(400);
    expect(answer.body).toEqual(refusal(field));
  });

  test.each([
    [
      'physical',
      'on-site-visit',
      visit,
      { kind: 'physical', location: address },
      { type: 'physical', location: address, additional_info: 'Second courtyard, third floor' },
    ],
    [
      'a call to the invitee',
      'on-site-visit',
      visit,
      { kind: 'outbound_call', location: '+4930123456' },
      { type: 'outbound_call', location: '+4930123456' },
    ],
    [
      'the invitee’s own',
      'on-site-visit',
      visit,
      { kind: 'ask_invitee', location: 'My office' },
      { type: 'ask_invitee', location: 'My office' },
    ],
    [
      'Zoom, called otherwise in events',
      'on-site-visit',
      visit,
      { kind: 'zoom_conference' },
      { type: 'zoom', status: 'initiated', join_url: null, data: null },
    ],
    [
      'a call to the host',
      'old-friends',
      { event_type: ids.inbound, questions_and_answers: [] },
      { kind: 'inbound_call' },
      { type: 'inbound_call', location: '+49 30 901820' },
    ],
    [
      'custom, word for word',
      'walk-and-talk',
      { event_type: ids.custom, questions_and_answers: [] },
      { kind: 'custom', location: 'Once around the Tempelhofer Feld' },
      { type: 'custom', location: 'Once around the Tempelhofer Feld' },
    ],
    [
      'none for a round robin',
      'studio-hours',
      { event_type: ids.roundRobin, questions_and_answers: [] },
      undefined,
      { type: 'google_conference', status: 'initiated', join_url: null },
    ],
    [
      'none where there is none',
      'quick-question',
      { event_type: ids.bare, questions_and_answers: [] },
      undefined,
      null,
    ],
  ] as const)('%s is taken and shown with a type', async (_, slug, type, location, shown) => {
    const account = exampleAccount();
    const start_time = account.sandbox.freeTimes(slug)[0];
    const answer = await account.post('/invitees', account.wish({ ...type, start_time, location }));
    expect(answer.status).toBe(201);
    const event = await account.get(path(answer.body.resource.event));
    expect(event.body.resource.location).toEqual(shown);
  });

  test('is looked at before the time: a wrong one hides that the slot is gone', async () => {
    const account = exampleAccount();
    account.sandbox.bookAsStranger('intro-call', taken);
    const wish = account.wish({ start_time: taken, location: { kind: 'zoom_conference' } });
    expect((await account.post('/invitees', wish)).body).toEqual(refusal('kind'));
  });

  test('a conference link comes late, by way of two other states', async () => {
    const account = exampleAccount();
    const { body } = await account.post('/invitees', account.wish());
    const location = async (): Promise<{ status: string; join_url: string | null }> =>
      (await account.get(path(body.resource.event))).body.resource.location;
    expect(await location()).toMatchObject({ status: 'initiated', join_url: null });
    await account.clock.advance(10_000);
    expect(await location()).toMatchObject({ status: 'processing', join_url: null });
    await account.clock.advance(10_000);
    expect(await location()).toMatchObject({
      status: 'pushed',
      join_url: expect.stringMatching(/^https:/),
    });
  });

  test('a conference link may never come', async () => {
    const account = exampleAccount();
    account.sandbox.trouble.conferenceFails = true;
    const { body } = await account.post('/invitees', account.wish());
    await account.clock.advance(60_000);
    const event = await account.get(path(body.resource.event));
    expect(event.body.resource.location).toMatchObject({ status: 'failed', join_url: null });
  });
});

describe('POST /invitees, questions', () => {
  const answered = (
    question: string,
    answer: string,
    position: number,
  ): Record<string, unknown> => ({
    questions_and_answers: [requiredAnswer, { question, answer, position }],
  });

  test.each([
    ['a required one unanswered', { questions_and_answers: [] }],
    ['a required one left empty', { questions_and_answers: [{ ...requiredAnswer, answer: '' }] }],
    ['another case', answered('company', 'Acme', 1)],
    ['a blank too many', answered('Company ', 'Acme', 1)],
    ['one that the host switched off', answered('Fax number', '12345678', 2)],
    ['a choice that is not offered', answered('Which of these matter to you?', 'Cats', 5)],
  ])('%s is refused', async (_, changes) => {
    const account = exampleAccount();
    const answer = await account.post('/invitees', account.wish(changes));
    expect(answer.status).toBe(400);
    expect(parameters(answer)[0]).toMatch(/^questions_and_answers/);
  });

  test.each([
    ['one of several', answered('How did you hear about me?', 'A talk', 4)],
    ['something else, where that is offered', answered('How did you hear about me?', 'A dream', 4)],
    ['several, a line each', answered('Which of these matter to you?', 'Pricing\nHiring', 5)],
    ['a phone number', answered('Phone, in case the call drops', '+49 30 123456', 3)],
  ])('%s is taken', async (_, changes) => {
    const account = exampleAccount();
    expect((await account.post('/invitees', account.wish(changes))).status).toBe(201);
  });

  test('a host may reword them at any time, and old words are refused from then on', async () => {
    const account = exampleAccount();
    const [first, ...others] = account.sandbox.state.eventTypes[0]?.custom_questions ?? [];
    if (!first) throw new Error('no question');
    account.sandbox.editEventType('intro-call', {
      custom_questions: [{ ...first, name: 'What is on your mind?' }, ...others],
    });
    const answer = await account.post('/invitees', account.wish());
    expect(parameters(answer)).toContain('questions_and_answers[0].question');
  });
});

describe('POST /invitees, time', () => {
  test('a slot that someone took is already filled', async () => {
    const account = exampleAccount();
    account.sandbox.bookAsStranger('intro-call', taken);
    const answer = await account.post('/invitees', account.wish({ start_time: taken }));
    expect(answer.status).toBe(400);
    expect(answer.body).toEqual(filled);
  });

  test.each([
    ['outside the hours', '2026-11-24T20:00:00Z'],
    ['between two starts', '2026-11-24T09:10:00Z'],
    ['on a closed day', '2026-11-29T10:00:00Z'],
    ['beyond what is offered', '2027-06-01T09:00:00Z'],
    ['at too short notice', '2026-11-23T09:00:00Z'],
  ])('a time %s is filled too', async (_, start_time) => {
    const account = exampleAccount();
    expect((await account.post('/invitees', account.wish({ start_time }))).body).toEqual(filled);
  });

  test('a time in the past is refused by its name', async () => {
    const account = exampleAccount();
    const answer = await account.post(
      '/invitees',
      account.wish({ start_time: '2026-11-20T09:00:00Z' }),
    );
    expect(answer.status).toBe(400);
    expect(parameters(answer)).toEqual(['event.start_time']);
  });

  test('a stranger may be quicker, once told to be', async () => {
    const account = exampleAccount();
    account.sandbox.trouble.slotTakenNext = 1;
    expect((await account.post('/invitees', account.wish())).body).toEqual(filled);
    expect((await account.post('/invitees', account.wish())).status).toBe(201);
  });
});

describe('POST /invitees, language', () => {
  test.each([
    ['fr', 'Cette heure de début est déjà prise'],
    ['de', 'Diese Startzeit ist bereits vergeben'],
  ] as const)('an account in %s gets its details in it, codes stay', async (locale, message) => {
    const account = exampleAccount({ seed: { owner: { locale } } });
    account.sandbox.bookAsStranger('intro-call', taken);
    const { body } = await account.post('/invitees', account.wish({ start_time: taken }));
    expect(body.message).toBe(generic);
    expect(body.details[0]).toEqual({
      parameter: 'event.start_time',
      message,
      code: 'already_filled',
    });
  });
});

describe('POST /invitees, plan and quota', () => {
  const attempt = async (account: ReturnType<typeof exampleAccount>): Promise<Answer> =>
    account.post('/invitees', account.wish({ location: { kind: 'zoom_conference' } }));

  test('an account without it is told to upgrade', async () => {
    const account = exampleAccount();
    account.sandbox.trouble.planRefused = true;
    const answer = await account.post('/invitees', {});
    expect(answer.status).toBe(403);
    expect(answer.body).toEqual({
      title: 'Permission Denied',
      message: 'Please upgrade to a paid Calendly account.',
    });
  });

  test('ten a minute, whatever becomes of them; the eleventh is 429', async () => {
    const account = exampleAccount();
    for (let n = 0; n < 10; n++) expect((await attempt(account)).status).toBe(400);
    const refused = await account.post('/invitees', account.wish());
    expect(refused.status).toBe(429);
    expect(refused.headers.get('X-RateLimit-Remaining')).toBe('0');
    expect(refused.headers.get('X-RateLimit-Reset')).toBe('60');
    await account.clock.advance(60_000);
    expect((await account.post('/invitees', account.wish())).status).toBe(201);
  });

  test('fifty an hour and a hundred a day', async () => {
    const account = exampleAccount();
    const spend = async (): Promise<number> => {
      for (let n = 0; ; n++) {
        if ((await attempt(account)).status === 429) return n;
        await account.clock.advance(6_001);
      }
    };
    expect(await spend()).toBe(50);
    await account.clock.advance(60 * 60_000);
    expect(await spend()).toBe(50);
    await account.clock.advance(60 * 60_000);
    expect(await spend()).toBe(0);
    await account.clock.advance(24 * 60 * 60_000);
    expect((await attempt(account)).status).toBe(400);
  });

  test.each([
    ['trial', 5],
    ['free', 5],
  ] as const)('a %s account has five a day', async (plan, quota) => {
    const account = exampleAccount({ seed: { plan } });
    for (let n = 0; n < quota; n++) {
      await attempt(account);
      await account.clock.advance(60 * 60_000);
    }
    expect((await attempt(account)).status).toBe(429);
  });

  test('enterprise has five hundred a minute', async () => {
    const account = exampleAccount({ seed: { plan: 'enterprise' } });
    expect((await attempt(account)).headers.get('X-RateLimit-Limit')).toBe('500');
  });

  test('bookings and other calls count apart', async () => {
    const account = exampleAccount();
    for (let n = 0; n < 11; n++) await attempt(account);
    const answer = await account.get('/users/me');
    expect(answer.headers.get('X-RateLimit-Remaining')).toBe('499');
  });
});

import { describe, expect, test } from 'vitest';
import { type ExampleAccount, exampleAccount, ids } from '../account.example.ts';

const url = (route: string): string => new URL(route, 'http://calendly.test').href;
const start = '2026-11-24T09:00:00Z';
const question = 'answer_0';
const ada = {
  name: 'Ada L',
  email: 'Ada@example.org',
  timezone: 'Europe/Berlin',
  [question]: 'Prices',
};

async function open(
  account: ExampleAccount,
  route: string,
): Promise<{ status: number; text: string }> {
  const answer = await account.sandbox.fetch(url(route));
  expect(answer.headers.get('Content-Type')).toMatch(/^text\/html/);
  return { status: answer.status, text: await answer.text() };
}

const submit = (
  account: ExampleAccount,
  route: string,
  fields: Record<string, string>,
): Promise<Response> =>
  account.sandbox.fetch(url(route), { method: 'POST', body: new URLSearchParams(fields) });

const newest = (
  account: ExampleAccount,
): ExampleAccount['sandbox']['state']['invitees'][number] => {
  const invitee = account.sandbox.state.invitees.at(-1);
  if (!invitee) throw new Error('Nobody is booked');
  return invitee;
};

describe('booking on Calendly’s page', () => {
  test('a person’s page offers what is active and not secret', async () => {
    const { status, text } = await open(exampleAccount(), '/ines-almeida');
    expect(status).toBe(200);
    expect(text).toContain('Intro call');
    expect(text).not.toContain('Old friends');
    expect(text).not.toContain('Summer office hours');
  });

  test('an event type’s page leads to every free time, keeping what the link brought', async () => {
    const account = exampleAccount();
    const { text } = await open(account, '/ines-almeida/intro-call?name=Ada');
    const links = text.match(/href="\/ines-almeida\/intro-call\/[^"]+\?name=Ada"/g);
    expect(links).toHaveLength(account.sandbox.freeTimes('intro-call').length);
  });

  test('the link of an available time opens the form at that time', async () => {
    const account = exampleAccount();
    const { body } = await account.get('/event_type_available_times', {
      event_type: ids.intro,
      start_time: '2026-11-24T00:00:00Z',
      end_time: '2026-11-25T00:00:00Z',
    });
    const link = new URL(body.collection[0].scheduling_url);
    const { status, text } = await open(account, link.pathname + link.search);
    expect(status).toBe(200);
    expect(text).toContain('Tuesday, 24 November 2026, 10:00');
  });

  test('the form is filled in from the link, answers in the order of the questions', async () => {
    const query = new URLSearchParams({
      name: 'Ada "L" <b>',
      email: 'ada@example.org',
      a1: 'Prices',
      a2: 'Acme',
      a4: 'A dream',
      guests: 'bob@example.org',
      utm_content: 'booking-1',
    });
    const { text } = await open(exampleAccount(), `/ines-almeida/intro-call/${start}?${query}`);
    expect(text).toContain('value="Ada &quot;L&quot; &lt;b&gt;"');
    expect(text).toMatch(/<textarea[^>]*name="answer_0"[^>]*>\s*Prices/);
    expect(text).toMatch(/name="answer_1"[^>]*value="Acme"/);
    expect(text).toMatch(/name="answer_4_other"[^>]*value="A dream"/);
    expect(text).toContain('value="bob@example.org"');
    expect(text).toMatch(/name="utm_content"[^>]*value="booking-1"/);
    expect(text).not.toContain('Fax number');
  });

  test('a place in the link chooses among the places', async () => {
    const { text } = await open(
      exampleAccount(),
      '/ines-almeida/on-site-visit/2026-11-26T12:30:00Z?location=%2B4930123456',
    );
    expect(text).toMatch(/name="place"\s+value="1"\s+checked/);
    expect(text).toContain('value="+4930123456"');
  });

  test('sending the form books, tells the webhook, and shows the way to change it', async () => {
    const account = exampleAccount();
    await account.subscribe();
    const answer = await submit(account, `/ines-almeida/intro-call/${start}`, {
      ...ada,
      utm_content: 'booking-1',
      answer_4_other: 'A dream',
    });
    expect(answer.status).toBe(303);
    expect(newest(account)).toMatchObject({
      name: 'Ada L',
      email: 'ada@example.org',
      scheduling_method: 'instant_book',
      tracking: { utm_content: 'booking-1', utm_source: null },
      questions_and_answers: [
        { question: 'What would you like to talk about?', answer: 'Prices', position: 0 },
        { question: 'How did you hear about me?', answer: 'A dream', position: 4 },
      ],
    });
    await account.sandbox.settleWebhooks();
    expect(account.received[0]?.body.payload.uri).toBe(newest(account).uri);
    const { text } = await open(account, answer.headers.get('Location') ?? '');
    expect(text).toContain('You are scheduled');
    expect(text).toContain('/reschedulings/');
  });

  test.each([
    ['name', { ...ada, name: '' }],
    ['e-mail', { ...ada, email: 'nobody' }],
    ['time zone', { ...ada, timezone: 'Mars' }],
    ['answer', { ...ada, [question]: ' ' }],
    ['guests', { ...ada, guests: 'bob' }],
  ])('a form without a good %s comes back with what was typed', async (word, fields) => {
    const account = exampleAccount();
    const answer = await submit(account, `/ines-almeida/intro-call/${start}`, fields);
    expect(answer.status).toBe(422);
    const text = await answer.text();
    expect(text).toMatch(new RegExp(`role="alert">[^]*${word}`));
    expect(account.sandbox.state.invitees).toHaveLength(14);
  });

  test('a time that is gone is said to be gone, before the form and after it', async () => {
    const account = exampleAccount();
    account.sandbox.bookAsStranger('intro-call', start);
    expect((await open(account, `/ines-almeida/intro-call/${start}`)).status).toBe(409);
    expect((await submit(account, `/ines-almeida/intro-call/${start}`, ada)).status).toBe(409);
  });

  test('a paid type is paid here', async () => {
    const account = exampleAccount();
    const free = account.sandbox.freeTimes('contract-review')[0] ?? '';
    const page = await open(account, `/ines-almeida/contract-review/${free}`);
    expect(page.text).toContain('Pay 120 EUR');
    await submit(account, `/ines-almeida/contract-review/${free}`, ada);
    expect(newest(account).payment).toMatchObject({
      amount: 120,
      currency: 'EUR',
      successful: true,
    });
  });

  test.each([
    '/ines-almeida/nothing',
    '/ines-almeida/summer-office-hours',
    '/ines-almeida/intro-call/soon',
    '/d/none/x',
    '/cancellations/none',
    '/reschedulings/none',
  ])('%s is not there', async (route) => {
    expect((await open(exampleAccount(), route)).status).toBe(404);
  });
});

describe('a single-use link', () => {
  test('books once, then it is dead', async () => {
    const account = exampleAccount();
    const { body } = await account.post('/scheduling_links', {
      max_event_count: 1,
      owner: ids.intro,
      owner_type: 'EventType',
    });
    const { pathname } = new URL(body.resource.booking_url);
    expect((await open(account, pathname)).status).toBe(200);
    expect((await open(account, `${pathname}/${start}`)).status).toBe(200);
    expect((await submit(account, `${pathname}/${start}`, ada)).status).toBe(303);
    expect((await open(account, pathname)).status).toBe(404);
    expect((await submit(account, `${pathname}/2026-11-24T10:00:00Z`, ada)).status).toBe(404);
  });
});

describe('the links in an invitee', () => {
  const booked = async (): Promise<{
    account: ExampleAccount;
    cancel: string;
    reschedule: string;
  }> => {
    const account = exampleAccount();
    await account.subscribe();
    const { body } = await account.post('/invitees', account.wish({ start_time: start }));
    return {
      account,
      cancel: new URL(body.resource.cancel_url).pathname,
      reschedule: new URL(body.resource.reschedule_url).pathname,
    };
  };

  test('cancel, with a reason, as the invitee', async () => {
    const { account, cancel } = await booked();
    expect((await open(account, cancel)).text).toContain('Cancel event?');
    const answer = await submit(account, cancel, { reason: 'Ill' });
    expect(answer.status).toBe(200);
    expect(newest(account)).toMatchObject({
      status: 'canceled',
      cancellation: { canceler_type: 'invitee', canceled_by: 'Ada L', reason: 'Ill' },
    });
    await account.sandbox.settleWebhooks();
    expect(account.received.at(-1)?.body.event).toBe('invitee.canceled');
    expect((await submit(account, cancel, {})).status).toBe(409);
  });

  test('move to another time, in two deliveries', async () => {
    const { account, reschedule } = await booked();
    const old = newest(account);
    expect((await open(account, reschedule)).text).toContain('2026-11-24T10:00:00Z');
    const answer = await submit(account, reschedule, { start_time: '2026-11-24T10:00:00Z' });
    expect(answer.status).toBe(303);
    expect(newest(account).old_invitee).toBe(old.uri);
    await account.sandbox.settleWebhooks();
    expect(account.received.slice(1).map(({ body }) => body.event)).toEqual([
      'invitee.canceled',
      'invitee.created',
    ]);
    expect((await submit(account, reschedule, { start_time: start })).status).toBe(409);
  });

  test('say when the chosen time is gone, or none was chosen', async () => {
    const { account, reschedule } = await booked();
    account.sandbox.bookAsStranger('intro-call', '2026-11-24T10:00:00Z');
    const gone = await submit(account, reschedule, { start_time: '2026-11-24T10:00:00Z' });
    expect(gone.status).toBe(409);
    expect((await submit(account, reschedule, {})).status).toBe(409);
    expect(newest(account).status).toBe('active');
  });

  test('are of no use once the event has begun', async () => {
    const { account, cancel, reschedule } = await booked();
    await account.clock.advance(2 * 24 * 60 * 60_000);
    expect((await open(account, cancel)).text).toContain('in the past');
    expect((await submit(account, reschedule, { start_time: start })).status).toBe(409);
  });
});

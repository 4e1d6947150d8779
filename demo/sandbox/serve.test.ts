import { createTransport } from 'nodemailer';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type RunningSandbox, startSandbox } from './serve.ts';
import { seededRandom } from './seeded-random.ts';
import { createTravelClock } from './travel-clock.ts';

let sandbox: RunningSandbox;
const clock = createTravelClock();
let cleared = 0;

beforeEach(async () => {
  cleared = 0;
  sandbox = await startSandbox({
    calendlyPort: 0,
    smtpPort: 0,
    clock,
    random: seededRandom(3),
    backend: async () => ({
      bookings: [],
      rows: [
        {
          at: new Date(clock.now()).toISOString(),
          title: 'confirmed',
          detail: 'Ada <L>',
          tone: 'good',
        },
      ],
    }),
    onReset: async () => void (cleared += 1),
  });
});
afterEach(() => sandbox.stop());

const get = (path: string, signal?: AbortSignal): Promise<Response> =>
  fetch(sandbox.calendlyUrl + path, {
    headers: { Authorization: `Bearer ${sandbox.token}` },
    ...(signal && { signal }),
  });

const press = (path: string, fields: Record<string, string> = {}): Promise<Response> =>
  fetch(sandbox.calendlyUrl + path, {
    method: 'POST',
    body: new URLSearchParams(fields),
    redirect: 'manual',
  });

const panel = async (): Promise<string> => (await fetch(sandbox.panelUrl)).text();

describe('over real ports', () => {
  test('the API answers, and its links lead back to where it is', async () => {
    const { resource } = (await (await get('/users/me')).json()) as {
      resource: { uri: string; scheduling_url: string };
    };
    expect(resource.uri).toMatch(/^https:\/\/api\.calendly\.com\//);
    expect(resource.scheduling_url).toBe(`${sandbox.calendlyUrl}/ines-almeida`);
    expect((await fetch(resource.scheduling_url)).status).toBe(200);
  });

  test('a lost connection is a torn socket', async () => {
    sandbox.calendly.trouble.down = 'reset';
    await expect(get('/users/me')).rejects.toThrow(TypeError);
  });

  test('silence ends with the client', async () => {
    sandbox.calendly.trouble.down = 'hang';
    const leaving = new AbortController();
    const answer = get('/users/me', leaving.signal).catch((error: unknown) => error);
    await expect.poll(() => sandbox.calendly.state.calls.length).toBe(1);
    leaving.abort('deadline');
    expect(await answer).toBe('deadline');
  });

  test('webhooks arrive over HTTP', async () => {
    const subscribed = await fetch(`${sandbox.calendlyUrl}/webhook_subscriptions`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${sandbox.token}` },
      body: JSON.stringify({
        url: `${sandbox.calendlyUrl}/nobody-listens-here`,
        events: ['invitee.created'],
        organization: 'https://api.calendly.com/organizations/ALMEIDAORG000001',
        scope: 'organization',
      }),
    });
    expect(subscribed.status).toBe(201);
    sandbox.calendly.bookAsStranger(
      'intro-call',
      sandbox.calendly.freeTimes('intro-call')[0] ?? '',
    );
    await sandbox.calendly.settleWebhooks();
    expect(sandbox.calendly.state.deliveries[0]?.attempts).toMatchObject([{ status: 401 }]);
  });

  test('mail arrives over SMTP and shows in the mailbox', async () => {
    await createTransport(sandbox.smtpUrl).sendMail({
      from: 'a@example.org',
      to: 'b@example.org',
      subject: 'Hello there',
      text: 'Hello',
    });
    expect(await (await fetch(sandbox.mailboxUrl)).text()).toContain('Hello there');
    expect(await panel()).toContain('Mailbox (1)');
  });

  test('the panel may have a port of its own', async () => {
    const other = await startSandbox({ calendlyPort: 0, smtpPort: 0, panelPort: 0 });
    expect(new URL(other.panelUrl).port).not.toBe(new URL(other.calendlyUrl).port);
    expect((await fetch(other.panelUrl)).status).toBe(200);
    await other.stop();
    await expect(fetch(other.panelUrl)).rejects.toThrow(TypeError);
  });

  test('a port that is taken is an error, not a silence', async () => {
    const taken = Number(new URL(sandbox.calendlyUrl).port);
    await expect(startSandbox({ calendlyPort: taken, smtpPort: 0 })).rejects.toThrow('EADDRINUSE');
  });
});

describe('the panel', () => {
  test('opens from the root, loads nothing from elsewhere, names what is ours', async () => {
    const root = await fetch(sandbox.calendlyUrl);
    expect(root.url).toBe(sandbox.panelUrl);
    expect(root.headers.get('Content-Security-Policy')).toContain("default-src 'none'");
    const text = await root.text();
    expect(text).not.toMatch(/(?:src|href)="https?:/);
    expect(text).toContain('Ada &lt;L&gt;');
    expect(text).toContain('accepted bookings lost');
  });

  test.each([
    ['/_sandbox/panel/health/down', {}, 'down', 'html-502'],
    ['/_sandbox/panel/health/slow', {}, 'latencyMs', 5_000],
    ['/_sandbox/panel/webhooks/never', {}, 'webhooksLost', true],
    ['/_sandbox/panel/webhooks/twice', {}, 'webhookCopies', 2],
    ['/_sandbox/panel/switches/slot-taken', { on: 'true' }, 'slotTakenNext', 1],
    ['/_sandbox/panel/switches/quota', { on: 'true' }, 'quotaUsedUp', true],
    ['/_sandbox/panel/switches/french', { on: 'true' }, 'locale', 'fr'],
  ] as const)('%s switches trouble on and shows it', async (path, fields, knob, value) => {
    const before = await panel();
    const answer = await press(path, fields);
    expect([answer.status, answer.headers.get('Location')]).toEqual([303, '/_sandbox/']);
    expect(sandbox.calendly.trouble[knob]).toBe(value);
    const marks = (text: string): string[] => text.match(/aria-(checked|pressed)="true"/g) ?? [];
    expect(await panel()).not.toBe(before);
    expect(marks(await panel()).length).toBeGreaterThan(1);
  });

  test('webhooks are on time again after any other choice', async () => {
    for (const choice of ['late', 'shuffled', 'forged', 'never', 'on-time'])
      await press(`/_sandbox/panel/webhooks/${choice}`);
    expect(sandbox.calendly.trouble).toMatchObject({
      webhookDelayMs: 0,
      webhookShuffleMs: 0,
      webhooksLost: false,
      webhookSignature: 'right',
    });
  });

  test('someone else books, moves, cancels; all of it shows', async () => {
    await press('/_sandbox/panel/take-next', { event_type: 'intro-call' });
    const invitee = sandbox.calendly.state.invitees.at(-1);
    expect(await panel()).toContain('booked on Calendly');
    await press('/_sandbox/panel/move-next', { invitee: invitee?.uri ?? '' });
    const moved = sandbox.calendly.state.invitees.at(-1);
    expect(moved?.old_invitee).toBe(invitee?.uri);
    const canceled = await press('/_sandbox/actions/cancel-as-host', { event: moved?.event ?? '' });
    expect(canceled.status).toBe(303);
    expect(await panel()).toContain('canceled by host');
  });

  test('time moves on', async () => {
    const before = clock.now();
    await press('/_sandbox/panel/travel/1-day');
    expect(clock.now() - before).toBeGreaterThanOrEqual(24 * 60 * 60_000);
  });

  test('a reset clears every side', async () => {
    await press('/_sandbox/panel/take-next', { event_type: 'intro-call' });
    sandbox.mailbox.faults.greylist = 1;
    await press('/_sandbox/panel/reset');
    expect(sandbox.calendly.state.invitees).toHaveLength(14);
    expect(sandbox.mailbox.faults.greylist).toBe(0);
    expect(cleared).toBe(1);
  });

  test('a switch that does not exist is 404, another site’s press 403', async () => {
    expect((await press('/_sandbox/panel/switches/none')).status).toBe(404);
    const foreign = await fetch(`${sandbox.calendlyUrl}/_sandbox/panel/reset`, {
      method: 'POST',
      headers: { 'Sec-Fetch-Site': 'cross-site' },
    });
    expect(foreign.status).toBe(403);
  });
});

describe('the travelling clock', () => {
  test('wakes whoever waits for a time it jumps over, and nobody else', async () => {
    const travelling = createTravelClock();
    const woken: string[] = [];
    const leaving = new AbortController();
    const hour = travelling.wait(60 * 60_000).then(() => woken.push('hour'));
    const year = travelling
      .wait(365 * 24 * 60 * 60_000, leaving.signal)
      .then(() => woken.push('year'))
      .catch(() => woken.push('left'));
    travelling.advance(60 * 60_000);
    await hour;
    expect(woken).toEqual(['hour']);
    leaving.abort();
    await year;
    expect(woken).toEqual(['hour', 'left']);
  });

  test('waits for no one who has left, nor for nothing', async () => {
    const travelling = createTravelClock();
    await travelling.wait(0);
    await expect(travelling.wait(5, AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone');
  });
});

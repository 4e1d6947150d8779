import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { beforeEach, describe, expect, test } from 'vitest';
import { startSandbox } from '../../demo/sandbox/serve.ts';
import { createManualClock, type ManualClock } from '../../demo/sandbox/manual-clock.ts';
import { seededRandom } from '../../demo/sandbox/seeded-random.ts';
import {
  createStripeSandbox,
  defaultSecretKey,
  type StripeSandbox,
} from '../../demo/sandbox/stripe/stripe.ts';
import { runWebhookCommand } from './stripe.webhook-command.ts';
import { stripeEventTypes } from './stripe.webhook.ts';

const url = 'https://book.example.com/api/webhooks/stripe';

let clock: ManualClock;
let sandbox: StripeSandbox;
let env: Record<string, string>;

beforeEach(() => {
  clock = createManualClock('2026-11-23T08:00:00Z');
  sandbox = createStripeSandbox({
    clock,
    random: seededRandom(3),
    fetch: async () => new Response(),
  });
  env = {
    STRIPE_SECRET_KEY: defaultSecretKey,
    PUBLIC_URL: 'https://book.example.com/',
  };
});

/** One run, a minute after the last one. */
async function run(...flags: string[]): Promise<{ text: string; failed: boolean }> {
  await clock.advance(60_000);
  const report = await runWebhookCommand({
    env,
    flags,
    fetch: (input, init) => sandbox.fetch(new Request(input, init)),
    clock,
    random: seededRandom(4),
  });
  return 'problems' in report
    ? { text: report.problems.join('\n'), failed: true }
    : { text: report.lines.join('\n'), failed: false };
}

/** What the owner is told to put into the environment. */
const lineIn = (text: string): string =>
  /^ {2}STRIPE_WEBHOOK_SECRET=(\S+)$/m.exec(text)?.[1] ?? 'no such line';

const endpoints = () => sandbox.state.endpoints;
const ids = () => endpoints().map(({ id }) => id);
const secretsOf = (id: string) =>
  sandbox.state.endpointFacts[id]?.secrets.map(({ secret }) => secret);

describe('the first run', () => {
  test('makes an endpoint that tells everything, at the pinned version, and tells its secret', async () => {
    const { text } = await run();
    expect(endpoints()).toMatchObject([
      {
        url,
        status: 'enabled',
        enabled_events: stripeEventTypes,
        api_version: '2026-10-28.endive',
      },
    ]);
    expect(sandbox.state.calls[1]?.body['api_version']).toBe('2026-10-28.endive');
    expect([lineIn(text)]).toEqual(secretsOf(ids()[0]!));
    expect(text).not.toContain('--finish');
  });

  test('is the only one that makes something, once its secret is known', async () => {
    const { text } = await run();
    env['STRIPE_WEBHOOK_SECRET'] = lineIn(text);
    const calls = sandbox.calls({ method: 'POST' }).length;
    for (let again = 0; again < 3; again++) {
      expect((await run()).text).toContain('Nothing is to be done.');
    }
    expect(endpoints()).toHaveLength(1);
    expect(sandbox.calls({ method: 'POST' })).toHaveLength(calls);
  });

  test('repeated without its secret makes no second one, and says how to get on', async () => {
    await run();
    const { text } = await run();
    expect(endpoints()).toHaveLength(1);
    expect(text).toContain('Its secret is not in STRIPE_WEBHOOK_SECRET');
    expect(text).toContain('npm run stripe-webhook -- --renew');
    expect(text).not.toContain('whsec_');
  });

  test('leaves the endpoints of others alone, at whatever address', async () => {
    const enabledEvents = ['*'];
    sandbox.addEndpoint({ url: 'https://shop.example/hooks', enabledEvents });
    sandbox.addEndpoint({
      url: `${url}/old`,
      enabledEvents,
      metadata: { booking_calendar: 'account' },
    });
    const before = structuredClone(endpoints());
    const { text } = await run();
    env['STRIPE_WEBHOOK_SECRET'] = lineIn(text);
    await run('--renew');
    await run('--finish');
    expect(endpoints().slice(0, 2)).toEqual(before);
  });

  test('tells the secret although the note of it could not be kept', async () => {
    sandbox.trouble.failNext = [{ route: 'POST /v1/webhook_endpoints/*', status: 500, times: 9 }];
    const { text } = await run();
    expect([lineIn(text)]).toEqual(secretsOf(ids()[0]!));
  });
});

describe('an endpoint that is there', () => {
  const byHand = (changes: object = {}) =>
    sandbox.addEndpoint({
      url,
      enabledEvents: [...stripeEventTypes],
      secret: 'whsec_a',
      ...changes,
    });

  test('made by hand is kept', async () => {
    byHand();
    env['STRIPE_WEBHOOK_SECRET'] = 'whsec_a';
    const { text } = await run();
    expect(endpoints()).toHaveLength(1);
    expect(text).toContain('as far as can be told from here');
  });

  test('that tells only a part is made to tell everything, and keeps its secret', async () => {
    const { text } = await run();
    env['STRIPE_WEBHOOK_SECRET'] = lineIn(text);
    const [made] = endpoints();
    Object.assign(made!, { enabled_events: ['checkout.session.completed'], status: 'disabled' });
    expect((await run()).text).toContain('it is in order now');
    expect(endpoints()).toMatchObject([
      { id: made?.id, status: 'enabled', enabled_events: stripeEventTypes },
    ]);
    expect(secretsOf(made?.id ?? '')).toEqual([lineIn(text)]);
  });

  test('that tells everything there is is left as it is', async () => {
    const { text } = await run();
    env['STRIPE_WEBHOOK_SECRET'] = lineIn(text);
    endpoints()[0]!.enabled_events = ['*'];
    await run();
    expect(endpoints()[0]?.enabled_events).toEqual(['*']);
  });

  test.each(['2025-03-31.basil', null])(
    'at another version (%s) gets a successor',
    async (version) => {
      byHand();
      endpoints()[0]!.api_version = version;
      env['STRIPE_WEBHOOK_SECRET'] = 'whsec_a';
      const { text } = await run();
      const [old, made] = ids();
      expect(endpoints()).toHaveLength(2);
      expect(lineIn(text)).toBe(`${secretsOf(made!)?.[0]},whsec_a`);
      expect(text).toContain(`which deletes ${old}`);
    },
  );
});

describe('a renewal', () => {
  test('loses no delivery: both secrets, then the new one alone', async () => {
    env['STRIPE_WEBHOOK_SECRET'] = lineIn((await run()).text);
    const [old] = ids();
    const renewed = await run('--renew');
    const made = ids()[1]!;
    const both = lineIn(renewed.text);
    expect(both.split(',')).toEqual([...secretsOf(made)!, ...secretsOf(old!)!]);

    // The environment has not been changed yet: the old endpoint is the only one that is believed.
    const early = await run('--finish');
    expect(early.text).toContain(`Deleted ${made}; ${old} goes on.`);
  });

  test('is ended when the environment has the new secret', async () => {
    env['STRIPE_WEBHOOK_SECRET'] = lineIn((await run()).text);
    const [old] = ids();
    env['STRIPE_WEBHOOK_SECRET'] = lineIn((await run('--renew')).text);
    const made = ids()[1]!;
    expect((await run()).text).toContain('npm run stripe-webhook -- --finish');
    expect(ids()).toHaveLength(2);

    const { text } = await run('--finish');
    expect(ids()).toEqual([made]);
    expect(text).toContain(`Deleted ${old}; ${made} goes on.`);
    expect([lineIn(text)]).toEqual(secretsOf(made));

    env['STRIPE_WEBHOOK_SECRET'] = lineIn(text);
    expect((await run('--finish')).text).toBe(`There was nothing to delete beside ${made}.`);
    expect((await run()).text).toContain('Nothing is to be done.');
  });

  test('is not ended while the environment believes none of them', async () => {
    await run();
    const { text, failed } = await run('--finish');
    expect(failed).toBe(true);
    expect(text).toContain('Nothing was deleted');
    expect(ids()).toHaveLength(1);
  });

  test('that was begun twice is ended at once', async () => {
    await run();
    await run('--renew');
    env['STRIPE_WEBHOOK_SECRET'] = lineIn((await run('--renew')).text);
    const [, , last] = ids();
    await run('--finish');
    expect(ids()).toEqual([last]);
  });

  test('of what connected accounts do is a matter of its own', async () => {
    env['STRIPE_WEBHOOK_SECRET'] = lineIn((await run()).text);
    const made = await run('--connect');
    env['STRIPE_WEBHOOK_SECRET'] = lineIn(made.text);
    expect(env['STRIPE_WEBHOOK_SECRET'].split(',')).toHaveLength(2);
    expect(ids().map((id) => sandbox.state.endpointFacts[id]?.connect)).toEqual([false, true]);
    const finished = await run('--connect', '--finish');
    expect(ids()).toHaveLength(2);
    expect(finished.text).not.toContain('STRIPE_WEBHOOK_SECRET=');
    expect((await run()).text).toContain('Nothing is to be done.');
  });

  test('takes no secret out of the environment that an endpoint made by hand may need', async () => {
    env['STRIPE_WEBHOOK_SECRET'] = lineIn((await run('--connect')).text);
    sandbox.addEndpoint({ url, enabledEvents: ['*'], secret: 'whsec_by_hand' });
    env['STRIPE_WEBHOOK_SECRET'] += ',whsec_by_hand';
    expect((await run('--connect', '--finish')).text).not.toContain('STRIPE_WEBHOOK_SECRET=');
  });
});

describe('what is wrong is said in words', () => {
  test.each([
    [{ STRIPE_SECRET_KEY: '' }, 'STRIPE_SECRET_KEY is missing.'],
    [{ STRIPE_SECRET_KEY: 'pk_test_1' }, 'is not a secret key of Stripe'],
    [{ PUBLIC_URL: '' }, 'PUBLIC_URL is missing.'],
    [{ PUBLIC_URL: 'book.example.com' }, 'PUBLIC_URL must be an address'],
    [{ STRIPE_API_URL: 'ftp://x' }, 'STRIPE_API_URL must be an address'],
    [
      { STRIPE_SECRET_KEY: 'sk_live_1', PUBLIC_URL: 'http://book.example.com' },
      'Stripe delivers to https:// only',
    ],
    [
      { STRIPE_SECRET_KEY: 'rk_live_1', PUBLIC_URL: 'http://localhost:8080' },
      'Stripe delivers to https:// only',
    ],
  ])('%j', async (changes, sentence) => {
    Object.assign(env, changes);
    const { text, failed } = await run();
    expect(failed).toBe(true);
    expect(text).toContain(sentence);
    expect(sandbox.calls()).toEqual([]);
  });

  test('all of it at once', async () => {
    env = {};
    const { text } = await run('--again', '--renew', '--finish');
    expect(text.split('\n')).toHaveLength(4);
  });

  test('a key that may not do this', async () => {
    sandbox.trouble.failNext = [{ route: 'POST *', status: 403 }];
    expect((await run()).text).toContain('permission to write webhook endpoints');
  });

  test('an endpoint too many', async () => {
    for (let more = 0; more < 16; more++) {
      sandbox.addEndpoint({ url: `https://shop.example/${more}`, enabledEvents: ['*'] });
    }
    expect(await run()).toMatchObject({ failed: true, text: expect.stringContaining('maximum') });
  });

  test('a Stripe that is away, and an answer that was lost', async () => {
    sandbox.trouble.failNext = [{ route: 'GET *', status: 500, shouldRetry: false }];
    expect((await run()).text).toContain('Stripe answered 500.');
    sandbox.trouble.dropReplyAfter = [{ route: 'POST *', how: 'reset' }];
    expect(await run()).toMatchObject({
      failed: true,
      text: expect.stringContaining('may have been done'),
    });
    // It has been done, and the next run says how to get on with it.
    expect((await run()).text).toContain('--renew');
    expect(endpoints()).toHaveLength(1);
  });

  test('a test key at home needs no https', async () => {
    env['PUBLIC_URL'] = 'http://localhost:8080';
    expect((await run()).failed).toBe(false);
  });
});

describe('as a command', () => {
  test('it says what to do, and ends with 1 when it cannot', async () => {
    const running = await startSandbox({ calendlyPort: 0, smtpPort: 0, random: seededRandom(5) });
    try {
      const command = (changes: Record<string, string>) =>
        promisify(execFile)(process.execPath, ['server/stripe-webhook.ts'], {
          env: {
            STRIPE_API_URL: running.stripeUrl,
            STRIPE_SECRET_KEY: running.stripeKey,
            PUBLIC_URL: 'http://localhost:8080',
            ...changes,
          },
        });
      const { stdout } = await command({});
      expect(lineIn(stdout)).toMatch(/^whsec_/);
      await expect(command({ PUBLIC_URL: '' })).rejects.toMatchObject({
        code: 1,
        stderr: 'PUBLIC_URL is missing.\n',
      });
    } finally {
      await running.stop();
    }
  });
});

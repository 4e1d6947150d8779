import { afterEach, describe, expect, test } from 'vitest';
import {
  createDeployment,
  type Deployment,
  type DeploymentOptions,
} from '../demo/sandbox/deployment.ts';
import type { Trouble } from '../demo/sandbox/calendly/calendly.ts';
import { defaultToken } from '../demo/sandbox/calendly/seed.ts';
import { defaultSecretKey } from '../demo/sandbox/stripe/stripe.ts';
import { createStripe } from './payment/stripe.ts';
import { createCalendly } from './scheduling/calendly.ts';
import { checkSetUp } from './set-up.ts';

let deployment: Deployment;
afterEach(() => deployment.close());

async function check(
  options: DeploymentOptions = {},
  trouble: Partial<Trouble> = {},
  secretKey = defaultSecretKey,
) {
  deployment = await createDeployment(options);
  Object.assign(deployment.calendly.trouble, trouble);
  const { app, calendly, clock, random } = deployment;
  const scheduling = createCalendly({
    url: 'https://api.calendly.com',
    token: defaultToken,
    fetch: (input, init) => calendly.fetch(new Request(input, init), init),
    clock,
    random,
  });
  const { sessionTypes } = app;
  const { stripe } = deployment;
  const payment = createStripe({
    url: 'https://api.stripe.com',
    secretKey,
    fetch: (input, init) => stripe.fetch(new Request(input, init)),
    clock,
    random,
  });
  const result = await deployment.until(checkSetUp({ sessionTypes, scheduling, clock, payment }));
  if (result === null) throw new Error('the process died');
  return 'problems' in result
    ? { problems: result.problems, lines: [] }
    : { problems: [], lines: result.lines };
}

const offering = (...eventTypes: string[]): DeploymentOptions => ({
  config: { sessionTypes: eventTypes.map((eventType) => ({ id: `my-${eventType}`, eventType })) },
});

describe('a set-up that is right', () => {
  test('says whose calendar it is, what is offered, and where each is booked', async () => {
    const { lines, problems } = await check(offering('intro-call', 'contract-review'));
    expect(problems).toEqual([]);
    expect(lines).toEqual([
      'Calendar of Ines Almeida (Europe/Berlin).',
      'Offered: my-intro-call, "Intro call", 30 min, booked here.',
      `Offered: my-contract-review, "Contract review", 45 min, finished on Calendly's page.`,
    ]);
  });

  test('needs no configuration', async () => {
    const { lines } = await check();
    expect(lines.join('\n')).toContain('"Intro call"');
    expect(lines.join('\n')).not.toMatch(/Old friends|Summer office hours/);
  });
});

describe('a set-up that sells', () => {
  const sold = (payTo?: { stripeAccount: string }): DeploymentOptions => ({
    config: {
      sessionTypes: [
        {
          id: 'paid',
          eventType: 'intro-call',
          price: { amount: 4900, currency: 'eur' },
          ...(payTo && { payTo }),
        },
      ],
    },
  });

  test('says for how much', async () => {
    const { lines } = await check(sold());
    expect(lines[1]).toBe('Offered: paid, "Intro call", 30 min, €49, booked here.');
  });

  test.each([
    ['a key that Stripe does not know', sold(), 'sk_test_wrong'],
    ['an account that is not connected', sold({ stripeAccount: 'acct_stranger' }), undefined],
  ])('is refused with %s', async (_, options, secretKey) => {
    const { problems } = await check(options, {}, secretKey);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain('STRIPE_SECRET_KEY');
  });
});

describe('a set-up that is not', () => {
  test('names event types that are not there, and those that are', async () => {
    const { problems } = await check(offering('intro-cal', 'intro-call', 'nothing'));
    expect(problems).toHaveLength(2);
    expect(problems[0]).toMatch(/"my-intro-cal".*"intro-cal".*It has: .*intro-call/);
  });

  test('names event types that are switched off', async () => {
    const { problems } = await check(offering('summer-office-hours'));
    expect(problems).toEqual([expect.stringMatching(/"Summer office hours" is switched off/)]);
  });

  test('says so when there is nothing to offer', async () => {
    const { problems } = await check({ calendly: { eventTypes: [] } });
    expect(problems).toEqual([expect.stringMatching(/no event type that is switched on/)]);
  });

  test('names every scope that the token lacks, before a visitor finds out', async () => {
    const missingScopes = ['scheduled_events', 'webhooks'].flatMap((family) => [
      `${family}:read`,
      `${family}:write`,
    ]);
    const { problems } = await check({}, { missingScopes });
    expect(problems).toEqual([
      expect.stringMatching(/lacks the scope scheduled_events:read/),
      expect.stringMatching(/lacks the scope webhooks:read/),
    ]);
  });

  test.each([
    ['a token that is not accepted', { tokenExpired: true }, /does not accept CALENDLY_API_TOKEN/],
    [
      'a token that may not list event types',
      { missingScopes: ['event_types:read', 'event_types:write'] },
      /lacks the scope event_types:read/,
    ],
    [
      'a token that may not say whose it is',
      { missingScopes: ['users:read'] },
      /lacks the scope users:read/,
    ],
    ['a Calendly that is down', { down: 'json-503' }, /could not be reached/],
    ['a Calendly that does not answer', { down: 'hang' }, /could not be reached/],
    [
      'a Calendly that is something else',
      { wrongSchema: [{ route: 'GET *', times: 20 }] },
      /not .* as expected/,
    ],
  ] satisfies [string, Partial<Trouble>, RegExp][])(
    'says so in words: %s',
    async (_, trouble, words) => {
      const { problems } = await check({}, trouble);
      expect(problems).toEqual([expect.stringMatching(words)]);
      expect(problems.join()).not.toContain('sandbox-calendly-token');
    },
  );
});

import type { Clock, RandomBytes } from '../clock.ts';
import { PaymentError } from './payment.ts';
import { createStripeClient } from './stripe.client.ts';
import { renewWebhookEndpoint, type EndpointReport } from './stripe.webhook-endpoint.ts';

export interface WebhookCommandDeps {
  env: Readonly<Record<string, string | undefined>>;
  /** `--renew`, `--finish`, `--connect` */
  flags: readonly string[];
  fetch: typeof fetch;
  clock: Clock;
  random: RandomBytes;
}

const flagNames = ['--renew', '--finish', '--connect'];

/** `npm run stripe-webhook`: needs no more of the environment than it uses, so that it runs anywhere. */
export async function runWebhookCommand(deps: WebhookCommandDeps): Promise<EndpointReport> {
  const { env, flags } = deps;
  const problems: string[] = [];
  const get = (name: string): string => env[name]?.trim() ?? '';

  for (const flag of flags) {
    if (!flagNames.includes(flag)) {
      problems.push(`There is no ${flag}; there are ${flagNames.join(', ')}.`);
    }
  }
  if (flags.includes('--renew') && flags.includes('--finish')) {
    problems.push('--renew begins a change of the endpoint and --finish ends it: one at a time.');
  }
  const secretKey = get('STRIPE_SECRET_KEY');
  if (secretKey === '') {
    problems.push('STRIPE_SECRET_KEY is missing.');
  } else if (!/^[sr]k_(test|live)_\w+$/.test(secretKey)) {
    problems.push(
      'STRIPE_SECRET_KEY is not a secret key of Stripe: those start with sk_test_, sk_live_, rk_test_ or rk_live_.',
    );
  }
  const address = (name: string, fallback: string): string => {
    const text = get(name) || fallback;
    if (text === '') problems.push(`${name} is missing.`);
    else if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
      problems.push(`${name} must be an address that starts with https:// or http://.`);
    }
    return text.replace(/\/+$/, '');
  };
  const publicUrl = address('PUBLIC_URL', '');
  const url = address('STRIPE_API_URL', 'https://api.stripe.com');
  if (/^[sr]k_live_/.test(secretKey) && publicUrl.startsWith('http://')) {
    problems.push(
      'PUBLIC_URL starts with http://, and STRIPE_SECRET_KEY moves real money: Stripe delivers to https:// only then.',
    );
  }
  if (problems.length > 0) return { problems };

  try {
    return await renewWebhookEndpoint(createStripeClient({ ...deps, url, secretKey }), {
      url: `${publicUrl}/api/webhooks/stripe`,
      secrets: get('STRIPE_WEBHOOK_SECRET')
        .split(',')
        .map((secret) => secret.trim())
        .filter(Boolean),
      renew: flags.includes('--renew'),
      finish: flags.includes('--finish'),
      connect: flags.includes('--connect'),
    });
  } catch (error) {
    if (!(error instanceof PaymentError)) throw error;
    return { problems: [inWords(error)] };
  }
}

function inWords(error: PaymentError): string {
  switch (error.failure) {
    case 'key':
      return 'Stripe does not accept STRIPE_SECRET_KEY for this. A restricted key needs the permission to write webhook endpoints.';
    case 'refused':
      // What it refuses is the address, or one endpoint too many, and its own words say which.
      return `Stripe refused: ${error.cause instanceof Error ? error.cause.message : error.message}`;
    case 'not_found':
    case 'unavailable':
      return `${error.message} What was begun may have been done: look at what Stripe has with another run of this command.`;
  }
}

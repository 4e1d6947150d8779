import { apiVersion, type Core } from '../core.ts';
import { Refusal } from '../refusal.ts';

/** The key a request carries: as a bearer, or as the user name that curl sends. */
function keyIn(authorization: string | null): string | undefined {
  const [scheme = '', credentials = ''] = (authorization ?? '').split(' ');
  if (scheme.toLowerCase() === 'bearer') return credentials.trim() || undefined;
  if (scheme.toLowerCase() === 'basic')
    return Buffer.from(credentials, 'base64').toString().split(':')[0] || undefined;
  return undefined;
}

const masked = (key: string): string => {
  const [, prefix = '', rest = ''] = /^((?:sk|rk|pk)_(?:test|live)_)?(.*)$/.exec(key) ?? [];
  return `${prefix}${'*'.repeat(Math.max(4, rest.length - 4))}${rest.slice(-4)}`;
};

const unauthorized = (message: string, code?: string): Refusal =>
  new Refusal(message, { status: 401, ...(code && { code }) }, true);

/** Who asks: a good key is let in, and the account it speaks for is answered. */
export function callerAccount(core: Core, keys: string[], headers: Headers): string | null {
  const key = keyIn(headers.get('Authorization'));
  if (key === undefined)
    throw unauthorized(
      "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY'). See https://stripe.com/docs/api#authentication for details, or we can help at https://support.stripe.com/.",
    );
  if (!keys.includes(key)) throw unauthorized(`Invalid API Key provided: ${masked(key)}`);
  if (core.trouble.keyExpired)
    throw unauthorized(`Expired API Key provided: ${masked(key)}`, 'api_key_expired');
  const account = headers.get('Stripe-Account') ?? headers.get('Stripe-Context');
  if (account && !core.state.connectedAccounts.includes(account))
    throw new Refusal(
      `The provided key '${masked(key)}' does not have access to account '${account}' (or that account does not exist). Application access may have been revoked.`,
      { status: 403, code: 'account_invalid' },
      true,
    );
  return account || null;
}

export function checkVersion(headers: Headers): void {
  const asked = headers.get('Stripe-Version');
  if (asked === null || asked === apiVersion) return;
  throw new Refusal(
    /^\d{4}-\d{2}-\d{2}(\.\w+)?$/.test(asked)
      ? `The sandbox's Stripe speaks API version ${apiVersion} only, not ${asked}.`
      : `Invalid Stripe API version: ${asked}`,
    {},
    true,
  );
}

export const unrecognized = (method: string, path: string): Refusal =>
  new Refusal(
    `Unrecognized request URL (${method}: ${path}). Please see https://stripe.com/docs or we can help at https://support.stripe.com/.`,
    { status: 404 },
    true,
  );

/** Before 2026-09-30 one chose the methods oneself; Stripe answers with a code of its own now. */
export function refuseMethodTypes(body: URLSearchParams): void {
  const sent = [...body.keys()].some((name) => /^payment_method_types(\[|$)/.test(name));
  if (!sent) return;
  throw new Refusal(
    'The `payment_method_types` parameter is no longer supported. Use `allowed_payment_method_types` or `excluded_payment_method_types` instead.',
    { code: 'payment_method_types_no_longer_supported', param: 'payment_method_types' },
    true,
  );
}

import * as v from 'valibot';
import { PayTo, SessionTypeConfig } from './availability/session-type-config.ts';
import { ordinaryQuota, type BookingQuota } from './scheduling/quota.ts';

/** Everything the backend has to be told. This file is the only reader of the environment. */
export interface Config {
  port: number;
  /** Where the world reaches this backend; no slash at the end. */
  publicUrl: string;
  databaseUrl: string;
  calendly: { url: string; token: string; signingKeys: string[] };
  /** Null: nothing is sold here. One webhook secret for each endpoint, two during a rotation. */
  stripe: { url: string; secretKey: string; webhookSecrets: string[] } | null;
  smtp: { url: string; from: string } | null;
  /** Origins of the pages that may embed the widget. */
  allowedOrigins: string[];
  /** How many proxies in front of us add to X-Forwarded-For. */
  trustedProxyHops: number;
  logLevel: string;
  /** What is offered; null: every active event type of the token's user, free of charge. */
  sessionTypes: SessionTypeConfig[] | null;
  /** How many bookings Calendly takes by API from this account. */
  bookingQuota: BookingQuota;
}

export type ConfigResult = { config: Config } | { problems: string[] };

const positive = v.pipe(v.number(), v.integer(), v.minValue(1));

export const ConfigFile = v.strictObject({
  $schema: v.optional(v.string()),
  sessionTypes: v.pipe(
    v.array(SessionTypeConfig),
    v.minLength(1, 'name at least one session type, or leave the file away'),
  ),
  /** Whose account the money goes to, unless a session type says otherwise; left out: the account of the key. */
  payTo: v.exactOptional(PayTo),
  /** Calendly's limit for bookings by API; left out: that of its ordinary paid plans. */
  bookingQuota: v.exactOptional(
    v.strictObject({ perMinute: positive, perHour: positive, perDay: positive }),
  ),
});

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

type Environment = Readonly<Record<string, string | undefined>>;

/** Unchecked: for commands that need nothing but the database. */
export const readDatabaseUrl = (env: Environment): string =>
  env['DATABASE_URL']?.trim() || 'file:data/booking-calendar.db';

/** `env` checked whole: the configuration, or every problem at once in words. `readFile` gives null when there is none. */
export function readConfig(
  env: Environment,
  readFile: (path: string) => string | null,
): ConfigResult {
  const problems: string[] = [];
  const get = (name: string): string => env[name]?.trim() ?? '';

  const url = (name: string, fallback: string, protocols: string[]): string => {
    const text = get(name) || fallback;
    if (text === '') {
      problems.push(`${name} is missing.`);
    } else if (!URL.canParse(text) || !protocols.includes(new URL(text).protocol)) {
      problems.push(
        `${name} must be an address that starts with ${protocols.map((p) => `${p}//`).join(' or ')}; it is "${redact(text)}".`,
      );
    }
    return text.replace(/\/+$/, '');
  };
  const whole = (name: string, fallback: number, max: number): number => {
    const text = get(name) || String(fallback);
    const value = Number(text);
    if (/^\d+$/.test(text) && value <= max) return value;
    problems.push(`${name} must be a whole number from 0 to ${max}; it is "${text}".`);
    return fallback;
  };

  const port = whole('PORT', 8080, 65_535);
  const publicUrl = url('PUBLIC_URL', `http://localhost:${port || 8080}`, ['http:', 'https:']);
  if (/[?#@]/.test(publicUrl)) {
    problems.push('PUBLIC_URL must be an address without a user, a query and a fragment.');
  }
  const databaseUrl = readDatabaseUrl(env);
  if (/^postgres(ql)?:/.test(databaseUrl)) {
    problems.push(
      'DATABASE_URL names a PostgreSQL database, which this version does not support yet; use file:….',
    );
  } else if (databaseUrl !== ':memory:' && !databaseUrl.startsWith('file:')) {
    problems.push(`DATABASE_URL must start with file:; it is "${redact(databaseUrl)}".`);
  }

  const calendlyUrl = url('CALENDLY_API_URL', 'https://api.calendly.com', ['http:', 'https:']);
  const token = get('CALENDLY_API_TOKEN');
  if (token === '') {
    problems.push(
      'CALENDLY_API_TOKEN is missing. Make a personal access token in Calendly under Integrations, API & Webhooks, with the scopes users:read, event_types:read, availability:read, scheduled_events:write and webhooks:write.',
    );
  } else if (/\s/.test(token)) {
    problems.push('CALENDLY_API_TOKEN has a space or a line break in it.');
  }
  const list = (name: string): string[] =>
    get(name)
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean);
  const signingKeys = list('CALENDLY_WEBHOOK_SIGNING_KEY');
  if (signingKeys.length > 2) {
    problems.push(
      'CALENDLY_WEBHOOK_SIGNING_KEY holds more than two keys; the new one and the old one are enough.',
    );
  }

  const stripeUrl = url('STRIPE_API_URL', 'https://api.stripe.com', ['http:', 'https:']);
  const secretKey = get('STRIPE_SECRET_KEY');
  if (secretKey !== '' && !/^[sr]k_(test|live)_\w+$/.test(secretKey)) {
    problems.push(
      'STRIPE_SECRET_KEY is not a secret key of Stripe: those start with sk_test_, sk_live_, rk_test_ or rk_live_.',
    );
  }
  const webhookSecrets = list('STRIPE_WEBHOOK_SECRET');
  if (webhookSecrets.length > 4) {
    problems.push(
      'STRIPE_WEBHOOK_SECRET holds more than four secrets; for each endpoint the new one and the old one are enough.',
    );
  }
  if (webhookSecrets.some((secret) => !secret.startsWith('whsec_'))) {
    problems.push('STRIPE_WEBHOOK_SECRET must hold what Stripe calls a signing secret: whsec_….');
  }

  const smtpUrl = get('SMTP_URL') ? url('SMTP_URL', '', ['smtp:', 'smtps:']) : '';
  const from = get('MAIL_FROM');
  if (smtpUrl !== '' && from === '') {
    problems.push('MAIL_FROM is missing: SMTP_URL is set, and mails need a sender.');
  } else if (from !== '' && !/^[^\r\n]*[^\s<>@]@[^\s<>@]+>?$/.test(from)) {
    problems.push('MAIL_FROM must be an address such as "Ines Almeida <hello@almeida.example>".');
  }

  const allowedOrigins = list('ALLOWED_ORIGINS');
  for (const origin of allowedOrigins) {
    if (!URL.canParse(origin) || new URL(origin).origin !== origin) {
      problems.push(
        `ALLOWED_ORIGINS names "${redact(origin)}", which is not an origin such as https://www.example.com.`,
      );
    }
  }

  const logLevel = get('LOG_LEVEL') || 'info';
  if (!logLevels.includes(logLevel))
    problems.push(`LOG_LEVEL must be one of ${logLevels.join(', ')}; it is "${logLevel}".`);
  const trustedProxyHops = whole('TRUSTED_PROXY_HOPS', 0, 10);

  const file = readFileNamed(get('CONFIG_FILE'), readFile, secretKey !== '', problems);

  if (problems.length > 0) return { problems };
  return {
    config: {
      port,
      publicUrl,
      databaseUrl,
      calendly: { url: calendlyUrl, token, signingKeys },
      stripe: secretKey === '' ? null : { url: stripeUrl, secretKey, webhookSecrets },
      smtp: smtpUrl === '' ? null : { url: smtpUrl, from },
      allowedOrigins,
      trustedProxyHops,
      logLevel,
      // Money goes where the session type says, else where the file says for all.
      sessionTypes:
        file?.sessionTypes.map((each) => ({
          ...(file.payTo && each.price ? { payTo: file.payTo } : {}),
          ...each,
        })) ?? null,
      bookingQuota: file?.bookingQuota ?? ordinaryQuota,
    },
  };
}

function readFileNamed(
  named: string,
  readFile: (path: string) => string | null,
  takesPayments: boolean,
  problems: string[],
): v.InferOutput<typeof ConfigFile> | null {
  const path = named || 'booking.config.json';
  const text = readFile(path);
  if (text === null) {
    if (named) problems.push(`CONFIG_FILE names ${named}, which cannot be read.`);
    return null;
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    problems.push(
      `${path} is not JSON: ${error instanceof Error ? error.message : String(error)}.`,
    );
    return null;
  }
  const result = v.safeParse(ConfigFile, json);
  if (!result.success) {
    for (const issue of result.issues)
      problems.push(`${path}, ${v.getDotPath(issue) ?? 'at the top'}: ${issue.message}.`);
    return null;
  }
  for (const { id, price, requiresAuth } of result.output.sessionTypes) {
    if (price && !takesPayments)
      problems.push(
        `${path}, session type "${id}": it has a price, and STRIPE_SECRET_KEY is missing, so nobody could pay it.`,
      );
    if (requiresAuth)
      problems.push(
        `${path}, session type "${id}": it requires a signed-in visitor, which this version cannot check yet.`,
      );
  }
  return result.output;
}

/** Addresses may carry a password, and one that cannot be read may carry it anywhere. */
const redact = (text: string): string => (/[@?]/.test(text) ? '…' : text);

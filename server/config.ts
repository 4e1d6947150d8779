import * as v from 'valibot';
import { SessionTypeConfig } from './availability/session-type-config.ts';

/** Everything the backend has to be told. `readConfig` is the only reader of the environment. */
export interface Config {
  port: number;
  /** Where the world reaches this backend; no slash at the end. */
  publicUrl: string;
  databaseUrl: string;
  calendly: { url: string; token: string; signingKeys: string[] };
  smtp: { url: string; from: string } | null;
  /** Origins of the pages that may embed the widget. */
  allowedOrigins: string[];
  /** How many proxies in front of us add to X-Forwarded-For. */
  trustedProxyHops: number;
  logLevel: string;
  /** What is offered; null: every active event type of the token's user, free of charge. */
  sessionTypes: SessionTypeConfig[] | null;
}

export type ConfigResult = { config: Config } | { problems: string[] };

export const ConfigFile = v.strictObject({
  $schema: v.optional(v.string()),
  sessionTypes: v.pipe(
    v.array(SessionTypeConfig),
    v.minLength(1, 'name at least one session type, or leave the file away'),
  ),
});

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

/** `env` checked whole: the configuration, or every problem at once in words. `readFile` gives null when there is none. */
export function readConfig(
  env: Readonly<Record<string, string | undefined>>,
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
  const databaseUrl = get('DATABASE_URL') || 'file:data/booking-calendar.db';
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
  const signingKeys = get('CALENDLY_WEBHOOK_SIGNING_KEY')
    .split(',')
    .map((key) => key.trim())
    .filter(Boolean);
  if (signingKeys.length > 2) {
    problems.push(
      'CALENDLY_WEBHOOK_SIGNING_KEY holds more than two keys; the new one and the old one are enough.',
    );
  }

  const smtpUrl = get('SMTP_URL') ? url('SMTP_URL', '', ['smtp:', 'smtps:']) : '';
  const from = get('MAIL_FROM');
  if (smtpUrl !== '' && from === '') {
    problems.push('MAIL_FROM is missing: SMTP_URL is set, and mails need a sender.');
  } else if (from !== '' && !/^[^\r\n]*[^\s<>@]@[^\s<>@]+>?$/.test(from)) {
    problems.push('MAIL_FROM must be an address such as "Ines Almeida <hello@almeida.example>".');
  }

  const allowedOrigins = get('ALLOWED_ORIGINS')
    .split(',')
    .map((origin) => origin.trim())
    .filter(Boolean);
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

  const sessionTypes = readSessionTypes(get('CONFIG_FILE'), readFile, problems);

  if (problems.length > 0) return { problems };
  return {
    config: {
      port,
      publicUrl,
      databaseUrl,
      calendly: { url: calendlyUrl, token, signingKeys },
      smtp: smtpUrl === '' ? null : { url: smtpUrl, from },
      allowedOrigins,
      trustedProxyHops,
      logLevel,
      sessionTypes,
    },
  };
}

function readSessionTypes(
  named: string,
  readFile: (path: string) => string | null,
  problems: string[],
): SessionTypeConfig[] | null {
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
    if (price)
      problems.push(
        `${path}, session type "${id}": it has a price, and this version cannot take payments yet.`,
      );
    if (requiresAuth)
      problems.push(
        `${path}, session type "${id}": it requires a signed-in visitor, which this version cannot check yet.`,
      );
  }
  return result.output.sessionTypes;
}

/** Addresses may carry a password, and one that cannot be read may carry it anywhere. */
const redact = (text: string): string => (/[@?]/.test(text) ? '…' : text);

import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serve, type HttpBindings } from '@hono/node-server';
import { pino } from 'pino';
import { createApp } from './app.ts';
import { systemClock, systemRandom } from './clock.ts';
import { readConfig } from './config.ts';
import type { Database } from './database/connection.ts';
import { openDatabase } from './database/database.ts';
import { createSilentMailer, createSmtpMailer } from './notification/mail.ts';
import { createStripe } from './payment/stripe.ts';
import { createCalendly } from './scheduling/calendly.ts';
import { checkSetUp } from './set-up.ts';

const stop = (problems: readonly string[]): never => {
  process.stderr.write(
    `booking-calendar cannot start:\n${problems.map((problem) => `  - ${problem}\n`).join('')}`,
  );
  process.exit(1);
};

const inWords = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

const readFile = (path: string): string | null => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
};

const read = readConfig(process.env, readFile);
if ('problems' in read) stop(read.problems);
const { config } = read as Exclude<typeof read, { problems: string[] }>;

const logger = pino({ level: config.logLevel, base: null });
const log = ({ event, ...rest }: { event: string; [key: string]: unknown }): void => {
  logger[event === 'error' || 'error' in rest ? 'error' : 'info'](rest, event);
};

const open = async (url: string): Promise<Database> => {
  if (url.startsWith('file:')) {
    mkdirSync(dirname(url.replace(/^file:(\/\/)?/, '')), { recursive: true });
  }
  return openDatabase(url);
};
const db = await open(config.databaseUrl).catch((error: unknown) =>
  stop([`The database that DATABASE_URL names cannot be opened: ${inWords(error)}`]),
);
const mailer = config.smtp
  ? createSmtpMailer({ url: config.smtp.url, from: config.smtp.from })
  : createSilentMailer();
const scheduling = createCalendly({
  url: config.calendly.url,
  token: config.calendly.token,
  fetch,
  clock: systemClock,
  random: systemRandom,
  log: (entry) => log({ event: 'calendly', ...entry }),
});
const payment =
  config.stripe &&
  createStripe({
    url: config.stripe.url,
    secretKey: config.stripe.secretKey,
    fetch,
    clock: systemClock,
    random: systemRandom,
    // With the reads around it, less than a job's lease.
    writeTimeoutMs: 6_000,
    log: (entry) => log({ event: 'stripe', ...entry }),
  });
const app = createApp({
  config,
  db,
  clock: systemClock,
  random: systemRandom,
  scheduling,
  payment,
  mailer,
  log,
  widgetDirectory: join(dirname(fileURLToPath(import.meta.url)), '../dist'),
  socketAddress: (env) => (env as HttpBindings).incoming.socket.remoteAddress ?? '',
});

const setUp = await checkSetUp({
  sessionTypes: app.sessionTypes,
  scheduling,
  payment,
  clock: systemClock,
});
if ('problems' in setUp) stop(setUp.problems);
else for (const line of setUp.lines) log({ event: line });
if (config.stripe?.webhookSecrets.length === 0) {
  log({
    event: 'STRIPE_WEBHOOK_SECRET is not set: payments are only noticed on return and by looking.',
  });
}
if (!config.smtp) log({ event: 'SMTP_URL is not set: bookings work, mails are not sent.' });
if (config.allowedOrigins.length === 0) {
  log({
    event: 'ALLOWED_ORIGINS is not set: only pages of this backend itself may embed the widget.',
  });
}

const server = serve(
  {
    fetch: app.fetch,
    port: config.port,
    serverOptions: {
      headersTimeout: 10_000,
      requestTimeout: 15_000,
      connectionsCheckingInterval: 2_000,
      maxHeaderSize: 16_384,
    },
  },
  ({ port }) => {
    app.start();
    log({ event: `Listening on port ${port}, reached at ${config.publicUrl}.` });
  },
);
server.on('error', (error) =>
  stop([`Port ${config.port} cannot be listened on: ${inWords(error)}`]),
);

let leaving = false;
const leave = async (): Promise<void> => {
  if (leaving) return;
  leaving = true;
  log({ event: 'Draining.' });
  const late = setTimeout(() => process.exit(1), 10_000);
  // Still listening: whoever looks at /readyz learns to ask another one.
  await app.stop();
  const closed = new Promise((resolve) => server.close(resolve));
  if ('closeIdleConnections' in server) server.closeIdleConnections();
  await closed;
  await db.destroy();
  clearTimeout(late);
  process.exit(0);
};
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void leave());

import { createApp, type App } from '../../server/app.ts';
import type { RandomBytes } from '../../server/clock.ts';
import type { Config } from '../../server/config.ts';
import type { Database } from '../../server/database/connection.ts';
import { openDatabase } from '../../server/database/database.ts';
import type { Mail, Mailer } from '../../server/notification/notification.ts';
import { createStripe } from '../../server/payment/stripe.ts';
import { createCalendly } from '../../server/scheduling/calendly.ts';
import { ordinaryQuota } from '../../server/scheduling/quota.ts';
import { createCalendlySandbox, type CalendlySandbox } from './calendly/calendly.ts';
import { isConnectionLost } from './calendly/interference.ts';
import { defaultToken, type SeedData } from './calendly/seed.ts';
import { createStripeSandbox, defaultSecretKey, type StripeSandbox } from './stripe/stripe.ts';
import { createManualClock, type ManualClock } from './manual-clock.ts';
import { createProcessLife, type ProcessLife } from './process-life.ts';
import { seededRandom } from './seeded-random.ts';

export interface DeploymentOptions {
  now?: string;
  seed?: number;
  calendly?: SeedData;
  /** Defaults to a database in memory. */
  databaseUrl?: string;
  /** Instead of one connection for all: how each process, one after the other, reaches the database. */
  connect?: (life: AbortSignal) => Database;
  config?: Partial<Config>;
  confirmsPerMinute?: number;
  unpaidHolds?: number;
  clock?: ManualClock;
  mailer?: Mailer;
  /** Between the backend and Calendly or Stripe: what a network does. */
  network?: (send: typeof fetch) => typeof fetch;
  /** Told of every line that the backend logs. */
  log?: (entry: LogEntry) => void;
}

export interface LogEntry {
  event: string;
  [key: string]: unknown;
}

/** A whole deployment inside one test: backend, sandbox, clock and randomness under one seed. */
export interface Deployment {
  readonly clock: ManualClock;
  readonly random: RandomBytes;
  readonly calendly: CalendlySandbox;
  readonly stripe: StripeSandbox;
  readonly db: Database;
  readonly mails: Mail[];
  readonly log: LogEntry[];
  readonly app: App;
  /** A request to the backend, as the page at `origin` makes it. */
  request(path: string, init?: RequestInit): Promise<Response>;
  get<T>(path: string, init?: RequestInit): Promise<{ status: number; body: T }>;
  post<T>(
    path: string,
    body: unknown,
    headers?: Record<string, string>,
  ): Promise<{ status: number; body: T }>;
  /** Lets webhooks, jobs and their consequences run until nothing is due at the present time. */
  settle(): Promise<void>;
  /** Moves time on and settles. */
  pass(ms: number): Promise<void>;
  /** The process is gone, nothing in memory survives, and whoever calls finds nobody. */
  kill(): void;
  /** Another process starts on the same database. */
  start(): void;
  restart(): void;
  /** The process dies at its n-th next call to Calendly or Stripe, before the request leaves or before its answer is read. */
  crashAtCall(n: number, when: 'before' | 'after'): void;
  /**
   * `work` with the worker turning and, where only time helps (a deadline, a pause before a retry), the clock going on;
   * null when the process dies meanwhile and nobody is left to answer.
   */
  until<T>(work: Promise<T>): Promise<T | null>;
  close(): Promise<void>;
}

export const pageOrigin = 'https://portfolio.example';
export const publicUrl = 'https://book.example.com';
const webhookSecret = 'whsec_deployment';

/** All processes of a deployment through one connection. */
async function connectToOne(databaseUrl: string): Promise<() => Database> {
  const db = await openDatabase(databaseUrl);
  return () => db;
}

export async function createDeployment(options: DeploymentOptions = {}): Promise<Deployment> {
  const clock = options.clock ?? createManualClock(options.now ?? '2026-11-23T08:00:00Z');
  const random = seededRandom(options.seed ?? 1);
  const connect = options.connect ?? (await connectToOne(options.databaseUrl ?? ':memory:'));
  const mails: Mail[] = [];
  const log: LogEntry[] = [];
  const mailer: Mailer = options.mailer ?? {
    send: async (mail) => {
      mails.push(mail);
      return { outcome: 'sent' };
    },
  };
  const config: Config = {
    port: 0,
    publicUrl,
    databaseUrl: ':memory:',
    calendly: { url: 'https://api.calendly.com', token: defaultToken, signingKeys: [] },
    stripe: {
      url: 'https://api.stripe.com',
      secretKey: defaultSecretKey,
      webhookSecrets: [webhookSecret],
    },
    bookingQuota: ordinaryQuota,
    smtp: null,
    allowedOrigins: [pageOrigin],
    trustedProxyHops: 0,
    logLevel: 'silent',
    sessionTypes: null,
    ...options.config,
  };
  const calendly = createCalendlySandbox({
    clock,
    random: seededRandom((options.seed ?? 1) + 1_000_003),
    fetch: async (input, init) => reach(new Request(input, init)),
    ...(options.calendly ? { seed: options.calendly } : {}),
  });
  const stripe = createStripeSandbox({
    clock,
    random: seededRandom((options.seed ?? 1) + 2_000_003),
    fetch: async (input, init) => reach(new Request(input, init)),
  });
  stripe.addEndpoint({
    url: `${publicUrl}/api/webhooks/stripe`,
    enabledEvents: ['*'],
    secret: webhookSecret,
  });
  /** The one network of the backend: who is meant shows in the address. */
  const send: typeof fetch = async (input, init) => {
    const request = input instanceof Request ? input : new Request(input, init);
    return request.url.startsWith('https://api.stripe.com/')
      ? stripe.fetch(request)
      : calendly.fetch(request, init);
  };

  let crash: { calls: number; when: 'before' | 'after' } | null = null;
  let died = Promise.withResolvers<null>();

  function createProcess(): { life: ProcessLife; db: Database; app: App } {
    const life = createProcessLife();
    const db = connect(life.signal);
    const network = options.network ? options.network(send) : send;
    const call: typeof fetch = life.mortal(async (input, init) => {
      const crashing = crash !== null && --crash.calls <= 0 ? crash.when : null;
      if (crashing === 'before') deployment.restart();
      if (life.signal.aborted) throw new Error('The process is gone.');
      const answer = await network(input, init);
      if (crashing === 'after') deployment.restart();
      return answer;
    });
    const app = createApp({
      config,
      db,
      clock,
      random,
      mailer: { send: life.mortal(mailer.send) },
      scheduling: createCalendly({
        url: config.calendly.url,
        token: config.calendly.token,
        fetch: call,
        clock,
        random,
      }),
      payment: config.stripe && createStripe({ ...config.stripe, fetch: call, clock, random }),
      log(entry) {
        log.push(entry);
        options.log?.(entry);
      },
      widgetDirectory: 'dist',
      socketAddress: () => '192.0.2.1',
      confirmsPerMinute: options.confirmsPerMinute ?? 1_000_000,
      unpaidHolds: options.unpaidHolds ?? 1_000_000,
    });
    return { life, db, app };
  }
  let running = createProcess();
  const reach = (request: Request): Promise<Response> =>
    running.life.serve(async () => running.app.fetch(request));

  /** Enough turns of the event loop for everything that needs no time to come to its end. */
  const turns = async (): Promise<void> => {
    for (let turn = 0; turn < 25; turn++) await new Promise((resolve) => setImmediate(resolve));
  };

  /** Waits for `work`; whenever it is stuck, `help` is what may free it. */
  async function helped<T>(
    work: Promise<T>,
    help: (isOver: () => boolean) => Promise<unknown>,
  ): Promise<T | null> {
    let over = false;
    const heard = work.catch((error: unknown) => {
      if (isConnectionLost(error)) return null;
      throw error;
    });
    const ended = Promise.race([heard, died.promise]).finally(() => (over = true));
    ended.catch(() => undefined);
    for (await turns(); !over; await turns()) await help(() => over);
    return ended;
  }

  const deployment: Deployment = {
    clock,
    random,
    calendly,
    stripe,
    get db() {
      return running.db;
    },
    mails,
    log,
    get app() {
      return running.app;
    },
    request: async (path, init) =>
      reach(
        new Request(`${publicUrl}${path}`, {
          ...init,
          headers: { origin: pageOrigin, ...(init?.headers as Record<string, string>) },
        }),
      ),
    async get<T>(path: string, init?: RequestInit) {
      const response = await deployment.request(path, init);
      return { status: response.status, body: (await response.json()) as T };
    },
    async post<T>(path: string, body: unknown, headers: Record<string, string> = {}) {
      const response = await deployment.request(path, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json', ...headers },
      });
      return { status: response.status, body: (await response.json()) as T };
    },
    async settle() {
      for (let quiet = 0; quiet < 2;) {
        await helped(calendly.settleWebhooks(), clock.step);
        await helped(stripe.settleWebhooks(), clock.step);
        const tries = await helped(deployment.app.worker.runDue(), clock.step);
        quiet = tries === 0 ? quiet + 1 : 0;
      }
    },
    async pass(ms) {
      await clock.advance(ms);
      await deployment.settle();
    },
    kill() {
      crash = null;
      died.resolve(null);
      died = Promise.withResolvers();
      running.life.end();
    },
    start() {
      running = createProcess();
    },
    restart() {
      deployment.kill();
      deployment.start();
    },
    crashAtCall(n, when) {
      crash = { calls: n, when };
    },
    until: (work) =>
      helped(work, async (isOver) => {
        await deployment.settle();
        if (!isOver()) await clock.step();
      }),
    async close() {
      calendly.stop();
      stripe.stop();
      await running.db.destroy();
    },
  };
  return deployment;
}

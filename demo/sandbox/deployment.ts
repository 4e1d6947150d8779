import { createApp, type App } from '../../server/app.ts';
import type { RandomBytes } from '../../server/clock.ts';
import type { Config } from '../../server/config.ts';
import type { Database } from '../../server/database/connection.ts';
import { openDatabase } from '../../server/database/database.ts';
import type { Mail, Mailer } from '../../server/notification/notification.ts';
import { createCalendly } from '../../server/scheduling/calendly.ts';
import { createCalendlySandbox, type CalendlySandbox } from './calendly/calendly.ts';
import { defaultToken, type SeedData } from './calendly/seed.ts';
import { createManualClock, type ManualClock } from './manual-clock.ts';
import { seededRandom } from './seeded-random.ts';

export interface DeploymentOptions {
  now?: string;
  seed?: number;
  calendly?: SeedData;
  /** Defaults to a database in memory. */
  databaseUrl?: string;
  config?: Partial<Config>;
  confirmsPerMinute?: number;
  clock?: ManualClock;
  mailer?: Mailer;
  /** Between the backend and Calendly: what a network does. */
  network?: (send: typeof fetch) => typeof fetch;
}

/** A whole deployment inside one test: backend, sandbox, clock and randomness under one seed. */
export interface Deployment {
  readonly clock: ManualClock;
  readonly random: RandomBytes;
  readonly calendly: CalendlySandbox;
  readonly db: Database;
  readonly mails: Mail[];
  readonly log: { event: string; [key: string]: unknown }[];
  app: App;
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
  /** The process is gone and another one starts on the same database; nothing in memory survives. */
  restart(): void;
  /** The process dies at its n-th next call to Calendly, before the request leaves or before its answer is read. */
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

export async function createDeployment(options: DeploymentOptions = {}): Promise<Deployment> {
  const clock = options.clock ?? createManualClock(options.now ?? '2026-11-23T08:00:00Z');
  const random = seededRandom(options.seed ?? 1);
  const db = await openDatabase(options.databaseUrl ?? ':memory:');
  const mails: Mail[] = [];
  const log: Deployment['log'] = [];
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
    fetch: async (input, init) => {
      const request = new Request(input, init);
      return deployment.app.fetch(request);
    },
    ...(options.calendly ? { seed: options.calendly } : {}),
  });
  const send: typeof fetch = (input, init) =>
    calendly.fetch(input instanceof Request ? input : new Request(input, init), init);

  const never = new Promise<never>(() => undefined);
  let crash: { calls: number; when: 'before' | 'after' } | null = null;
  let died = Promise.withResolvers<null>();

  /** What a process sends ends with it: a dead one neither asks nor hears anything more. */
  const mortal = (network: typeof fetch): { send: typeof fetch; die: () => void } => {
    let dead = false;
    const die = (): void => void (dead = true);
    return {
      die,
      send: async (input, init) => {
        if (dead) return never;
        const crashing = crash !== null && --crash.calls <= 0 ? crash.when : null;
        if (crashing === 'before') deployment.restart();
        if (dead) return never;
        const answer = await network(input, init);
        if (crashing === 'after') deployment.restart();
        return dead ? never : answer;
      },
    };
  };

  let life = mortal(send);
  const start = (): App =>
    createApp({
      config,
      db,
      clock,
      random,
      mailer,
      scheduling: createCalendly({
        url: config.calendly.url,
        token: config.calendly.token,
        fetch: options.network ? options.network(life.send) : life.send,
        clock,
        random,
      }),
      log: (entry) => void log.push(entry),
      widgetDirectory: 'dist',
      socketAddress: () => '192.0.2.1',
      confirmsPerMinute: options.confirmsPerMinute ?? 1_000_000,
    });

  /** Enough turns of the event loop for everything that needs no time to come to its end. */
  const turns = async (): Promise<void> => {
    for (let turn = 0; turn < 25; turn++) await new Promise((resolve) => setImmediate(resolve));
  };

  /** Waits for `work`; whenever it is stuck, `help` is what may free it. */
  async function helped<T>(work: Promise<T>, help: () => Promise<unknown>): Promise<T | null> {
    let over = false;
    const ended = Promise.race([work, died.promise]).finally(() => (over = true));
    ended.catch(() => undefined);
    for (await turns(); !over; await turns()) await help();
    return ended;
  }

  const deployment: Deployment = {
    clock,
    random,
    calendly,
    db,
    mails,
    log,
    app: start(),
    request: async (path, init) =>
      deployment.app.fetch(
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
        const tries = await helped(deployment.app.worker.runDue(), clock.step);
        quiet = tries === 0 ? quiet + 1 : 0;
      }
    },
    async pass(ms) {
      await clock.advance(ms);
      await deployment.settle();
    },
    restart() {
      crash = null;
      life.die();
      life = mortal(send);
      deployment.app = start();
      died.resolve(null);
      died = Promise.withResolvers();
    },
    crashAtCall(n, when) {
      crash = { calls: n, when };
    },
    until: (work) =>
      helped(work, async () => {
        await deployment.settle();
        await clock.step();
      }),
    async close() {
      calendly.stop();
      await db.destroy();
    },
  };
  return deployment;
}

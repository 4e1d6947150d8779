import { rmSync } from 'node:fs';
import { type RunningPage, startPage } from '../page/page.ts';
import type { SeedData } from '../sandbox/calendly/calendly.ts';
import { type RunningSandbox, startSandbox, stripeWebhookSecret } from '../sandbox/serve.ts';
import { createTravelClock } from '../sandbox/travel-clock.ts';
import { noteMoves } from './backend-history.ts';
import { type BackendProcess, startBackend } from './backend-process.ts';
import { readBackendView } from './backend-view.ts';
import { choosePort } from './choose-port.ts';

export interface DemoPorts {
  page: number;
  backend: number;
  sandbox: number;
  smtp: number;
  stripe: number;
}

export interface DemoOptions {
  /** Each is replaced by a free one when it is taken; 0 wants any. */
  ports: DemoPorts;
  /** Fresh at every start. Told the backend's port, so that two demos at once need not share one. */
  databaseFile: (backendPort: number) => string;
  logLevel?: string;
  hearBackend?: (line: string) => void;
  /** The backend ended although nobody asked it to. */
  onBackendGone?: (lastLines: string[]) => void;
  seed?: SeedData;
  /** Instead of what the demo sells. */
  configFile?: string;
}

export interface Demo {
  pageUrl: string;
  backendUrl: string;
  sandbox: RunningSandbox;
  /** Everybody's time goes on by this much at once, but for the visitor's own. */
  travel(ms: number): void;
  /** The backend ends as by a power cut, and starts again on the same database. */
  cutPower(): Promise<void>;
  databaseFile: string;
  stop(): Promise<void>;
}

export const anyPorts: DemoPorts = { page: 0, backend: 0, sandbox: 0, smtp: 0, stripe: 0 };

/** Calendly, Stripe and the mail server of the sandbox, the real backend as a process of its own, and the page of a stranger. */
export async function startDemo(options: DemoOptions): Promise<Demo> {
  const stops: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const end of stops.splice(0).toReversed()) await end();
  };
  try {
    return await start(options, stops, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(
  { ports, seed, ...options }: DemoOptions,
  stops: (() => Promise<void>)[],
  stop: () => Promise<void>,
): Promise<Demo> {
  const backendPort = await choosePort(ports.backend);
  const backendUrl = `http://localhost:${backendPort}`;
  const databaseFile = options.databaseFile(backendPort);
  const pagePort = await choosePort(ports.page);
  const pageUrl = `http://localhost:${pagePort}`;

  let backend: BackendProcess;
  const forget = (): void => {
    for (const end of ['', '-wal', '-shm']) rmSync(databaseFile + end, { force: true });
  };
  stops.push(async () => forget());

  const clock = createTravelClock();
  let aheadMs = 0;
  const travel = (ms: number): void => {
    aheadMs += ms;
    backend.advance(ms);
    clock.advance(ms);
  };

  const sandbox = await startSandbox({
    calendlyPort: await choosePort(ports.sandbox),
    smtpPort: await choosePort(ports.smtp),
    stripePort: await choosePort(ports.stripe),
    stripeWebhook: { url: `${backendUrl}/api/webhooks/stripe`, secret: stripeWebhookSecret },
    ...(seed && { seed }),
    clock: { ...clock, advance: travel },
    links: [{ label: 'Page', href: pageUrl }],
    backend: async () => readBackendView(databaseFile),
    async onReset() {
      await endBackend();
      forget();
      await runBackend();
    },
  });
  stops.push(() => sandbox.stop());

  let isWanted = false;
  async function runBackend(): Promise<void> {
    const env = {
      PORT: String(backendPort),
      PUBLIC_URL: backendUrl,
      DATABASE_URL: `file:${databaseFile}`,
      CONFIG_FILE: options.configFile ?? 'demo/booking.config.json',
      CALENDLY_API_URL: sandbox.calendlyUrl,
      CALENDLY_API_TOKEN: sandbox.token,
      STRIPE_API_URL: sandbox.stripeUrl,
      STRIPE_SECRET_KEY: sandbox.stripeKey,
      STRIPE_WEBHOOK_SECRET: stripeWebhookSecret,
      SMTP_URL: sandbox.smtpUrl,
      MAIL_FROM: 'Ines Almeida <hello@almeida.example>',
      ALLOWED_ORIGINS: pageUrl,
      LOG_LEVEL: options.logLevel ?? 'info',
    };
    const { hearBackend: hear } = options;
    const started = await startBackend(backendUrl, env, { aheadMs, ...(hear && { hear }) });
    noteMoves(databaseFile);
    backend = started;
    isWanted = true;
    void started.ended.then(() => {
      if (isWanted) options.onBackendGone?.(started.lastLines());
    });
  }
  async function endBackend(): Promise<void> {
    isWanted = false;
    await backend.stop();
  }
  forget();
  await runBackend();
  stops.push(endBackend);

  const page: RunningPage = await startPage({
    port: pagePort,
    backendUrl,
    sandboxUrl: sandbox.calendlyUrl,
  });
  stops.push(() => page.stop());

  return {
    pageUrl,
    backendUrl,
    sandbox,
    travel,
    async cutPower() {
      isWanted = false;
      await backend.kill();
      await runBackend();
    },
    databaseFile,
    stop,
  };
}

import { rmSync } from 'node:fs';
import { type RunningPage, startPage } from '../page/page.ts';
import type { SeedData } from '../sandbox/calendly/calendly.ts';
import { type RunningSandbox, startSandbox } from '../sandbox/serve.ts';
import type { TravelClock } from '../sandbox/travel-clock.ts';
import { acceptedAndLost, readBackendLedger } from './backend-ledger.ts';
import { type BackendProcess, startBackend } from './backend-process.ts';
import { choosePort } from './choose-port.ts';

export interface DemoPorts {
  page: number;
  backend: number;
  sandbox: number;
  smtp: number;
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
  clock?: TravelClock;
}

export interface Demo {
  pageUrl: string;
  backendUrl: string;
  sandbox: RunningSandbox;
  stop(): Promise<void>;
}

export const anyPorts: DemoPorts = { page: 0, backend: 0, sandbox: 0, smtp: 0 };

/** Calendly and the mail server of the sandbox, the real backend as a process of its own, and the page of a stranger. */
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
  { ports, seed, clock, ...options }: DemoOptions,
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

  const sandbox = await startSandbox({
    calendlyPort: await choosePort(ports.sandbox),
    smtpPort: await choosePort(ports.smtp),
    ...(seed && { seed }),
    ...(clock && { clock }),
    links: [{ label: 'Page', href: pageUrl }],
    backendLedger: async () => readBackendLedger(databaseFile),
    promises: async () => [
      {
        label: 'accepted bookings lost',
        count: acceptedAndLost(databaseFile, sandbox.calendly.state.invitees),
      },
    ],
    async onReset() {
      await endBackend();
      await runBackend();
    },
  });
  stops.push(() => sandbox.stop());

  let isWanted = false;
  async function runBackend(): Promise<void> {
    forget();
    const env = {
      PORT: String(backendPort),
      PUBLIC_URL: backendUrl,
      DATABASE_URL: `file:${databaseFile}`,
      CONFIG_FILE: 'demo/booking.config.json',
      CALENDLY_API_URL: sandbox.calendlyUrl,
      CALENDLY_API_TOKEN: sandbox.token,
      SMTP_URL: sandbox.smtpUrl,
      MAIL_FROM: 'Ines Almeida <hello@almeida.example>',
      ALLOWED_ORIGINS: pageUrl,
      LOG_LEVEL: options.logLevel ?? 'info',
    };
    const started = await startBackend(backendUrl, env, options.hearBackend);
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
  await runBackend();
  stops.push(endBackend);

  const page: RunningPage = await startPage({
    port: pagePort,
    backendUrl,
    sandboxUrl: sandbox.calendlyUrl,
  });
  stops.push(() => page.stop());

  return { pageUrl, backendUrl, sandbox, stop };
}

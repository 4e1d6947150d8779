import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BackendProcess, startBackend } from '../start/backend-process.ts';
import { choosePort } from '../start/choose-port.ts';
import type { SeedData } from './calendly/calendly.ts';
import { type RunningSandbox, startSandbox, stripeWebhookSecret } from './serve.ts';
import { createTravelClock } from './travel-clock.ts';

export interface ProcessDeploymentOptions {
  /** How many backends share the database. */
  backends?: number;
  env?: Record<string, string>;
  /** What a file of the owner would say; without it everything is free of charge. */
  config?: object;
  seed?: SeedData;
  /** Everybody's time can be sent ahead. */
  travels?: boolean;
}

export interface RunningBackend {
  url: string;
  process: BackendProcess;
  /** Everything it has written. */
  lines: string[];
  /** Ends as by a power cut, whatever it is doing. */
  kill(): Promise<void>;
  /** Starts again where it was, on the same database. */
  restart(): Promise<void>;
}

/** Real processes, sockets and files, for what only those can show. */
export interface ProcessDeployment {
  sandbox: RunningSandbox;
  /** What `server/main.ts` is told at `port`, apart from anything special. */
  environment(port: number): Record<string, string>;
  backends: RunningBackend[];
  databaseFile: string;
  /** What time it is for everybody. */
  now(): number;
  /** Everybody's time goes on by this much at once; only where it was started to travel. */
  travel(ms: number): void;
  stop(): Promise<void>;
}

export async function startProcesses(
  options: ProcessDeploymentOptions = {},
): Promise<ProcessDeployment> {
  const folder = mkdtempSync(join(tmpdir(), 'booking-calendar-test-'));
  const databaseFile = join(folder, 'bookings.db');
  const configFile = join(folder, 'booking.config.json');
  if (options.config) writeFileSync(configFile, JSON.stringify(options.config));
  const count = options.backends ?? 1;
  const ports = await Promise.all(Array.from({ length: count }, () => choosePort(0)));
  const clock = createTravelClock();
  let aheadMs = 0;
  const sandbox = await startSandbox({
    clock,
    calendlyPort: 0,
    smtpPort: 0,
    // As behind a load balancer: one address, whoever answers there.
    stripeWebhook: {
      url: `http://localhost:${ports[0]}/api/webhooks/stripe`,
      secret: stripeWebhookSecret,
    },
    ...(options.seed && { seed: options.seed }),
  });
  const environment = (port: number): Record<string, string> => ({
    PORT: String(port),
    PUBLIC_URL: `http://localhost:${port}`,
    DATABASE_URL: `file:${databaseFile}`,
    CALENDLY_API_URL: sandbox.calendlyUrl,
    CALENDLY_API_TOKEN: sandbox.token,
    STRIPE_API_URL: sandbox.stripeUrl,
    STRIPE_SECRET_KEY: sandbox.stripeKey,
    STRIPE_WEBHOOK_SECRET: stripeWebhookSecret,
    SMTP_URL: sandbox.smtpUrl,
    MAIL_FROM: 'Ines Almeida <hello@almeida.example>',
    TRUSTED_PROXY_HOPS: '1',
    ...(options.config && { CONFIG_FILE: configFile }),
    ...options.env,
  });

  async function run(port: number): Promise<RunningBackend> {
    const url = `http://localhost:${port}`;
    const lines: string[] = [];
    const start = (): Promise<BackendProcess> =>
      startBackend(url, environment(port), {
        hear: (line) => void lines.push(line),
        ...(options.travels && { aheadMs }),
      });
    const running: RunningBackend = {
      url,
      lines,
      process: await start(),
      kill: () => running.process.kill(),
      async restart() {
        running.process = await start();
      },
    };
    return running;
  }

  let backends: RunningBackend[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(backends.map(({ process }) => process.stop()));
    await sandbox.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  const starting = await Promise.allSettled(ports.map(run));
  backends = starting.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const failed = starting.find((one) => one.status === 'rejected');
  if (failed) {
    await stop();
    throw failed.reason;
  }
  return {
    sandbox,
    environment,
    backends,
    databaseFile,
    now: () => clock.now(),
    travel(ms) {
      aheadMs += ms;
      for (const { process } of backends) process.advance(ms);
      clock.advance(ms);
    },
    stop,
  };
}

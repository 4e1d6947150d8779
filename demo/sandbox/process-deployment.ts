import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BackendProcess, startBackend } from '../start/backend-process.ts';
import { choosePort } from '../start/choose-port.ts';
import type { SeedData } from './calendly/calendly.ts';
import { type RunningSandbox, startSandbox } from './serve.ts';

export interface ProcessDeploymentOptions {
  /** How many backends share the database. */
  backends?: number;
  env?: Record<string, string>;
  seed?: SeedData;
}

export interface RunningBackend {
  url: string;
  process: BackendProcess;
  /** Everything it has written. */
  lines: string[];
}

/** Real processes, sockets and files, for what only those can show. */
export interface ProcessDeployment {
  sandbox: RunningSandbox;
  /** What `server/main.ts` is told at `port`, apart from anything special. */
  environment(port: number): Record<string, string>;
  backends: RunningBackend[];
  databaseFile: string;
  stop(): Promise<void>;
}

export async function startProcesses(
  options: ProcessDeploymentOptions = {},
): Promise<ProcessDeployment> {
  const folder = mkdtempSync(join(tmpdir(), 'booking-calendar-test-'));
  const databaseFile = join(folder, 'bookings.db');
  const sandbox = await startSandbox({
    calendlyPort: 0,
    smtpPort: 0,
    ...(options.seed && { seed: options.seed }),
  });
  const environment = (port: number): Record<string, string> => ({
    PORT: String(port),
    PUBLIC_URL: `http://localhost:${port}`,
    DATABASE_URL: `file:${databaseFile}`,
    CALENDLY_API_URL: sandbox.calendlyUrl,
    CALENDLY_API_TOKEN: sandbox.token,
    SMTP_URL: sandbox.smtpUrl,
    MAIL_FROM: 'Ines Almeida <hello@almeida.example>',
    TRUSTED_PROXY_HOPS: '1',
    ...options.env,
  });
  const backends: RunningBackend[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(backends.map(({ process }) => process.stop()));
    await sandbox.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const starting = Array.from({ length: options.backends ?? 1 }, async () => {
      const port = await choosePort(0);
      const url = `http://localhost:${port}`;
      const lines: string[] = [];
      const hear = (line: string): void => void lines.push(line);
      backends.push({ url, lines, process: await startBackend(url, environment(port), hear) });
    });
    await Promise.all(starting);
  } catch (error) {
    await stop();
    throw error;
  }
  return { sandbox, environment, backends, databaseFile, stop };
}

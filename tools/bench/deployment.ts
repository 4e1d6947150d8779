import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningSandbox, startSandbox } from '../../demo/sandbox/serve.ts';
import { startBackend } from '../../demo/start/backend-process.ts';
import { choosePort } from '../../demo/start/choose-port.ts';

export interface Deployment {
  /** The backend, a process of its own, as it is run for real. */
  url: string;
  sandbox: RunningSandbox;
  stop(): Promise<void>;
}

/** The session type that every part of the bench asks about. */
export const SESSION_TYPE = 'intro-call';
export const TIMES_PATH = `/api/scheduling/calendly/available-times?sessionTypeId=${SESSION_TYPE}`;

/** The real backend against the sandbox, with nothing cached yet. */
export async function deploy(allowedOrigins: string[] = []): Promise<Deployment> {
  const folder = mkdtempSync(join(tmpdir(), 'booking-calendar-bench-'));
  const sandbox = await startSandbox({ calendlyPort: 0, smtpPort: 0 });
  const port = await choosePort(0);
  const url = `http://localhost:${port}`;
  const backend = await startBackend(url, {
    PATH: process.env['PATH'] ?? '',
    PORT: String(port),
    PUBLIC_URL: url,
    DATABASE_URL: `file:${join(folder, 'bench.db')}`,
    CALENDLY_API_URL: sandbox.calendlyUrl,
    CALENDLY_API_TOKEN: sandbox.token,
    STRIPE_API_URL: sandbox.stripeUrl,
    STRIPE_SECRET_KEY: sandbox.stripeKey,
    CONFIG_FILE: 'demo/booking.config.json',
    ALLOWED_ORIGINS: allowedOrigins.join(','),
    LOG_LEVEL: 'error',
    NODE_ENV: 'production',
  });
  return {
    url,
    sandbox,
    async stop() {
      await backend.stop();
      await sandbox.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

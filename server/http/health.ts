import { sql } from 'kysely';
import { Hono } from 'hono';
import type { Database } from '../database/connection.ts';
import { countDeadJobs } from '../outbox/job.store.ts';

export interface Readiness {
  /** Set once the first contact with Calendly was made; cleared when draining. */
  started: boolean;
  draining: boolean;
  /** Epoch ms when the webhook subscription was last seen active; null: never. */
  subscriptionSeenAt: number | null;
}

/** `/healthz`: the process runs. `/readyz`: it can do its work; each check by name. */
export function createHealth(db: Database, readiness: Readiness) {
  return new Hono()
    .get('/healthz', (c) => c.json({ status: 'ok' }))
    .get('/readyz', async (c) => {
      const database = await sql`select 1`.execute(db).then(
        () => true,
        () => false,
      );
      const checks = {
        database,
        calendly: readiness.started,
        accepting: !readiness.draining,
      };
      const ready = Object.values(checks).every(Boolean);
      const deadJobs = database ? await countDeadJobs(db) : null;
      return c.json(
        {
          status: ready ? 'ok' : 'not ready',
          checks,
          deadJobs,
          webhooks: readiness.subscriptionSeenAt !== null,
        },
        ready ? 200 : 503,
      );
    });
}

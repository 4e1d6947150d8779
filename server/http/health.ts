import { sql } from 'kysely';
import { Hono } from 'hono';
import type { Clock } from '../clock.ts';
import type { Database } from '../database/connection.ts';
import { countTroubledJobs } from '../outbox/troubled-jobs.ts';

export interface Readiness {
  /** Set once the first contact with Calendly was made; cleared when draining. */
  started: boolean;
  draining: boolean;
  /** Epoch ms when the webhook subscription was last seen active; null: never. */
  subscriptionSeenAt: number | null;
}

const unknown = { deadJobs: null, stuckJobs: null };

/**
 * `/healthz`: the process runs. `/readyz`: it can do its work; each check by name, and beside them what an operator
 * should be alarmed by. Jobs in trouble are told and never make a process unready: another one would have the same jobs,
 * and visitors can book all the while.
 */
export function createHealth(db: Database, clock: Clock, readiness: Readiness) {
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
      const troubled = database ? await countTroubledJobs(db, clock.now()) : unknown;
      return c.json(
        {
          status: ready ? 'ok' : 'not ready',
          checks,
          ...troubled,
          webhooks: readiness.subscriptionSeenAt !== null,
        },
        ready ? 200 : 503,
      );
    });
}

import type { Database } from '../database/connection.ts';
import { done, type JobHandler } from '../outbox/job.ts';
import type { Fulfill } from './fulfill.ts';
import { paymentJob } from './payment-job.ts';

/** Asks once how a payment stands by now. */
export const createLookAtPayment = (deps: { db: Database; fulfill: Fulfill }): JobHandler =>
  paymentJob(deps.db, async ({ booking }, _job, signal) => {
    await deps.fulfill(booking.id, { signal });
    return done;
  });

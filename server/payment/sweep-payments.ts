import type { Clock } from '../clock.ts';
import type { Database } from '../database/connection.ts';
import { SchedulingError, type CallOptions } from '../scheduling/scheduling.ts';
import type { Fulfill } from './fulfill.ts';
import { PaymentError } from './payment.ts';
import { findUnsettled } from './payment.store.ts';

/** Whoever returns from Checkout, or is told of by a webhook, is quicker: unless nobody was there to hear it. */
const patienceMs = 60_000;
/** Stripe itself has ended every checkout by then. */
const lateMs = 2 * 3_600_000;

/** Asks about every payment that may have moved, so that the same state is reached with every webhook lost, only later. */
export async function sweepPayments(
  deps: {
    db: Database;
    clock: Clock;
    fulfill: Fulfill;
    /** When this process began. */
    startedAt: number;
    log: (entry: { event: string; [key: string]: unknown }) => void;
  },
  options: CallOptions = {},
): Promise<{ compared: number }> {
  const { db, clock, fulfill, startedAt, log } = deps;
  const now = clock.now();
  const ids = await findUnsettled(db, {
    openBefore: Math.max(now - patienceMs, startedAt),
    endedAfter: now - lateMs,
  });
  for (const id of ids) {
    try {
      const { outcome } = await fulfill(id, options);
      if (outcome === 'funded') log({ event: 'sweep', booking: id, outcome });
    } catch (error) {
      // One that cannot be read must not keep the others from being compared.
      if (!(error instanceof PaymentError || error instanceof SchedulingError)) throw error;
      log({ event: 'sweep', booking: id, error: error.message });
    }
  }
  return { compared: ids.length };
}

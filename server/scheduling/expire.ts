import type { Ledger } from '../booking/ledger.ts';
import type { Clock } from '../clock.ts';
import { concludeJob } from '../outbox/job.store.ts';
import { done, type JobHandler } from '../outbox/job.ts';

/** The two ends of a wait: the seat goes back, and later the slot begins. */
export function createExpiry(deps: { clock: Clock; ledger: Ledger }): {
  expireHold: JobHandler;
  expireInvitation: JobHandler;
} {
  const { clock, ledger } = deps;
  return {
    async expireHold(job) {
      if (job.bookingId === null) return done;
      await ledger.apply(job.bookingId, { type: 'hold-expired', at: clock.now() }, (trx) =>
        concludeJob(trx, job, done, clock.now()),
      );
      return done;
    },
    async expireInvitation(job) {
      if (job.bookingId === null) return done;
      await ledger.apply(job.bookingId, { type: 'slot-begun' }, (trx) =>
        concludeJob(trx, job, done, clock.now()),
      );
      return done;
    },
  };
}

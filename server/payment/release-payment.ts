import type { Ledger } from '../booking/ledger.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../database/connection.ts';
import { concludeJob } from '../outbox/job.store.ts';
import { done, type ClaimedJob, type JobHandler, type JobResult } from '../outbox/job.ts';
import type { Fulfill } from './fulfill.ts';
import type { Payment } from './payment.ts';
import { again, call, paymentJob, type Money } from './payment-job.ts';
import { applyToHolder } from './payment.store.ts';

export interface ReleasePaymentDeps {
  db: Database;
  clock: Clock;
  ledger: Ledger;
  payment: Payment;
  fulfill: Fulfill;
}

/**
 * Makes sure that a booking which came to nothing costs nothing: ends the checkout, gives back what was reserved. Losing
 * the race against the visitor who pays in the same moment is a normal path: the money is then late money, and only once
 * the booking is past coming back is it touched.
 */
export function createReleasePayment(deps: ReleasePaymentDeps): JobHandler {
  const { db, clock, ledger, payment, fulfill } = deps;

  const released = async (
    { payment: { bookingId } }: Money,
    job: ClaimedJob,
  ): Promise<JobResult> => {
    await applyToHolder(ledger, bookingId, { type: 'payment-released' }, (trx) =>
      concludeJob(trx, job, done, clock.now()),
    );
    return done;
  };

  return paymentJob(db, async (money, job, signal) => {
    const { booking, payment: record } = money;
    if (booking.paymentStatus !== 'releasing') return done;
    // Nobody ever learned where to pay.
    if (record.sessionId === null) return released(money, job);

    const { recipient } = record.request;
    const checkout = await payment.readCheckout(record.sessionId, recipient);
    if (checkout.status === 'open') {
      const outcome = await payment.expireCheckout(checkout.id, call(job, record, 'expire'));
      return outcome === 'done' ? released(money, job) : again(job, 'The checkout has just ended.');
    }
    switch (checkout.payment?.status) {
      case 'paid':
      case 'authorized': {
        if (checkout.payment.status === 'paid' || booking.status === 'expired') {
          const { outcome } = await fulfill(booking.id, { signal });
          return outcome === 'mismatch'
            ? { result: 'dead', error: 'What was paid is not what was quoted.' }
            : again(job, 'It was paid at the last moment.');
        }
        const named = { ...record, paymentId: checkout.payment.id };
        const outcome = await payment.release(checkout.payment.id, call(job, named, 'release'));
        return outcome === 'done'
          ? released(money, job)
          : again(job, 'The payment has just moved.');
      }
      case 'processing':
        return again(job, 'The payment is still being processed.');
      default:
        return released(money, job);
    }
  });
}

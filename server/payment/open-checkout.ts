import type { Ledger } from '../booking/ledger.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../database/connection.ts';
import { concludeJob } from '../outbox/job.store.ts';
import { done, type JobHandler } from '../outbox/job.ts';
import { PaymentError, type Payment } from './payment.ts';
import { again, call, paymentJob } from './payment-job.ts';
import { isTooLate } from './checkout-request.ts';
import { rememberName } from './payment.store.ts';

/** Somebody waits for this page. */
const soonMs = 1_000;

/**
 * Opens the one checkout of a booking. A try whose answer was lost is repeated word for word under the same key, and then
 * finds what it did; an address that nobody has been told leads nobody to pay.
 */
export function createOpenCheckout(deps: {
  db: Database;
  clock: Clock;
  ledger: Ledger;
  payment: Payment;
}): JobHandler {
  const { db, clock, ledger, payment } = deps;

  return paymentJob(db, async ({ booking, payment: record }, job) => {
    if (booking.status !== 'awaiting_payment' || record.sessionId !== null) return done;
    const { request } = record;
    const { idempotencyKey } = call(job, record, 'checkout');
    try {
      let checkout = await payment.openCheckout({ ...request, idempotencyKey });
      // The answer to a key is the one of the first time; by now the checkout may be another.
      if (job.attempts > 1) {
        checkout = await payment.readCheckout(checkout.id, request.recipient);
      }
      await ledger.transact(async (writer) => {
        await rememberName(writer.trx, record.bookingId, 'session_id', checkout.id);
        await writer.apply(booking.id, { type: 'checkout-opened', checkoutUrl: checkout.url });
        await concludeJob(writer.trx, job, done, clock.now());
      });
      return done;
    } catch (error) {
      if (!(error instanceof PaymentError)) throw error;
      if (error.failure === 'unavailable') {
        return { ...again(job, error.message), inMs: soonMs * job.attempts };
      }
      // The visitor hears that there is no way to pay. The owner has to put it right, unless it only came too late.
      await ledger.apply(booking.id, { type: 'checkout-refused' });
      return isTooLate(request, clock.now()) ? done : { result: 'dead', error: error.message };
    }
  });
}

import type { Ledger } from '../booking/ledger.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../database/connection.ts';
import { concludeJob } from '../outbox/job.store.ts';
import { done, type JobHandler } from '../outbox/job.ts';
import type { Payment } from './payment.ts';
import { again, call, paymentJob } from './payment-job.ts';
import { applyToHolder, findMoney } from './payment.store.ts';

/** Takes what was reserved, once Calendly has the booking. What cannot be taken any more ends on the human's list. */
export function createCapturePayment(deps: {
  db: Database;
  clock: Clock;
  ledger: Ledger;
  payment: Payment;
}): JobHandler {
  const { db, clock, ledger, payment } = deps;

  return paymentJob(db, async ({ booking, payment: record }, job) => {
    const { paymentId, sessionId, request } = record;
    if (booking.status !== 'confirmed' || booking.paymentStatus !== 'authorized') return done;
    if (paymentId === null || sessionId === null) {
      return { result: 'dead', error: 'There is no payment to capture.' };
    }
    const outcome = await payment.capture(paymentId, call(job, record, 'capture'));
    if (outcome === 'state_moved') {
      const { payment: state } = await payment.readCheckout(sessionId, request.recipient);
      if (state?.status === 'authorized') return again(job, 'The payment has just moved.');
      if (state?.status !== 'paid') {
        const now = await findMoney(db, record.bookingId);
        // Canceled meanwhile, and released for that.
        if (now?.booking.paymentStatus !== 'authorized') return done;
        return { result: 'dead', error: 'The reserved amount had lapsed; nothing was charged.' };
      }
    }
    const captured = { type: 'payment-captured', seat: null } as const;
    await applyToHolder(ledger, record.bookingId, captured, (trx) =>
      concludeJob(trx, job, done, clock.now()),
    );
    return done;
  });
}

import type { BookingRecord } from '../booking/booking.ts';
import type { Database } from '../database/connection.ts';
import { done, type ClaimedJob, type JobHandler, type JobResult } from '../outbox/job.ts';
import { backOff } from '../outbox/worker.ts';
import { SchedulingError } from '../scheduling/scheduling.ts';
import { PaymentError, type PaymentCall } from './payment.ts';
import { findMoney, type PaymentRecord } from './payment.store.ts';

export interface Money {
  booking: BookingRecord;
  payment: PaymentRecord;
}

/**
 * A job about a payment, for the booking that the money stands for by now. What Stripe or Calendly cannot tell now is
 * asked again; what it refuses for good ends on the list that a human sees.
 */
export function paymentJob(
  db: Database,
  work: (money: Money, job: ClaimedJob, signal: AbortSignal) => Promise<JobResult>,
): JobHandler {
  return async function payment(job, signal) {
    const money = await findMoney(db, job.bookingId);
    if (!money) return done;
    try {
      return await work(money, job, signal);
    } catch (error) {
      if (error instanceof SchedulingError) return again(job, error.message);
      if (!(error instanceof PaymentError)) throw error;
      return error.failure === 'refused' || error.failure === 'not_found'
        ? { result: 'dead', error: error.message }
        : again(job, error.message);
    }
  };
}

export const again = (job: ClaimedJob, error: string): JobResult => ({
  result: 'again',
  inMs: backOff(job.attempts),
  error,
});

/** Stripe keeps the answer to a key, a failure of its own included: after some tries the same answer teaches nothing. */
const triesPerKey = 5;

/**
 * One key for one intended write, the same at every try. Should the key itself be what is stuck, another one follows: for
 * these writes Stripe's own state forbids a second time, and each is looked up before it is tried again.
 */
export function call(job: ClaimedJob, payment: PaymentRecord, what: string): PaymentCall {
  const round = Math.floor((job.attempts - 1) / triesPerKey);
  const name = payment.paymentId ?? payment.sessionId ?? payment.bookingId;
  return {
    idempotencyKey: `${what}:${name}${round === 0 ? '' : `:${round + 1}`}`,
    recipient: payment.request.recipient,
  };
}

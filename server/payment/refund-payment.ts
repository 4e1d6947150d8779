import type { BookingEvent } from '../booking/booking-event.ts';
import type { Ledger } from '../booking/ledger.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../database/connection.ts';
import { concludeJob } from '../outbox/job.store.ts';
import { done, type ClaimedJob, type JobHandler, type JobResult } from '../outbox/job.ts';
import type { Payment, Refund } from './payment.ts';
import { call, paymentJob, type Money } from './payment-job.ts';
import { rememberName } from './payment.store.ts';

export interface RefundPaymentDeps {
  db: Database;
  clock: Clock;
  ledger: Ledger;
  payment: Payment;
}

/** A pending refund waits for the owner's balance or for a bank. */
const pendingMs = 3_600_000;

/**
 * Gives back what was taken, once. What has been given back already is looked up before every try: a key is remembered for
 * a day, a refund for ever.
 */
export function createRefundPayment(deps: RefundPaymentDeps): JobHandler {
  const { db, clock, ledger, payment } = deps;

  return paymentJob(db, async (money, job) => {
    const { booking, payment: record } = money;
    if (booking.paymentStatus !== 'refunding') return done;
    if (record.paymentId === null) return { result: 'dead', error: 'There is nothing to refund.' };
    const { recipient } = record.request;

    const [known] = await payment.refunds(record.paymentId, record.bookingId, recipient);
    const refund =
      known ??
      (await payment.refund(record.paymentId, record.bookingId, call(job, record, 'refund')));
    if (refund === 'state_moved') return givenBackOtherwise(money, job);
    return conclude(money, job, refund);
  });

  async function conclude({ booking, payment: record }: Money, job: ClaimedJob, refund: Refund) {
    if (refund.status === 'pending') {
      return { result: 'later', inMs: pendingMs } as const;
    }
    const isFailed = refund.status === 'failed';
    const result: JobResult = isFailed ? { result: 'dead', error: 'The refund failed.' } : done;
    const event: BookingEvent = isFailed
      ? { type: 'refund-failed' }
      : { type: 'payment-refunded', at: clock.now() };
    await ledger.transact(async (writer) => {
      await rememberName(writer.trx, record.bookingId, 'refund_id', refund.id);
      await writer.apply(booking.id, event);
      await concludeJob(writer.trx, job, result, clock.now());
    });
    return result;
  }

  /** Stripe will not refund: the owner has done so by hand, or a bank has taken the money back. */
  async function givenBackOtherwise({ booking, payment: record }: Money, job: ClaimedJob) {
    const { payment: state } = await payment.readCheckout(
      record.sessionId ?? '',
      record.request.recipient,
    );
    const isBack = state !== null && state.refunded >= state.amount;
    const result: JobResult = isBack ? done : { result: 'dead', error: 'Stripe will not refund.' };
    const event: BookingEvent = isBack
      ? { type: 'payment-refunded', at: clock.now() }
      : { type: 'refund-failed' };
    await ledger.apply(booking.id, event, (trx) => concludeJob(trx, job, result, clock.now()));
    return result;
  }
}

/** Looks at a refund again that had succeeded: it may fail within a month. */
export function createCheckRefund({ db, ledger, payment }: RefundPaymentDeps): JobHandler {
  return paymentJob(db, async ({ booking, payment: record }) => {
    if (booking.paymentStatus !== 'refunded' || record.paymentId === null) return done;
    const { recipient } = record.request;
    const refunds = await payment.refunds(record.paymentId, record.bookingId, recipient);
    const isBack = refunds.some(({ status }) => status !== 'failed');
    if (refunds.length === 0 || isBack) return done;
    await ledger.apply(booking.id, { type: 'refund-failed' });
    return { result: 'dead', error: 'The refund failed after it had succeeded.' };
  });
}

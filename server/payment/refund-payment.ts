import type { BookingEvent } from '../booking/booking-event.ts';
import type { Ledger } from '../booking/ledger.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../database/connection.ts';
import { concludeJob } from '../outbox/job.store.ts';
import { done, type ClaimedJob, type JobHandler } from '../outbox/job.ts';
import type { Payment, Refund } from './payment.ts';
import { call, paymentJob, type Money } from './payment-job.ts';
import { applyToHolder, rememberName, type PaymentRecord } from './payment.store.ts';

export interface RefundPaymentDeps {
  db: Database;
  clock: Clock;
  ledger: Ledger;
  payment: Payment;
}

/** A pending refund waits for the owner's balance or for a bank. */
const pendingMs = 3_600_000;
/** Banks take some days; after that the owner should have a look. */
const patienceMs = 4 * 86_400_000;

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

  async function conclude({ payment: record }: Money, job: ClaimedJob, refund: Refund) {
    if (refund.status === 'pending') {
      const wait = { inMs: pendingMs, error: 'The refund is pending.' };
      const isLong = clock.now() - job.createdAt > patienceMs;
      return { result: isLong ? 'again' : 'later', ...wait } as const;
    }
    await finish(record, job, refund.status === 'succeeded', refund.id);
    return done;
  }

  /** Stripe will not refund: the owner has done so by hand, or a bank has taken the money back. */
  async function givenBackOtherwise({ payment: record }: Money, job: ClaimedJob) {
    const { paymentId, request } = record;
    const back = await payment.givenBack(paymentId ?? '', request.recipient);
    await finish(record, job, back >= request.price.amount, null);
    return done;
  }

  async function finish(
    record: PaymentRecord,
    job: ClaimedJob,
    isBack: boolean,
    refundId: string | null,
  ): Promise<void> {
    const event: BookingEvent = isBack
      ? { type: 'payment-refunded', at: clock.now() }
      : { type: 'refund-failed' };
    await applyToHolder(ledger, record.bookingId, event, async (trx) => {
      if (refundId !== null) await rememberName(trx, record.bookingId, 'refund_id', refundId);
      await concludeJob(trx, job, done, clock.now());
    });
  }
}

/** Looks at a refund again that had succeeded: it may fail within a month. */
export function createCheckRefund({ db, ledger, payment }: RefundPaymentDeps): JobHandler {
  return paymentJob(db, async ({ booking, payment: record }) => {
    const { paymentId, request, bookingId } = record;
    if (booking.paymentStatus !== 'refunded' || paymentId === null) return done;
    const back = await payment.givenBack(paymentId, request.recipient);
    if (back < request.price.amount) {
      await applyToHolder(ledger, bookingId, { type: 'refund-failed' });
    }
    return done;
  });
}

/** Stands on the list that a human sees until the money is back, by whatever hand. */
export function createFailedRefund({ db, ledger, payment }: RefundPaymentDeps): JobHandler {
  return paymentJob(db, async ({ booking, payment: record }) => {
    const { paymentId, request, bookingId } = record;
    if (booking.paymentStatus !== 'refund_failed' || paymentId === null) return done;
    if ((await payment.givenBack(paymentId, request.recipient)) < request.price.amount) {
      return { result: 'dead', error: 'The refund failed: give the money back by hand.' };
    }
    await applyToHolder(ledger, bookingId, { type: 'payment-returned' });
    return done;
  });
}

import type { Ledger } from '../booking/ledger.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../database/connection.ts';
import { concludeDelivery, findDelivery } from '../outbox/inbox.ts';
import { enqueueJobs } from '../outbox/job.store.ts';
import { done, type JobHandler, type JobResult } from '../outbox/job.ts';
import { SchedulingError } from '../scheduling/scheduling.ts';
import type { Fulfill } from './fulfill.ts';
import { PaymentError, type Payment } from './payment.ts';
import { again } from './payment-job.ts';
import {
  applyToHolder,
  findMoney,
  findPayment,
  findPaymentById,
  findPaymentBySession,
  type PaymentRecord,
} from './payment.store.ts';
import { parseStripeDelivery, type StripeDelivery } from './stripe.webhook.ts';

export interface ProcessStripeDeliveryDeps {
  db: Database;
  clock: Clock;
  ledger: Ledger;
  payment: Payment;
  fulfill: Fulfill;
}

/** After a day the sweep has seen the same payment many times. */
const patienceMs = 24 * 3_600_000;

/**
 * A delivery says where to look; what counts is what Stripe says when it is asked again. So deliveries may come twice,
 * late, in any order, and before our own record of the checkout.
 */
export function createProcessStripeDelivery(deps: ProcessStripeDeliveryDeps): JobHandler {
  const { db, clock, ledger, payment, fulfill } = deps;

  return async function processStripeDelivery(job, signal) {
    const id = Number(job.payload['deliveryId']);
    const delivery = await findDelivery(db, id);
    if (!delivery) return done;
    const conclude = async (outcome: string, result: JobResult = done): Promise<JobResult> => {
      await concludeDelivery(db, id, outcome, clock.now());
      return result;
    };

    const parsed = parseStripeDelivery(delivery.body);
    if (!parsed) {
      return conclude('unreadable', {
        result: 'dead',
        error: `Delivery ${id} cannot be read.`,
      });
    }
    const record = await findRecord(parsed);
    if (!record) return conclude('foreign');
    // Opened by a try that we know nothing of: nobody was told its address, and now it is over.
    if (record.sessionId === null && parsed.type === 'checkout.session.expired') {
      return conclude('foreign');
    }
    const isOfSession = parsed.sessionId === null || parsed.sessionId === record.sessionId;
    try {
      if (record.sessionId === null) throw new PaymentError('unavailable', 'Not opened yet.');
      // Somebody else's checkout that bears our booking's name moves nothing.
      if (!isOfSession || parsed.account !== record.request.recipient.account) {
        return await conclude('foreign');
      }
      if (parsed.type === 'charge.dispute.created') await tellOfDispute(record, parsed.objectId);
      if (parsed.type.startsWith('refund.')) await followRefund(record);
      const { outcome } = await fulfill(record.bookingId, { signal });
      return outcome === 'mismatch'
        ? await conclude(outcome, {
            result: 'dead',
            error: 'What was paid is not what was quoted.',
          })
        : await conclude(outcome);
    } catch (error) {
      if (!(error instanceof PaymentError || error instanceof SchedulingError)) throw error;
      return clock.now() - job.createdAt > patienceMs
        ? conclude('unanswered', { result: 'dead', error: error.message })
        : again(job, error.message);
    }
  };

  async function findRecord(parsed: StripeDelivery): Promise<PaymentRecord | null> {
    const { sessionId, paymentId, bookingId } = parsed;
    return (
      (sessionId === null ? null : await findPaymentBySession(db, sessionId)) ??
      (paymentId === null ? null : await findPaymentById(db, paymentId)) ??
      (bookingId === null ? null : await findPayment(db, bookingId))
    );
  }

  /** Only the owner can answer a bank; they have to know that it asks. */
  async function tellOfDispute({ bookingId }: PaymentRecord, dispute: string): Promise<void> {
    const job = { kind: 'disputed', key: `disputed:${dispute}`, bookingId };
    await enqueueJobs(db, [job], clock.now());
  }

  /** A refund may fail long after it had succeeded, and be made again by hand. */
  async function followRefund({ bookingId, paymentId, request }: PaymentRecord): Promise<void> {
    const status = (await findMoney(db, bookingId))?.booking.paymentStatus;
    if (paymentId === null || (status !== 'refunded' && status !== 'refund_failed')) return;
    const back = await payment.givenBack(paymentId, request.recipient);
    const isBack = back >= request.price.amount;
    if (isBack === (status === 'refunded')) return;
    await applyToHolder(ledger, bookingId, {
      type: isBack ? 'payment-returned' : 'refund-failed',
    });
  }
}

/** Stands on the list that a human sees. */
export const disputed: JobHandler = async () => ({
  result: 'dead',
  error: 'The payment is disputed: answer in Stripe.',
});

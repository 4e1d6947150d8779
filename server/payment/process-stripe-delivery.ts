import type { Ledger } from '../booking/ledger.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../database/connection.ts';
import { concludeDelivery, findDelivery } from '../outbox/inbox.ts';
import { done, type JobHandler, type JobResult } from '../outbox/job.ts';
import { SchedulingError } from '../scheduling/scheduling.ts';
import type { Fulfill } from './fulfill.ts';
import { PaymentError, type Payment } from './payment.ts';
import { again } from './payment-job.ts';
import {
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
    const isOfSession = parsed.sessionId === null || parsed.sessionId === record.sessionId;
    try {
      if (record.sessionId === null) throw new PaymentError('unavailable', 'Not opened yet.');
      // Somebody else's checkout that bears our booking's name moves nothing.
      if (!isOfSession || parsed.account !== record.request.recipient.account) {
        return await conclude('foreign');
      }
      if (parsed.type.startsWith('charge.dispute.')) {
        return await conclude('disputed', { result: 'dead', error: 'The payment is disputed.' });
      }
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

  /** A refund may fail long after it had succeeded. */
  async function followRefund(record: PaymentRecord): Promise<void> {
    const money = await findMoney(db, record.bookingId);
    if (!money || record.paymentId === null) return;
    const { recipient } = record.request;
    const [refund] = await payment.refunds(record.paymentId, record.bookingId, recipient);
    if (refund?.status === 'failed')
      await ledger.apply(money.booking.id, { type: 'refund-failed' });
  }
}

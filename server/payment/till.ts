import type { Hono } from 'hono';
import type { Availability } from '../availability/availability.ts';
import type { SessionTypes } from '../availability/session-types.ts';
import type { Ledger } from '../booking/ledger.ts';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import type { Database } from '../database/connection.ts';
import type { JobHandler } from '../outbox/job.ts';
import type { CallOptions } from '../scheduling/scheduling.ts';
import { createCapturePayment } from './capture-payment.ts';
import { createFulfill } from './fulfill.ts';
import { createOpenCheckout } from './open-checkout.ts';
import type { Payment } from './payment.ts';
import { createLookAtPayment } from './look-at-payment.ts';
import { createProcessStripeDelivery, disputed } from './process-stripe-delivery.ts';
import { createCheckRefund, createFailedRefund, createRefundPayment } from './refund-payment.ts';
import { createReleasePayment } from './release-payment.ts';
import { createReturnRoutes } from './return.routes.ts';
import { sweepPayments } from './sweep-payments.ts';

export interface TillDeps {
  config: Config;
  db: Database;
  clock: Clock;
  ledger: Ledger;
  payment: Payment;
  sessionTypes: SessionTypes;
  availability: Availability;
  linkSecret: string;
  log: (entry: { event: string; [key: string]: unknown }) => void;
}

/** Everything that a backend has for taking payments. */
export interface Till {
  handlers: Record<string, JobHandler>;
  routes: Hono;
  sweep(options: CallOptions): Promise<{ compared: number }>;
}

export function createTill(deps: TillDeps): Till {
  const { config, db, clock, log, linkSecret } = deps;
  const live = /^[sr]k_live_/.test(config.stripe?.secretKey ?? '');
  const fulfill = createFulfill({ ...deps, live });
  const parts = { ...deps, fulfill };
  const startedAt = clock.now();
  return {
    handlers: {
      'open-checkout': createOpenCheckout(parts),
      'capture-payment': createCapturePayment(parts),
      'release-payment': createReleasePayment(parts),
      'refund-payment': createRefundPayment(parts),
      'check-refund': createCheckRefund(parts),
      'failed-refund': createFailedRefund(parts),
      disputed,
      'look-at-payment': createLookAtPayment(parts),
      'process-stripe-delivery': createProcessStripeDelivery(parts),
    },
    routes: createReturnRoutes({
      db,
      clock,
      fulfill,
      publicUrl: config.publicUrl,
      linkSecret,
      log,
    }),
    sweep: (options) => sweepPayments({ db, clock, fulfill, startedAt, log }, options),
  };
}

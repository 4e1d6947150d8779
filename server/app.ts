import { createHmac } from 'node:crypto';
import { Hono } from 'hono';
import { createAvailabilityRoutes } from './availability/availability.routes.ts';
import { createAvailability, type Availability } from './availability/availability.ts';
import { createSessionTypes, type SessionTypes } from './availability/session-types.ts';
import { createBookingRoutes } from './booking/booking.routes.ts';
import { findSeats } from './booking/booking.store.ts';
import { createChanges } from './booking/changes.ts';
import { createBookingDesk } from './booking/desk.ts';
import { createLedger } from './booking/ledger.ts';
import { holdMs } from './booking/new-booking.ts';
import { createUnpaidHolds } from './booking/unpaid-holds.ts';
import { createSendMail } from './booking/send-mail.ts';
import { newId } from './booking/token.ts';
import { createBackground } from './background.ts';
import type { Clock, RandomBytes } from './clock.ts';
import type { Config } from './config.ts';
import type { Database } from './database/connection.ts';
import { createAssets } from './http/assets.ts';
import { clientAddress } from './http/client-address.ts';
import { createDocuments } from './http/documents.ts';
import { createHealth, type Readiness } from './http/health.ts';
import { createRoutes } from './http/routes.ts';
import { createOrigins } from './http/origins.ts';
import { createPages } from './http/pages.ts';
import { createRateLimit } from './http/rate-limit.ts';
import type { Mailer } from './notification/notification.ts';
import { prune } from './outbox/prune.ts';
import { createWorker, type Worker } from './outbox/worker.ts';
import type { Payment } from './payment/payment.ts';
import { preparePayment } from './payment/prepare-payment.ts';
import { createStripeWebhook } from './payment/stripe-webhook.routes.ts';
import { createTill } from './payment/till.ts';
import { createAdopt } from './scheduling/adopt.ts';
import { createCalendlyWebhook } from './scheduling/calendly-webhook.routes.ts';
import { createCancelEvent } from './scheduling/cancel-event.ts';
import { createCompareBooking } from './scheduling/compare-booking.ts';
import { createExpiry } from './scheduling/expire.ts';
import { createProcessDelivery } from './scheduling/process-delivery.ts';
import { createReadPlace } from './scheduling/read-place.ts';
import { createReconcile } from './scheduling/reconcile.ts';
import { createScheduleInvitee } from './scheduling/schedule-invitee.ts';
import type { CallOptions, Scheduling } from './scheduling/scheduling.ts';
import { ensureSubscription } from './scheduling/subscription.ts';
import { sweepCalendly } from './scheduling/sweep.ts';

export interface AppDeps {
  config: Config;
  db: Database;
  clock: Clock;
  random: RandomBytes;
  scheduling: Scheduling;
  /** Null: nothing is sold here. */
  payment: Payment | null;
  mailer: Mailer;
  /** One JSON line each; never a name, an address or a token. */
  log: (entry: { event: string; [key: string]: unknown }) => void;
  /** Where the built widget is. */
  widgetDirectory: string;
  /** Address of the socket a request came by. */
  socketAddress: (env: unknown) => string;
  /** Confirms per client and minute. */
  confirmsPerMinute?: number;
  /** Times that one client may hold at once and has not paid for. */
  unpaidHolds?: number;
}

export interface App {
  fetch: (request: Request, env?: unknown) => Response | Promise<Response>;
  sessionTypes: SessionTypes;
  availability: Availability;
  worker: Worker;
  /** Compares what is open with Calendly, once. */
  sweep(options?: CallOptions): Promise<{ compared: number }>;
  /** Asks about every payment that may have moved, once. */
  sweepPayments(options?: CallOptions): Promise<{ compared: number }>;
  /** Makes sure that Calendly tells us, once. */
  subscribe(options?: CallOptions): Promise<string>;
  /** Begins to work through the outbox, to sweep and to watch the subscription. */
  start(): void;
  /** Refuses new work and ends what is under way. */
  stop(): Promise<void>;
}

/** How long nobody is asked for money after Calendly has refused what they would pay for. */
const refusalMs = 10 * 60_000;

/** A purpose-bound secret made from the one secret every deployment has. */
const deriveSecret = (token: string, purpose: string): string =>
  createHmac('sha256', token).update(purpose).digest('hex');

export function createApp(deps: AppDeps): App {
  const { config, db, clock, random, scheduling, payment, mailer, log } = deps;
  const { publicUrl, calendly } = config;
  const linkSecret = deriveSecret(calendly.token, 'links in mails');
  const signingKeys =
    calendly.signingKeys.length > 0
      ? calendly.signingKeys
      : [deriveSecret(calendly.token, 'webhook signing key')];

  const sessionTypes = createSessionTypes({ scheduling, clock, offers: config.sessionTypes, log });
  const availability = createAvailability({
    scheduling,
    clock,
    held: (calendar, from, to) => findSeats(db, calendar, from, to),
    log,
  });
  const changes = createChanges();
  const ledger = createLedger({
    db,
    clock,
    changed({ before, after }) {
      if (before?.seat !== after.seat || before.status !== after.status) availability.clear();
      log({ event: 'booking', booking: after.id, from: before?.status ?? null, to: after.status });
      changes.emit(after);
      worker.wake();
    },
  });
  const adopt = createAdopt({ ledger, clock, random });
  const reconcile = createReconcile({ db, scheduling, adopt });
  const { expireHold, expireInvitation } = createExpiry({ clock, ledger });
  const origins = createOrigins(publicUrl, config.allowedOrigins);
  const till =
    payment &&
    createTill({ config, db, clock, ledger, payment, sessionTypes, availability, linkSecret, log });
  const quota = config.bookingQuota;
  let refusedAt = -Infinity;
  const worker: Worker = createWorker({
    db,
    clock,
    log,
    lease: () => newId(random),
    handlers: {
      'schedule-invitee': createScheduleInvitee({
        db,
        quota,
        clock,
        ledger,
        scheduling,
        sessionTypes,
        refusedByApi(reason) {
          refusedAt = clock.now();
          log({
            event: 'bookings-refused',
            error: `Calendly takes no bookings by API: ${reason}.`,
          });
        },
      }),
      'cancel-event': createCancelEvent({ db, clock, ledger, scheduling }),
      'read-place': createReadPlace({ db, ledger, scheduling }),
      'compare-booking': createCompareBooking({ db, reconcile }),
      'expire-hold': expireHold,
      'expire-invitation': expireInvitation,
      'process-calendly-delivery': createProcessDelivery({ db, clock, reconcile }),
      ...till?.handlers,
      'send-mail': createSendMail({ db, clock, mailer, sessionTypes, publicUrl, linkSecret }),
    },
  });
  const desk = createBookingDesk({
    db,
    clock,
    random,
    ledger,
    changes,
    worker,
    sessionTypes,
    availability,
    linkSecret,
    mayReturnTo: (url) => origins.allow(new URL(url).origin) !== null,
    preparePayment: (trx, booking, session, returnUrl) =>
      preparePayment(
        {
          publicUrl,
          quota,
          takesPayments: payment !== null && clock.now() - refusedAt > refusalMs,
          now: clock.now(),
        },
        trx,
        booking,
        session,
        returnUrl,
      ),
  });

  const stopping = new AbortController();
  const readiness: Readiness = { started: false, draining: false, subscriptionSeenAt: null };
  const confirmLimit = createRateLimit(deps.confirmsPerMinute ?? 20, 60);
  const unpaidHoldLimit = createRateLimit(deps.unpaidHolds ?? 6, holdMs / 1000);
  const clientOf = (request: Request, env: unknown): string =>
    clientAddress(
      deps.socketAddress(env),
      request.headers.get('x-forwarded-for'),
      config.trustedProxyHops,
    );

  const routes = createRoutes({
    origins,
    log,
    availability: createAvailabilityRoutes({
      sessionTypes,
      availability,
      clock,
      allowOrigin: origins.allow,
    }),
    bookings: createBookingRoutes({
      db,
      clock,
      ledger,
      changes,
      worker,
      desk,
      publicUrl,
      stopping: stopping.signal,
      limitConfirm: confirmLimit.admit,
      limitUnpaidHolds: createUnpaidHolds(unpaidHoldLimit, changes),
      clientOf,
    }),
    webhooks: new Hono()
      .route(
        '/',
        createCalendlyWebhook({
          db,
          clock,
          signingKeys,
          log,
          received() {
            availability.clear();
            worker.wake();
          },
        }),
      )
      .route(
        '/',
        createStripeWebhook({
          db,
          clock,
          secrets: config.stripe?.webhookSecrets ?? [],
          log,
          received: () => worker.wake(),
        }),
      ),
    payments: till?.routes ?? new Hono(),
    others: [
      createHealth(db, clock, readiness),
      createPages(),
      createAssets(deps.widgetDirectory),
      createDocuments(publicUrl),
    ],
  });

  async function subscribe(options: CallOptions = {}): Promise<string> {
    const owner = await sessionTypes.owner(options);
    readiness.started = true;
    const state = await ensureSubscription(
      {
        db,
        clock,
        scheduling,
        callbackUrl: `${publicUrl}/api/webhooks/calendly`,
        signingKey: signingKeys[0] ?? '',
      },
      owner,
      options,
    );
    readiness.subscriptionSeenAt = clock.now();
    if (state !== 'found') log({ event: 'subscription', state });
    return state;
  }

  const sweep = (options: CallOptions = {}): Promise<{ compared: number }> =>
    sweepCalendly({ db, clock, scheduling, sessionTypes, reconcile, log }, options);

  const sweepPayments = async (options: CallOptions = {}): Promise<{ compared: number }> =>
    till ? till.sweep(options) : { compared: 0 };

  const background = createBackground({
    clock,
    log,
    tasks: [
      { name: 'subscription', everyMs: 10 * 60_000, work: (signal) => subscribe({ signal }) },
      { name: 'sweep', everyMs: 5 * 60_000, work: (signal) => sweep({ signal }) },
      { name: 'prune', everyMs: 24 * 3_600_000, work: (signal) => prune(db, clock, { signal }) },
      { name: 'payments', everyMs: 60_000, work: (signal) => sweepPayments({ signal }) },
    ],
  });

  return {
    fetch: (request, env) => routes.fetch(request, env),
    sessionTypes,
    availability,
    worker,
    sweep,
    sweepPayments,
    subscribe,
    start() {
      worker.start();
      background.start();
    },
    async stop() {
      readiness.draining = true;
      stopping.abort();
      await background.stop();
      await worker.stop();
    },
  };
}

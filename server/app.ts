import { createHmac } from 'node:crypto';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { createAvailabilityRoutes } from './availability/availability.routes.ts';
import { createAvailability, type Availability } from './availability/availability.ts';
import { createSessionTypes, type SessionTypes } from './availability/session-types.ts';
import { createBookingRoutes } from './booking/booking.routes.ts';
import { findSeats } from './booking/booking.store.ts';
import { createChanges } from './booking/changes.ts';
import { createBookingDesk } from './booking/confirm.ts';
import { createLedger } from './booking/ledger.ts';
import { createSendMail } from './booking/send-mail.ts';
import { newId } from './booking/token.ts';
import type { Clock, RandomBytes } from './clock.ts';
import type { Config } from './config.ts';
import type { Database } from './database/connection.ts';
import { createAssets } from './http/assets.ts';
import { clientAddress } from './http/client-address.ts';
import { RequestError } from './http/errors.ts';
import { createHealth, type Readiness } from './http/health.ts';
import { openApiDocument } from './http/openapi.ts';
import { createOrigins } from './http/origins.ts';
import { createPages } from './http/pages.ts';
import { createRateLimit } from './http/rate-limit.ts';
import type { Mailer } from './notification/notification.ts';
import { createWorker, type Worker } from './outbox/worker.ts';
import { createAdopt } from './scheduling/adopt.ts';
import { createCalendlyWebhook } from './scheduling/calendly-webhook.routes.ts';
import { createCancelEvent } from './scheduling/cancel-event.ts';
import { createCompareBooking } from './scheduling/compare-booking.ts';
import { createExpiry } from './scheduling/expire.ts';
import { createProcessDelivery } from './scheduling/process-delivery.ts';
import { createReadPlace } from './scheduling/read-place.ts';
import { createReconcile } from './scheduling/reconcile.ts';
import { createRetireBooking } from './scheduling/retire-booking.ts';
import { createScheduleInvitee } from './scheduling/schedule-invitee.ts';
import { SchedulingError, type Scheduling } from './scheduling/scheduling.ts';
import { ensureSubscription } from './scheduling/subscription.ts';
import { sweepCalendly } from './scheduling/sweep.ts';

export interface AppDeps {
  config: Config;
  db: Database;
  clock: Clock;
  random: RandomBytes;
  scheduling: Scheduling;
  mailer: Mailer;
  /** One JSON line each; never a name, an address or a token. */
  log: (entry: { event: string; [key: string]: unknown }) => void;
  /** Where the built widget is. */
  widgetDirectory: string;
  /** Address of the socket a request came by. */
  socketAddress: (env: unknown) => string;
  /** Confirms per client and minute. */
  confirmsPerMinute?: number;
}

export interface App {
  fetch: (request: Request, env?: unknown) => Response | Promise<Response>;
  sessionTypes: SessionTypes;
  availability: Availability;
  worker: Worker;
  /** Compares what is open with Calendly, once. */
  sweep(): Promise<{ compared: number }>;
  /** Makes sure that Calendly tells us, once. */
  subscribe(): Promise<string>;
  /** Begins to work through the outbox, to sweep and to watch the subscription. */
  start(): void;
  /** Refuses new work and ends what is under way. */
  stop(): Promise<void>;
}

const bodyBytes = 64 * 1024;
const sweepEveryMs = 5 * 60_000;
const subscribeEveryMs = 10 * 60_000;

/** A purpose-bound secret made from the one secret every deployment has. */
const deriveSecret = (token: string, purpose: string): string =>
  createHmac('sha256', token).update(purpose).digest('hex');

export function createApp(deps: AppDeps): App {
  const { config, db, clock, random, scheduling, mailer, log } = deps;
  const { publicUrl, calendly } = config;
  const linkSecret = deriveSecret(calendly.token, 'links in mails');
  const signingKeys =
    calendly.signingKeys.length > 0
      ? calendly.signingKeys
      : [deriveSecret(calendly.token, 'webhook signing key')];

  const sessionTypes = createSessionTypes({ scheduling, clock, offers: config.sessionTypes });
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
  const worker: Worker = createWorker({
    db,
    clock,
    log,
    lease: () => newId(random),
    handlers: {
      'schedule-invitee': createScheduleInvitee({ db, clock, ledger, scheduling, sessionTypes }),
      'retire-booking': createRetireBooking({ db, clock, ledger }),
      'cancel-event': createCancelEvent({ db, clock, ledger, scheduling }),
      'read-place': createReadPlace({ db, ledger, scheduling }),
      'compare-booking': createCompareBooking({ db, reconcile }),
      'expire-hold': expireHold,
      'expire-invitation': expireInvitation,
      'process-calendly-delivery': createProcessDelivery({ db, clock, reconcile }),
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
    scheduling,
    sessionTypes,
    availability,
    linkSecret,
  });

  const readiness: Readiness = { started: false, draining: false, subscriptionSeenAt: null };
  const origins = createOrigins(publicUrl, config.allowedOrigins);
  const confirmLimit = createRateLimit(deps.confirmsPerMinute ?? 20, 60);

  const api = new Hono()
    .use(origins.guard)
    .use(
      bodyLimit({
        maxSize: bodyBytes,
        onError: () => {
          throw new RequestError('payload_too_large');
        },
      }),
    )
    .route(
      '/scheduling',
      createBookingRoutes({
        db,
        clock,
        ledger,
        changes,
        worker,
        desk,
        publicUrl,
        limitConfirm: (request, env) =>
          confirmLimit(
            clientAddress(
              deps.socketAddress(env),
              request.headers.get('x-forwarded-for'),
              config.trustedProxyHops,
            ),
          ),
      }),
    )
    .route(
      '/webhooks',
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
    );

  const app = new Hono()
    // Asked for by every visitor: on its own, without the middleware of the rest.
    .route(
      '/api/scheduling',
      createAvailabilityRoutes({ sessionTypes, availability, clock, allowOrigin: origins.allow }),
    )
    .route('/api', api)
    .route('/', createHealth(db, readiness))
    .route('/', createPages())
    .route('/', createAssets(deps.widgetDirectory))
    .get('/openapi.json', (c) => c.json(openApiDocument(publicUrl)));

  app.notFound(() => answer(new RequestError('not_found')));
  app.onError((error, c) => {
    const refusal = asRequestError(error);
    if (refusal.status >= 500) {
      log({ event: 'error', route: c.req.routePath, status: refusal.status, error: error.message });
    }
    return answer(refusal);
  });

  const stopped = new AbortController();
  let loops: Promise<unknown> = Promise.resolve();

  async function subscribe(): Promise<string> {
    const owner = await sessionTypes.owner();
    const state = await ensureSubscription(
      {
        db,
        clock,
        scheduling,
        callbackUrl: `${publicUrl}/api/webhooks/calendly`,
        signingKey: signingKeys[0] ?? '',
      },
      owner,
      {},
    );
    readiness.subscriptionSeenAt = clock.now();
    if (state !== 'found') log({ event: 'subscription', state });
    return state;
  }

  const sweep = (): Promise<{ compared: number }> =>
    sweepCalendly(
      { db, clock, scheduling, sessionTypes, reconcile, log },
      { signal: stopped.signal },
    );

  /** Something done now and then until the end; its failures are told and never end it. */
  async function repeat(
    name: string,
    everyMs: number,
    work: () => Promise<unknown>,
  ): Promise<void> {
    while (!stopped.signal.aborted) {
      await work().then(
        () => (readiness.started = true),
        (error: unknown) =>
          log({ event: name, error: error instanceof Error ? error.message : String(error) }),
      );
      await clock.wait(everyMs, stopped.signal).catch(() => undefined);
    }
  }

  return {
    fetch: (request, env) => app.fetch(request, env as object),
    sessionTypes,
    availability,
    worker,
    sweep,
    subscribe,
    start() {
      worker.start();
      loops = Promise.all([
        repeat('subscription', subscribeEveryMs, subscribe),
        repeat('sweep', sweepEveryMs, sweep),
      ]);
    },
    async stop() {
      readiness.draining = true;
      stopped.abort();
      await worker.stop();
      await loops;
    },
  };
}

const answer = (refusal: RequestError): Response =>
  Response.json(refusal.body, {
    status: refusal.status,
    headers: { 'cache-control': 'no-store', ...refusal.headers },
  });

/** What went wrong in Calendly, or in us, as a sentence that tells a visitor what to do and nothing else. */
function asRequestError(error: Error): RequestError {
  if (error instanceof RequestError) return error;
  if (error instanceof SchedulingError) {
    return new RequestError(
      error.failure === 'not_found' ? 'session_type_not_found' : 'scheduling_unavailable',
    );
  }
  return new RequestError('internal_error');
}

import { Hono } from 'hono';
import type { Clock, RandomBytes } from '../../../server/clock.ts';
import { createApi } from './api/api.ts';
import { createRateLimits } from './api/rate-limits.ts';
import { openSlots } from './availability.ts';
import { byUri, type Core, findEventType, instant, known, present } from './core.ts';
import { controlRoutes } from './control.routes.ts';
import { createIdentities } from './identities.ts';
import { createInterference } from './interference.ts';
import { createInviteeActions } from './invitee-actions.ts';
import { bookingPages } from './pages/booking.routes.ts';
import { changePages } from './pages/change.routes.ts';
import type { Detail } from './refusal.ts';
import type { EventType, Invitee } from './resources.ts';
import { cancelEvent } from './scheduling.ts';
import { livedIn, type SeedData, seedState } from './seed.ts';
import type { CalendlyState, RecordedCall } from './state.ts';
import type { Stranger } from './strangers.ts';
import { noTrouble, type Trouble } from './trouble.ts';
import { createWebhooks } from './webhooks.ts';

export interface CalendlySandbox {
  /** The API, the hosted pages and the control routes under `/_sandbox/`. */
  fetch(input: Request | string | URL, init?: RequestInit): Promise<Response>;
  /** Its own truth, plain data. */
  readonly state: CalendlyState;
  /** What goes wrong, plain data to be changed at any time. */
  readonly trouble: Trouble;
  /** Every API request seen, oldest first. */
  calls(filter?: { method?: string; path?: RegExp }): RecordedCall[];
  /** The starts of the free slots of the coming `days` days (all bookable ones when left out), as ISO instants. */
  freeTimes(eventTypeUriOrSlug: string, days?: number): string[];
  /** Someone books on Calendly's own page. Throws when the time is not free. */
  bookAsStranger(eventTypeUriOrSlug: string, startTime: string, invitee?: Stranger): Invitee;
  cancelAsHost(eventUri: string, reason?: string): void;
  cancelAsInvitee(inviteeUri: string, reason?: string): void;
  /** As on Calendly's page: new URIs, two deliveries in the order of `trouble.webhookOrder`. */
  rescheduleAsInvitee(inviteeUri: string, newStart: string, reason?: string): Invitee;
  editEventType(uriOrSlug: string, patch: Partial<EventType>): void;
  /** As after a day of failures. */
  disableSubscriptions(): void;
  deleteSubscriptions(): void;
  /** Resolves when no delivery is due at the present clock time. */
  settleWebhooks(): Promise<void>;
  /** No request so far counts towards the limits of what one may ask in a time. */
  forgetRequests(): void;
  /** Back to the seed, with no trouble. */
  reset(): void;
  /** Lets go of every delivery under way. */
  stop(): void;
}

export interface CalendlySandboxDeps {
  clock: Clock;
  random: RandomBytes;
  /** Posts the webhooks. */
  fetch: typeof fetch;
  /** Where its pages live. */
  publicUrl?: string;
  seed?: SeedData;
}

const readBody = (text: string): unknown => {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

/** What a refusal says at its most exact: a code, else the message of a detail, else its own. */
async function errorIn(response: Response): Promise<string> {
  const body = (await response.json()) as { message: string; details?: Detail[] };
  const [detail] = body.details ?? [];
  return detail?.code ?? detail?.message ?? body.message;
}

export function createCalendlySandbox(deps: CalendlySandboxDeps): CalendlySandbox {
  const seed = deps.seed ?? {};
  const state = seedState(deps.clock.now(), seed);
  const trouble = noTrouble();
  const core: Core = {
    state,
    trouble,
    clock: deps.clock,
    identities: createIdentities(deps.random),
    publicUrl: (deps.publicUrl ?? 'https://calendly.com').replace(/\/$/, ''),
  };
  const webhooks = createWebhooks(core, deps.fetch);
  const rateLimits = createRateLimits(core);
  const api = createApi(core, webhooks, rateLimits);
  const interfere = createInterference(deps.clock, trouble);
  const actions = createInviteeActions(core, webhooks);
  const pages = new Hono()
    .route('/', changePages(core, actions))
    .route('/', bookingPages(core, actions));
  if (seed.lived !== false) livedIn(core);

  async function answerApi(request: Request): Promise<Response> {
    const url = new URL(request.url);
    const text = await request.text();
    const call: RecordedCall = {
      method: request.method,
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      body: readBody(text),
      status: null,
      error: null,
      replied: false,
      at: present(core),
    };
    state.calls.push(call);
    const response = await interfere(request, async () => {
      const answered = await api(
        new Request(request.url, {
          method: request.method,
          headers: request.headers,
          ...(text !== '' && { body: text }),
        }),
      );
      call.status = answered.status;
      call.error = answered.ok ? null : await errorIn(answered.clone());
      if (trouble.webhookBeforeReply) await webhooks.settle();
      return answered;
    });
    call.status ??= response.status;
    call.replied = true;
    return response;
  }

  const invitee = (uri: string): Invitee => known(state.invitees, uri);

  const eventTypeOf = (uriOrSlug: string): EventType => {
    const eventType = findEventType(core, uriOrSlug);
    if (!eventType) throw new Error(`The sandbox knows no event type ${uriOrSlug}`);
    return eventType;
  };

  /** Pages and API live on two hosts in life and on one here: a path that begins with a person's slug is a page. */
  async function answer(request: Request): Promise<Response> {
    const [, first = ''] = new URL(request.url).pathname.split('/');
    if (first === '_sandbox') return control.fetch(request);
    const hosted =
      ['d', 'cancellations', 'reschedulings'].includes(first) ||
      state.users.some((user) => user.slug === first);
    return hosted ? pages.fetch(request) : answerApi(request);
  }

  const sandbox: CalendlySandbox = {
    state,
    trouble,
    async fetch(input, init) {
      // A server hands over a Request of its own kind, which the constructor does not take.
      const request = input instanceof Request && !init ? input : new Request(input, init);
      const signal = init?.signal ?? request.signal;
      if (signal.aborted) throw signal.reason;
      return new Promise((resolve, reject) => {
        const leave = (): void => reject(signal.reason);
        signal.addEventListener('abort', leave, { once: true });
        answer(request)
          .then(resolve, reject)
          .finally(() => signal.removeEventListener('abort', leave));
      });
    },
    calls: (filter = {}) =>
      state.calls.filter(
        (call) =>
          (!filter.method || call.method === filter.method) &&
          (!filter.path || filter.path.test(call.path)),
      ),
    freeTimes(uriOrSlug, days = 366) {
      const now = deps.clock.now();
      return openSlots(core, eventTypeOf(uriOrSlug), now + 1, now + days * 24 * 60 * 60_000).map(
        (slot) => instant(slot.startMs),
      );
    },
    bookAsStranger(uriOrSlug, startTime, stranger) {
      const booked = actions.book(eventTypeOf(uriOrSlug), Date.parse(startTime), stranger ?? {});
      if (!booked) throw new Error(`${uriOrSlug} is not free at ${startTime}`);
      return booked;
    },
    cancelAsHost(eventUri, reason) {
      const event = known(state.events, eventUri);
      const host = byUri(state.users, event.hosts[0] ?? '');
      const canceled = cancelEvent(core, event, host?.name ?? 'Host', reason ?? null);
      webhooks.announce(canceled.map((gone) => ({ event: 'invitee.canceled', invitee: gone })));
    },
    cancelAsInvitee(uri, reason) {
      const leaving = invitee(uri);
      if (leaving.status === 'canceled') throw new Error(`${uri} is already canceled`);
      actions.cancel(leaving, reason ?? null);
    },
    rescheduleAsInvitee(uri, newStart, reason) {
      const moved = actions.move(invitee(uri), Date.parse(newStart), reason ?? null);
      if (!moved) throw new Error(`${newStart} is not free`);
      return moved;
    },
    editEventType(uriOrSlug, patch) {
      const eventType = eventTypeOf(uriOrSlug);
      Object.assign(eventType, patch, { updated_at: present(core) });
      webhooks.announce([{ event: 'event_type.updated', eventType }]);
    },
    disableSubscriptions() {
      for (const subscription of state.subscriptions) {
        subscription.state = 'disabled';
        subscription.updated_at = present(core);
      }
    },
    deleteSubscriptions() {
      state.subscriptions.length = 0;
    },
    settleWebhooks: () => webhooks.settle(),
    forgetRequests: () => rateLimits.reset(),
    reset() {
      webhooks.stop();
      rateLimits.reset();
      Object.assign(state, seedState(deps.clock.now(), seed));
      Object.assign(trouble, noTrouble());
      if (seed.lived !== false) livedIn(core);
    },
    stop: () => webhooks.stop(),
  };
  const control = controlRoutes(sandbox);
  return sandbox;
}

export type { CalendlyState, Delivery, RecordedCall } from './state.ts';
export type { SeedData } from './seed.ts';
export type { Trouble } from './trouble.ts';

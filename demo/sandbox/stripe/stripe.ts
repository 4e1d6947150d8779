import type Stripe from 'stripe';
import type { Clock, RandomBytes } from '../../../server/clock.ts';
import { createAgenda } from './agenda.ts';
import { createApi, type ApiRequest } from './api/api.ts';
import { createEndpoint, type EndpointWish } from './api/webhook-endpoints.routes.ts';
import { chargeOf, type Core, type Ground, known } from './core.ts';
import { controlRoutes } from './control.routes.ts';
import { createIdentities } from './identities.ts';
import { createInterference } from './interference.ts';
import { closeDispute, openDispute } from './payment/dispute.ts';
import { pay, type PayOptions, type PayResult } from './payment/pay.ts';
import { lapseAuthorization } from './payment/release.ts';
import { checkoutPages } from './pages/checkout.routes.ts';
import { emptyState, type RecordedCall, type StripeState } from './state.ts';
import { noTrouble, type StripeTrouble } from './trouble.ts';
import { createWebhooks } from './webhooks/deliveries.ts';
import { createEventLog } from './webhooks/event-log.ts';

export interface StripeSandbox {
  /** The API under /v1, the hosted Checkout page, the control routes under /_sandbox. */
  fetch(input: Request | string | URL, init?: RequestInit): Promise<Response>;
  /** Its own truth, plain data. */
  readonly state: StripeState;
  /** What goes wrong, plain data to be changed at any time. */
  readonly trouble: StripeTrouble;
  /** Every API request seen, oldest first. */
  calls(filter?: { method?: string; path?: RegExp }): RecordedCall[];
  /** What a person does on the hosted page, without the page; a test card's number, or the IBAN of a bank debit. */
  pay(sessionId: string, card?: string, options?: PayOptions): PayResult;
  /** The person leaves by the back link: nothing is cancelled, the session stays open. */
  cancelOnPage(sessionId: string): void;
  /** As in the dashboard: an endpoint with a secret that is known beforehand. */
  addEndpoint(wish: EndpointWish): Stripe.WebhookEndpoint;
  /** A new secret; the old one signs as well for as long as given, a day when not. */
  rollSecret(endpointId: string, oldForMs?: number): string;
  settleWebhooks(): Promise<void>;
  /** The bank takes its promise back before anyone captured. */
  lapseAuthorization(paymentIntentId: string): void;
  /** The cardholder's bank takes a captured payment back; without an outcome the dispute stays open. */
  dispute(paymentIntentId: string, outcome?: 'won' | 'lost'): Stripe.Dispute;
  /** As when the dashboard deletes all test data: the endpoints stay. No trouble is left. */
  reset(): void;
  /** Lets go of everything under way. */
  stop(): void;
}

export interface StripeSandboxDeps {
  clock: Clock;
  random: RandomBytes;
  /** Posts the webhooks. */
  fetch: typeof fetch;
  /** Where its pages live. */
  publicUrl?: string;
  secretKey?: string;
  /** Accounts for which the key may speak. */
  connectedAccounts?: string[];
}

export const defaultSecretKey = 'sk_test_sandboxSecretKey00000001';
export const restrictedKey = 'rk_test_sandboxRestricted0000001';
export const connectedAccount = 'acct_1SandboxConnected';

const day = 24 * 60 * 60_000;

export function createStripeSandbox(deps: StripeSandboxDeps): StripeSandbox {
  const { clock } = deps;
  const connected = deps.connectedAccounts ?? [connectedAccount];
  const state = emptyState(connected);
  const trouble = noTrouble();
  const agenda = createAgenda(clock);
  const ground: Ground = {
    state,
    trouble,
    clock,
    identities: createIdentities(deps.random),
    agenda,
    publicUrl: (deps.publicUrl ?? 'https://checkout.stripe.com').replace(/\/$/, ''),
    request: null,
  };
  const webhooks = createWebhooks(ground, deps.fetch);
  const core: Core = Object.assign(ground, { announce: createEventLog(ground, webhooks) });
  const api = createApi(core, [deps.secretKey ?? defaultSecretKey, restrictedKey]);
  const interfere = createInterference(clock, trouble, api, webhooks.settle);

  async function answerApi(request: Request, signal: AbortSignal): Promise<Response> {
    const url = new URL(request.url);
    const body = new URLSearchParams(await request.text());
    const call: RecordedCall = {
      method: request.method,
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      body: Object.fromEntries(body),
      idempotencyKey: request.headers.get('Idempotency-Key'),
      account: null,
      status: null,
      error: null,
      replayed: false,
      replied: false,
      at: new Date(clock.now()).toISOString(),
    };
    state.calls.push(call);
    const asked: ApiRequest = {
      id: core.identities.id('req_', 14),
      method: request.method,
      path: url.pathname,
      headers: request.headers,
      parameters: request.method === 'POST' ? body : url.searchParams,
      call,
    };
    const response = await interfere(asked, signal);
    call.replied = true;
    return response;
  }

  const pages = checkoutPages(core, webhooks);

  /** The API and the pages live on two hosts in life and on one here. */
  async function answer(request: Request, signal: AbortSignal): Promise<Response> {
    const { pathname } = new URL(request.url);
    if (pathname.startsWith('/_sandbox/')) return control.fetch(request);
    if (pathname.startsWith('/c/')) return pages.fetch(request);
    return answerApi(request, signal);
  }

  const sandbox: StripeSandbox = {
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
        answer(request, signal)
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
    pay: (sessionId, card, options) => pay(core, sessionId, card, options),
    cancelOnPage(sessionId) {
      known(state.sessions, sessionId);
    },
    addEndpoint: (wish) => createEndpoint(core, wish),
    rollSecret(endpointId, oldForMs = day) {
      const facts = state.endpointFacts[endpointId];
      if (!facts) throw new Error(`The sandbox knows no ${endpointId}`);
      const secret = core.identities.id('whsec_', 32);
      const untilMs = clock.now() + oldForMs;
      facts.secrets = [
        { secret, untilMs: null },
        ...facts.secrets.map((old) => ({ ...old, untilMs: old.untilMs ?? untilMs })),
      ];
      return secret;
    },
    settleWebhooks: () => webhooks.settle(),
    lapseAuthorization: (id) => lapseAuthorization(core, id),
    dispute(paymentIntentId, outcome) {
      const charge = chargeOf(core, known(state.paymentIntents, paymentIntentId));
      const dispute =
        state.disputes.find((open) => open.charge === charge.id) ?? openDispute(core, charge);
      if (outcome) closeDispute(core, dispute, outcome);
      return dispute;
    },
    reset() {
      webhooks.stop();
      agenda.clear();
      const { endpoints, endpointFacts } = state;
      Object.assign(state, emptyState(connected), { endpoints, endpointFacts });
      Object.assign(trouble, noTrouble());
    },
    stop() {
      webhooks.stop();
      agenda.clear();
    },
  };
  const control = controlRoutes(sandbox);
  return sandbox;
}

export type { Delivery, RecordedCall, StripeState } from './state.ts';
export type { StripeTrouble } from './trouble.ts';
export type { PayOptions, PayResult } from './payment/pay.ts';

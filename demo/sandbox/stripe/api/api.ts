import { apiVersion, type Core } from '../core.ts';
import { Refusal } from '../refusal.ts';
import type { IdempotencyRecord, RecordedCall } from '../state.ts';
import { accountRoutes } from './account.routes.ts';
import { eventsRoutes } from './events.routes.ts';
import { expanded } from './expansion.ts';
import { type FormHash, readForm } from './form.ts';
import { callerAccount, checkVersion, refuseMethodTypes, unrecognized } from './front.ts';
import { admit, forget } from './idempotency.ts';
import { list, readFields, text } from './parameters.ts';
import { paymentIntentsRoutes } from './payment-intents.routes.ts';
import { refundsRoutes } from './refunds.routes.ts';
import type { Route } from './route.ts';
import { sessionsRoutes } from './sessions.routes.ts';
import { webhookEndpointsRoutes } from './webhook-endpoints.routes.ts';

const routes: Route[] = [
  ...sessionsRoutes,
  ...paymentIntentsRoutes,
  ...refundsRoutes,
  ...eventsRoutes,
  ...webhookEndpointsRoutes,
  ...accountRoutes,
];

const expansions = list(text());

interface Answer {
  status: number;
  body: string;
  headers?: Record<string, string> | undefined;
}

const render = (body: object): string => JSON.stringify(body, null, 2);

const refuse = (refusal: Refusal, requestId: string): Answer => ({
  status: refusal.status,
  body: render(refusal.body(requestId)),
  headers: refusal.details.headers,
});

/** One order for the same parameters, however they were sent. */
const canonical = (body: URLSearchParams): string => {
  const sorted = new URLSearchParams(body);
  sorted.sort();
  return sorted.toString();
};

/** The request as far as it was let in; it is carried out a moment later. */
export interface Admitted {
  execute(): Answer;
  /** An error of Stripe's own instead of its work; `stored` under the key or not. */
  fail(refusal: Refusal, how: { stored: boolean; executed: boolean }): Answer;
}

export interface ApiRequest {
  id: string;
  method: string;
  path: string;
  headers: Headers;
  /** The query of a GET, the form of a POST. */
  parameters: URLSearchParams;
  call: RecordedCall;
}

export interface Api {
  /** What the front says at once, or the request let in. */
  admit(request: ApiRequest): { answer: Answer } | { admitted: Admitted };
  toResponse(request: ApiRequest, answer: Answer): Response;
}

/** api.stripe.com as it works when nothing goes wrong on the way. */
export function createApi(core: Core, keys: string[]): Api {
  function run(
    request: ApiRequest,
    found: { route: Route; id: string },
    account: string | null,
  ): Answer {
    const idempotencyKey = request.headers.get('Idempotency-Key');
    core.request = { id: request.id, idempotencyKey };
    try {
      const { expand, ...form }: FormHash = readForm(request.parameters);
      const paths = expand === undefined ? [] : expansions.read(expand, 'expand');
      const values = readFields(form, found.route.fields);
      const answer = found.route.answer({ core, values, id: found.id, account });
      return { status: 200, body: render(expanded(core, answer, paths)) };
    } finally {
      core.request = null;
    }
  }

  /** What was refused before anything began leaves the key free; everything else is what the key stands for. */
  function remember(record: IdempotencyRecord | undefined, answer: Answer): Answer {
    if (record) record.answer = { status: answer.status, body: answer.body };
    return answer;
  }

  function carryOut(
    request: ApiRequest,
    found: { route: Route; id: string },
    account: string | null,
    record: IdempotencyRecord | undefined,
  ): Answer {
    try {
      return remember(record, run(request, found, account));
    } catch (error) {
      if (!(error instanceof Refusal)) {
        if (record) forget(core, record);
        throw error;
      }
      const answer = refuse(error, request.id);
      request.call.error = error.details.code ?? error.message;
      if (!error.atFront) return remember(record, answer);
      if (record) forget(core, record);
      return answer;
    }
  }

  const find = ({ method, path }: ApiRequest): { route: Route; id: string } | undefined => {
    for (const route of routes) {
      const match = route.method === method ? route.path.exec(path) : null;
      if (match) return { route, id: decodeURIComponent(match.groups?.['id'] ?? '') };
    }
    return undefined;
  };

  function front(request: ApiRequest): { answer: Answer } | { admitted: Admitted } {
    const { method, path, headers, call } = request;
    const account = callerAccount(core, keys, headers);
    call.account = account;
    checkVersion(headers);
    const found = find(request);
    if (!found) throw unrecognized(method, path);
    refuseMethodTypes(request.parameters);
    const key = method === 'POST' ? headers.get('Idempotency-Key') : null;
    const admission =
      key === null
        ? undefined
        : admit(core, { key, account, method, path, body: canonical(request.parameters) });
    if (admission && 'replay' in admission) {
      call.replayed = true;
      return { answer: { ...admission.replay, headers: { 'Idempotent-Replayed': 'true' } } };
    }
    const record = admission?.record;
    return {
      admitted: {
        execute: () => carryOut(request, found, account, record),
        fail(refusal, { stored, executed }) {
          if (executed) carryOut(request, found, account, record);
          call.error = refusal.details.code ?? refusal.message;
          const answer = refuse(refusal, request.id);
          if (stored) remember(record, answer);
          else if (record && !executed) forget(core, record);
          return answer;
        },
      },
    };
  }

  return {
    admit(request) {
      try {
        return front(request);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        request.call.error = error.details.code ?? error.message;
        return { answer: refuse(error, request.id) };
      }
    },
    toResponse({ id, method, headers }, answer) {
      const key = method === 'POST' ? headers.get('Idempotency-Key') : null;
      return new Response(answer.body, {
        status: answer.status,
        headers: {
          'Content-Type': 'application/json',
          'Request-Id': id,
          'Stripe-Version': headers.get('Stripe-Version') ?? apiVersion,
          ...(key !== null && { 'Idempotency-Key': key }),
          ...answer.headers,
        },
      });
    },
  };
}

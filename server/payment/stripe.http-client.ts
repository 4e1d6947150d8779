import type { Stripe } from 'stripe';
import type { Clock, RandomBytes } from '../clock.ts';
import { exchange, ReplyLost } from '../http/exchange.ts';

export interface StripeHttpDeps {
  /** STRIPE_API_URL; a path in it stays in front of Stripe's own. */
  url: string;
  fetch: typeof fetch;
  clock: Clock;
  random: RandomBytes;
  /** How long one write may take. */
  writeTimeoutMs?: number;
  /** One entry per call, and nothing personal in it. */
  log?: (entry: object) => void;
}

interface Answer {
  status: number;
  headers: Record<string, string>;
  /** Null when it is nothing that Stripe would say: a page of a proxy, half an answer, another shape. */
  body: object | null;
}

/** All tries of a read together. */
const readDeadlineMs = 10_000;
const readTryMs = 4_000;
const mostTries = 3;
const firstBackOffMs = 150;

/**
 * How the SDK reaches Stripe. Its own clients count time by timers of their own, follow redirects, try a write again when
 * the connection was closed, take an error without the word "error" for a success, and end the process over an answer that
 * is JSON but no object.
 */
export function createStripeHttpClient(deps: StripeHttpDeps): Stripe.HttpClient {
  const { clock, random, writeTimeoutMs = 10_000, log = () => undefined } = deps;
  const base = deps.url.replace(/\/+$/, '');

  async function send(path: string, init: RequestInit, timeoutMs: number): Promise<Answer> {
    const startedAt = clock.now();
    const about = { event: 'stripe-call', method: init.method, path: path.replace(/\?.*/s, '') };
    try {
      const reply = await exchange(`${base}${path}`, init, {
        fetch: deps.fetch,
        clock,
        service: 'Stripe',
        timeoutMs,
      });
      const headers = Object.fromEntries(reply.headers);
      const answer = { status: reply.status, headers, body: bodyOf(reply.status, reply.text) };
      const { status } = answer;
      log({ ...about, status, request: headers['request-id'], ms: clock.now() - startedAt });
      return answer;
    } catch (error) {
      const lost = error instanceof ReplyLost ? error.reason : 'connection';
      log({ ...about, lost, ms: clock.now() - startedAt });
      throw error;
    }
  }

  /** A read does nothing, so it is tried again when the answer got lost on the way or Stripe itself stumbled. */
  async function read(path: string, init: RequestInit): Promise<Answer> {
    const endsAt = clock.now() + readDeadlineMs;
    for (let tries = 1; ; tries++) {
      const answer = await send(path, init, Math.min(readTryMs, endsAt - clock.now())).catch(
        (error: unknown) => {
          if (error instanceof ReplyLost) return error;
          throw error;
        },
      );
      const isLost = answer instanceof ReplyLost;
      const jitter = 0.5 + (random(1)[0] ?? 0) / 256;
      const waitMs = firstBackOffMs * 3 ** (tries - 1) * jitter;
      const isOver = tries === mostTries || clock.now() + waitMs >= endsAt;
      if (isLost && isOver) throw answer;
      if (!isLost && (isOver || !isWorthAnotherTry(answer))) return answer;
      await clock.wait(waitMs);
    }
  }

  return {
    getClientName: () => 'booking-calendar',
    async makeRequest(_host, _port, path, method, headers, data) {
      const init: RequestInit = {
        method,
        headers: Object.entries(headers).map(([name, value]) => [name, String(value)]),
        ...(method === 'POST' ? { body: data } : {}),
      };
      return asResponse(
        await (method === 'GET' ? read(path, init) : send(path, init, writeTimeoutMs)),
      );
    },
  };
}

function bodyOf(status: number, text: string): object | null {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof body !== 'object' || body === null) return null;
  const saysError = 'error' in body && typeof body.error === 'object' && body.error !== null;
  const isSuccess = status >= 200 && status < 300;
  return isSuccess || saysError ? body : null;
}

function isWorthAnotherTry({ status, headers, body }: Answer): boolean {
  const hint = headers['stripe-should-retry'];
  if (hint === 'true' || hint === 'false') return hint === 'true';
  return body === null || status >= 500;
}

const asResponse = ({ status, headers, body }: Answer): Stripe.HttpClientResponse => ({
  getStatusCode: () => status,
  getHeaders: () => headers,
  getRawResponse: () => ({}),
  toStream() {
    throw new Error('Nothing is streamed from Stripe.');
  },
  async toJSON() {
    if (body === null) throw new Error('This is no answer of Stripe.');
    return body;
  },
});

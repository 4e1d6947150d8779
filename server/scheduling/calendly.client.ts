import type { Clock } from '../clock.ts';
import { exchange } from '../http/exchange.ts';

/** One request to Calendly, before anybody decides what its answer means. */
export interface CalendlyRequest {
  method: 'GET' | 'POST' | 'DELETE';
  path: string;
  query?: Record<string, string>;
  body?: object;
}

export interface CalendlyReply {
  status: number;
  /** The JSON of the body; undefined when there is none or it is something else, such as a gateway's HTML. */
  body: unknown;
  /** What Calendly says about waiting: Retry-After, else X-RateLimit-Reset. */
  retryAfterMs: number | null;
}

export const isSuccess = ({ status }: CalendlyReply): boolean => status >= 200 && status < 300;

export interface CalendlyClient {
  /** Sends once. Resolves for every status, throws `ReplyLost` when there is no whole answer. */
  send(request: CalendlyRequest, signal?: AbortSignal): Promise<CalendlyReply>;
}

export interface ClientDeps {
  url: string;
  token: string;
  fetch: typeof fetch;
  clock: Clock;
  /** From the first byte sent to the last byte read. */
  callTimeoutMs: number;
  maxReplyBytes?: number;
}

export function createClient(deps: ClientDeps): CalendlyClient {
  const { token, clock, callTimeoutMs, maxReplyBytes } = deps;
  const base = deps.url.replace(/\/+$/, '');

  return {
    async send({ method, path, query, body }, signal) {
      const search = query ? `?${new URLSearchParams(query).toString()}` : '';
      const { status, headers, text } = await exchange(
        `${base}${path}${search}`,
        {
          method,
          headers: {
            Authorization: `Bearer ${token}`,
            Accept: 'application/json',
            ...(body && { 'Content-Type': 'application/json' }),
          },
          ...(body && { body: JSON.stringify(body) }),
        },
        {
          fetch: deps.fetch,
          clock,
          service: 'Calendly',
          timeoutMs: callTimeoutMs,
          maxReplyBytes,
          signal,
        },
      );
      return { status, body: parseJson(text), retryAfterMs: retryAfterMs(headers, clock.now()) };
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Calendly documents `X-RateLimit-Reset` in seconds and no `Retry-After`, which gateways before it may send. */
function retryAfterMs(headers: Headers, now: number): number | null {
  const retryAfter = headers.get('Retry-After');
  if (retryAfter !== null) {
    const ms = seconds(retryAfter) ?? Date.parse(retryAfter) - now;
    if (ms >= 0) return ms;
  }
  const reset = headers.get('X-RateLimit-Reset');
  return reset === null ? null : seconds(reset);
}

const seconds = (text: string): number | null =>
  /^\s*\d{1,7}(?:\.\d+)?\s*$/.test(text) ? Math.ceil(Number(text) * 1000) : null;

import * as v from 'valibot';
import type { Clock, RandomBytes } from '../clock.ts';
import { ReplyLost } from '../http/exchange.ts';
import { createBreaker } from './calendly.breaker.ts';
import {
  createClient,
  isSuccess,
  type CalendlyReply,
  type CalendlyRequest,
} from './calendly.client.ts';
import { replyError } from './calendly.errors.ts';
import { createRetryBudget } from './calendly.retry-budget.ts';
import { createRetry, type Attempt } from './calendly.retry.ts';
import { Page } from './calendly.schemas.ts';
import { SchedulingError, type CallOptions } from './scheduling.ts';

export interface CalendlyDeps {
  /** `CALENDLY_API_URL`. */
  url: string;
  token: string;
  fetch: typeof fetch;
  clock: Clock;
  random: RandomBytes;
  callTimeoutMs?: number;
  /** One entry per call, and one per answer that is not what it should be; nothing personal in either. */
  log?: (entry: object) => void;
}

type Read = Omit<CalendlyRequest, 'method' | 'body'>;

/** How the adapter talks to Calendly: reads are tried again, writes never. */
export interface CalendlyCalls {
  read<S extends v.GenericSchema>(
    request: Read,
    schema: S,
    options?: CallOptions,
  ): Promise<v.InferOutput<S>>;
  /** Every item of a list, all pages, unread. */
  readPages(request: Read, options?: CallOptions): Promise<unknown[]>;
  /**
   * Sends once and resolves for every status. Otherwise throws a `SchedulingError`: with a `ReplyLost` as its cause when
   * the outcome is unknown, with another when surely nothing was sent.
   */
  write(request: CalendlyRequest, options?: CallOptions): Promise<CalendlyReply>;
  /** An item of a list or an answer in the port's words; a `SchedulingError` when it is not what it should be. */
  check<S extends v.GenericSchema>(schema: S, input: unknown, path: string): v.InferOutput<S>;
}

const readDeadlineMs = 8000;
const mostPages = 100;

const unavailable = (message: string, options: { status?: number; cause?: unknown } = {}) =>
  new SchedulingError('unavailable', message, options);

export function createCalls(deps: CalendlyDeps): CalendlyCalls {
  const { clock, log = () => undefined, callTimeoutMs = 3000 } = deps;
  const fraction = (): number => (deps.random(1)[0] ?? 0) / 256;
  const client = createClient({ ...deps, callTimeoutMs });
  const breaker = createBreaker({ clock, fraction });
  const withRetries = createRetry({
    clock,
    fraction,
    budget: createRetryBudget(),
    callTimeoutMs,
    deadlineMs: readDeadlineMs,
  });
  /** After a 429 every read waits for the same window; bookings are counted apart. */
  let readsHeldUntil = 0;

  async function send(
    request: CalendlyRequest,
    signal: AbortSignal | undefined,
  ): Promise<CalendlyReply> {
    if (signal?.aborted) {
      throw unavailable('The call to Calendly was given up.', { cause: signal.reason });
    }
    const permit = breaker.enter();
    if (!permit) throw unavailable('Calendly is not answering just now.');
    const startedAt = clock.now();
    const entry = { event: 'calendly-call', method: request.method, path: request.path };
    try {
      const reply = await client.send(request, signal);
      if (reply.status >= 500) permit.failed();
      else permit.succeeded();
      log({ ...entry, status: reply.status, ms: clock.now() - startedAt });
      return reply;
    } catch (error) {
      const lost =
        error instanceof ReplyLost ? error : new ReplyLost('Calendly', 'connection', error);
      if (lost.reason === 'abandoned') permit.abandoned();
      else permit.failed();
      log({ ...entry, lost: lost.reason, ms: clock.now() - startedAt });
      throw unavailable(lost.message, { cause: lost });
    }
  }

  function check<S extends v.GenericSchema>(
    schema: S,
    input: unknown,
    path: string,
  ): v.InferOutput<S> {
    const result = v.safeParse(schema, input, { abortPipeEarly: true });
    if (result.success) return result.output;
    // Where and what was expected; never what was received.
    const problems = result.issues
      .slice(0, 5)
      .map((issue) => `${v.getDotPath(issue) ?? ''}: ${issue.expected ?? issue.type}`);
    log({ event: 'calendly-reply-unexpected', path, problems });
    throw unavailable(`Calendly's answer is not what it should be (${problems.join(', ')}).`);
  }

  async function tryRead<S extends v.GenericSchema>(
    request: Read,
    schema: S,
    signal: AbortSignal | undefined,
  ): Promise<Attempt<v.InferOutput<S>>> {
    if (clock.now() < readsHeldUntil) {
      return { error: unavailable('Calendly asked for a pause.', { status: 429 }), retry: 'never' };
    }
    let reply: CalendlyReply;
    try {
      reply = await send({ ...request, method: 'GET' }, signal);
    } catch (error) {
      if (!(error instanceof SchedulingError)) throw error;
      const lost = error.cause instanceof ReplyLost ? error.cause.reason : 'abandoned';
      return { error, retry: lost === 'timeout' || lost === 'connection' ? 'soon' : 'never' };
    }
    if (reply.status === 429) {
      const hintedMs = reply.retryAfterMs;
      if (hintedMs !== null) readsHeldUntil = clock.now() + Math.min(hintedMs, 60_000);
      return { error: replyError(reply), retry: hintedMs === null ? 'never' : { hintedMs } };
    }
    if (!isSuccess(reply)) {
      const error = replyError(reply);
      return { error, retry: error.failure === 'unavailable' ? 'soon' : 'never' };
    }
    try {
      return { value: check(schema, reply.body, request.path) };
    } catch (error) {
      if (!(error instanceof SchedulingError)) throw error;
      return { error, retry: 'soon' };
    }
  }

  const read: CalendlyCalls['read'] = (request, schema, options = {}) =>
    withRetries(() => tryRead(request, schema, options.signal), options.signal);

  return {
    read,
    check,
    write: (request, options = {}) => send(request, options.signal),
    async readPages(request, options) {
      const items: unknown[] = [];
      const seen = new Set<string>();
      let query: Record<string, string> = { ...request.query, count: '100' };
      for (;;) {
        const page = await read({ path: request.path, query }, Page, options);
        items.push(...page.items);
        const token = page.nextToken;
        if (token === null || token === '') return items;
        // A list that is silently cut short would hide a booking of ours.
        if (seen.has(token) || seen.size + 1 >= mostPages) {
          throw unavailable(`Calendly's list ${request.path} does not end.`);
        }
        seen.add(token);
        query = { ...query, page_token: token };
      }
    },
  };
}

import type { Clock } from '../clock.ts';

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

export type LostReason = 'timeout' | 'abandoned' | 'connection' | 'too_large';

/** No whole answer came back. Whether the request was carried out is not known. */
export class ReplyLost extends Error {
  override readonly name = 'ReplyLost';
  readonly reason: LostReason;

  constructor(reason: LostReason, cause: unknown) {
    super(reasons[reason], { cause });
    this.reason = reason;
  }
}

const reasons: Record<LostReason, string> = {
  timeout: 'Calendly did not answer in time.',
  abandoned: 'The call to Calendly was given up.',
  connection: 'The connection to Calendly failed.',
  too_large: 'The answer of Calendly was too large.',
};

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
  const { token, clock, callTimeoutMs, maxReplyBytes = 5_000_000 } = deps;
  const base = deps.url.replace(/\/+$/, '');

  async function exchange(request: CalendlyRequest, signal: AbortSignal): Promise<CalendlyReply> {
    const { method, path, query, body } = request;
    const search = query ? `?${new URLSearchParams(query).toString()}` : '';
    const response = await unless(
      signal,
      deps.fetch(`${base}${path}${search}`, {
        method,
        headers: {
          Authorization: `Bearer ${token}`,
          Accept: 'application/json',
          ...(body && { 'Content-Type': 'application/json' }),
        },
        ...(body && { body: JSON.stringify(body) }),
        // The token goes to one address only.
        redirect: 'error',
        signal,
      }),
    );
    const text = await readText(response, maxReplyBytes, signal);
    return {
      status: response.status,
      body: parseJson(text),
      retryAfterMs: retryAfterMs(response.headers, clock.now()),
    };
  }

  return {
    async send(request, signal) {
      const ended = new AbortController();
      const abandon = (): void => ended.abort(new ReplyLost('abandoned', signal?.reason));
      if (signal?.aborted) abandon();
      signal?.addEventListener('abort', abandon, { once: true });
      const answered = new AbortController();
      clock.wait(callTimeoutMs, answered.signal).then(
        () => ended.abort(new ReplyLost('timeout', undefined)),
        () => undefined,
      );
      try {
        ended.signal.throwIfAborted();
        return await exchange(request, ended.signal);
      } catch (error) {
        if (error instanceof ReplyLost) throw error;
        // `fetch` may have its own words for an aborted signal; ours say why.
        throw ended.signal.reason instanceof ReplyLost
          ? ended.signal.reason
          : new ReplyLost('connection', error);
      } finally {
        signal?.removeEventListener('abort', abandon);
        answered.abort();
      }
    },
  };
}

/** The promise, or the signal's reason as soon as it aborts, whether or not the work itself listens to it. */
async function unless<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  let abort = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/** A slow body counts like a slow answer, and an endless one is not read to its end. */
async function readText(
  response: Response,
  maxBytes: number,
  signal: AbortSignal,
): Promise<string> {
  if (!response.body) return '';
  const reader: ReadableStreamDefaultReader<Uint8Array> = response.body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await unless(signal, reader.read());
      if (done) return text + decoder.decode();
      size += value.byteLength;
      if (size > maxBytes) throw new ReplyLost('too_large', undefined);
      text += decoder.decode(value, { stream: true });
    }
  } catch (error) {
    // Lets go of the connection; what it has to say about that changes nothing.
    reader.cancel(error).catch(() => undefined);
    throw error;
  }
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

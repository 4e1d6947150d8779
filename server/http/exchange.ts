import type { Clock } from '../clock.ts';

export interface ExchangeOptions {
  fetch: typeof fetch;
  clock: Clock;
  /** Whom we ask, as sentences name it. */
  service: string;
  /** From the first byte sent to the last byte read. */
  timeoutMs: number;
  maxReplyBytes?: number | undefined;
  signal?: AbortSignal | undefined;
}

export interface Reply {
  status: number;
  headers: Headers;
  text: string;
}

export type LostReason = 'timeout' | 'abandoned' | 'connection' | 'too_large';

/** No whole answer came back. Whether the request was carried out is not known. */
export class ReplyLost extends Error {
  override readonly name = 'ReplyLost';
  readonly reason: LostReason;

  constructor(service: string, reason: LostReason, cause?: unknown) {
    super(sentences[reason](service), { cause });
    this.reason = reason;
  }
}

const sentences: Record<LostReason, (service: string) => string> = {
  timeout: (service) => `${service} did not answer in time.`,
  abandoned: (service) => `The call to ${service} was given up.`,
  connection: (service) => `The connection to ${service} failed.`,
  too_large: (service) => `The answer of ${service} was too large.`,
};

/** Asks another service once: the whole answer, whatever its status, or a `ReplyLost`. */
export async function exchange(
  url: string,
  init: RequestInit,
  options: ExchangeOptions,
): Promise<Reply> {
  const { clock, service, timeoutMs, maxReplyBytes = 5_000_000, signal } = options;
  const ended = new AbortController();
  const abandon = (): void => ended.abort(new ReplyLost(service, 'abandoned', signal?.reason));
  if (signal?.aborted) abandon();
  signal?.addEventListener('abort', abandon, { once: true });
  const answered = new AbortController();
  clock.wait(timeoutMs, answered.signal).then(
    () => ended.abort(new ReplyLost(service, 'timeout')),
    () => undefined,
  );
  try {
    ended.signal.throwIfAborted();
    const response = await unless(
      ended.signal,
      // Whatever secret the request carries is for one address only.
      options.fetch(url, { ...init, redirect: 'error', signal: ended.signal }),
    );
    const text = await readText(response, maxReplyBytes, ended.signal);
    if (text === null) throw new ReplyLost(service, 'too_large');
    return { status: response.status, headers: response.headers, text };
  } catch (error) {
    if (error instanceof ReplyLost) throw error;
    // `fetch` may have its own words for an aborted signal; ours say why.
    throw ended.signal.reason instanceof ReplyLost
      ? ended.signal.reason
      : new ReplyLost(service, 'connection', error);
  } finally {
    signal?.removeEventListener('abort', abandon);
    answered.abort();
  }
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

/** A slow body counts like a slow answer; an endless one is not read to its end, and null. */
async function readText(
  response: Response,
  maxBytes: number,
  signal: AbortSignal,
): Promise<string | null> {
  if (!response.body) return '';
  const reader: ReadableStreamDefaultReader<Uint8Array> = response.body.getReader();
  const decoder = new TextDecoder();
  // Lets go of the connection; what it has to say about that changes nothing.
  const letGo = (reason?: unknown): void => void reader.cancel(reason).catch(() => undefined);
  let text = '';
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await unless(signal, reader.read());
      if (done) return text + decoder.decode();
      size += value.byteLength;
      if (size > maxBytes) {
        letGo();
        return null;
      }
      text += decoder.decode(value, { stream: true });
    }
  } catch (error) {
    letGo(error);
    throw error;
  }
}

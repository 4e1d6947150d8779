import type { ErrorCode } from '../../server/contract/error.ts';
import type { Failure, Reply } from './failure.ts';
import { warnOnce } from '../warn-once.ts';
import { isRecord, readSlots } from './read-times.ts';
import { toJson } from './to-json.ts';

export interface CallOptions {
  readonly method?: 'GET' | 'POST';
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** Gives undefined when the body is not what was asked for. */
export type Reader<T> = (body: unknown) => T | undefined;

export type Call = <T>(path: string, read: Reader<T>, options?: CallOptions) => Promise<Reply<T>>;

export interface ClientOptions {
  /** Where the backend lives, with a trailing slash. */
  readonly server: string;
  readonly authToken: () => string | null;
  readonly fetch: typeof globalThis.fetch;
}

const DEADLINE_MS = 10_000;
const UNREACHABLE = { ok: false, failure: { is: 'unreachable' } } as const;

/**
 * One call to the backend. Failures are values; the promise rejects only when `signal` aborts, and then nobody is left
 * who would want an answer.
 */
export const createCall =
  ({ server, authToken, fetch }: ClientOptions): Call =>
  async (path, read, { method = 'GET', body, headers, signal } = {}) => {
    const token = authToken();
    const deadline = AbortSignal.timeout(DEADLINE_MS);
    let isAnswered = false;
    try {
      const response = await fetch(new URL(path, server), {
        method,
        // A backend on another origin needs no cookie, and must not get one.
        credentials: 'omit',
        headers: {
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...(token !== null && { authorization: `Bearer ${token}` }),
          ...headers,
        },
        ...(body !== undefined && { body: toJson(body) }),
        signal: signal === undefined ? deadline : AbortSignal.any([signal, deadline]),
      });
      isAnswered = true;
      const answer: unknown = await response.json();
      if (response.ok) {
        const value = read(answer);
        if (value !== undefined) return { ok: true, value };
      } else {
        const failure = readFailure(answer);
        if (failure !== undefined) return { ok: false, failure };
      }
    } catch {
      signal?.throwIfAborted();
    }
    // When nothing answers, the browser has said so itself.
    if (isAnswered || deadline.aborted) warnOnce(`cannot use what ${server} answers.`);
    return UNREACHABLE;
  };

// A proxy's error page, or a backend too broken to say what is wrong, is as good as no answer.
const readFailure = (answer: unknown): Failure | undefined =>
  isRecord(answer) && typeof answer['code'] === 'string' && typeof answer['error'] === 'string'
    ? {
        is: 'refused',
        code: answer['code'] as ErrorCode,
        sentence: answer['error'],
        fields: isRecord(answer['fields']) ? (answer['fields'] as Record<string, string>) : {},
        slots: readSlots(answer['slots']),
      }
    : undefined;

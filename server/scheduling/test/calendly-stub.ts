import { createManualClock, type ManualClock } from '../../../demo/sandbox/manual-clock.ts';
import type { CalendlyDeps } from '../calendly.calls.ts';
import { createCalendly } from '../calendly.ts';
import type { Scheduling } from '../scheduling.ts';

/** One request as it reached the other side. */
export interface Heard {
  method: string;
  url: string;
  path: string;
  query: Record<string, string>;
  headers: Record<string, string>;
  body: unknown;
  init: RequestInit;
}

export type Answer = (heard: Heard, nth: number) => Response | Promise<Response>;

export const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  Response.json(body, { status, headers });

/** Neither answers nor listens to the signal. */
export const silence: Answer = () => new Promise<Response>(() => undefined);

export const reset: Answer = () =>
  Promise.reject(
    new TypeError('fetch failed', {
      cause: Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }),
    }),
  );

export interface Stub {
  calendly: Scheduling;
  clock: ManualClock;
  /** Every request, oldest first. */
  heard: Heard[];
  logged: object[];
  answer: (answer: Answer) => void;
}

/** The adapter over a function that answers. */
export function createStub(answer: Answer, deps: Partial<CalendlyDeps> = {}): Stub {
  let current = answer;
  const heard: Heard[] = [];
  const logged: object[] = [];
  const clock = createManualClock('2026-11-23T08:00:00.000Z');
  const answerFetch: typeof fetch = async (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const call: Heard = {
      method: init.method ?? 'GET',
      url: url.href,
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      headers: Object.fromEntries(new Headers(init.headers)),
      body: typeof init.body === 'string' ? JSON.parse(init.body) : undefined,
      init,
    };
    heard.push(call);
    return current(call, heard.length);
  };
  const calendly = createCalendly({
    url: 'https://api.calendly.com',
    token: 'secret-token',
    fetch: answerFetch,
    clock,
    random: (bytes) => new Uint8Array(bytes).fill(128),
    log: (entry) => logged.push(entry),
    ...deps,
  });
  return {
    calendly,
    clock,
    heard,
    logged,
    answer(next) {
      current = next;
    },
  };
}

/** Moves the clock from waiter to waiter until the promise is settled, and gives what came of it. */
export async function settled<T>(
  clock: ManualClock,
  promise: Promise<T>,
): Promise<{ value: T } | { error: unknown }> {
  let result: { value: T } | { error: unknown } | undefined;
  promise.then(
    (value) => (result = { value }),
    (error: unknown) => (result = { error }),
  );
  for (;;) {
    const moved = await clock.step();
    if (result) return result;
    if (!moved) throw new Error('Nothing is waiting and nothing was settled.');
  }
}

import type { Clock } from '../clock.ts';

/** Runs `work` with a signal that aborts after `ms` of the clock's time, or with `parent`; no timer outlives it. */
export async function withDeadline<T>(
  clock: Clock,
  ms: number,
  parent: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const over = new AbortController();
  const ended = new AbortController();
  clock.wait(ms, ended.signal).then(
    () => over.abort(new Error('The time for this request is over.')),
    () => undefined,
  );
  try {
    return await work(AbortSignal.any([parent, over.signal]));
  } finally {
    ended.abort();
  }
}

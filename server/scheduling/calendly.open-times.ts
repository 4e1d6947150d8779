import type { Clock } from '../clock.ts';
import type { CalendlyCalls } from './calendly.calls.ts';
import { AvailableTimes } from './calendly.schemas.ts';
import { resourceUri } from './calendly.uri.ts';
import { SchedulingError, type CallOptions, type OpenTime } from './scheduling.ts';

// 31 days since 9 July 2026, 7 before.
const windowMs = 31 * 24 * 60 * 60_000;
// Calendly refuses a start that is not strictly in the future, by its own clock, when the call arrives.
const leadMs = 60_000;
const atOnce = 3;

/** `[from, to)` as the windows that Calendly answers, none of them starting in less than a minute. */
export function cutIntoWindows(
  from: number,
  to: number,
  now: number,
): { from: number; to: number }[] {
  const windows: { from: number; to: number }[] = [];
  for (let start = Math.max(from, now + leadMs); start < to; start += windowMs) {
    windows.push({ from: start, to: Math.min(start + windowMs, to) });
  }
  return windows;
}

export async function readOpenTimes(
  deps: { calls: CalendlyCalls; clock: Clock },
  eventType: string,
  range: { from: string; to: string },
  { signal }: CallOptions = {},
): Promise<OpenTime[]> {
  const uri = resourceUri(eventType, 'eventType');
  const from = Date.parse(range.from);
  const to = Date.parse(range.to);
  if (Number.isNaN(from) || Number.isNaN(to)) {
    throw new SchedulingError('invalid', 'The range of times has no beginning or no end.');
  }
  const windows = cutIntoWindows(from, to, deps.clock.now());
  const failed = new AbortController();
  const abandon = (): void => failed.abort(signal?.reason);
  if (signal?.aborted) abandon();
  signal?.addEventListener('abort', abandon, { once: true });

  const found = new Map<string, OpenTime>();
  const left = windows.values();
  async function readWindows(): Promise<void> {
    for (const window of left) {
      const times = await deps.calls.read(
        {
          path: '/event_type_available_times',
          query: {
            event_type: uri,
            start_time: new Date(window.from).toISOString(),
            end_time: new Date(window.to).toISOString(),
          },
        },
        AvailableTimes,
        { signal: failed.signal },
      );
      for (const time of times) found.set(time.startTime, time);
    }
  }
  try {
    // The first window that fails ends the others: half a calendar would look like a full one.
    await Promise.all(
      Array.from({ length: Math.min(atOnce, windows.length) }, () =>
        readWindows().catch((error: unknown) => {
          failed.abort(error);
          throw error;
        }),
      ),
    );
  } finally {
    signal?.removeEventListener('abort', abandon);
  }
  // Ascending order is what one sees; nobody promised it.
  return [...found.values()]
    .filter(({ startTime }) => from <= Date.parse(startTime) && Date.parse(startTime) < to)
    .toSorted((a, b) => Date.parse(a.startTime) - Date.parse(b.startTime));
}

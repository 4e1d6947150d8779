/**
 * Calendly tells open times for at most 31 days at once. All visitors share one grid of such windows, counted from the
 * Unix epoch, so that their questions are the same ones.
 */
const hourMs = 3_600_000;
export const windowMs = 31 * 24 * hourMs;

/** The window that an instant lies in. */
export const windowAt = (ms: number): number => Math.floor(ms / windowMs);

export const windowStart = (index: number): number => index * windowMs;

/** The windows that `[fromMs, toMs)` touches. */
export function windowsBetween(fromMs: number, toMs: number): number[] {
  if (fromMs >= toMs) return [];
  const first = windowAt(fromMs);
  return Array.from({ length: windowAt(toMs - 1) - first + 1 }, (_, offset) => first + offset);
}

/** The end of the window in which `[…, ms)` ends. */
export const endOfWindow = (ms: number): number => windowStart(windowAt(ms - 1) + 1);

export const startOfHour = (ms: number): number => ms - (ms % hourMs);

/** When the calendar month that an instant lies in is over, wherever on earth one looks at it. */
export function endOfMonthEverywhere(ms: number): number {
  // Clocks differ from UTC by 14 hours at most.
  const furthestMs = 14 * hourMs;
  const latest = new Date(ms + furthestMs);
  return Date.UTC(latest.getUTCFullYear(), latest.getUTCMonth() + 1, 1) + furthestMs;
}

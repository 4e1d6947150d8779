import type { Instant } from './day.ts';

/** Hours are the same everywhere: an instant moved by some is an instant. */
export const addHours = (instant: Instant, hours: number): Instant =>
  new Date(Date.parse(instant) + hours * 3_600_000).toISOString();

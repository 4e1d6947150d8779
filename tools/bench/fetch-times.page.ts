import type { AvailableTimesResponse } from '../../server/contract/available-times.ts';

declare const TIMES_PATH: string;

/** A module of its own, imported first: asked for before any other line of the bundle runs. */
export const times: Promise<AvailableTimesResponse> = fetch(
  new URL(TIMES_PATH, import.meta.url),
).then((answer) => answer.json());

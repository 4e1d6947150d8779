import type { Booking, BookingHandle } from './state.ts';
import { waitOf } from './wait.ts';
import type { World } from './world.ts';

const SECOND_MS = 1000;

/** Only the newest of a run of the flow goes on. */
const clocks = new WeakMap<AbortSignal, AbortController>();

/** Tells when the next second of the hold has passed. */
export const countDown = async (
  handle: BookingHandle,
  { holdExpiresAt }: Booking,
  world: World,
): Promise<void> => {
  clocks.get(world.signal)?.abort();
  if (holdExpiresAt === null) return;
  const clock = new AbortController();
  clocks.set(world.signal, clock);
  const signal = AbortSignal.any([world.signal, clock.signal]);
  const end = Date.parse(holdExpiresAt);
  const { now } = world.environment;
  try {
    const past = (now() - end) % SECOND_MS;
    await waitOf(world)(past < 0 ? -past : SECOND_MS - past, signal);
  } catch (error) {
    if (signal.aborted) return;
    throw error;
  }
  world.dispatch({ type: 'second-passed', handle, msLeft: end - now() });
};

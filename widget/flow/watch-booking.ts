import { readBooking } from '../api/read-booking.ts';
import { bearer, bookingPath } from './booking-path.ts';
import type { Booking, BookingHandle } from './state.ts';
import { waitOf } from './wait.ts';
import type { World } from './world.ts';

// Often at first, when most bookings settle; then about as often as a person would look.
const WAITS_MS = [800, 1200, 2000, 3000, 5000];
// A link that is still to come is no reason to ask for ever.
const LAST_WAIT_MS = 15_000;
const MOST_ASKS = 240;

const signs = (booking: Booking): string =>
  [booking.status, booking.cancelRequested, booking.location?.joinUrl].join();

/** Only the newest watch of a run of the flow goes on. */
const watches = new WeakMap<AbortSignal, AbortController>();

/** Asks until the booking is no longer what it was. */
export const watchBooking = async (
  handle: BookingHandle,
  booking: Booking,
  world: World,
): Promise<void> => {
  watches.get(world.signal)?.abort();
  const watch = new AbortController();
  watches.set(world.signal, watch);
  const signal = AbortSignal.any([world.signal, watch.signal]);
  try {
    await ask(handle, booking, { ...world, signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
};

const ask = async (handle: BookingHandle, booking: Booking, world: World): Promise<void> => {
  const { call, dispatch, signal } = world;
  const wait = waitOf(world);
  for (let asked = 0; asked < MOST_ASKS; asked += 1) {
    await wait(WAITS_MS[asked] ?? LAST_WAIT_MS, signal);
    const reply = await call(bookingPath(handle), readBooking, { headers: bearer(handle), signal });
    if (reply.ok && signs(reply.value) !== signs(booking)) {
      return dispatch({ type: 'booking-arrived', handle, booking: reply.value });
    }
  }
};

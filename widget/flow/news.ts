import type { Reply } from '../api/failure.ts';
import { readBooking } from '../api/read-booking.ts';
import { bearer, bookingPath } from './booking-path.ts';
import type { Booking, BookingHandle } from './state.ts';
import type { World } from './world.ts';

// A stream and several questions tell of one booking, and the network keeps no order: what was asked before the last news
// may be answered after it, with how things stood before.
const counts = new WeakMap<AbortSignal, number>();

/** Changes with all that is told in this run of the flow. */
export const newsCount = ({ signal }: World): number => counts.get(signal) ?? 0;

export const tellNews = (handle: BookingHandle, booking: Booking, world: World): void => {
  counts.set(world.signal, newsCount(world) + 1);
  world.dispatch({ type: 'booking-arrived', handle, booking });
};

/** The booking as it is now: an answer that news have overtaken is asked for again. */
export const askForBooking = async (
  handle: BookingHandle,
  world: World,
  signal: AbortSignal = world.signal,
): Promise<Reply<Booking>> => {
  for (;;) {
    const before = newsCount(world);
    const headers = bearer(handle);
    const reply = await world.call(bookingPath(handle), readBooking, { headers, signal });
    if (!reply.ok || newsCount(world) === before) return reply;
  }
};

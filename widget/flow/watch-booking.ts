import { streamBooking } from '../api/stream-booking.ts';
import { isAsBefore, isAwaited } from './awaited.ts';
import { askForBooking, tellNews } from './news.ts';
import type { Booking, BookingHandle } from './state.ts';
import { waitOf } from './wait.ts';
import type { World } from './world.ts';

// Often at first, when most bookings settle; then about as often as a person would look.
const WAITS_MS = [800, 1200, 2000, 3000, 5000];
// A link that is still to come is no reason to ask for ever.
const LAST_WAIT_MS = 15_000;
const MOST_ASKS = 240;
/** A stream says that it is still there every 15 seconds; one that does not is held back on its way. */
const SILENCE_MS = 35_000;
const REOPEN_MS = 1000;

/** One booking that is followed. */
interface Watch {
  readonly handle: BookingHandle;
  readonly world: World;
  /** Aborts when there is nothing more to hear. */
  readonly signal: AbortSignal;
  known: Booking;
  /** Since then the stream has told nothing; null while there is none. */
  heardAt: number | null;
  stop(): void;
}

/** Only the newest watch of a run of the flow goes on. */
const watches = new WeakMap<AbortSignal, Watch>();

/** Tells every change of the booking until no more is to come: by stream, and by asking where no stream comes through. */
export const watchBooking = async (
  handle: BookingHandle,
  booking: Booking,
  world: World,
): Promise<void> => {
  const before = watches.get(world.signal);
  if (before?.handle.id === handle.id && !before.signal.aborted) {
    before.known = booking;
    return;
  }
  before?.stop();
  const over = new AbortController();
  const signal = AbortSignal.any([world.signal, over.signal]);
  const watch: Watch = {
    handle,
    world,
    signal,
    known: booking,
    heardAt: null,
    stop: () => over.abort(),
  };
  watches.set(world.signal, watch);
  // An open stream would keep the page from being there again when the visitor comes back.
  addEventListener('pagehide', watch.stop, { signal });
  try {
    await Promise.all([listen(watch), ask(watch)]);
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    watch.stop();
  }
};

export const stopWatching = ({ signal }: World): void => watches.get(signal)?.stop();

const tell = (watch: Watch, news: Booking): void => {
  const { handle, known, world } = watch;
  if (watch.signal.aborted || isAsBefore(known, news)) return;
  watch.known = news;
  if (!isAwaited(news)) watch.stop();
  tellNews(handle, news, world);
};

const listen = async (watch: Watch): Promise<void> => {
  const { handle, world, signal } = watch;
  for (;;) {
    const wasHeard = await listenOnce(watch);
    watch.heardAt = null;
    // An ended booking changes rarely, and its stream ends at once.
    if (!wasHeard || isEnded(watch.known) || handle.id !== watch.known.id) return;
    await waitOf(world)(REOPEN_MS, signal);
  }
};

const listenOnce = async (watch: Watch): Promise<boolean> => {
  const { handle, world, signal } = watch;
  let isHeard = false;
  try {
    for await (const news of streamBooking(handle, world, signal)) {
      isHeard = true;
      watch.heardAt = world.environment.now();
      if (news !== null) tell(watch, news);
    }
  } catch {
    signal.throwIfAborted();
  }
  return isHeard;
};

const isEnded = ({ status }: Booking): boolean =>
  ['canceled', 'rescheduled', 'expired', 'rejected'].includes(status);

const isHeard = ({ heardAt, world }: Watch): boolean =>
  heardAt !== null && world.environment.now() - heardAt < SILENCE_MS;

const ask = async (watch: Watch): Promise<void> => {
  const { handle, world, signal } = watch;
  const wait = waitOf(world);
  for (let asked = 0; asked < MOST_ASKS; asked += 1) {
    await wait(WAITS_MS[asked] ?? LAST_WAIT_MS, signal);
    if (isHeard(watch)) continue;
    const reply = await askForBooking(handle, world, signal);
    if (reply.ok) tell(watch, reply.value);
  }
};

import { readTabBooking, writeTabBooking, type TabBooking } from './booking-store.ts';
import { dropHandle, findKept } from './kept-handles.ts';
import { readReturn, withoutReturn } from './return-address.ts';
import type { World } from './world.ts';

/** A visitor back from the payment page. Null: nothing here can open their booking. */
export interface Return {
  readonly booking: TabBooking | null;
  /** Stripe says that the page was finished; whether it was paid says the backend. */
  readonly isFinished: boolean;
}

interface Entrant {
  /** Smaller is closer to the booking. */
  readonly rank: number;
  settle(isTaken: boolean): void;
}

/** Those of one page that could take it, in the order of the page. */
let entrants: Entrant[] = [];

/** The element that made the booking takes the return, else the first one that can: all others start as usual. */
export const claimReturn = async (world: World): Promise<Return | null> => {
  const found = readReturn(location.href);
  if (found === null) return null;
  const { id, token } = found;
  const given = world.options.booking;
  if (given !== null && given.id !== id) return null;

  const own = readTabBooking(world);
  const kept = findKept(world, id);
  const isOwn = own?.handle.id === id;
  const isTaken = await enter(isOwn || given !== null ? 0 : kept?.isMine === true ? 1 : 2);
  if (!isTaken || world.signal.aborted) return null;

  history.replaceState(history.state, '', withoutReturn(location.href));
  const handle =
    (isOwn ? own.handle : kept?.handle) ??
    (token !== null ? { id, token } : given?.token ? given : null);
  dropHandle(world, id);
  if (handle === null) return { booking: null, isFinished: false };
  const booking = {
    handle,
    sessionType: isOwn ? own.sessionType : null,
    isUntold: isOwn ? own.isUntold : true,
  };
  writeTabBooking(world, booking);
  return { booking, isFinished: token !== null };
};

const enter = (rank: number): Promise<boolean> =>
  new Promise((settle) => {
    entrants.push({ rank, settle });
    // All elements of the page have started by then.
    if (entrants.length === 1) setTimeout(decide);
  });

const decide = (): void => {
  const [best] = entrants.toSorted((a, b) => a.rank - b.rank);
  for (const entrant of entrants) entrant.settle(entrant === best);
  entrants = [];
};

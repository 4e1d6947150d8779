import { openBooking } from './booking-complete.ts';
import { readHandle, readPending } from './draft-store.ts';
import type { Outcome } from './effect.ts';
import { noTimes, type State } from './state.ts';
import type { World } from './world.ts';

// The browser's history is not touched: its entries belong to the page's own router, and a step more or less in it breaks
// somebody's back button. Back leaves the page; coming back, or a reload, goes on from what is remembered here.

/** Where the page says, or a reload interrupted; null when there is nothing to go on with. */
export const resume = (world: World): Outcome<State> | null => {
  const { options } = world;
  if (options.booking !== null) return openBooking(options.zone, options.booking);
  // A request without an answer comes first: it may be a booking that nobody has been told of.
  const pending = readPending(world);
  if (pending !== null) {
    return {
      state: {
        step: 'CONFIRM_BOOKING',
        sessionType: pending.sessionType,
        slot: pending.slot,
        details: pending.details,
        draftId: pending.draftId,
        zone: pending.zone,
        times: noTimes,
        moving: null,
        attempt: { is: 'working' },
      },
      effects: [{ type: 'replay-booking', pending }],
    };
  }
  const handle = readHandle(world);
  return handle === null ? null : openBooking(options.zone, handle);
};

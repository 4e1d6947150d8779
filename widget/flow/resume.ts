import { loadTemporal } from '../time/temporal.ts';
import { readTabBooking, type TabBooking } from './booking-store.ts';
import { claimReturn } from './claim-return.ts';
import { readPending } from './draft-store.ts';
import type { Outcome } from './effect.ts';
import { askForBooking } from './news.ts';
import { openBooking, openHandle, showBooking } from './show-booking.ts';
import { noTimes, type Arrival, type State } from './state.ts';
import type { World } from './world.ts';

// The browser's history is not touched: its entries belong to the page's own router, and a step more or less in it breaks
// somebody's back button. Back leaves the page; coming back, or a reload, goes on from what is remembered here.

/** Where the page says, or a reload interrupted; null when there is nothing to go on with. */
export const resume = async (world: World): Promise<Outcome<State> | null> => {
  const { options } = world;
  const returned = await claimReturn(world);
  if (returned !== null) {
    const { booking, isFinished } = returned;
    if (booking === null) return lostPayment(options.zone);
    const arrival = { isUntold: booking.isUntold, isReturn: isFinished };
    return goOn(world, booking, arrival);
  }
  const own = readTabBooking(world);
  if (options.booking !== null) {
    // The booking's own page knows no token when its visitor comes back from the payment page.
    const isOwn = options.booking.token === '' && own?.handle.id === options.booking.id;
    return openBooking(options.zone, isOwn ? own.handle : options.booking);
  }
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
  if (own === null) return null;
  return goOn(world, own, { isUntold: own.isUntold, isReturn: false });
};

/** No step is shown, and none told to the page, before it is known which one it is. */
const goOn = async (
  world: World,
  { handle, sessionType }: TabBooking,
  arrival: Arrival,
): Promise<Outcome<State> | null> => {
  const { zone } = world.options;
  const common = { zone, sessionType, times: noTimes, details: null, draftId: null };
  try {
    const [reply] = await Promise.all([askForBooking(handle, world), loadTemporal()]);
    if (reply.ok) return showBooking(common, handle, reply.value, { arrival });
  } catch {
    if (world.signal.aborted) return null;
  }
  return openHandle(common, handle, arrival);
};

/** Storage is blocked, and the address does not say it either. */
const lostPayment = (zone: string): Outcome<State> => ({
  state: {
    step: 'PROCESS_PAYMENT',
    zone,
    sessionType: null,
    slot: null,
    times: noTimes,
    details: null,
    draftId: null,
    moving: null,
  },
  effects: [],
});

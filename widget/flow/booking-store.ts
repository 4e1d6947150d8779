import { isRecord, readSessionType } from '../api/read-times.ts';
import type { BookingHandle, SessionType } from './state.ts';
import type { World } from './world.ts';

/** The booking that this tab is at: a reload, or the way back from the payment page, goes on with it. */
export interface TabBooking {
  readonly handle: BookingHandle;
  /** Tells more than the booking does; null when it was not made in this tab. */
  readonly sessionType: SessionType | null;
  /** The page has not been told that it is confirmed. */
  readonly isUntold: boolean;
}

export const readHandle = (saved: unknown): BookingHandle | null =>
  isRecord(saved) && typeof saved['id'] === 'string' && typeof saved['token'] === 'string'
    ? { id: saved['id'], token: saved['token'] }
    : null;

export const readTabBooking = ({ tabStore }: World): TabBooking | null => {
  const saved = tabStore.read('booking');
  const handle = readHandle(saved);
  if (handle === null || !isRecord(saved)) return null;
  return {
    handle,
    sessionType: readSessionType(saved['sessionType']) ?? null,
    isUntold: saved['isUntold'] === true,
  };
};

export const writeTabBooking = (
  { tabStore }: World,
  { handle, sessionType, isUntold }: TabBooking,
): void => tabStore.write('booking', { ...handle, sessionType, isUntold });

export const markTold = (world: World, { id }: BookingHandle): void => {
  const saved = readTabBooking(world);
  if (saved?.handle.id === id && saved.isUntold)
    writeTabBooking(world, { ...saved, isUntold: false });
};

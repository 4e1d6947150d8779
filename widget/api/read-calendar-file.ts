import { bearer, bookingPath } from '../flow/booking-path.ts';
import type { BookingHandle } from '../flow/state.ts';
import type { World } from '../flow/world.ts';

/** The booking as an .ics file, or null. The token opens it, so that no link can: it is fetched, not linked to. */
export const readCalendarFile = async (
  handle: BookingHandle,
  { environment, options, signal }: World,
): Promise<string | null> => {
  try {
    const response = await environment.fetch(
      new URL(`${bookingPath(handle)}/calendar.ics`, options.server),
      { credentials: 'omit', headers: bearer(handle), signal },
    );
    const text = response.ok ? await response.text() : '';
    return text.startsWith('BEGIN:VCALENDAR') ? text : null;
  } catch {
    signal.throwIfAborted();
    return null;
  }
};

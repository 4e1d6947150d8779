import type { Availability } from '../availability/availability.ts';
import type { OfferedSession, SessionTypes } from '../availability/session-types.ts';
import { RequestError } from '../http/errors.ts';
import type { BookingRecord } from './booking.ts';
import { fit, wishOf } from './fit.ts';

/** How many free times a visitor is offered when the chosen one is gone. */
const nearestCount = 6;

export interface RefusalDeps {
  sessionTypes: SessionTypes;
  availability: Availability;
}

/** 409 with the nearest times that are free now; without them when Calendly cannot tell. */
export async function slotTaken(
  { availability }: RefusalDeps,
  session: OfferedSession,
  startTime: string,
  signal: AbortSignal,
): Promise<RequestError> {
  availability.clear();
  const slots = await availability
    .nearest(session, startTime, nearestCount, { signal })
    .catch(() => []);
  return new RequestError('slot_taken', undefined, { extra: { slots } });
}

/** Why a booking came to nothing, for the visitor who made it. */
export async function whyRejected(
  deps: RefusalDeps,
  booking: BookingRecord,
  signal: AbortSignal,
): Promise<RequestError> {
  const session = await deps.sessionTypes.find(booking.eventType, { signal });
  if (!session) return new RequestError('scheduling_refused');
  if (booking.rejection === 'payment_unavailable') return new RequestError('payments_unavailable');
  if (booking.rejection === 'slot_taken') {
    return slotTaken(deps, session, booking.startTime, signal);
  }
  // The questions or the places may have changed while we were booking: say what no longer fits.
  const fitted = fit(wishOf(booking), session.eventType);
  return fitted.fits
    ? new RequestError('scheduling_refused')
    : new RequestError('invalid_request', undefined, { fields: fitted.fields });
}

import type { Booking, BookingConfirmResponse } from '../../server/contract/booking.ts';
import type { PendingBooking } from './effect.ts';

/**
 * The answer to a confirm request is short; with what was asked it tells the whole booking, so nothing more is waited for.
 * Null: there is money in it, and how that stands is nothing to guess.
 */
export const bookingFromAnswer = (
  { booking, checkoutUrl }: BookingConfirmResponse,
  { request, sessionType }: PendingBooking,
): Booking | null => {
  const isUnpaid = booking.status === 'awaiting_payment';
  if (isUnpaid === (sessionType.price === null)) return null;
  const [onlyLocation] = sessionType.locations;
  const chosen =
    request.location ?? (sessionType.locations.length === 1 ? onlyLocation : undefined);
  return {
    id: booking.id,
    status: booking.status,
    paymentStatus: isUnpaid ? 'open' : 'not_required',
    sessionTypeId: sessionType.id,
    title: sessionType.title,
    hostName: sessionType.host?.name ?? null,
    startTime: booking.startTime,
    endTime: booking.endTime,
    timezone: request.clientDetails.timezone,
    name: request.clientDetails.name,
    email: request.clientDetails.email,
    guests: request.guests ?? [],
    price: sessionType.price,
    location:
      chosen === undefined
        ? null
        : { kind: chosen.kind, location: chosen.location ?? null, joinUrl: null },
    calendlyEventId: booking.calendlyEventId,
    confirmationUrl: booking.confirmationUrl,
    continueUrl: booking.continueUrl,
    rescheduledTo: null,
    cancelRequested: false,
    canceledBy: null,
    cancelReason: null,
    rejection: null,
    checkoutUrl: checkoutUrl ?? null,
    holdExpiresAt: booking.holdExpiresAt,
    paymentDeclined: false,
    refundUntil: null,
  };
};

import type { Booking, ConfirmedBooking } from '../contract/booking.ts';
import { lastSegment, type BookingRecord } from './booking.ts';
import { refundUntil } from './settle-payment.ts';
import { endedStatuses } from './soundness.ts';

/** The booking's page on this backend; the token rides in the fragment, which no server and no log ever sees. */
export const confirmationUrl = (publicUrl: string, id: string, token?: string): string =>
  `${publicUrl}/bookings/${id}${token === undefined ? '' : `#${token}`}`;

export function viewBooking(booking: BookingRecord, publicUrl: string): Booking {
  return {
    id: booking.id,
    status: booking.status,
    paymentStatus: booking.paymentStatus,
    sessionTypeId: booking.sessionTypeId,
    title: booking.title,
    hostName: booking.hostName,
    startTime: booking.startTime,
    endTime: booking.endTime,
    timezone: booking.timezone,
    name: booking.name,
    email: booking.email,
    guests: [...booking.guests],
    price: booking.price,
    checkoutUrl: booking.checkoutUrl,
    holdExpiresAt: holdEnd(booking),
    paymentDeclined: booking.paymentDeclined,
    refundUntil: refundUntil(booking),
    location: booking.place ?? requestedPlace(booking),
    calendlyEventId: booking.eventUri === null ? null : lastSegment(booking.eventUri),
    confirmationUrl: confirmationUrl(publicUrl, booking.id),
    continueUrl: endedStatuses.has(booking.status) ? null : booking.continueUrl,
    rescheduledTo: booking.rescheduledTo,
    cancelRequested: booking.status === 'confirmed' && booking.cancelRequestedAt !== null,
    canceledBy: booking.canceledBy,
    cancelReason: booking.status === 'canceled' ? booking.cancelReason : null,
    rejection: booking.rejection,
  };
}

const holdEnd = ({ status, holdExpiresAt }: BookingRecord): string | null =>
  status === 'awaiting_payment' && holdExpiresAt !== null
    ? new Date(holdExpiresAt).toISOString()
    : null;

/** Until Calendly has told where, what was asked for. */
const requestedPlace = ({ location }: BookingRecord): Booking['location'] =>
  location && { kind: location.kind, location: location.location ?? null, joinUrl: null };

export const viewConfirmed = (
  booking: BookingRecord,
  token: string,
  publicUrl: string,
): ConfirmedBooking => ({
  id: booking.id,
  token,
  status: booking.status,
  calendlyEventId: booking.eventUri === null ? null : lastSegment(booking.eventUri),
  confirmationUrl: confirmationUrl(publicUrl, booking.id, token),
  startTime: booking.startTime,
  endTime: booking.endTime,
  continueUrl: endedStatuses.has(booking.status) ? null : booking.continueUrl,
  holdExpiresAt: holdEnd(booking),
});

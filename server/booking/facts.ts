import type { BookingFacts } from '../notification/notification.ts';
import type { BookingRecord } from './booking.ts';
import { refundUntil } from './settle-payment.ts';

/** What mails and calendar files tell of a booking; `manageUrl` is made by the caller, who may know the token. */
export const factsOf = (
  booking: BookingRecord,
  more: { manageUrl: string; hostEmail: string | null; previousStartTime: string | null },
): BookingFacts => ({
  bookingId: booking.id,
  calendarUid: booking.calendarUid,
  sequence: booking.sequence,
  title: booking.title,
  hostName: booking.hostName,
  hostEmail: more.hostEmail,
  startTime: booking.startTime,
  endTime: booking.endTime,
  timezone: booking.timezone,
  name: booking.name,
  email: booking.email,
  guests: booking.guests,
  location:
    booking.place ??
    (booking.location && {
      kind: booking.location.kind,
      location: booking.location.location ?? null,
      joinUrl: null,
    }),
  price: booking.price,
  paymentStatus: booking.paymentStatus,
  refundUntil: refundUntil(booking),
  manageUrl: more.manageUrl,
  previousStartTime: more.previousStartTime,
  canceledBy: booking.canceledBy,
  cancelReason: booking.cancelReason,
  notes: booking.notes,
});

import type { FreshSlot } from '../availability/availability.ts';
import type { OfferedSession } from '../availability/session-types.ts';
import type { BookingRecord } from './booking.ts';

/** What a booking takes over from the request, or from the booking that it replaces. */
export type BookingDetails = Pick<
  BookingRecord,
  | 'name'
  | 'email'
  | 'timezone'
  | 'notes'
  | 'location'
  | 'answers'
  | 'guests'
  | 'tracking'
  | 'replaces'
  | 'calendarUid'
  | 'sequence'
>;

/** A free booking at its beginning. Price, duration and place come from the session, never from the request. */
export const newBooking = (
  id: string,
  session: OfferedSession,
  slot: FreshSlot,
  seat: number,
  details: BookingDetails,
  now: number,
): BookingRecord => ({
  ...details,
  id,
  owner: session.owner,
  calendar: session.calendar,
  version: 1,
  status: 'scheduling',
  paymentStatus: 'not_required',
  sessionTypeId: session.sessionType.id,
  eventType: session.eventType.uri,
  title: session.sessionType.title,
  hostName: session.sessionType.host?.name ?? null,
  group: session.eventType.kind === 'group',
  price: null,
  refundUntilHours: null,
  capture: null,
  checkoutUrl: null,
  paymentDeclined: false,
  paidBy: null,
  startTime: slot.startTime,
  endTime: slot.endTime,
  seat,
  holdExpiresAt: null,
  inviteeUri: null,
  eventUri: null,
  cancelUrl: null,
  rescheduleUrl: null,
  knownSince: null,
  place: null,
  schedulingUrl: slot.schedulingUrl,
  continueUrl: null,
  rejection: null,
  cancelRequestedAt: null,
  canceledBy: null,
  cancelReason: null,
  rescheduledTo: null,
  createdAt: now,
  updatedAt: now,
});

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

/** How long a seat is held for somebody who pays. It ends before the checkout could end by itself. */
export const holdMs = 25 * 60_000;

/** On which terms a booking is made: what it costs and when that is taken and given back. */
export type Terms = Pick<BookingRecord, 'price' | 'capture' | 'refundUntilHours'>;

export const free: Terms = { price: null, capture: null, refundUntilHours: null };

/** Price and rules come from the configuration, never from the request. */
export const termsOf = ({ sessionType }: OfferedSession): Terms => ({
  price: sessionType.price,
  capture: sessionType.capture,
  refundUntilHours: sessionType.refundUntilHours,
});

/** A booking at its beginning: Calendly is asked at once, or once it is paid. Duration and place come from the session. */
export const newBooking = (
  id: string,
  session: OfferedSession,
  slot: FreshSlot,
  seat: number,
  details: BookingDetails & Terms,
  now: number,
): BookingRecord => ({
  ...details,
  id,
  owner: session.owner,
  calendar: session.calendar,
  version: 1,
  ...(details.price === null
    ? ({ status: 'scheduling', paymentStatus: 'not_required', holdExpiresAt: null } as const)
    : ({
        status: 'awaiting_payment',
        paymentStatus: 'open',
        holdExpiresAt: Math.min(now + holdMs, Date.parse(slot.startTime)),
      } as const)),
  sessionTypeId: session.sessionType.id,
  eventType: session.eventType.uri,
  title: session.sessionType.title,
  hostName: session.sessionType.host?.name ?? null,
  group: session.eventType.kind === 'group',
  refundEndedAt: null,
  checkoutUrl: null,
  paymentDeclined: false,
  paidBy: null,
  startTime: slot.startTime,
  endTime: slot.endTime,
  seat,
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

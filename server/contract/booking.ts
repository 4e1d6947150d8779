import * as v from 'valibot';
import { Slot } from './available-times.ts';
import { Money } from './money.ts';
import { LocationKind } from './session-type.ts';
import { EmailAddress, line, lines } from './text.ts';
import { Instant, TimeZoneId } from './time.ts';

export const bookingStatuses = [
  'awaiting_payment',
  'scheduling',
  'awaiting_invitee',
  'confirmed',
  'canceled',
  'rescheduled',
  'expired',
  'rejected',
] as const;
export type BookingStatus = (typeof bookingStatuses)[number];

export const paymentStatuses = [
  'not_required',
  'open',
  'authorized',
  'paid',
  'releasing',
  'released',
  'refunding',
  'refunded',
  'refund_failed',
] as const;
export type PaymentStatus = (typeof paymentStatuses)[number];

/** Why a booking came to nothing. `payment_unavailable`: no checkout could be opened, and no money was asked for. */
export const rejections = ['slot_taken', 'refused', 'payment_unavailable'] as const;
export type Rejection = (typeof rejections)[number];

const httpUrl = v.pipe(
  v.string('This must be an address.'),
  v.maxLength(2048, 'This address is too long.'),
  v.check(
    (text) => /^https?:\/\//i.test(text) && URL.canParse(text),
    'This must be an http or https address.',
  ),
);

const timeSlot = v.pipe(
  v.strictObject({ startTime: Instant, endTime: Instant, schedulingUrl: httpUrl }),
  v.forward(
    v.check(({ startTime, endTime }) => startTime < endTime, 'This must be after startTime.'),
    ['endTime'],
  ),
);

const utm = v.optional(v.nullable(lines(255)));

export const BookingConfirmRequest = v.strictObject({
  sessionTypeId: line(300),
  timeSlot,
  clientDetails: v.strictObject({
    name: line(100),
    email: EmailAddress,
    timezone: TimeZoneId,
  }),
  notes: v.optional(lines(2000)),
  location: v.optional(v.strictObject({ kind: LocationKind, location: v.optional(line(500)) })),
  answers: v.optional(
    v.pipe(
      v.array(
        v.strictObject({
          question: v.pipe(
            v.string('This must be text.'),
            v.nonEmpty('This is needed.'),
            v.maxLength(1000),
          ),
          answer: lines(2000),
        }),
      ),
      v.maxLength(30, 'These are too many answers.'),
    ),
  ),
  guests: v.optional(
    v.pipe(v.array(EmailAddress), v.maxLength(10, 'At most 10 guests can be invited.')),
  ),
  tracking: v.optional(
    v.strictObject({
      utm_source: utm,
      utm_medium: utm,
      utm_campaign: utm,
      utm_term: utm,
      utm_content: utm,
    }),
  ),
  returnUrl: v.optional(httpUrl),
});
export type BookingConfirmRequest = v.InferOutput<typeof BookingConfirmRequest>;

/** Longer than any client needs; short enough to be a key. Printable ASCII, as in the Idempotency-Key draft of the IETF. */
export const IdempotencyKey = v.pipe(
  v.string(),
  v.regex(/^[\x20-\x7e]{1,255}$/, 'An Idempotency-Key has 1 to 255 printable characters.'),
);

export const ConfirmedBooking = v.object({
  id: v.string(),
  /** The only way to read, cancel or reschedule the booking. */
  token: v.string(),
  status: v.picklist(bookingStatuses),
  calendlyEventId: v.nullable(v.string()),
  confirmationUrl: v.string(),
  startTime: v.string(),
  endTime: v.string(),
  /** With `awaiting_invitee`: Calendly's own page, prefilled, where the invitee finishes. */
  continueUrl: v.nullable(v.string()),
  /** With `awaiting_payment`: until when the time is held here. */
  holdExpiresAt: v.nullable(v.string()),
});
export type ConfirmedBooking = v.InferOutput<typeof ConfirmedBooking>;

export const BookingConfirmResponse = v.object({
  success: v.literal(true),
  booking: ConfirmedBooking,
  /** True while the booking is `awaiting_payment`. */
  paymentRequired: v.boolean(),
  /** Where the visitor pays. Left out while the page is still being opened: the booking itself tells it a moment later. */
  checkoutUrl: v.optional(v.string()),
});
export type BookingConfirmResponse = v.InferOutput<typeof BookingConfirmResponse>;

/** The error body of 409 `slot_taken`: the nearest times that are still free, at most six, ascending. */
export const SlotTakenBody = v.object({
  success: v.literal(false),
  error: v.string(),
  code: v.literal('slot_taken'),
  slots: v.array(Slot),
});
export type SlotTakenBody = v.InferOutput<typeof SlotTakenBody>;

/** What the holder of a booking's token may see. */
export const Booking = v.object({
  id: v.string(),
  status: v.picklist(bookingStatuses),
  paymentStatus: v.picklist(paymentStatuses),
  sessionTypeId: v.string(),
  title: v.string(),
  hostName: v.nullable(v.string()),
  startTime: v.string(),
  endTime: v.string(),
  timezone: v.string(),
  name: v.string(),
  email: v.string(),
  guests: v.array(v.string()),
  price: v.nullable(Money),
  /** With `awaiting_payment`: where to pay; null while the page is still being opened. */
  checkoutUrl: v.nullable(v.string()),
  /** With `awaiting_payment`: until when the time is held here. */
  holdExpiresAt: v.nullable(v.string()),
  /** With `awaiting_payment`: the last try to pay was declined; another one may work. */
  paymentDeclined: v.boolean(),
  /** Canceled by the invitee until then, a paid booking is refunded; null: whenever it is canceled, or nothing was paid. */
  refundUntil: v.nullable(v.string()),
  location: v.nullable(
    v.object({
      kind: LocationKind,
      /** The place, number or text in words, when there is one. */
      location: v.nullable(v.string()),
      /** Conference links may arrive minutes after the booking. */
      joinUrl: v.nullable(v.string()),
    }),
  ),
  calendlyEventId: v.nullable(v.string()),
  confirmationUrl: v.string(),
  /** Set when the next act is the invitee's, on Calendly's own page. */
  continueUrl: v.nullable(v.string()),
  /** With `rescheduled`: the id of the booking that took its place; the same token opens it. */
  rescheduledTo: v.nullable(v.string()),
  /** The invitee asked to cancel and Calendly has not answered yet. */
  cancelRequested: v.boolean(),
  canceledBy: v.nullable(v.picklist(['host', 'invitee'])),
  cancelReason: v.nullable(v.string()),
  /** With `rejected`: why. */
  rejection: v.nullable(v.picklist(rejections)),
});
export type Booking = v.InferOutput<typeof Booking>;

export const BookingResponse = v.object({ success: v.literal(true), booking: Booking });
export type BookingResponse = v.InferOutput<typeof BookingResponse>;

export const BookingsResponse = v.object({ bookings: v.array(Booking) });
export type BookingsResponse = v.InferOutput<typeof BookingsResponse>;

export const BookingCancelRequest = v.strictObject({ reason: v.optional(lines(500)) });
export type BookingCancelRequest = v.InferOutput<typeof BookingCancelRequest>;

/**
 * Cancel and reschedule answer with the booking as it is now. A seat in a group session can be given back only by the
 * invitee on Calendly's own page: then the booking is unchanged and `continueUrl` leads there.
 */
export const BookingChangeResponse = BookingResponse;
export type BookingChangeResponse = BookingResponse;

export const BookingRescheduleRequest = v.strictObject({
  timeSlot,
  timezone: v.optional(TimeZoneId),
});
export type BookingRescheduleRequest = v.InferOutput<typeof BookingRescheduleRequest>;

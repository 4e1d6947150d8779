/** A booking as this product knows it, from hold to end. Plain data; `lifecycle.ts` is the only place that changes it. */
import type { BookingStatus, PaymentStatus, Rejection } from '../contract/booking.ts';
import type { Money } from '../contract/money.ts';
import type { Capture, LocationKind } from '../contract/session-type.ts';
import type { Tracking } from '../scheduling/scheduling.ts';

/** Where the session takes place, as far as it is known; conference links arrive late. */
export interface Place {
  kind: LocationKind;
  location: string | null;
  joinUrl: string | null;
}

export interface BookingRecord {
  readonly id: string;
  /** The owner of the calendar; every row knows its owner. */
  readonly owner: string;
  /** Whose time it takes: overlapping seats of one calendar exclude each other. */
  readonly calendar: string;
  readonly version: number;
  readonly status: BookingStatus;
  readonly paymentStatus: PaymentStatus;

  readonly sessionTypeId: string;
  readonly eventType: string;
  readonly title: string;
  readonly hostName: string | null;
  readonly group: boolean;
  readonly price: Money | null;
  /** Canceled at least this many hours before the start, the invitee gets the money back; null: always. */
  readonly refundUntilHours: number | null;
  /** When that was over already as the booking was moved: moving it does not bring the refund back. */
  readonly refundEndedAt: string | null;
  readonly capture: Capture | null;
  /** Where to pay, while that is what is waited for. */
  readonly checkoutUrl: string | null;
  /** The last try to pay was declined. */
  readonly paymentDeclined: boolean;
  /** The booking that was paid for when this one took its place; null: this one itself. */
  readonly paidBy: string | null;

  readonly startTime: string;
  readonly endTime: string;
  /** The seat it occupies in its slot, counted from 1; null once (or while) it occupies none. */
  readonly seat: number | null;
  /** When an unfinished booking gives its seat back; epoch ms. */
  readonly holdExpiresAt: number | null;

  readonly name: string;
  readonly email: string;
  readonly timezone: string;
  readonly notes: string | null;
  readonly location: { kind: LocationKind; location?: string } | null;
  readonly answers: readonly { question: string; answer: string }[];
  readonly guests: readonly string[];
  readonly tracking: Omit<Tracking, 'salesforce_uuid'>;

  /** Calendly's names and links for it; the links are secrets. */
  readonly inviteeUri: string | null;
  readonly eventUri: string | null;
  readonly cancelUrl: string | null;
  readonly rescheduleUrl: string | null;
  /** Since when Calendly itself knows of it, and so offers its time to nobody else; epoch ms. */
  readonly knownSince: number | null;
  readonly place: Place | null;
  /** Calendly's own page with this time picked. */
  readonly schedulingUrl: string;
  /** Calendly's own page where the invitee finishes this booking. */
  readonly continueUrl: string | null;

  readonly rejection: Rejection | null;
  readonly cancelRequestedAt: number | null;
  readonly canceledBy: 'host' | 'invitee' | null;
  readonly cancelReason: string | null;
  /** The booking whose place this one takes, and the one that took its place. */
  readonly replaces: string | null;
  readonly rescheduledTo: string | null;

  /** Stable over every reschedule, for calendar files. */
  readonly calendarUid: string;
  /** Moves with every change that calendars must hear of. */
  readonly sequence: number;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** Canceled while it waited for its invitee on Calendly's page, who may have finished there before that. */
export const isGivenUp = ({ status, price, inviteeUri }: BookingRecord): boolean =>
  status === 'canceled' && price === null && inviteeUri === null;

/** The last path segment of a Calendly URI: what the outside sees as `calendlyEventId`. */
export const lastSegment = (uri: string): string => uri.slice(uri.lastIndexOf('/') + 1);

import type { MailKind } from '../notification/notification.ts';
import type { BookingRecord, Place } from './booking.ts';

/** What Calendly calls an invitee, as far as a booking keeps it. */
export interface ScheduledInvitee {
  inviteeUri: string;
  eventUri: string;
  cancelUrl: string;
  rescheduleUrl: string;
  startTime: string;
  endTime: string;
  /** When Calendly made it; epoch ms. */
  createdAt: number;
}

/** A fact that moves a booking. */
export type BookingEvent =
  /** Calendly has it, however we heard of it. */
  | ({ type: 'invitee-created'; at: number } & ScheduledInvitee)
  /** The slot went to somebody else, for certain. `heard`: the invitee was told in the same request. */
  | { type: 'slot-lost'; heard: boolean }
  /** Calendly will never take it as it is. */
  | { type: 'scheduling-failed'; heard: boolean }
  /** Calendly does not take it by API; the invitee can finish on its page. */
  | { type: 'scheduling-refused'; continueUrl: string; holdExpiresAt: number }
  | { type: 'hold-expired'; at: number }
  /** The slot has begun and nobody finished the booking. */
  | { type: 'slot-begun' }
  | { type: 'cancel-requested'; at: number; reason: string | null }
  /** Calendly will not cancel it (it has begun, say): the booking stands. */
  | { type: 'cancel-refused' }
  | { type: 'invitee-canceled'; at: number; by: 'host' | 'invitee'; reason: string | null }
  /** Another booking, confirmed, took its place. */
  | { type: 'booking-replaced'; by: string; canceledInCalendly: boolean }
  | { type: 'place-known'; place: Place }
  /** The page to pay on is there. */
  | { type: 'checkout-opened'; checkoutUrl: string | null }
  /** No checkout could be opened; no money was ever asked for. */
  | { type: 'checkout-refused' }
  /** A try to pay failed; another one may follow. */
  | { type: 'payment-declined' }
  /** The money is reserved. `seat`: the one that is free for it now; null when there is none (any more). */
  | { type: 'payment-authorized'; seat: number | null }
  /** The money is taken, before the booking or after it. */
  | { type: 'payment-captured'; seat: number | null }
  /** Nothing is reserved and nothing was taken. */
  | { type: 'payment-released' }
  | { type: 'payment-refunded'; at: number }
  /** All of it was given back by hand, in Stripe. */
  | { type: 'payment-returned' }
  /** Even one that had succeeded may: the money is back with the owner. */
  | { type: 'refund-failed' };

/** An effect owed to the world. `key` makes it owed once; `runAt` is epoch ms, at once when absent. */
export type OwedJob =
  | { kind: 'schedule-invitee'; key: string }
  | { kind: 'cancel-event'; key: string }
  | { kind: 'read-place'; key: string }
  | { kind: 'expire-hold'; key: string; runAt: number }
  | { kind: 'expire-invitation'; key: string; runAt: number }
  | { kind: 'send-mail'; key: string; mail: MailKind }
  | { kind: 'open-checkout'; key: string }
  | { kind: 'capture-payment'; key: string }
  | { kind: 'release-payment'; key: string }
  | { kind: 'refund-payment'; key: string }
  | { kind: 'check-refund'; key: string; runAt: number }
  | { kind: 'failed-refund'; key: string }
  | { kind: 'look-at-payment'; key: string };

export interface Decision {
  /** The same object when nothing changed. */
  booking: BookingRecord;
  jobs: OwedJob[];
}

export const unchanged = (booking: BookingRecord): Decision => ({ booking, jobs: [] });

/** One mail of a kind for each version of the booking that calendars hear of. */
export const mailJob = (booking: BookingRecord, mail: MailKind): OwedJob => ({
  kind: 'send-mail',
  key: `send-mail:${booking.id}:${mail}:${booking.sequence}`,
  mail,
});

export const scheduleJob = ({ id }: BookingRecord): OwedJob => ({
  kind: 'schedule-invitee',
  key: `schedule-invitee:${id}`,
});

export const cancelJob = ({ id, version }: BookingRecord): OwedJob => ({
  kind: 'cancel-event',
  key: `cancel-event:${id}:${version}`,
});

export const captureJob = ({ id }: BookingRecord): OwedJob => ({
  kind: 'capture-payment',
  key: `capture-payment:${id}`,
});

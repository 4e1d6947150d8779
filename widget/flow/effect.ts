import type { BookingConfirmRequest } from '../../server/contract/booking.ts';
import type { Range } from '../time/range.ts';
import type { Booking, BookingHandle, Details, SessionType, Slot } from './state.ts';

/** What a transition wants done in the world. */
export type Effect =
  | { type: 'load-session-types' }
  /** Without a range: the first window that has a free slot. `idle` may wait until the page has nothing better to do. */
  | { type: 'load-times'; sessionTypeId: string; range: Range | null; idle: boolean }
  /** The rest of the flow, and then the neighbouring months, once the page is idle. */
  | { type: 'look-around' }
  | { type: 'slot-selected'; slot: Slot; sessionType: SessionType; zone: string }
  | { type: 'session-type-viewed' }
  | { type: 'retry-later' }
  | { type: 'report-failure'; code: string; sentence: string }
  // Run by the later steps
  | { type: 'read-draft' }
  | { type: 'save-details'; details: Details }
  | { type: 'confirm-booking'; attempt: BookingAttempt }
  /** After a reload: the very same request under the very same key. */
  | { type: 'replay-booking'; pending: PendingBooking }
  | { type: 'load-booking'; handle: BookingHandle }
  | { type: 'watch-booking'; handle: BookingHandle; booking: Booking }
  | { type: 'wait-for-settling'; handle: BookingHandle }
  | { type: 'load-calendar-file'; handle: BookingHandle }
  | { type: 'cancel-booking'; handle: BookingHandle; reason: string }
  | { type: 'reschedule-booking'; handle: BookingHandle; slot: Slot; zone: string }
  | { type: 'booking-confirmed'; handle: BookingHandle; booking: Booking }
  | { type: 'booking-canceled'; booking: Booking }
  /** So that whoever comes back in another tab finds the booking. */
  | { type: 'keep-handle'; handle: BookingHandle }
  | { type: 'open-checkout'; url: string }
  | { type: 'wait-for-checkout'; handle: BookingHandle }
  /** To the next second of the hold. */
  | { type: 'count-down'; handle: BookingHandle; booking: Booking }
  | { type: 'load-free-times'; handle: BookingHandle; booking: Booking }
  | { type: 'forget-booking' }
  /** The same visitor wants another time: as `forget-booking`, with the details read again. */
  | { type: 'renew-draft' };

export interface BookingAttempt {
  /** Idempotency-Key: the same visitor, session type, start and e-mail address give the same one. */
  readonly key: string;
  readonly draftId: string;
  readonly sessionType: SessionType;
  readonly slot: Slot;
  readonly details: Details;
  readonly zone: string;
}

/** Everything needed to send one confirm request again, exactly. */
export interface PendingBooking extends BookingAttempt {
  readonly request: BookingConfirmRequest;
}

export interface Outcome<S> {
  readonly state: S;
  readonly effects: readonly Effect[];
}

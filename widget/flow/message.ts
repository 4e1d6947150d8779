import type { AvailableTimesResponse, Slot } from '../../server/contract/available-times.ts';
import type { Booking } from '../../server/contract/booking.ts';
import type { SessionType } from '../../server/contract/session-type.ts';
import type { Failure } from '../api/failure.ts';
import type { Day, Month } from '../time/day.ts';
import type { Range } from '../time/range.ts';
import type { BookingHandle, Details } from './state.ts';

/** Requests are imperative and come from the elements; facts are in the past tense and come from the effects. */
export type Message =
  // Choosing a time
  | { type: 'choose-session-type'; sessionTypeId: string | null }
  | { type: 'session-types-arrived'; sessionTypes: readonly SessionType[] }
  | {
      type: 'first-times-arrived';
      answer: AvailableTimesResponse;
      today: Day;
      /** The start of a slot that the page chose beforehand. */
      wanted: string | null;
    }
  /** Neither the times nor the session types came. */
  | { type: 'first-times-failed'; failure: Failure }
  | { type: 'choose-day'; day: Day }
  | { type: 'choose-slot'; slot: Slot | null }
  // From here on the rest of the flow is there: it loads when the page is idle, at the latest when it is needed
  | { type: 'look-around' }
  | { type: 'refresh' }
  | { type: 'times-arrived'; answer: AvailableTimesResponse; range: Range }
  | { type: 'times-failed'; failure: Failure; range: Range }
  | { type: 'show-month'; month: Month }
  | { type: 'change-zone'; zone: string }
  | { type: 'retry' }
  | { type: 'continue' }
  | { type: 'draft-read'; details: Details; draftId: string }
  | { type: 'go-back' }
  | { type: 'edit-details'; details: Partial<Details> }
  | { type: 'submit-details' }
  | { type: 'change-details' }
  | { type: 'change-time' }
  | { type: 'book' }
  /** Null: the answer is too short to tell how the booking stands. */
  | { type: 'confirm-answered'; handle: BookingHandle; booking: Booking | null }
  /** With a `draftId` when what was tried can never be had under the one before. */
  | { type: 'confirm-failed'; failure: Failure; draftId?: string }
  | { type: 'booking-arrived'; handle: BookingHandle; booking: Booking }
  | { type: 'booking-failed'; failure: Failure }
  | { type: 'settling-took-long'; handle: BookingHandle }
  | { type: 'load-calendar-file' }
  /** Null: it did not load. */
  | { type: 'calendar-file-arrived'; handle: BookingHandle; text: string | null }
  /** Null: they did not load. */
  | {
      type: 'free-times-arrived';
      handle: BookingHandle;
      answer: AvailableTimesResponse | null;
    }
  | { type: 'ask-to-cancel' }
  | { type: 'keep-booking' }
  | { type: 'cancel-booking'; reason: string }
  /** The booking after it was canceled or moved, or after Calendly wanted that done on its own page. */
  | { type: 'change-answered'; handle: BookingHandle; booking: Booking }
  | { type: 'change-failed'; failure: Failure }
  | { type: 'reschedule-booking' }
  /** The visitor opens the payment page. */
  | { type: 'leave' }
  /** It should have opened by now. */
  | { type: 'still-here'; handle: BookingHandle }
  /** The page is there again as it was left. */
  | { type: 'come-back' }
  | { type: 'second-passed'; handle: BookingHandle; msLeft: number }
  | { type: 'give-back'; next: 'times' | 'end' }
  /** With what the page is about, where the booking does not tell. */
  | { type: 'start-over'; sessionTypeId?: string | null };

import type { Slot } from '../../server/contract/available-times.ts';
import type { Booking } from '../../server/contract/booking.ts';
import type { ErrorCode } from '../../server/contract/error.ts';
import type { LocationKind, SessionType } from '../../server/contract/session-type.ts';
import type { Day, Month } from '../time/day.ts';
import type { Range } from '../time/range.ts';

export type { Booking, SessionType, Slot };

export type Step =
  | 'SELECT_TIME'
  | 'ENTER_DETAILS'
  | 'CONFIRM_BOOKING'
  | 'PROCESS_PAYMENT'
  | 'BOOKING_COMPLETE';

/** What is known of the free times: `covered` is what `slots` tells the whole truth about. */
export interface Times {
  readonly slots: readonly Slot[];
  readonly covered: readonly Range[];
  readonly pending: readonly Range[];
  readonly failed: readonly Range[];
  readonly stale: boolean;
}

/** What the visitor typed; it outlives every change of time, zone and step. */
export interface Details {
  readonly name: string;
  readonly email: string;
  /** Undefined until one is chosen, or when there is nothing to choose. */
  readonly location?: { readonly kind: LocationKind; readonly location?: string } | undefined;
  /** By the question's own text. */
  readonly answers: Readonly<Record<string, string>>;
  readonly guests: readonly string[];
  readonly notes: string;
}

/** What opens a booking: the token is the only way to read, cancel or move it. */
export interface BookingHandle {
  readonly id: string;
  readonly token: string;
}

/** A booking that is being moved to another time. */
export interface Moving {
  readonly handle: BookingHandle;
  readonly booking: Booking;
}

interface Common {
  readonly zone: string;
  readonly sessionType: SessionType | null;
  readonly times: Times;
  /** Null until the visitor has been asked. */
  readonly details: Details | null;
  /** Makes one visitor's confirm requests recognisable; null until there can be one. */
  readonly draftId: string | null;
  readonly moving: Moving | null;
}

export type SelectTimePhase =
  /** `sessionTypes` is null while they load. */
  | { readonly is: 'choosing-session-type'; readonly sessionTypes: readonly SessionType[] | null }
  | { readonly is: 'loading' }
  | { readonly is: 'ready' }
  | { readonly is: 'unreachable' }
  | { readonly is: 'not-found' };

export interface SelectTime extends Common {
  readonly step: 'SELECT_TIME';
  readonly phase: SelectTimePhase;
  /** What was asked for: an id, an event type's URI or its slug; null when the visitor chooses. */
  readonly sessionTypeId: string | null;
  /** Null until the first answer says where to open. */
  readonly month: Month | null;
  /** How much is known of it. */
  readonly monthIs: 'known' | 'loading' | 'failed';
  readonly day: Day | null;
  readonly slot: Slot | null;
  /** The visitor's own slot that someone else took meanwhile. */
  readonly lostSlot: Slot | null;
  /** The chosen slot is on its way to the next step, whose code is still loading. */
  readonly leaving: boolean;
}

interface WithSlot extends Common {
  readonly sessionType: SessionType;
  readonly slot: Slot;
  readonly details: Details;
  readonly draftId: string;
}

export interface EnterDetails extends WithSlot {
  readonly step: 'ENTER_DETAILS';
  /** Sentences of the server, by request path such as `clientDetails.email`. */
  readonly fields: Readonly<Record<string, string>>;
}

export type Attempt =
  | { readonly is: 'idle' }
  | { readonly is: 'working' }
  /** Nobody knows whether it was booked after `unreachable`: only the same key may be tried again. */
  | {
      readonly is: 'failed';
      readonly reason: 'unreachable' | ErrorCode;
      readonly sentence: string;
    };

export interface ConfirmBooking extends WithSlot {
  readonly step: 'CONFIRM_BOOKING';
  readonly attempt: Attempt;
}

/** Taken by the server, not settled yet: Calendly is being asked, or the invitee finishes on Calendly's own page. */
export interface SettleBooking extends Common {
  readonly step: 'CONFIRM_BOOKING';
  /** `isLate`: it takes longer than a person expects. */
  readonly attempt: { readonly is: 'settling'; readonly isLate: boolean };
  /** It takes the place of another booking. */
  readonly isMoved: boolean;
  /** The time of the booking. */
  readonly slot: Slot;
  readonly handle: BookingHandle;
  readonly booking: Booking;
}

/** What the visitor is at while a booking is to be paid. */
export type Payment =
  /** The payment page opens by itself, as soon as its address is known. */
  | { readonly is: 'leaving' }
  /** The visitor decides. `isStuck`: the payment page should have opened by itself and did not. */
  | { readonly is: 'waiting'; readonly isStuck: boolean }
  /** Back from a finished payment page, which the backend has not told of yet. */
  | { readonly is: 'returned' }
  /** The time is given back; `next` is what the visitor wants then. */
  | { readonly is: 'giving-back'; readonly next: 'times' | 'end' }
  | { readonly is: 'failed'; readonly reason: string };

/** Held here until it is paid; then paid, or reserved, and Calendly is being asked. */
export interface ProcessPayment extends Common {
  readonly step: 'PROCESS_PAYMENT';
  readonly sessionType: SessionType;
  /** The time of the booking. */
  readonly slot: Slot;
  readonly handle: BookingHandle;
  readonly booking: Booking;
  readonly payment: Payment;
  /** It takes longer than a person expects. */
  readonly isLate: boolean;
}

/** Back from the payment page, and nothing here can open the booking. */
export interface LostPayment extends Common {
  readonly step: 'PROCESS_PAYMENT';
  readonly slot: null;
}

export type Change =
  | { readonly is: 'idle' }
  | { readonly is: 'asking-to-cancel' }
  | { readonly is: 'canceling' }
  | { readonly is: 'failed'; readonly reason: string; readonly sentence: string }
  /** Only the invitee can do it, on Calendly's own page. */
  | { readonly is: 'on-calendly'; readonly act: 'cancel' | 'reschedule'; readonly url: string };

/** The booking as an .ics file. */
export type CalendarFile =
  | { readonly is: 'loading' }
  | { readonly is: 'failed' }
  | { readonly is: 'known'; readonly text: string };

export interface BookingComplete extends Common {
  readonly step: 'BOOKING_COMPLETE';
  /** The time that is booked; null until it is known, and when there is none. */
  readonly slot: Slot | null;
  readonly handle: BookingHandle;
  readonly record:
    | { readonly is: 'loading' }
    | { readonly is: 'unreachable' }
    | { readonly is: 'not-found' }
    | { readonly is: 'known'; readonly booking: Booking };
  readonly change: Change;
  /** It took the place of another booking. */
  readonly isMoved: boolean;
  readonly calendarFile: CalendarFile;
  readonly arrival: Arrival;
  readonly freeTimes: FreeTimes;
  /** The one of them that the visitor wants instead. */
  readonly next: Slot | null;
}

/** What is free around the time of a booking that came to nothing. */
export type FreeTimes =
  /** Nobody has asked, or nobody could tell. */
  | { readonly is: 'unknown' }
  | { readonly is: 'loading' }
  | { readonly is: 'known'; readonly sessionType: SessionType; readonly slots: readonly Slot[] };

/** How the visitor came to a booking that was made before. */
export interface Arrival {
  /** The page has not been told that it is confirmed. */
  readonly isUntold: boolean;
  /** From a finished payment page. */
  readonly isReturn: boolean;
}

export type State =
  | SelectTime
  | EnterDetails
  | ConfirmBooking
  | SettleBooking
  | ProcessPayment
  | LostPayment
  | BookingComplete;

export const noTimes: Times = { slots: [], covered: [], pending: [], failed: [], stale: false };

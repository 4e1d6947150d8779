import type { Effect, Outcome } from './effect.ts';
import { isAwaited } from './awaited.ts';
import { startSelectTime } from './open-times.ts';
import {
  noTimes,
  type Arrival,
  type Booking,
  type BookingHandle,
  type ProcessPayment,
  type SessionType,
  type Slot,
  type State,
} from './state.ts';

type Common = Pick<State, 'zone' | 'sessionType' | 'times' | 'details' | 'draftId'>;

/** What the booking alone does not tell. */
interface Circumstances {
  /** It took the place of another booking. */
  readonly isMoved?: boolean;
  readonly arrival?: Arrival;
}

/** A booking opened by its link tells as much of its session type as the summary needs. */
const sessionTypeOf = (booking: Booking): SessionType => ({
  id: booking.sessionTypeId,
  title: booking.title,
  description: null,
  duration: (Date.parse(booking.endTime) - Date.parse(booking.startTime)) / 60_000,
  price: booking.price,
  category: null,
  paidOnCalendly: false,
  capture: null,
  refundUntilHours: null,
  requiresAuth: false,
  kind: 'solo',
  host: booking.hostName === null ? null : { name: booking.hostName },
  locations: booking.location === null ? [] : [{ ...booking.location, additionalInfo: null }],
  questions: [],
  displayOrder: 0,
  schedulingUrl: '',
  eventType: '',
  slug: null,
});

const slotOf = ({ startTime, endTime }: Booking): Slot => ({
  startTime,
  endTime,
  schedulingUrl: '',
  inviteesRemaining: 1,
});

const commonOf = ({ zone, sessionType, times, details, draftId }: Common) => ({
  zone,
  sessionType,
  times,
  details,
  draftId,
  moving: null,
});

const told: Arrival = { isUntold: false, isReturn: false };

/** Known by its handle alone: the rest is asked for. */
export const openHandle = (
  state: Common,
  handle: BookingHandle,
  arrival: Arrival,
): Outcome<State> => ({
  state: {
    step: 'BOOKING_COMPLETE',
    ...commonOf(state),
    slot: null,
    handle,
    record: { is: 'loading' },
    change: { is: 'idle' },
    isMoved: false,
    calendarFile: { is: 'loading' },
    arrival,
    freeTimes: { is: 'unknown' },
    next: null,
  },
  effects: [{ type: 'load-booking', handle }],
});

/** The booking that the page says: its own, or the one of a link in a mail. */
export const openBooking = (zone: string, handle: BookingHandle): Outcome<State> =>
  openHandle(
    { zone, sessionType: null, times: noTimes, details: null, draftId: null },
    handle,
    told,
  );

/** What a booking looks like from here on is decided by how it stands alone. */
export const showBooking = (
  state: Common,
  handle: BookingHandle,
  booking: Booking,
  { isMoved = false, arrival = told }: Circumstances = {},
): Outcome<State> => {
  // Another booking took its place; the same token opens it.
  if (booking.status === 'rescheduled' && booking.rescheduledTo !== null) {
    return openHandle(state, { ...handle, id: booking.rescheduledTo }, told);
  }
  const common = {
    ...commonOf(state),
    sessionType: state.sessionType ?? sessionTypeOf(booking),
    slot: slotOf(booking),
    handle,
  };
  const watch: Effect[] = isAwaited(booking) ? [{ type: 'watch-booking', handle, booking }] : [];
  const patience: Effect = { type: 'wait-for-settling', handle };
  const isPaid = booking.paymentStatus !== 'not_required';

  if (booking.status === 'awaiting_payment') {
    const isReturned = arrival.isReturn && !booking.paymentDeclined;
    return {
      state: {
        step: 'PROCESS_PAYMENT',
        ...common,
        booking,
        payment: isReturned ? { is: 'returned' } : { is: 'waiting', isStuck: false },
        isLate: false,
      },
      effects: [
        { type: 'keep-handle', handle },
        ...watch,
        { type: 'count-down', handle, booking },
        ...(isReturned ? [patience] : []),
      ],
    };
  }
  if (booking.status === 'scheduling' && isPaid && !isMoved) {
    return {
      state: {
        step: 'PROCESS_PAYMENT',
        ...common,
        booking,
        payment: { is: 'waiting', isStuck: false },
        isLate: false,
      },
      effects: [...watch, patience],
    };
  }
  if (booking.status === 'scheduling' || booking.status === 'awaiting_invitee') {
    return {
      state: {
        step: 'CONFIRM_BOOKING',
        ...common,
        attempt: { is: 'settling', isLate: false },
        isMoved,
        booking,
      },
      effects: booking.status === 'scheduling' ? [...watch, patience] : watch,
    };
  }
  const isBooked = booking.status === 'confirmed';
  const isLost = booking.status === 'rejected' || booking.status === 'expired';
  return {
    state: {
      step: 'BOOKING_COMPLETE',
      ...common,
      slot: isBooked ? common.slot : null,
      isMoved,
      record: { is: 'known', booking },
      change: { is: 'idle' },
      calendarFile: { is: 'loading' },
      arrival: told,
      freeTimes: { is: isLost ? 'loading' : 'unknown' },
      next: null,
    },
    effects: [
      ...(isBooked && arrival.isUntold
        ? [{ type: 'booking-confirmed', handle, booking } as const]
        : []),
      ...(isBooked ? [{ type: 'load-calendar-file', handle } as const] : []),
      ...(isLost ? [{ type: 'load-free-times', handle, booking } as const] : []),
      ...watch,
    ],
  };
};

/** As `showBooking`, for whoever has been waiting for this: the page is told when it is confirmed. */
export const showNews = (
  state: Common,
  handle: BookingHandle,
  booking: Booking,
  isMoved = false,
): Outcome<State> =>
  showBooking(state, handle, booking, { isMoved, arrival: { isUntold: true, isReturn: false } });

/** The visitor has just said so, so the payment page opens by itself. */
export const leaveForCheckout = (state: ProcessPayment): Outcome<State> => {
  const { handle, booking } = state;
  return {
    state: { ...state, payment: { is: 'leaving' } },
    effects:
      booking.checkoutUrl === null
        ? []
        : [
            { type: 'open-checkout', url: booking.checkoutUrl },
            { type: 'wait-for-checkout', handle },
          ],
  };
};

/** The next one is another booking: nothing of this one may be taken for it. */
export const startOver = (
  { sessionType, zone }: Pick<State, 'sessionType' | 'zone'>,
  otherwise: string | null = null,
): Outcome<State> => {
  const { state: fresh, effects } = startSelectTime(sessionType?.id ?? otherwise, zone);
  return { state: fresh, effects: [{ type: 'forget-booking' }, ...effects] };
};

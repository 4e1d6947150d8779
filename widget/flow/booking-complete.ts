import type { Effect, Outcome } from './effect.ts';
import type { Message } from './message.ts';
import { startSelectTime } from './open-times.ts';
import {
  noTimes,
  type Booking,
  type BookingComplete,
  type BookingHandle,
  type SessionType,
  type Slot,
  type SettleBooking,
  type State,
} from './state.ts';

type Common = Pick<State, 'zone' | 'sessionType' | 'times' | 'details' | 'draftId'>;

/** A booking opened by its link tells as much of its session type as the summary needs. */
const sessionTypeOf = (booking: Booking): SessionType => ({
  id: booking.sessionTypeId,
  title: booking.title,
  description: null,
  duration: (Date.parse(booking.endTime) - Date.parse(booking.startTime)) / 60_000,
  price: booking.price,
  category: null,
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

/** A booking that was made before: on this page, in another tab, or from the link in a mail. */
export const openBooking = (zone: string, handle: BookingHandle): Outcome<State> => ({
  state: {
    step: 'BOOKING_COMPLETE',
    ...commonOf({ zone, sessionType: null, times: noTimes, details: null, draftId: null }),
    slot: null,
    handle,
    record: { is: 'loading' },
    change: { is: 'idle' },
  },
  effects: [{ type: 'load-booking', handle }],
});

/** What a booking looks like from here on is decided by its status alone. */
export const showBooking = (
  state: Common,
  handle: BookingHandle,
  booking: Booking,
): Outcome<State> => {
  const watch: Effect = { type: 'watch-booking', handle, booking };
  const common = {
    ...commonOf(state),
    sessionType: state.sessionType ?? sessionTypeOf(booking),
    slot: slotOf(booking),
  };
  return booking.status === 'scheduling' || booking.status === 'awaiting_invitee'
    ? {
        state: {
          step: 'CONFIRM_BOOKING',
          ...common,
          attempt: { is: 'settling' },
          handle,
          booking,
        },
        effects: [watch],
      }
    : {
        state: {
          step: 'BOOKING_COMPLETE',
          ...common,
          handle,
          record: { is: 'known', booking },
          change: { is: 'idle' },
        },
        // A request to cancel that Calendly has not answered, or a conference link that is still to come.
        effects: isAwaited(booking) ? [watch] : [],
      };
};

const isAwaited = (booking: Booking): boolean =>
  booking.status === 'confirmed' &&
  (booking.cancelRequested ||
    (booking.location?.kind.endsWith('_conference') === true && booking.location.joinUrl === null));

export const startOver = (state: BookingComplete | SettleBooking): Outcome<State> => {
  const booking =
    'booking' in state ? state.booking : state.record.is === 'known' ? state.record.booking : null;
  const { state: fresh, effects } = startSelectTime(booking?.sessionTypeId ?? null, state.zone);
  return { state: fresh, effects: [{ type: 'forget-booking' }, ...effects] };
};

export const bookingComplete = (state: BookingComplete, message: Message): Outcome<State> => {
  switch (message.type) {
    case 'booking-arrived': {
      // A watcher of the booking before this one may still answer.
      if (message.handle.id !== state.handle.id) return { state, effects: [] };
      const wasCanceled =
        state.record.is === 'known' &&
        state.record.booking.status === 'confirmed' &&
        message.booking.status === 'canceled';
      const shown = showBooking(state, message.handle, message.booking);
      return wasCanceled
        ? {
            state: shown.state,
            effects: [{ type: 'booking-canceled', booking: message.booking }, ...shown.effects],
          }
        : shown;
    }
    case 'booking-failed': {
      if (state.record.is === 'known') return { state, effects: [] };
      const is =
        message.failure.is === 'refused' && message.failure.code !== 'internal_error'
          ? 'not-found'
          : 'unreachable';
      return { state: { ...state, record: { is } }, effects: [] };
    }
    case 'retry':
      return {
        state: { ...state, record: { is: 'loading' } },
        effects: [{ type: 'load-booking', handle: state.handle }],
      };
    case 'ask-to-cancel':
      return { state: { ...state, change: { is: 'asking-to-cancel' } }, effects: [] };
    case 'keep-booking':
      return { state: { ...state, change: { is: 'idle' } }, effects: [] };
    case 'cancel-booking':
      return state.change.is === 'canceling'
        ? { state, effects: [] }
        : {
            state: { ...state, change: { is: 'canceling' } },
            effects: [{ type: 'cancel-booking', handle: state.handle, reason: message.reason }],
          };
    case 'change-failed': {
      const sentence = message.failure.is === 'refused' ? message.failure.sentence : '';
      return { state: { ...state, change: { is: 'failed', sentence } }, effects: [] };
    }
    case 'reschedule-booking': {
      if (state.record.is !== 'known') return { state, effects: [] };
      const { booking } = state.record;
      return startSelectTime(booking.sessionTypeId, state.zone, { handle: state.handle, booking });
    }
    case 'change-zone':
      return { state: { ...state, zone: message.zone }, effects: [] };
    case 'start-over':
      return startOver(state);
    default:
      return { state, effects: [] };
  }
};

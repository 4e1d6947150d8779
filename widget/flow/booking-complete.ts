import type { Failure } from '../api/failure.ts';
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

const opened = (state: Common, handle: BookingHandle): Outcome<State> => ({
  state: {
    step: 'BOOKING_COMPLETE',
    ...commonOf(state),
    slot: null,
    handle,
    record: { is: 'loading' },
    change: { is: 'idle' },
    isMoved: false,
    calendarFile: { is: 'loading' },
  },
  effects: [{ type: 'load-booking', handle }],
});

/** A booking that was made before: on this page, in another tab, or from the link in a mail. */
export const openBooking = (zone: string, handle: BookingHandle): Outcome<State> =>
  opened({ zone, sessionType: null, times: noTimes, details: null, draftId: null }, handle);

/** What a booking looks like from here on is decided by its status alone. */
export const showBooking = (
  state: Common,
  handle: BookingHandle,
  booking: Booking,
  isMoved = false,
): Outcome<State> => {
  // Another booking took its place; the same token opens it.
  if (booking.status === 'rescheduled' && booking.rescheduledTo !== null) {
    return opened(state, { ...handle, id: booking.rescheduledTo });
  }
  const watch: Effect = { type: 'watch-booking', handle, booking };
  const common = {
    ...commonOf(state),
    sessionType: state.sessionType ?? sessionTypeOf(booking),
    slot: slotOf(booking),
    handle,
    isMoved,
  };
  if (booking.status === 'scheduling' || booking.status === 'awaiting_invitee') {
    return {
      state: {
        step: 'CONFIRM_BOOKING',
        ...common,
        attempt: { is: 'settling', isLate: false },
        booking,
      },
      effects:
        booking.status === 'scheduling' ? [watch, { type: 'wait-for-settling', handle }] : [watch],
    };
  }
  const isBooked = booking.status === 'confirmed';
  return {
    state: {
      step: 'BOOKING_COMPLETE',
      ...common,
      record: { is: 'known', booking },
      change: { is: 'idle' },
      calendarFile: { is: 'loading' },
    },
    effects: [
      ...(isBooked ? [{ type: 'load-calendar-file', handle } as const] : []),
      ...(isBooked && isAwaited(booking) ? [watch] : []),
    ],
  };
};

/** A request to cancel that Calendly has not answered, or a conference link that is still to come. */
const isAwaited = ({ cancelRequested, location }: Booking): boolean =>
  cancelRequested ||
  (location !== null && location.kind.endsWith('_conference') && location.joinUrl === null);

/** Nothing that a visitor would see has changed. */
export const isAsBefore = (before: Booking, now: Booking): boolean =>
  before.status === now.status &&
  before.cancelRequested === now.cancelRequested &&
  before.continueUrl === now.continueUrl &&
  before.location?.joinUrl === now.location?.joinUrl;

export const startOver = (state: BookingComplete | SettleBooking): Outcome<State> => {
  const sessionTypeId = state.sessionType?.id ?? null;
  const { state: fresh, effects } = startSelectTime(sessionTypeId, state.zone);
  return { state: fresh, effects: [{ type: 'forget-booking' }, ...effects] };
};

const stay = (state: State): Outcome<State> => ({ state, effects: [] });

export const bookingComplete = (state: BookingComplete, message: Message): Outcome<State> => {
  switch (message.type) {
    case 'booking-arrived':
      // A watcher of the booking before this one may still answer.
      return message.handle.id === state.handle.id
        ? arrive(state, message.booking, state.change)
        : stay(state);
    case 'booking-failed':
      return state.record.is === 'known'
        ? stay(state)
        : stay({
            ...state,
            record: { is: isUnknown(message.failure) ? 'not-found' : 'unreachable' },
          });
    case 'retry':
      return {
        state: { ...state, record: { is: 'loading' } },
        effects: [{ type: 'load-booking', handle: state.handle }],
      };
    case 'load-calendar-file':
      return {
        state: { ...state, calendarFile: { is: 'loading' } },
        effects: [{ type: 'load-calendar-file', handle: state.handle }],
      };
    case 'calendar-file-arrived': {
      if (message.handle.id !== state.handle.id) return stay(state);
      const { text } = message;
      return stay({
        ...state,
        calendarFile: text === null ? { is: 'failed' } : { is: 'known', text },
      });
    }
    case 'ask-to-cancel':
      return stay({ ...state, change: { is: 'asking-to-cancel' } });
    case 'keep-booking':
      return stay({ ...state, change: { is: 'idle' } });
    case 'cancel-booking':
      return state.change.is === 'canceling'
        ? stay(state)
        : {
            state: { ...state, change: { is: 'canceling' } },
            effects: [{ type: 'cancel-booking', handle: state.handle, reason: message.reason }],
          };
    case 'change-answered':
      return message.handle.id === state.handle.id
        ? finishOnCalendly(state, message.booking, 'cancel')
        : stay(state);
    case 'change-failed': {
      const { failure } = message;
      const reason = failure.is === 'refused' ? failure.code : failure.is;
      const sentence = failure.is === 'refused' ? failure.sentence : '';
      return {
        state: { ...state, change: { is: 'failed', reason, sentence } },
        effects: [{ type: 'report-failure', code: reason, sentence }],
      };
    }
    case 'reschedule-booking': {
      if (state.record.is !== 'known') return stay(state);
      const { booking } = state.record;
      return startSelectTime(booking.sessionTypeId, state.zone, { handle: state.handle, booking });
    }
    case 'change-zone':
      return stay({ ...state, zone: message.zone });
    case 'start-over':
      return startOver(state);
    default:
      return stay(state);
  }
};

/** News of the booking; what the visitor is doing goes on unless the news makes it pointless. */
const arrive = (
  state: BookingComplete,
  booking: Booking,
  change: BookingComplete['change'],
): Outcome<State> => {
  const before = state.record.is === 'known' ? state.record.booking : null;
  if (before !== null && isAsBefore(before, booking)) {
    return stay({ ...state, record: { is: 'known', booking }, change });
  }
  const shown = showBooking(state, state.handle, booking, state.isMoved);
  const goesOn =
    shown.state.step === 'BOOKING_COMPLETE' &&
    before?.status === booking.status &&
    !booking.cancelRequested;
  const isCanceled = before?.status === 'confirmed' && booking.status === 'canceled';
  return {
    state: goesOn ? { ...shown.state, calendarFile: state.calendarFile, change } : shown.state,
    effects: isCanceled ? [{ type: 'booking-canceled', booking }, ...shown.effects] : shown.effects,
  };
};

/** A seat in a group session is given back or moved by its invitee alone; the booking is watched until that is done. */
export const finishOnCalendly = (
  state: BookingComplete,
  booking: Booking,
  act: 'cancel' | 'reschedule',
): Outcome<State> => {
  const url = booking.continueUrl;
  if (booking.status !== 'confirmed' || booking.cancelRequested || url === null) {
    return arrive(state, booking, { is: 'idle' });
  }
  const same = { ...booking, continueUrl: null };
  return {
    state: {
      ...state,
      record: { is: 'known', booking: same },
      change: { is: 'on-calendly', act, url },
    },
    effects: [{ type: 'watch-booking', handle: state.handle, booking: same }],
  };
};

const UNKNOWN: readonly string[] = [
  'booking_not_found',
  'not_found',
  'unauthorized',
  'invalid_request',
];
const isUnknown = (failure: Failure): boolean =>
  failure.is === 'refused' && UNKNOWN.includes(failure.code);

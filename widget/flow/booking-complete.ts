import type { Failure } from '../api/failure.ts';
import { isAsBefore } from './awaited.ts';
import type { Outcome } from './effect.ts';
import { fitLocation } from './fit-location.ts';
import type { Message } from './message.ts';
import { startSelectTime } from './open-times.ts';
import { showBooking, startOver } from './show-booking.ts';
import { noTimes, type Booking, type BookingComplete, type Slot, type State } from './state.ts';

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
    case 'free-times-arrived': {
      if (message.handle.id !== state.handle.id || state.freeTimes.is !== 'loading') {
        return stay(state);
      }
      const { answer } = message;
      if (answer === null) return stay({ ...state, freeTimes: { is: 'unknown' } });
      const { sessionType, slots } = answer;
      return stay({ ...state, sessionType, freeTimes: { is: 'known', sessionType, slots } });
    }
    case 'choose-slot':
      return chooseNext(state, message.slot);
    case 'draft-read':
      return tryNext(state, message);
    case 'change-zone':
      return stay({ ...state, zone: message.zone });
    case 'start-over':
      return startOver(state, message.sessionTypeId);
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
  const { isMoved, arrival, freeTimes, next } = state;
  const shown = showBooking(state, state.handle, booking, { isMoved, arrival });
  const goesOn =
    shown.state.step === 'BOOKING_COMPLETE' &&
    before?.status === booking.status &&
    !booking.cancelRequested;
  const isCanceled = before?.status === 'confirmed' && booking.status === 'canceled';
  const effects = shown.effects.filter(({ type }) => !goesOn || type !== 'load-free-times');
  return {
    state: goesOn
      ? { ...shown.state, calendarFile: state.calendarFile, change, freeTimes, next }
      : shown.state,
    effects: isCanceled ? [{ type: 'booking-canceled', booking }, ...effects] : effects,
  };
};

/** Another time instead of the one that was lost: a booking of its own, for which everything else is said already. */
const chooseNext = (state: BookingComplete, slot: Slot | null): Outcome<State> => {
  const { freeTimes } = state;
  if (freeTimes.is !== 'known' || state.next !== null) return stay(state);
  const next = freeTimes.slots.find(({ startTime }) => startTime === slot?.startTime);
  return next === undefined
    ? stay(state)
    : { state: { ...state, next }, effects: [{ type: 'renew-draft' }] };
};

const tryNext = (
  state: BookingComplete,
  { details, draftId }: Message & { type: 'draft-read' },
): Outcome<State> => {
  const { zone, freeTimes, next, record } = state;
  if (freeTimes.is !== 'known' || next === null || record.is !== 'known') return stay(state);
  const { sessionType } = freeTimes;
  const known = state.details ?? details;
  const location = fitLocation(known.location, sessionType);
  // What was known of the times has the lost one among them.
  const common = { sessionType, slot: next, zone, times: noTimes, moving: null, draftId };
  if (known.email !== '') {
    const checked = { ...known, location };
    return stay({
      step: 'CONFIRM_BOOKING',
      ...common,
      details: checked,
      attempt: { is: 'idle' },
    });
  }
  // Another tab, or a page without a memory: the booking tells who it was for.
  const { name, email, guests } = record.booking;
  const told = { ...known, location, name, email, guests };
  return stay({ step: 'ENTER_DETAILS', ...common, details: told, fields: {} });
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

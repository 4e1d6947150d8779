import { idempotencyKey } from './draft.ts';
import type { Effect, Outcome } from './effect.ts';
import { isAsBefore } from './awaited.ts';
import { finishOnCalendly } from './booking-complete.ts';
import { returnToSelectTime } from './enter-details.ts';
import type { Message } from './message.ts';
import type {
  Attempt,
  Booking,
  BookingHandle,
  ConfirmBooking,
  Moving,
  SettleBooking,
  State,
} from './state.ts';
import type { Failure } from '../api/failure.ts';
import { leaveForCheckout, openHandle, showBooking, showNews, startOver } from './show-booking.ts';

export const confirmBooking = (
  state: ConfirmBooking | SettleBooking,
  message: Message,
): Outcome<State> =>
  'handle' in state ? settleBooking(state, message) : checkBooking(state, message);

const checkBooking = (state: ConfirmBooking, message: Message): Outcome<State> => {
  const isWorking = state.attempt.is === 'working';
  switch (message.type) {
    case 'book':
      // A second press while the first is on its way is the same press.
      return isWorking ? { state, effects: [] } : book(state);
    case 'confirm-answered': {
      const { handle, booking } = message;
      return booking === null
        ? openHandle(state, handle, { isUntold: true, isReturn: false })
        : goToCheckout(showNews(state, handle, booking));
    }
    case 'change-answered':
      return state.moving === null
        ? { state, effects: [] }
        : moved(state, state.moving, message.handle, message.booking);
    case 'keep-booking':
      return state.moving === null || isWorking
        ? { state, effects: [] }
        : showAgain(state.moving, state);
    case 'confirm-failed': {
      const { draftId = state.draftId } = message;
      return fail({ ...state, draftId }, message.failure);
    }
    case 'change-failed':
      return fail(state, message.failure);
    case 'go-back':
      if (isWorking) return { state, effects: [] };
      return state.moving === null ? toDetails(state) : returnToSelectTime(state);
    case 'change-details':
      return isWorking ? { state, effects: [] } : toDetails(state);
    case 'change-time':
      return isWorking ? { state, effects: [] } : returnToSelectTime(state);
    default:
      return { state, effects: [] };
  }
};

const book = (state: ConfirmBooking): Outcome<State> => {
  const working: ConfirmBooking = { ...state, attempt: { is: 'working' } };
  const { slot, sessionType, details, draftId, zone, moving } = state;
  if (moving !== null) {
    return {
      state: working,
      effects: [{ type: 'reschedule-booking', handle: moving.handle, slot, zone }],
    };
  }
  const key = idempotencyKey(draftId, sessionType.id, slot.startTime, details.email);
  return {
    state: working,
    effects: [
      { type: 'confirm-booking', attempt: { key, draftId, sessionType, slot, details, zone } },
    ],
  };
};

const toDetails = (
  state: ConfirmBooking,
  fields: Readonly<Record<string, string>> = {},
): Outcome<State> => {
  const { attempt: _over, ...rest } = state;
  return { state: { ...rest, step: 'ENTER_DETAILS', fields }, effects: [] };
};

const fail = (state: ConfirmBooking, failure: Failure): Outcome<State> => {
  const code = failure.is === 'refused' ? failure.code : 'unreachable';
  const sentence = failure.is === 'refused' ? failure.sentence : '';
  const report: Effect = { type: 'report-failure', code, sentence };
  if (failure.is === 'refused' && code === 'slot_taken') {
    const returned = returnToSelectTime(state, state.slot, failure.slots);
    return { state: returned.state, effects: [report, ...returned.effects] };
  }
  if (failure.is === 'refused' && state.moving === null && Object.keys(failure.fields).length > 0) {
    const returned = toDetails(state, failure.fields);
    return { state: returned.state, effects: [report] };
  }
  const attempt: Attempt = { is: 'failed', reason: code, sentence };
  return { state: { ...state, attempt }, effects: [report] };
};

/** The booking is another one now; or the same, when Calendly wants its invitee to move it. */
const moved = (
  state: ConfirmBooking,
  moving: Moving,
  handle: BookingHandle,
  booking: Booking,
): Outcome<State> => {
  if (handle.id !== moving.handle.id) {
    return showNews(state, handle, booking, true);
  }
  const before = showBooking(state, handle, moving.booking);
  return before.state.step === 'BOOKING_COMPLETE'
    ? finishOnCalendly(before.state, booking, 'reschedule')
    : before;
};

/** The booking that is not moved after all; what is known of it may be old. */
const showAgain = ({ handle, booking }: Moving, state: ConfirmBooking): Outcome<State> => {
  const shown = showBooking(state, handle, booking);
  return { state: shown.state, effects: [...shown.effects, { type: 'load-booking', handle }] };
};

const goToCheckout = (shown: Outcome<State>): Outcome<State> => {
  const { state, effects } = shown;
  if (state.step !== 'PROCESS_PAYMENT' || state.slot === null) return shown;
  if (state.booking.status !== 'awaiting_payment') return shown;
  const leaving = leaveForCheckout(state);
  return { state: leaving.state, effects: [...effects, ...leaving.effects] };
};

const settleBooking = (state: SettleBooking, message: Message): Outcome<State> => {
  switch (message.type) {
    case 'booking-arrived': {
      const { handle, booking } = message;
      if (handle.id !== state.handle.id || isAsBefore(state.booking, booking)) {
        return { state, effects: [] };
      }
      return showNews(state, handle, booking, state.isMoved);
    }
    case 'settling-took-long':
      return message.handle.id === state.handle.id
        ? { state: { ...state, attempt: { ...state.attempt, isLate: true } }, effects: [] }
        : { state, effects: [] };
    case 'retry': {
      const { handle, booking } = state;
      return {
        state,
        effects: [
          { type: 'load-booking', handle },
          { type: 'watch-booking', handle, booking },
        ],
      };
    }
    case 'start-over':
      return startOver(state);
    case 'give-back':
      return {
        state,
        effects: [{ type: 'cancel-booking', handle: state.handle, reason: '' }],
      };
    case 'change-answered':
      return message.handle.id === state.handle.id
        ? showNews(state, message.handle, message.booking, state.isMoved)
        : { state, effects: [] };
    case 'change-failed': {
      const { failure } = message;
      const code = failure.is === 'refused' ? failure.code : failure.is;
      const sentence = failure.is === 'refused' ? failure.sentence : '';
      return {
        state,
        effects: [
          { type: 'report-failure', code, sentence },
          { type: 'load-booking', handle: state.handle },
        ],
      };
    }
    default:
      return { state, effects: [] };
  }
};

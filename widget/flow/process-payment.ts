import { isAsBefore } from './awaited.ts';
import type { Effect, Outcome } from './effect.ts';
import type { Message } from './message.ts';
import { leaveForCheckout, showNews, startOver } from './show-booking.ts';
import type { Booking, LostPayment, ProcessPayment, State } from './state.ts';

const stay = (state: State): Outcome<State> => ({ state, effects: [] });

/** How often the backend is asked once the hold should be over: only it knows whether it is. */
const LOOK_AGAIN_MS = 5000;

export const processPayment = (
  state: ProcessPayment | LostPayment,
  message: Message,
): Outcome<State> => {
  if (message.type === 'start-over') return startOver(state, message.sessionTypeId);
  if (message.type === 'change-zone') return stay({ ...state, zone: message.zone });
  return state.slot === null ? stay(state) : awaitPayment(state, message);
};

const awaitPayment = (state: ProcessPayment, message: Message): Outcome<State> => {
  const { handle, booking, payment } = state;
  if ('handle' in message && message.handle.id !== handle.id) return stay(state);
  const isUnpaid = booking.status === 'awaiting_payment';
  switch (message.type) {
    case 'booking-arrived':
      return arrive(state, message.booking);
    case 'change-answered':
      return payment.is === 'giving-back' ? arrive(state, message.booking) : stay(state);
    case 'change-failed':
      return payment.is === 'giving-back' ? notGivenBack(state, message) : stay(state);
    case 'settling-took-long':
      return stay({ ...state, isLate: true });
    case 'second-passed':
      return isUnpaid ? secondPassed(state, message.msLeft) : stay(state);
    case 'leave':
      return isUnpaid
        ? { state: { ...state, payment: { is: 'leaving' } }, effects: [waitForCheckout(state)] }
        : stay(state);
    case 'still-here':
      return payment.is === 'leaving'
        ? stay({ ...state, payment: { is: 'waiting', isStuck: true } })
        : stay(state);
    case 'give-back':
      return isUnpaid && payment.is !== 'giving-back'
        ? {
            state: { ...state, payment: { is: 'giving-back', next: message.next } },
            effects: [{ type: 'cancel-booking', handle, reason: '' }],
          }
        : stay(state);
    // From the payment page by the browser's own back button, or from another tab.
    case 'come-back':
    case 'retry':
      return {
        state:
          payment.is === 'leaving' && message.type === 'come-back'
            ? { ...state, payment: { is: 'waiting', isStuck: false } }
            : state,
        effects: [{ type: 'load-booking', handle }, ...watching(state)],
      };
    default:
      return stay(state);
  }
};

const watching = ({ handle, booking }: ProcessPayment): Effect[] => [
  { type: 'watch-booking', handle, booking },
  ...(booking.status === 'awaiting_payment'
    ? [{ type: 'count-down', handle, booking } as const]
    : []),
];

const waitForCheckout = ({ handle }: ProcessPayment): Effect => ({
  type: 'wait-for-checkout',
  handle,
});

/** News of the booking; what the visitor is at goes on unless the news makes it pointless. */
const arrive = (state: ProcessPayment, booking: Booking): Outcome<State> => {
  const { handle, payment } = state;
  const isGivenBack = payment.is === 'giving-back' && booking.status === 'canceled';
  if (isGivenBack && payment.next === 'times') return startOver(state);
  if (isAsBefore(state.booking, booking)) return stay({ ...state, booking });
  const shown = showNews(state, handle, booking);
  if (shown.state.step !== 'PROCESS_PAYMENT' || shown.state.slot === null) return shown;
  if (booking.status !== 'awaiting_payment' || booking.paymentDeclined) return shown;
  const same: ProcessPayment = { ...shown.state, payment, isLate: state.isLate };
  const isKnown = state.booking.checkoutUrl === booking.checkoutUrl;
  if (payment.is !== 'leaving' || isKnown) return { state: same, effects: shown.effects };
  const leaving = leaveForCheckout(same);
  return { state: leaving.state, effects: [...shown.effects, ...leaving.effects] };
};

/** It may have been paid in this very moment: what it is now says the backend. */
const notGivenBack = (
  state: ProcessPayment,
  { failure }: Message & { type: 'change-failed' },
): Outcome<State> => {
  const reason = failure.is === 'refused' ? failure.code : failure.is;
  const sentence = failure.is === 'refused' ? failure.sentence : '';
  return {
    state: { ...state, payment: { is: 'failed', reason } },
    effects: [
      { type: 'report-failure', code: reason, sentence },
      { type: 'load-booking', handle: state.handle },
    ],
  };
};

const secondPassed = (state: ProcessPayment, msLeft: number): Outcome<State> => {
  const { handle, booking } = state;
  const isOver = msLeft <= 0 && -msLeft % LOOK_AGAIN_MS < 1000;
  return {
    state,
    effects: [
      { type: 'count-down', handle, booking },
      ...(isOver ? [{ type: 'load-booking', handle } as const] : []),
    ],
  };
};

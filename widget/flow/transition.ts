import { bookingComplete } from './booking-complete.ts';
import { confirmBooking } from './confirm-booking.ts';
import type { Outcome } from './effect.ts';
import { enterDetails, leaveSelectTime, stopMoving } from './enter-details.ts';
import type { Message } from './message.ts';
import { processPayment } from './process-payment.ts';
import { selectTime } from './select-time.ts';
import type { State } from './state.ts';

export type Transition = (state: State, message: Message) => Outcome<State>;

/** The whole flow as one pure function. Until a time is chosen `selectTime` alone is enough. */
export const transition: Transition = (state, message) => {
  switch (state.step) {
    case 'SELECT_TIME':
      if (message.type === 'draft-read') return leaveSelectTime(state, message);
      if (message.type === 'go-back') return stopMoving(state);
      return selectTime(state, message);
    case 'ENTER_DETAILS':
      return enterDetails(state, message);
    case 'CONFIRM_BOOKING':
      return confirmBooking(state, message);
    case 'PROCESS_PAYMENT':
      return processPayment(state, message);
    case 'BOOKING_COMPLETE':
      return bookingComplete(state, message);
  }
};

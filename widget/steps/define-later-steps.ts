import { define } from '../elements/define.ts';
import { BookingCompleteStep } from './booking-complete/booking-complete.ts';
import { BookingConfirmBooking } from './confirm-booking/confirm-booking.ts';
import { BookingProcessPayment } from './process-payment/process-payment.ts';
import { BookingEmptyMonth } from './select-time/empty-month.ts';
import { BookingTrouble } from './select-time/trouble.ts';
import { BookingZonePicker } from './select-time/zone-picker.ts';
import { BookingEnterDetails } from './enter-details/enter-details.ts';

export const defineSteps = (): void => {
  define('booking-empty-month', BookingEmptyMonth);
  define('booking-trouble', BookingTrouble);
  define('booking-zone-picker', BookingZonePicker);
  define('booking-enter-details', BookingEnterDetails);
  define('booking-confirm-booking', BookingConfirmBooking);
  define('booking-process-payment', BookingProcessPayment);
  define('booking-complete', BookingCompleteStep);
};

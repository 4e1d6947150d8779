import { BookingCalendar } from './elements/booking-calendar.ts';
import { BookingSlotPicker } from './elements/booking-slot-picker.ts';
import { define } from './elements/define.ts';
import { BookingSelectTime } from './steps/select-time/select-time.ts';

// The step first: the public elements upgrade at once where the page already holds them.
define('booking-select-time', BookingSelectTime);
define('booking-calendar', BookingCalendar);
define('booking-slot-picker', BookingSlotPicker);

export { BookingCalendar, BookingSlotPicker };
export type * from './booking-events.ts';
export type * from './events.ts';

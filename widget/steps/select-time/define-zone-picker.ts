import { define } from '../../elements/define.ts';
import { BookingZonePicker } from './zone-picker.ts';

define('booking-zone-picker', BookingZonePicker);

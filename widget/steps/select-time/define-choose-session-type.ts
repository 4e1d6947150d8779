import { define } from '../../elements/define.ts';
import { BookingChooseSessionType } from './choose-session-type.ts';

define('booking-choose-session-type', BookingChooseSessionType);

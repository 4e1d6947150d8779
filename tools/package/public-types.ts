// What the package's declarations tell by name; everything else is told in full.
import type { Slot } from '../../server/contract/available-times.ts';
import type { Booking } from '../../server/contract/booking.ts';
import type { SessionType } from '../../server/contract/session-type.ts';
import type { BookingCalendar } from '../../widget/elements/booking-calendar.ts';
import type { BookingSlotPicker } from '../../widget/elements/booking-slot-picker.ts';
import type { BookingCanceledEvent, BookingConfirmedEvent } from '../../widget/booking-events.ts';
import type {
  BookingErrorEvent,
  BookingEventMap,
  BookingSlotSelectEvent,
  BookingStepChangeEvent,
} from '../../widget/events.ts';
import type { BookingHandle, Details, Step } from '../../widget/flow/state.ts';
import type { TextOverrides } from '../../widget/i18n/dictionary.ts';
import type { Text } from '../../widget/i18n/texts.ts';

export type {
  Booking,
  BookingCalendar,
  BookingCanceledEvent,
  BookingConfirmedEvent,
  BookingErrorEvent,
  BookingEventMap,
  BookingHandle,
  BookingSlotPicker,
  BookingSlotSelectEvent,
  BookingStepChangeEvent,
  Details,
  SessionType,
  Slot,
  Step,
  Text,
  TextOverrides,
};

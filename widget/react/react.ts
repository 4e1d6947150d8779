import type { BookingEventMap } from '../booking-calendar.ts';
// React only renders the tags; this makes them elements. Where there is no document it does nothing.
import '../booking-calendar.ts';
import type { BookingCalendar as CalendarElement } from '../elements/booking-calendar.ts';
import type { BookingSlotPicker as PickerElement } from '../elements/booking-slot-picker.ts';
import { type EventProps, wrap } from './wrap.ts';

type Properties<E, Attribute extends keyof E, Property extends keyof E> = Partial<
  Pick<E, Attribute | Property>
>;

const pickerAttributes = {
  server: 'server',
  sessionType: 'session-type',
  lang: 'lang',
  timeZone: 'time-zone',
  hourCycle: 'hour-cycle',
  theme: 'theme',
  disabled: 'disabled',
} as const;
const calendarAttributes = {
  ...pickerAttributes,
  mode: 'mode',
  name: 'name',
  email: 'email',
  returnUrl: 'return-url',
} as const;

const pickerProperties = ['messages', 'selectedSlot'] as const;
const calendarProperties = [
  ...pickerProperties,
  'authToken',
  'booking',
  'prefill',
  'tracking',
] as const;

const pickerEvents = {
  onBookingSlotSelect: 'booking-slot-select',
  onBookingError: 'booking-error',
} as const;
const calendarEvents = {
  ...pickerEvents,
  onBookingStepChange: 'booking-step-change',
  onBookingConfirmed: 'booking-confirmed',
  onBookingCanceled: 'booking-canceled',
} as const;

/** `server` is the address of the backend: an installed script cannot know it. */
interface Needed {
  server: string;
}

export type BookingCalendarProps = Needed &
  Properties<
    CalendarElement,
    keyof typeof calendarAttributes,
    (typeof calendarProperties)[number]
  > &
  EventProps<typeof calendarEvents, BookingEventMap>;

export type BookingSlotPickerProps = Needed &
  Properties<PickerElement, keyof typeof pickerAttributes, (typeof pickerProperties)[number]> &
  EventProps<typeof pickerEvents, BookingEventMap>;

/** The whole booking flow, from choosing a time to the finished booking. */
export const BookingCalendar = wrap<CalendarElement, BookingCalendarProps>({
  tagName: 'booking-calendar',
  attributes: calendarAttributes,
  properties: calendarProperties,
  events: calendarEvents,
});

/** The calendar alone, for pages with a form of their own. */
export const BookingSlotPicker = wrap<PickerElement, BookingSlotPickerProps>({
  tagName: 'booking-slot-picker',
  attributes: pickerAttributes,
  properties: pickerProperties,
  events: pickerEvents,
});

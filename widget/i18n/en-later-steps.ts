import { englishBookingComplete } from './en-booking-complete.ts';
import { englishConfirmBooking } from './en-confirm-booking.ts';
import { englishEnterDetails } from './en-enter-details.ts';
import { englishProcessPayment } from './en-process-payment.ts';
import type { Text } from './texts.ts';

/** English for everything after a time is chosen; comes with the chunk of the later steps. */
export const englishLaterSteps = {
  nextFreeDay: 'The next free day is {day}.',
  lastFreeDay: 'The last free day is {day}.',
  showDay: 'Show {date}',
  noLaterTimes: 'There are no later times at the moment.',
  noFreeTimes: 'No free times at the moment.',
  hostPageShows: '{host}’s Calendly page shows when there are.',
  calendlyPageShows: 'The Calendly page shows when there are.',
  openCalendly: 'Open Calendly',
  unreachableMonth: 'The times for {month} did not load.',
  unreachableHelp: 'We could not reach the booking service just now. Try again.',
  unreachableHelpHost:
    'We could not reach the booking service just now. Try again, or book the same session on {host}’s Calendly page.',
  unreachableHelpCalendly:
    'We could not reach the booking service just now. Try again, or book the same session on Calendly’s own page.',
  bookOnCalendly: 'Book on Calendly',
  notFoundHelp: 'It may have been renamed or taken down.',
  seeSessions: 'See what can be booked',
  retryingToo: 'We also try again by ourselves.',
  zoneLabel: 'Time zone',
  zonePlaceholder: 'City or region',
  noZone: 'No time zone has this in its name.',
  ...englishEnterDetails,
  ...englishConfirmBooking,
  ...englishProcessPayment,
  ...englishBookingComplete,
} as const satisfies Record<string, Text>;
export type LaterStepsKey = keyof typeof englishLaterSteps;

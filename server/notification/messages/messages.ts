import type { BookingFacts, MailKind, Message } from '../notification.ts';
import { bookingCanceled } from './booking-canceled.ts';
import { bookingConfirmed } from './booking-confirmed.ts';
import { bookingRejected } from './booking-rejected.ts';
import { bookingRescheduled } from './booking-rescheduled.ts';
import { noteToHost } from './note-to-host.ts';

const messages: Record<MailKind, (facts: BookingFacts) => Message> = {
  'booking-confirmed': bookingConfirmed,
  'booking-canceled': bookingCanceled,
  'booking-rescheduled': bookingRescheduled,
  'booking-rejected': bookingRejected,
  'note-to-host': noteToHost,
};

/** What a mail of this kind says about these facts; the same facts give the same words. */
export const renderMessage = (kind: MailKind, facts: BookingFacts): Message =>
  messages[kind](facts);

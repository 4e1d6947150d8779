/** The port to the mailbox: what a mail is, what became of it, and the facts of a booking that mails tell. */
import type { PaymentStatus } from '../contract/booking.ts';
import type { Money } from '../contract/money.ts';
import type { LocationKind } from '../contract/session-type.ts';

export const mailKinds = [
  'booking-confirmed',
  'booking-canceled',
  'booking-rescheduled',
  /** The slot was lost after the invitee had left. */
  'booking-rejected',
  /** The invitee's notes to the host, when Calendly has no question to carry them. */
  'note-to-host',
] as const;
export type MailKind = (typeof mailKinds)[number];

/** Everything that a mail may say. Instants are ISO 8601 in UTC; all text is a stranger's and may be hostile. */
export interface BookingFacts {
  bookingId: string;
  /** Stable over every reschedule. */
  calendarUid: string;
  /** Moves with every change that calendars must hear of. */
  sequence: number;
  title: string;
  hostName: string | null;
  hostEmail: string | null;
  startTime: string;
  endTime: string;
  /** The invitee's IANA zone. */
  timezone: string;
  name: string;
  email: string;
  guests: readonly string[];
  location: { kind: LocationKind; location: string | null; joinUrl: string | null } | null;
  price: Money | null;
  /** What has become of the money by now. */
  paymentStatus: PaymentStatus;
  /** Until when the invitee's cancellation gives the money back; null: there is no such moment. */
  refundUntil: string | null;
  /** Where the invitee cancels or reschedules; the booking's token rides in the fragment. */
  manageUrl: string;
  /** The time it had before it was rescheduled. */
  previousStartTime: string | null;
  canceledBy: 'host' | 'invitee' | null;
  cancelReason: string | null;
  notes: string | null;
}

/** What a message says, before it is addressed to anybody. */
export interface Message {
  subject: string;
  text: string;
  html: string;
}

export interface Mailbox {
  /** Empty when there is none to show. */
  name: string;
  address: string;
}

export interface Mail extends Message {
  /**
   * Stable over every try, so that the one duplicate nobody can avoid (a crash between the server's 250 and our record
   * of it) collapses in the mailbox. With or without angle brackets.
   */
  messageId: string;
  to: Mailbox;
  /** Who gets the answer, when that is not the sender. */
  replyTo?: Mailbox;
  /** The text of an .ics file to attach. */
  calendar: string | null;
}

export type SendOutcome =
  | { outcome: 'sent' }
  /** The server is out of reach or said "not now": the same mail may be tried again. */
  | { outcome: 'retry'; detail: string }
  /** The server will never take this mail: stop and show it to a person. */
  | { outcome: 'refused'; detail: string };

export interface Mailer {
  /** Never rejects for what a mail server does. `detail` names no person and no address. */
  send(mail: Mail, signal?: AbortSignal): Promise<SendOutcome>;
}

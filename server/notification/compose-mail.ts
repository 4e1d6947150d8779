import { calendarFile } from './calendar-file.ts';
import { bookingCanceled } from './messages/booking-canceled.ts';
import { bookingConfirmed } from './messages/booking-confirmed.ts';
import { bookingRescheduled } from './messages/booking-rescheduled.ts';
import { noteToHost } from './messages/note-to-host.ts';
import type { BookingFacts, Mail, Mailbox, MailKind, Message } from './notification.ts';
import { looksLikeLink, oneLine } from './words/clean-text.ts';

export interface Envelope {
  messageId: string;
  /** The instant of the change that this mail tells of: the DTSTAMP of its calendar file. */
  stamp: string;
  /** The domain in the UID of its calendar file; never to change, or calendars lose track. */
  domain: string;
}

/** The whole mail of a kind; null when there is nobody to write to or nothing to say. */
export function composeMail(kind: MailKind, facts: BookingFacts, envelope: Envelope): Mail | null {
  const { messageId, stamp, domain } = envelope;
  const toInvitee = (message: Message, status: 'confirmed' | 'canceled'): Mail => ({
    ...message,
    messageId,
    to: invitee(facts),
    replyTo: null,
    calendar: calendarFile(facts, { status, stamp, domain }),
  });
  switch (kind) {
    case 'booking-confirmed':
      return toInvitee(bookingConfirmed(facts), 'confirmed');
    case 'booking-rescheduled':
      return toInvitee(bookingRescheduled(facts), 'confirmed');
    case 'booking-canceled':
      return toInvitee(bookingCanceled(facts), 'canceled');
    case 'note-to-host': {
      const { hostEmail, hostName, notes } = facts;
      if (hostEmail === null || oneLine(notes ?? '') === '') return null;
      return {
        ...noteToHost(facts),
        messageId,
        to: { name: oneLine(hostName ?? ''), address: hostEmail },
        replyTo: invitee(facts),
        calendar: null,
      };
    }
  }
}

function invitee({ name, email }: BookingFacts): Mailbox {
  const line = oneLine(name);
  return { name: looksLikeLink(line) ? '' : line, address: email };
}

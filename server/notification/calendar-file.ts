import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import type { BookingFacts } from './notification.ts';
import { sessionName } from './messages/session-facts.ts';
import { oneLine, webAddress } from './words/clean-text.ts';
import { placeInWords } from './words/place-in-words.ts';

export interface CalendarFileOptions {
  status: 'CONFIRMED' | 'CANCELLED';
  /** The DTSTAMP: an instant of the booking's own, so that the same state gives the same bytes. */
  stamp: string;
  /** Half of the UID; never to change, or calendars lose track. */
  domain: string;
}

/**
 * The booking as an .ics file. METHOD:PUBLISH and no ORGANIZER or ATTENDEE: Calendly already sends the invitation, and a
 * second one would put the session into the calendar twice and ask for an answer that nobody reads. Times are in UTC,
 * which no change of zone rules can move.
 */
export function calendarFile(
  facts: BookingFacts,
  { status, stamp, domain }: CalendarFileOptions,
): string {
  const place = placeInWords(facts.location);
  const manageUrl = calendarUri(facts.manageUrl);
  const calendar = ical({
    method: ICalCalendarMethod.PUBLISH,
    prodId: { company: 'booking-calendar', product: 'booking-calendar' },
  });
  calendar.createEvent({
    id: oneLine(`${facts.calendarUid}@${domain}`),
    sequence: facts.sequence,
    stamp: new Date(stamp),
    start: new Date(facts.startTime),
    end: new Date(facts.endTime),
    summary: sessionName(facts),
    description: description(facts, place?.joinUrl ?? null, manageUrl),
    status: ICalEventStatus[status],
    // Where the place is a link, calendars make a button of it.
    location: place === null ? null : (place.joinUrl ?? place.line),
    url: manageUrl,
  });
  return calendar.toString();
}

function description(
  facts: BookingFacts,
  joinUrl: string | null,
  manageUrl: string | null,
): string {
  return [
    sessionName(facts),
    joinUrl && `Join: ${joinUrl}`,
    manageUrl && `Change or cancel: ${manageUrl}`,
  ]
    .filter((line) => line !== null)
    .join('\n');
}

/** A value of type URI is not escaped, and what the generator would escape it as is not the same address. */
function calendarUri(text: string): string | null {
  const address = webAddress(text);
  return (
    address?.replace(/[\\;,]/g, (character) => `%${character.charCodeAt(0).toString(16)}`) ?? null
  );
}

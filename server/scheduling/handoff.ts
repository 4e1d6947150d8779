import type { BookingRecord } from '../booking/booking.ts';
import type { EventType } from './scheduling.ts';

/**
 * Calendly's own page for the booking, everything filled in that its address can carry. The tag goes along, so that the
 * webhook or the sweep recognises the invitee as this booking.
 */
export function handoffUrl(page: string, booking: BookingRecord, eventType: EventType): string {
  const url = new URL(page);
  const set = (name: string, value: string | null | undefined): void => {
    if (value) url.searchParams.set(name, value);
  };
  set('name', booking.name);
  set('email', booking.email);
  set('guests', booking.guests.join(','));
  set('location', booking.location?.location);
  eventType.questions.slice(0, 10).forEach(({ question }, index) => {
    const given = booking.answers.find((answer) => answer.question === question);
    set(`a${index + 1}`, given?.answer);
  });
  for (const [name, value] of Object.entries(booking.tracking)) set(name, value);
  set('salesforce_uuid', booking.id);
  return url.href;
}

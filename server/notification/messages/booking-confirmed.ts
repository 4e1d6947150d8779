import type { BookingFacts, Message } from '../notification.ts';
import { dayInWords } from '../words/time-in-words.ts';
import { writeLetter } from './letter.ts';
import {
  greet,
  guests,
  manage,
  price,
  titleInSubject,
  what,
  when,
  where,
} from './session-facts.ts';

export function bookingConfirmed(facts: BookingFacts): Message {
  return writeLetter({
    subject: `Booked: ${titleInSubject(facts.title)}, ${dayInWords(facts.startTime, facts.timezone)}`,
    heading: 'You’re booked',
    greeting: greet(facts.name),
    opening: ['Here is your session in one place.'],
    quote: null,
    facts: [what(facts), when(facts), ...where(facts), ...guests(facts), ...price(facts)],
    action: manage(facts, 'Change or cancel'),
    closing: [
      'Calendly sends the calendar invitation. If it does not reach your calendar, the attached file adds this time to it.',
      'The link above is yours alone: whoever has it can change or cancel this booking.',
    ],
  });
}

import type { BookingFacts, Message } from '../notification.ts';
import { moneyBackInWords } from '../words/payment-in-words.ts';
import { dayInWords } from '../words/time-in-words.ts';
import { writeLetter } from './letter.ts';
import { greet, manage, titleInSubject, what, when } from './session-facts.ts';

/** For an invitee who had left before it was known that the booking came to nothing. */
export function bookingRejected(facts: BookingFacts): Message {
  const action = manage(facts, 'Choose another time');
  return writeLetter({
    subject: `Not booked: ${titleInSubject(facts.title)}, ${dayInWords(facts.startTime, facts.timezone)}`,
    heading: 'This time could not be booked',
    greeting: greet(facts.name),
    opening: [
      whatFailed(facts),
      ...moneyBackInWords(facts),
      ...(action === null ? [] : ['You can choose another time with the link below.']),
    ],
    quote: null,
    facts: [what(facts), when(facts, 'It was')],
    action,
    closing: [],
  });
}

const whatFailed = ({ previousStartTime }: BookingFacts): string =>
  previousStartTime === null
    ? 'The time you chose could not be booked after all, so nothing is booked.'
    : 'The new time you chose could not be booked after all. What you had booked before stays as it was.';

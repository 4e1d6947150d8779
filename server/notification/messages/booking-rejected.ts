import type { BookingFacts, Message } from '../notification.ts';
import { webAddress } from '../words/clean-text.ts';
import { moneyBackInWords } from '../words/payment-in-words.ts';
import { dayInWords } from '../words/time-in-words.ts';
import { writeLetter } from './letter.ts';
import { greet, titleInSubject, what, when } from './session-facts.ts';

/** For an invitee who had left before it was known that the booking came to nothing. */
export function bookingRejected(facts: BookingFacts): Message {
  const manageUrl = webAddress(facts.manageUrl);
  return writeLetter({
    subject: `Not booked: ${titleInSubject(facts.title)}, ${dayInWords(facts.startTime, facts.timezone)}`,
    heading: 'This time could not be booked',
    greeting: greet(facts.name),
    opening: [
      whatFailed(facts),
      ...moneyBackInWords(facts),
      ...(manageUrl === null ? [] : ['You can choose another time with the link below.']),
    ],
    quote: null,
    facts: [what(facts), when(facts, 'It was')],
    action: manageUrl === null ? null : { label: 'Choose another time', url: manageUrl },
    closing: [],
  });
}

const whatFailed = ({ previousStartTime }: BookingFacts): string =>
  previousStartTime === null
    ? 'The time you chose could not be booked after all, so nothing is booked.'
    : 'The new time you chose could not be booked after all. What you had booked before stays as it was.';

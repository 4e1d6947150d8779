import type { BookingFacts, Message } from '../notification.ts';
import { paidInWords } from '../words/payment-in-words.ts';
import { dayInWords, timeInWords } from '../words/time-in-words.ts';
import { writeLetter, type Fact } from './letter.ts';
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

export function bookingRescheduled(facts: BookingFacts): Message {
  return writeLetter({
    subject: `Moved: ${titleInSubject(facts.title)}, now ${dayInWords(facts.startTime, facts.timezone)}`,
    heading: 'Your session has moved',
    greeting: greet(facts.name),
    opening: ['Your session has a new time.', ...payment(facts)],
    quote: null,
    facts: [
      what(facts),
      when(facts, 'New time'),
      ...oldTime(facts),
      ...where(facts),
      ...guests(facts),
      ...price(facts),
    ],
    action: manage(facts, 'Change or cancel'),
    closing: [
      'Calendly sends the new invitation. If you added the old time from our file, the attached one moves it.',
      'The link above is yours alone: whoever has it can change or cancel this booking.',
    ],
  });
}

const payment = ({ price: money, paymentStatus }: BookingFacts): string[] =>
  money === null || paidInWords(paymentStatus) === null
    ? []
    : ['Your payment stays with it: there is nothing more to pay.'];

function oldTime({ previousStartTime, startTime, endTime, timezone }: BookingFacts): Fact[] {
  if (previousStartTime === null) return [];
  const lengthMs = Date.parse(endTime) - Date.parse(startTime);
  const previousEndTime = new Date(Date.parse(previousStartTime) + lengthMs).toISOString();
  const { time, zone } = timeInWords(previousStartTime, previousEndTime, timezone);
  return [{ label: 'Was', lines: [time, zone] }];
}

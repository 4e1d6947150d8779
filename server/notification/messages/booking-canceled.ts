import type { BookingFacts, Message } from '../notification.ts';
import { oneLine, severalLines } from '../words/clean-text.ts';
import { moneyBackInWords } from '../words/payment-in-words.ts';
import { dayInWords } from '../words/time-in-words.ts';
import { writeLetter, type Letter } from './letter.ts';
import { greet, manage, titleInSubject, what, when } from './session-facts.ts';

export function bookingCanceled(facts: BookingFacts): Message {
  return writeLetter({
    subject: `Canceled: ${titleInSubject(facts.title)}, ${dayInWords(facts.startTime, facts.timezone)}`,
    heading: 'Your session is canceled',
    greeting: greet(facts.name),
    opening: [whoCanceled(facts), ...moneyBackInWords(facts)],
    quote: reason(facts),
    facts: [what(facts), when(facts, 'It was')],
    action: manage(facts, 'See this booking'),
    closing: ['If you added this time from our file, the attached one marks it as canceled.'],
  });
}

function whoCanceled({ canceledBy, hostName }: BookingFacts): string {
  if (canceledBy === 'invitee') return 'As you asked, your session is canceled.';
  if (canceledBy === 'host')
    return `${oneLine(hostName ?? '') || 'Your host'} had to cancel this session.`;
  return 'This session will not take place.';
}

/** Only the host's: an invitee knows their own, and what they typed is not ours to mail to any address they typed. */
function reason({ canceledBy, cancelReason }: BookingFacts): Letter['quote'] {
  const lines = severalLines(cancelReason ?? '');
  return canceledBy !== 'host' || lines.join('') === ''
    ? null
    : { label: 'The reason given', lines };
}

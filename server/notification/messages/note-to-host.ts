import type { BookingFacts, Message } from '../notification.ts';
import { oneLine, severalLines } from '../words/clean-text.ts';
import { dayInWords, timeInWords } from '../words/time-in-words.ts';
import { writeLetter, type Fact } from './letter.ts';
import { titleInSubject } from './session-facts.ts';

/** Says nothing that would let the host act as the invitee: the link to manage the booking stays out. */
export function noteToHost(facts: BookingFacts): Message {
  const hostName = oneLine(facts.hostName ?? '');
  return writeLetter({
    subject: `A note for ${titleInSubject(facts.title)}, ${dayInWords(facts.startTime, facts.timezone)}`,
    heading: 'A note for your session',
    greeting: hostName === '' ? 'Hello,' : `Hello ${hostName},`,
    opening: [
      'Your invitee left a note while booking. Calendly has no question for it, so here it is.',
    ],
    quote: { label: 'The note', lines: severalLines(facts.notes ?? '') },
    facts: [
      { label: 'What', lines: [oneLine(facts.title)] },
      times(facts),
      { label: 'Invitee', lines: [oneLine(facts.name), oneLine(facts.email)] },
    ],
    action: null,
    closing: ['To answer, write to your invitee at the address above.'],
  });
}

/** The host's own zone is Calendly's to know: the invitee's, and UTC to reckon from. */
function times({ startTime, endTime, timezone }: BookingFacts): Fact {
  const theirs = timeInWords(startTime, endTime, timezone);
  const utc = timeInWords(startTime, endTime, 'UTC');
  const lines = [theirs.time, `${theirs.zone}, where your invitee is`];
  return {
    label: 'When',
    lines:
      theirs.zone === utc.zone
        ? [theirs.time, theirs.zone]
        : [...lines, `${utc.time}, ${utc.zone}`],
  };
}

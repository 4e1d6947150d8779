import { locationInput, type Question } from '../contract/session-type.ts';
import type { BookingConfirmRequest } from '../contract/booking.ts';
import type { EventType } from '../scheduling/scheduling.ts';
import type { BookingRecord } from './booking.ts';

/** What of a request fits the event type, ready for Calendly; or, by field, what does not. */
export type Fit =
  | {
      fits: true;
      location: BookingRecord['location'];
      answers: BookingRecord['answers'];
      /** Notes that no question of the event type can carry. */
      notes: string | null;
    }
  | { fits: false; fields: Record<string, string> };

type Wish = Pick<BookingConfirmRequest, 'location' | 'answers' | 'notes'>;

/** What a stored booking asks of its event type. */
export const wishOf = (booking: BookingRecord): Wish => ({
  answers: [...booking.answers],
  ...(booking.location ? { location: booking.location } : {}),
});

/** As the contract leaves a text that was sent: a host may have typed a space behind theirs. */
const asSent = (text: string): string =>
  text.replaceAll(/[\u202a-\u202e\u2066-\u2069]/g, '').trim();

/** Calendly knows places and choices by their text, byte for byte; so they are told as the host wrote them. */
function asOffered({ type, choices }: Question, answer: string): string {
  if (type !== 'single_select' && type !== 'multi_select') return answer;
  return answer
    .split('\n')
    .map((part) => choices.find((choice) => asSent(choice) === asSent(part)) ?? part)
    .join('\n');
}

const phonePattern = /^(?=(?:\D*\d){5})\+?[\d \u00a0\u202f().\-/]{5,30}$/;

function checkAnswer(question: Question, answer: string): string | null {
  switch (question.type) {
    case 'phone_number':
      return phonePattern.test(answer)
        ? null
        : 'Please give a phone number, with the country code.';
    case 'single_select':
      return question.includeOther || question.choices.includes(answer)
        ? null
        : 'Please choose one.';
    case 'multi_select': {
      const others = answer.split('\n').filter((choice) => !question.choices.includes(choice));
      if (others.length === 0) return null;
      return question.includeOther && others.length === 1 ? null : 'Please choose from the list.';
    }
    case 'string':
      return answer.includes('\n') ? 'This must be a single line.' : null;
    case 'text':
      return null;
  }
}

function fitLocation(
  wish: Wish['location'],
  eventType: EventType,
  fields: Record<string, string>,
): BookingRecord['location'] {
  const { locations } = eventType;
  // Calendly refuses a place where it wants none: whatever was sent is dropped.
  if (locations.length === 0) return null;
  const only = locations.length === 1 ? locations[0] : undefined;
  const candidates = wish ? locations.filter(({ kind }) => kind === wish.kind) : only ? [only] : [];
  if (candidates.length === 0) {
    fields['location.kind'] = 'Please choose where to meet.';
    return null;
  }
  const kind = candidates[0]?.kind ?? 'custom';
  const input = locationInput(kind);
  if (input !== 'none') {
    const text = wish?.location;
    if (!text) {
      fields['location.location'] =
        input === 'phone' ? 'Please give a phone number we can call.' : 'Please say where to meet.';
    } else if (input === 'phone' && !phonePattern.test(text)) {
      fields['location.location'] = 'Please give a phone number, with the country code.';
    }
    return text ? { kind, location: text } : { kind };
  }
  if (kind !== 'physical' && kind !== 'custom') return { kind };
  const wanted = asSent(wish?.location ?? '');
  const place =
    candidates.length === 1
      ? candidates[0]
      : candidates.find(({ location }) => asSent(location ?? '') === wanted);
  if (!place) {
    fields['location.location'] = 'Please choose where to meet.';
    return null;
  }
  return place.location === null ? { kind } : { kind, location: place.location };
}

export function fit(wish: Wish, eventType: EventType): Fit {
  const fields: Record<string, string> = Object.create(null) as Record<string, string>;
  const location = fitLocation(wish.location, eventType, fields);

  const given = new Map<string, string>();
  (wish.answers ?? []).forEach(({ question: text, answer }, index) => {
    const question = eventType.questions.find((candidate) => candidate.question === text);
    if (!question) {
      fields[`answers.${index}.question`] = 'This question is not asked (any more).';
    } else if (given.has(text)) {
      fields[`answers.${index}.question`] = 'This question is answered twice.';
    } else if (answer !== '') {
      const offered = asOffered(question, answer);
      const problem = checkAnswer(question, offered);
      if (problem) fields[`answers.${index}.answer`] = problem;
      given.set(text, offered);
    }
  });

  // Calendly has no field for notes: an open question takes them, so that the host reads them in the usual place.
  let notes = wish.notes || null;
  const carrier = eventType.questions.find(
    ({ type, question }) => type === 'text' && !given.has(question),
  );
  if (notes && carrier) {
    given.set(carrier.question, notes);
    notes = null;
  }

  for (const { question, required } of eventType.questions) {
    if (required && !given.has(question))
      fields[`answers[${question}]`] = 'Please answer this one.';
  }

  if (Object.keys(fields).length > 0) return { fits: false, fields: { ...fields } };
  const answers = eventType.questions.flatMap(({ question }) => {
    const answer = given.get(question);
    return answer === undefined ? [] : [{ question, answer }];
  });
  return { fits: true, location, answers, notes };
}

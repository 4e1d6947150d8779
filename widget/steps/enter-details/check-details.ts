import * as v from 'valibot';
import { locationInput, type Question } from '../../../server/contract/session-type.ts';
import { line, lines } from '../../../server/contract/text.ts';
import { answerOf } from '../../flow/answer-of.ts';
import { isChosenPlace } from '../../flow/fit-location.ts';
import type { Details, SessionType } from '../../flow/state.ts';
import type { TextKey } from '../../i18n/dictionary.ts';
import type { Parameters } from '../../i18n/texts.ts';
import { isAddress } from './split-addresses.ts';

/** `location` is the choice of a place, `place` what has to be added to it; `answer0` answers the first question. */
export type FieldName =
  | 'name'
  | 'email'
  | 'location'
  | 'place'
  | `answer${number}`
  | 'guests'
  | 'notes';

export interface Problem {
  readonly key: TextKey;
  readonly parameters?: Parameters;
}

export const MOST_GUESTS = 10;

const phonePattern = /^\+?[\d\s().\-/]{5,30}$/;

/** All fields that this session type asks for, from the first to the last. */
export const fieldsOf = (sessionType: SessionType, details: Details): FieldName[] => [
  'name',
  'email',
  ...(sessionType.locations.length > 1 ? (['location'] as const) : []),
  ...(placeInput(sessionType, details) === 'none' ? [] : (['place'] as const)),
  ...sessionType.questions.map((_, index) => `answer${index}` as const),
  'guests',
  'notes',
];

/** The question that a field answers, if it is one of those. */
export const questionOf = ({ questions }: SessionType, name: FieldName): Question | undefined =>
  /^answer\d/.test(name) ? questions[Number(name.slice('answer'.length))] : undefined;

/** What has to be added to the place that was chosen. */
export const placeInput = ({ locations }: SessionType, { location }: Details) => {
  const [only] = locations;
  const kind = locations.length === 1 ? only?.kind : location?.kind;
  return kind === undefined ? 'none' : locationInput(kind);
};

/** What is wrong with one field, before the server has a chance to say so; null when nothing is. */
export const checkField = (
  name: FieldName,
  details: Details,
  sessionType: SessionType,
): Problem | null => {
  switch (name) {
    case 'name':
      return checkText(details.name, line, 100, 'nameMissing');
    case 'email':
      return checkEmail(details.email.trim());
    case 'location':
      return sessionType.locations.some((place) => isChosenPlace(place, details.location))
        ? null
        : { key: 'placeChoiceMissing' };
    case 'place': {
      const text = details.location?.location ?? '';
      return placeInput(sessionType, details) === 'phone'
        ? checkPhone(text, 'phoneMissing')
        : checkText(text, line, 500, 'placeMissing');
    }
    case 'guests':
      return checkGuests(details.guests);
    case 'notes':
      return checkText(details.notes, lines, 2000, null);
    default: {
      const question = questionOf(sessionType, name);
      return question === undefined
        ? null
        : checkAnswer(question, answerOf(details.answers, question.question));
    }
  }
};

const checkText = (
  text: string,
  schema: (maxLength: number) => v.GenericSchema<string, string>,
  maxLength: number,
  missing: TextKey | null,
): Problem | null => {
  if (text.trim() === '') return missing === null ? null : { key: missing };
  const over = text.trim().length - maxLength;
  if (over > 0) return { key: 'tooLong', parameters: { count: over } };
  return v.is(schema(maxLength), text.trim()) ? null : { key: 'charactersWrong' };
};

const checkEmail = (email: string): Problem | null => {
  if (email === '') return { key: 'emailMissing' };
  if (isAddress(email)) return null;
  const at = email.lastIndexOf('@');
  if (at < 0) return { key: 'emailAtMissing' };
  if (at === email.length - 1) return { key: 'emailPartMissing' };
  return { key: at === 0 ? 'emailStartMissing' : 'emailWrong' };
};

const checkPhone = (text: string, missing: TextKey | null): Problem | null => {
  if (text.trim() === '') return missing === null ? null : { key: missing };
  return phonePattern.test(text.trim()) ? null : { key: 'phoneWrong' };
};

const checkGuests = (guests: readonly string[]): Problem | null => {
  if (guests.length > MOST_GUESTS) {
    return { key: 'guestsTooMany', parameters: { count: MOST_GUESTS } };
  }
  const wrong = guests.filter((guest) => !isAddress(guest));
  return wrong.length === 0 ? null : guestsProblem(wrong);
};

export const guestsProblem = (wrong: readonly string[]): Problem => ({
  key: wrong.length === 1 ? 'guestWrong' : 'guestsWrong',
  parameters: { guests: wrong.join(', ') },
});

const checkAnswer = ({ type, required }: Question, answer: string): Problem | null => {
  switch (type) {
    case 'phone_number':
      return checkPhone(answer, required ? 'answerMissing' : null);
    case 'single_select':
      return checkText(answer, line, 2000, required ? 'choiceMissing' : null);
    case 'multi_select':
      return checkText(answer, lines, 2000, required ? 'choicesMissing' : null);
    case 'string':
      return checkText(answer, line, 2000, required ? 'answerMissing' : null);
    case 'text':
      return checkText(answer, lines, 2000, required ? 'answerMissing' : null);
  }
};

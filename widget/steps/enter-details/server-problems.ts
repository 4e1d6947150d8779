import { answerOf } from '../../flow/answer-of.ts';
import type { Details, SessionType } from '../../flow/state.ts';
import { fieldsOf, placeInput, type FieldName } from './check-details.ts';

/** The server's sentences, each at the field that can fix it; `unplaced` are those that no field of this form can. */
export interface ServerProblems {
  readonly byField: ReadonlyMap<FieldName, string>;
  readonly unplaced: readonly string[];
}

/** `fields` has request paths: `clientDetails.email`, `answers.0.answer`, `answers[How many will you be?]`, `guests.1`. */
export const placeServerProblems = (
  fields: Readonly<Record<string, string>>,
  details: Details,
  sessionType: SessionType,
): ServerProblems => {
  const shown = fieldsOf(sessionType, details);
  const byField = new Map<FieldName, string>();
  const unplaced: string[] = [];
  for (const [path, sentence] of Object.entries(fields)) {
    const name = fieldOf(path, details, sessionType);
    if (name === null || !shown.includes(name)) unplaced.push(sentence);
    else if (!byField.has(name)) byField.set(name, at(path, details, sentence));
  }
  return { byField, unplaced };
};

const fieldOf = (path: string, details: Details, sessionType: SessionType): FieldName | null => {
  if (path === 'clientDetails.name') return 'name';
  if (path === 'clientDetails.email') return 'email';
  if (path === 'notes') return 'notes';
  if (/^guests\b/.test(path)) return 'guests';
  if (/^location\b/.test(path)) {
    const isAdded = path === 'location.location' && placeInput(sessionType, details) !== 'none';
    return isAdded ? 'place' : 'location';
  }
  const index = questionIndex(path, details, sessionType);
  return index < 0 ? null : `answer${index}`;
};

/** By the question's own text; or by its place among the answers that were sent, which leave out what is empty. */
const questionIndex = (path: string, { answers }: Details, { questions }: SessionType): number => {
  const text = /^answers\[([^]*)\]$/.exec(path)?.[1];
  if (text !== undefined) return questions.findIndex(({ question }) => question === text);
  const sent = /^answers\.(\d+)(?:\.answer)?$/.exec(path)?.[1];
  if (sent === undefined) return -1;
  const answered = questions.filter(({ question }) => answerOf(answers, question).trim() !== '');
  const question = answered[Number(sent)];
  return question === undefined ? -1 : questions.indexOf(question);
};

/** Which of the guests is meant. */
const at = (path: string, { guests }: Details, sentence: string): string => {
  const guest = guests[Number(/^guests\.(\d+)$/.exec(path)?.[1] ?? -1)];
  return guest === undefined ? sentence : `${guest}: ${sentence}`;
};

import { isRecord } from '../api/read-times.ts';
import { LocationKind } from '../../server/contract/session-type.ts';
import * as v from 'valibot';
import type { Details } from './state.ts';

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];

const location = (value: unknown): Details['location'] => {
  if (!isRecord(value)) return undefined;
  const kind = v.safeParse(LocationKind, value['kind']);
  if (!kind.success) return undefined;
  return typeof value['location'] === 'string'
    ? { kind: kind.output, location: value['location'] }
    : { kind: kind.output };
};

/** Details as a page fills them in or a tab remembers them: whatever is not what it should be is left out. */
export const readDetails = (value: unknown): Details => {
  const given = isRecord(value) ? value : {};
  const answers = Object.entries(isRecord(given['answers']) ? given['answers'] : {});
  return {
    name: text(given['name']),
    email: text(given['email']),
    location: location(given['location']),
    answers: Object.fromEntries(answers.map(([question, answer]) => [question, text(answer)])),
    guests: texts(given['guests']),
    notes: text(given['notes']),
  };
};

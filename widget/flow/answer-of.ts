import type { Details } from './state.ts';

/** What was answered, or nothing. Questions are texts of strangers: one may well be called `constructor`. */
export const answerOf = (answers: Details['answers'], question: string): string =>
  Object.hasOwn(answers, question) ? (answers[question] ?? '') : '';

import type { Text } from './texts.ts';

/** English for choosing what to book; comes with the list. */
export const englishSessionTypes = {
  whatToBook: 'What would you like to book?',
  nothingToBook: 'Nothing can be booked at the moment',
  chooseHelp: 'Pick what fits. You see free times next, and the price before you book.',
  otherSession: 'Choose another session',
} as const satisfies Record<string, Text>;
export type SessionTypesKey = keyof typeof englishSessionTypes;

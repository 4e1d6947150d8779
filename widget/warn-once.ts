const said = new Set<string>();

/** For whoever wrote the page: one sentence in the console, however often it is true. */
export const warnOnce = (sentence: string): void => {
  if (!said.has(sentence)) console.warn(`<booking-calendar> ${sentence}`);
  said.add(sentence);
};

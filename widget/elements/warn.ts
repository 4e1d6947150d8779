const said = new Set<string>();

/** One clear line per mistake, however often the page makes it. */
export const warnOnce = (message: string): void => {
  if (said.has(message)) return;
  said.add(message);
  console.warn(`<booking-calendar>: ${message}`);
};

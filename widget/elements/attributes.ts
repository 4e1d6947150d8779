import type { HourCycle } from '../time/format.ts';
import { isLocale } from '../time/locale.ts';
import { isTimeZone, visitorTimeZone } from '../time/zone.ts';

// Attributes are what a page's author types. A bad one falls back and is told to the console once; nothing throws.
const said = new Set<string>();

const refuse = (name: string, value: string): undefined => {
  const sentence = `<booking-calendar> cannot use ${name}="${value}".`;
  if (!said.has(sentence)) console.warn(sentence);
  said.add(sentence);
};

/** The value when it is one of those, else undefined; nothing given is nothing wrong. */
const oneOf = <T extends string>(name: string, value: string, known: readonly T[]): T | undefined =>
  value === '' ? undefined : (known.find((one) => one === value) ?? refuse(name, value));

export const readMode = (value: string) =>
  oneOf('mode', value, ['inline', 'popup', 'button']) ?? 'inline';

export const readTheme = (value: string) => oneOf('theme', value, ['light', 'dark', 'auto']);

export const readHourCycle = (value: string): HourCycle | undefined => {
  const cycle = oneOf('hour-cycle', value, ['12', '24', 'h11', 'h12', 'h23', 'h24']);
  return cycle === '12' ? 'h12' : cycle === '24' ? 'h23' : cycle;
};

export const readTimeZone = (value: string): string =>
  (value === '' || isTimeZone(value) ? value : refuse('time-zone', value)) || visitorTimeZone();

export const readLanguage = (value: string): string =>
  (value === '' || isLocale(value) ? value : refuse('lang', value)) ?? '';

/** With a trailing slash. */
export const readServer = (value: string, own: string): string => {
  if (value === '') return own;
  try {
    const { href, protocol } = new URL(value, document.baseURI);
    if (/^https?:$/.test(protocol)) return href.replace(/\/?$/, '/');
  } catch {
    // Not an address at all.
  }
  return refuse('server', value) ?? own;
};

import type { HourCycle } from '../time/format.ts';
import { isLocale } from '../time/locale.ts';
import { isTimeZone, visitorTimeZone } from '../time/zone.ts';
import { warnOnce } from '../warn-once.ts';

// Attributes are what a page's author types. A bad one falls back and is told to the console once; nothing throws.

export const cannotUse = (name: string, value: string): void =>
  warnOnce(`cannot use ${name}="${value}".`);

/** The value when it can be used; nothing given is nothing wrong. */
export const checkAttribute = <T extends string>(
  name: string,
  value: T,
  isUsable: boolean,
): T | undefined => {
  if (isUsable) return value;
  if (value !== '') cannotUse(name, value);
  return undefined;
};

const oneOf = <T extends string>(name: string, value: string, known: readonly T[]) =>
  checkAttribute(name, value as T, known.includes(value as T));

export const readMode = (value: string) =>
  oneOf('mode', value, ['inline', 'popup', 'button']) ?? 'inline';

export const readTheme = (value: string) => oneOf('theme', value, ['light', 'dark', 'auto']);

export const readHourCycle = (value: string): HourCycle | undefined => {
  const cycle = oneOf('hour-cycle', value, ['12', '24', 'h11', 'h12', 'h23', 'h24']);
  return cycle === '12' ? 'h12' : cycle === '24' ? 'h23' : cycle;
};

export const readTimeZone = (value: string): string =>
  checkAttribute('time-zone', value, isTimeZone(value)) ?? visitorTimeZone();

export const readLanguage = (value: string): string | undefined =>
  checkAttribute('lang', value, isLocale(value));

/** What a header can carry. A secret is not repeated in the console. */
export const readToken = (token: string | null): string | null => {
  if (!token || /^[!-~]+$/.test(token)) return token || null;
  cannotUse('authToken', '…');
  return null;
};

/** With a trailing slash. */
export const readServer = (value: string, own: string): string => {
  const url = URL.canParse(value, document.baseURI) ? new URL(value, document.baseURI).href : '';
  const isUsable = value !== '' && /^https?:/.test(url);
  return checkAttribute('server', value, isUsable) === undefined ? own : url.replace(/\/?$/, '/');
};

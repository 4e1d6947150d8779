import type { HourCycle } from '../time/format.ts';
import { isLocale } from '../time/locale.ts';
import { isTimeZone, visitorTimeZone } from '../time/zone.ts';
import { warnOnce } from './warn.ts';

// Attributes are what a page's author types. A bad one falls back and is told to the console once; nothing throws.

const fallback = <T>(name: string, value: unknown, instead: T, words: string): T => {
  warnOnce(`${name}="${String(value)}" is not ${words}; using ${String(instead)}.`);
  return instead;
};

const MODES = ['inline', 'popup', 'button'] as const;
export type Mode = (typeof MODES)[number];

export const readMode = (value: string): Mode =>
  MODES.find((mode) => mode === value) ??
  fallback('mode', value, 'inline', 'one of inline, popup and button');

export const checkTheme = (value: string | null): void => {
  if (value !== null && !/^(light|dark|auto)$/.test(value)) {
    fallback('theme', value, "the page's own", 'one of light, dark and auto');
  }
};

export const readTimeZone = (value: string): string => {
  if (value === '') return visitorTimeZone();
  return isTimeZone(value)
    ? value
    : fallback('time-zone', value, visitorTimeZone(), 'a time zone such as Europe/Berlin');
};

const CYCLES: Readonly<Record<string, HourCycle>> = {
  12: 'h12',
  24: 'h23',
  h11: 'h11',
  h12: 'h12',
  h23: 'h23',
  h24: 'h24',
};

export const readHourCycle = (value: string): HourCycle | undefined =>
  value === '' || value === 'auto'
    ? undefined
    : Object.hasOwn(CYCLES, value)
      ? CYCLES[value]
      : fallback('hour-cycle', value, undefined, 'one of 12, 24, h11, h12, h23 and h24');

export const readLanguage = (value: string): string | undefined =>
  value === '' || isLocale(value)
    ? value || undefined
    : fallback('lang', value, undefined, 'a language tag such as en or pt-BR');

export const readServer = (value: string, own: string): string => {
  if (value === '') return own;
  const url = URL.parse(value, document.baseURI);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    return fallback('server', value, own, 'an http or https address');
  }
  return url.href.endsWith('/') ? url.href : `${url.href}/`;
};

import type { Languages } from './translation.ts';

/** Every language but English, which comes with the script. */
export const languages: Languages = {
  ar: () => import('./ar/select-time.ts'),
  da: () => import('./da/select-time.ts'),
  de: () => import('./de/select-time.ts'),
  es: () => import('./es/select-time.ts'),
  fr: () => import('./fr/select-time.ts'),
  he: () => import('./he/select-time.ts'),
  it: () => import('./it/select-time.ts'),
  ja: () => import('./ja/select-time.ts'),
  ko: () => import('./ko/select-time.ts'),
  nl: () => import('./nl/select-time.ts'),
  pl: () => import('./pl/select-time.ts'),
  pt: () => import('./pt/select-time.ts'),
  sv: () => import('./sv/select-time.ts'),
  tr: () => import('./tr/select-time.ts'),
  uk: () => import('./uk/select-time.ts'),
  zh: () => import('./zh/select-time.ts'),
};

import { languages } from './languages.ts';
import type { Dictionary } from './texts.ts';
import type { Languages } from './translation.ts';

/** Of the exact language, else of its base; undefined where English has to do. */
export const translationFor = (locale: string, known: Languages): Languages[string] | undefined => {
  const { language, script } = new Intl.Locale(locale).maximize();
  return known[locale] ?? known[`${language}-${script}`] ?? known[language];
};

/** Later texts that do not come are said in English; the others are there. */
export const loadTexts = async (locale: string, withLaterSteps: boolean): Promise<Dictionary> => {
  const translation = await translationFor(locale, languages)?.();
  const later = withLaterSteps ? await translation?.loadLaterSteps().catch(() => null) : null;
  return { ...translation?.texts, ...later?.texts };
};

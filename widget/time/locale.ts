// Newer engines have the methods, older ones the getters, the oldest neither.
type LocaleWithInfo = Intl.Locale & {
  getWeekInfo?(): { firstDay: number };
  weekInfo?: { firstDay: number };
  getTextInfo?(): { direction?: 'ltr' | 'rtl' };
  textInfo?: { direction?: 'ltr' | 'rtl' };
};

const SUNDAY_FIRST = /US|CA|MX|BR|JP|KR|IL|IN|TW/;

export const isLocale = (tag: string): boolean => {
  try {
    return tag !== '' && Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
};

/** A page says "en", its visitor "en-GB": the page chooses the language, the visitor how dates are written in it. */
export const refineLocale = (tag: string, preferred: readonly string[]): string =>
  new Intl.Locale(tag).region === undefined
    ? (preferred.find((own) => isLocale(own) && own.split('-')[0] === tag) ?? tag)
    : tag;

/** 1 is Monday, 7 is Sunday. */
export const firstWeekdayOf = (tag: string): number => {
  const locale: LocaleWithInfo = new Intl.Locale(tag);
  const info = locale.getWeekInfo?.() ?? locale.weekInfo;
  return info?.firstDay ?? (SUNDAY_FIRST.test(locale.maximize().region ?? '') ? 7 : 1);
};

export const directionOf = (tag: string): 'ltr' | 'rtl' => {
  const locale: LocaleWithInfo = new Intl.Locale(tag);
  const info = locale.getTextInfo?.() ?? locale.textInfo;
  return info?.direction ?? (/^(ar|fa|he|ps|sd|ug|ur|yi)$/.test(locale.language) ? 'rtl' : 'ltr');
};

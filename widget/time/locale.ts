interface WeekInfo {
  firstDay: number;
}
interface TextInfo {
  direction?: 'ltr' | 'rtl';
}
// Newer engines have the methods, older ones the getters, the oldest neither.
type LocaleWithInfo = Intl.Locale & {
  getWeekInfo?(): WeekInfo;
  weekInfo?: WeekInfo;
  getTextInfo?(): TextInfo;
  textInfo?: TextInfo;
};

const SUNDAY_FIRST = /^(US|CA|MX|BR|JP|KR|IL|IN|TW|HK|PH|CO|TH|ZA)$/;
const SATURDAY_FIRST = /^(EG|AE|DZ|IQ|JO|KW|QA|SY|OM|BH|LY|SD|AF|IR)$/;

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
  if (info !== undefined) return info.firstDay;
  const region = locale.maximize().region ?? '';
  return SUNDAY_FIRST.test(region) ? 7 : SATURDAY_FIRST.test(region) ? 6 : 1;
};

export const directionOf = (tag: string): 'ltr' | 'rtl' => {
  const locale: LocaleWithInfo = new Intl.Locale(tag);
  const info = locale.getTextInfo?.() ?? locale.textInfo;
  return info?.direction ?? (/^(ar|fa|he|ps|sd|ug|ur|yi)$/.test(locale.language) ? 'rtl' : 'ltr');
};

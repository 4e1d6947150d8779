import { withoutReturn } from './return-address.ts';

const LONGEST = 2048;

let isSaid = false;

/** Where a payment returns to: what the page says, or this very place on it. Undefined where that is no web page. */
export const returnUrlOf = (given: string | null): string | undefined => {
  const here = withoutReturn(location.href);
  return checkReturnUrl(given) ?? (isUsable(here) ? here : undefined);
};

/** The address that the page gives; one that cannot be used is told to the console once. */
export const checkReturnUrl = (given: string | null): string | undefined => {
  if (given === null) return undefined;
  const url = URL.canParse(given, document.baseURI) ? new URL(given, document.baseURI).href : '';
  if (isUsable(url)) return url;
  if (!isSaid) console.warn(`<booking-calendar> cannot use return-url="${given}".`);
  isSaid = true;
  return undefined;
};

const isUsable = (url: string): boolean => /^https?:\/\//i.test(url) && url.length <= LONGEST;

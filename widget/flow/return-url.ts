import { checkAttribute } from '../elements/attributes.ts';
import { withoutReturn } from './return-address.ts';

const LONGEST = 2048;

const isUsable = (url: string): boolean => /^https?:\/\//i.test(url) && url.length <= LONGEST;

/** The address that the page gives, when it can be used. */
export const readReturnUrl = (given: string | null): string | undefined => {
  if (given === null) return undefined;
  const url = URL.canParse(given, document.baseURI) ? new URL(given, document.baseURI).href : '';
  return checkAttribute('return-url', given, isUsable(url)) && url;
};

/** Where a payment returns to: what the page says, or this very place on it. Undefined where that is no web page. */
export const returnUrlOf = (given: string | null): string | undefined => {
  const here = withoutReturn(location.href);
  return readReturnUrl(given) ?? (isUsable(here) ? here : undefined);
};

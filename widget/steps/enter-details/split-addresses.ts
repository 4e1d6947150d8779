import * as v from 'valibot';
import { EmailAddress } from '../../../server/contract/text.ts';

export const isAddress = (text: string): boolean => v.is(EmailAddress, text);

/** The e-mail addresses in what was typed or pasted, `Ada <ada@example.com>` included; `rest` is what is none. */
export const splitAddresses = (text: string): { addresses: string[]; rest: string[] } => {
  const addresses: string[] = [];
  const rest: string[] = [];
  for (const piece of text.split(/[,;\n\r\t]+/)) {
    const bracketed = /<([^<>]+)>/.exec(piece)?.[1];
    const words = bracketed === undefined ? piece.split(/\s+/) : [bracketed.trim()];
    for (const word of words) {
      if (word !== '') (isAddress(word) ? addresses : rest).push(word);
    }
  }
  return { addresses, rest };
};

/** Those that are not there yet; an address is the same in capitals. */
export const newAddresses = (known: readonly string[], more: readonly string[]): string[] => {
  const seen = new Set(known.map((address) => address.toLowerCase()));
  return more.filter((address) => {
    const key = address.toLowerCase();
    return !seen.has(key) && seen.add(key);
  });
};

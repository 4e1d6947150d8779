import type { RandomBytes } from '../../../server/clock.ts';

export interface Identities {
  /** `prefix` and as many letters and digits: `id('pi_3', 22)`. */
  id(prefix: string, length: number): string;
  /** A charge shares the first part of its payment intent's id. */
  charge(paymentIntentId: string): string;
  /** An integer from 0 up to but not including `below`. */
  pick(below: number): number;
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const sharedLength = 17;

export function createIdentities(random: RandomBytes): Identities {
  const letters = (length: number): string =>
    Array.from(random(length), (byte) => alphabet[byte % alphabet.length]).join('');
  return {
    id: (prefix, length) => prefix + letters(length),
    charge: (paymentIntentId) => {
      const stem = paymentIntentId.slice('pi_'.length);
      return `ch_${stem.slice(0, sharedLength)}${letters(stem.length - sharedLength)}`;
    },
    pick: (below) => Buffer.from(random(4)).readUInt32BE() % below,
  };
}

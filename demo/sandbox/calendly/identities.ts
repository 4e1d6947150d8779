import type { RandomBytes } from '../../../server/clock.ts';

export interface Identities {
  /** New resources carry lower-case UUIDs. */
  uuid(): string;
  /** Old ones sixteen capitals and digits. */
  legacy(): string;
  /** `abcd-123-xyz`, as in single-use links. */
  link(): string;
  /** An integer from 0 up to but not including `below`. */
  pick(below: number): number;
}

const capitals = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

export function createIdentities(random: RandomBytes): Identities {
  const letters = (length: number, from: string): string =>
    Array.from(random(length), (byte) => from[byte % from.length]).join('');
  return {
    uuid() {
      const bytes = random(16);
      bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
      bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
      const hex = Buffer.from(bytes).toString('hex');
      return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
    },
    legacy: () => letters(16, capitals),
    link: () =>
      `${letters(4, 'abcdefghjkmnpqrstvwxyz')}-${letters(3, '0123456789')}-${letters(3, 'abcdefghjkmnpqrstvwxyz')}`,
    pick: (below) => Buffer.from(random(4)).readUInt32BE() % below,
  };
}

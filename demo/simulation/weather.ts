import { createDice } from './dice.ts';

/** Everything that goes wrong in life, each of which a history may have or not. */
export const troubles = [
  'crashes',
  'network',
  'database',
  'slowness',
  'webhooks',
  'visits',
  'mail',
  'money',
  'host',
  'strangers',
  'quota',
] as const;
export type TroubleKind = (typeof troubles)[number];

/** How likely each trouble is at each of its occasions; 0 in histories that do without. */
export type Weather = Readonly<Record<TroubleKind, number>>;

/**
 * Some troubles for this seed, each mild or heavy. Where everything goes wrong at once nothing is ever booked, and where
 * everything goes wrong a little, what needs a calm before the storm never happens.
 */
export function weatherOf(seed: number, without: ReadonlySet<TroubleKind>): Weather {
  const dice = createDice(seed, 'weather');
  const rates = troubles.map((kind) => {
    const isThere = dice.chance(kind === 'crashes' ? 0.97 : 0.5);
    const rate = dice.pick([0.02, 0.06, 0.15]);
    return [kind, isThere && !without.has(kind) ? rate : 0] as const;
  });
  return Object.fromEntries(rates) as Record<TroubleKind, number>;
}

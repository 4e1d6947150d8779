import { seededNumbers } from '../sandbox/seeded-random.ts';

/** Everything in a history that is left to chance. */
export interface Dice {
  /** A whole number from 0 up to but not including `sides`. */
  below(sides: number): number;
  /** From `least` up to and including `most`. */
  between(least: number, most: number): number;
  chance(probability: number): boolean;
  pick<T>(from: readonly [T, ...T[]]): T;
}

/**
 * Dice for one purpose. Every purpose has its own, so that leaving one kind of trouble out of a history does not change
 * what is thrown for the others.
 */
export function createDice(seed: number, purpose: string): Dice {
  const next = seededNumbers(fnv1a(`${seed} ${purpose}`));
  const below = (sides: number): number => next() % sides;
  return {
    below,
    between: (least, most) => least + below(most - least + 1),
    chance: (probability) => next() < probability * 2 ** 32,
    pick: (from) => from[below(from.length)] ?? from[0],
  };
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}

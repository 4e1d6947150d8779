import type { RandomBytes } from '../../server/clock.ts';

/** The same whole numbers from 0 up to 2³² for the same seed, so that a history can be lived twice. Not for secrets. */
export function seededNumbers(seed: number): () => number {
  let state = seed >>> 0;
  // mulberry32
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}

/** The same bytes for the same seed. Not for secrets. */
export function seededRandom(seed: number): RandomBytes {
  const next = seededNumbers(seed);
  return (bytes) => Uint8Array.from({ length: bytes }, () => next() & 0xff);
}

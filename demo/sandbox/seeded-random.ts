import type { RandomBytes } from '../../server/clock.ts';

/** The same bytes for the same seed, so that a history can be lived twice. Not for secrets. */
export function seededRandom(seed: number): RandomBytes {
  let state = seed >>> 0;
  // mulberry32
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  return (bytes) => Uint8Array.from({ length: bytes }, () => next() & 0xff);
}

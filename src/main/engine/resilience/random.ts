/** Chance is handed in, so that a test or a drill can say what it will be. */
/** A number from 0 up to, but not including, 1. */
export type Random = () => number;

export const systemRandom: Random = Math.random;

/** The same numbers for the same seed: mulberry32, a small generator of good enough spread for jitter. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

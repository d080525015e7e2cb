/** Uniform noise within ±`size` around `level`, the same at every run (Park and Miller's minimal generator). */
export function noise(length: number, level: number, size: number, seed = 1): number[] {
  let state = seed * 7919;
  return Array.from({ length }, () => {
    state = (state * 16_807) % 2_147_483_647;
    return level + size * (state / 1_073_741_823.5 - 1);
  });
}

export const MINUTE = 60_000_000;

/** Times a minute apart, in microseconds. */
export const minutes = (length: number): number[] => Array.from({ length }, (_, index) => index * MINUTE);

// Which records fit a filter: one byte each, 1 or 0, by ordinal.

/** Those of an order that fit. */
export function pick(order: Uint32Array, fits: Uint8Array): Uint32Array {
  const found = new Uint32Array(order.length);
  let count = 0;
  for (const ordinal of order) {
    found[count] = ordinal;
    count += fits[ordinal] ?? 0;
  }
  return found.slice(0, count);
}

/** How many fit, or of those that `isCounted` is true of. */
export function countOnes(fits: Uint8Array, isCounted?: (ordinal: number) => boolean): number {
  let count = 0;
  if (isCounted === undefined) for (const one of fits) count += one;
  else for (let at = fits.indexOf(1); at !== -1; at = fits.indexOf(1, at + 1)) if (isCounted(at)) count += 1;
  return count;
}

/** The ordinals of those that fit, `count` of them. */
export function placesOfOnes(fits: Uint8Array, count: number): Uint32Array {
  const places = new Uint32Array(count);
  let at = -1;
  for (let i = 0; i < count; i += 1) {
    at = fits.indexOf(1, at + 1);
    places[i] = at;
  }
  return places;
}

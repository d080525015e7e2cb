/** Of many differences that are tested at once, some look certain by chance alone. */

/**
 * Benjamini and Hochberg (1995): of those that are kept, at most a share of `rate` is false on average. True for each
 * that is kept, in the order of `chances`.
 */
export function keptOf(chances: readonly number[], rate: number): boolean[] {
  const order = chances.map((_, at) => at).sort((a, b) => (chances[a] ?? 1) - (chances[b] ?? 1));
  const last = order.findLastIndex((at, rank) => (chances[at] ?? 1) <= (rate * (rank + 1)) / chances.length);
  const kept = chances.map(() => false);
  for (const at of order.slice(0, last + 1)) kept[at] = true;
  return kept;
}

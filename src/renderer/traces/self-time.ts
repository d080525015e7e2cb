/** How much of each span its children fill: the union of their times inside it, so that parallel ones count once. */

interface Tree {
  readonly parent: Int32Array;
  readonly start: Float64Array;
  readonly length: Float64Array;
  /** Siblings must come by start. */
  readonly order: Uint32Array;
}

export function coveredTime({ parent, start, length, order }: Tree): Float64Array {
  const covered = new Float64Array(parent.length);
  /** Up to where each span is filled so far. */
  const filledTo = Float64Array.from(start);
  for (const index of order) {
    const above = parent[index] ?? -1;
    if (above < 0) continue;
    const parentEnd = (start[above] ?? 0) + (length[above] ?? 0);
    const from = Math.max(start[index] ?? 0, filledTo[above] ?? 0);
    const to = Math.min((start[index] ?? 0) + (length[index] ?? 0), parentEnd);
    if (to <= from) continue;
    covered[above] = (covered[above] ?? 0) + (to - from);
    filledTo[above] = to;
  }
  return covered;
}

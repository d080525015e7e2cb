/** Numbers by group in one flat array. */
export interface Grouped {
  /** The values of group g, ascending. */
  of(group: number): Float64Array;
  /** The values of group g in any order, for whoever needs no more than a few quantiles and may reorder them. */
  unordered(group: number): Float64Array;
}

/** A group of `groups` or more takes no part. */
export function groupedValues(group: Uint32Array, value: Float64Array, groups: number): Grouped {
  const from = new Uint32Array(groups + 1);
  for (const code of group) if (code < groups) from[code + 1] = (from[code + 1] ?? 0) + 1;
  for (let code = 0; code < groups; code += 1) from[code + 1] = (from[code + 1] ?? 0) + (from[code] ?? 0);
  const next = from.slice();
  const values = new Float64Array(from[groups] ?? 0);
  for (let index = 0; index < group.length; index += 1) {
    const code = group[index] ?? groups;
    if (code >= groups) continue;
    const at = next[code] ?? 0;
    values[at] = value[index] ?? 0;
    next[code] = at + 1;
  }
  const unordered = (code: number): Float64Array => values.subarray(from[code] ?? 0, from[code + 1] ?? 0);
  return { of: (code) => unordered(code).sort(), unordered };
}

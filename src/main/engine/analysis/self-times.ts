/** How long each span worked itself: its duration without the time in which at least one of its children ran. */

const NONE = 0xffffffff;

/**
 * Spans in the order of start; `parent` holds rows, 0xffffffff for none. A child counts only within its parent, so
 * that work that goes on after the parent ended, or a clock that is off, takes nothing away twice. Cost O(n).
 */
export function selfTimes(start: Float64Array, duration: Float64Array, parent: Uint32Array): Float64Array {
  const self = duration.slice();
  /** Up to when the children met so far have covered each span. */
  const covered = start.slice();
  for (let row = 0; row < start.length; row++) {
    const above = parent[row] ?? NONE;
    if (above === NONE) continue;
    const end = (start[above] ?? 0) + (duration[above] ?? 0);
    const from = Math.max(start[row] ?? 0, covered[above] ?? 0);
    const to = Math.min((start[row] ?? 0) + (duration[row] ?? 0), end);
    if (to <= from) continue;
    self[above] = (self[above] ?? 0) - (to - from);
    covered[above] = to;
  }
  return self;
}

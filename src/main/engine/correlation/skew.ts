/**
 * How far the clocks of two sources differ, told from what both wrote about the same things. Each shared id bounds the
 * difference: what happened within something else did so by its clock too. Many ids together leave little room.
 */

/** The difference lies within, by one id; microseconds. */
export interface Bound {
  readonly low: number;
  readonly high: number;
}

export interface Offset {
  /** Microseconds that the first clock is ahead of the second. */
  readonly offset: number;
  /** The interval that it lies in. */
  readonly low: number;
  readonly high: number;
  readonly ids: number;
  /** Share of the ids whose bounds hold the offset. */
  readonly agreement: number;
}

/** Fewer ids are chance: one retry, one late line. */
const LEAST_IDS = 8;
/** What fewer than this share of the ids agree with is not one offset: work that goes on later, not a clock. */
const LEAST_AGREEMENT = 0.7;
/** Standard errors of a 99 % interval. */
const WIDE = 2.575_829;

/**
 * The offset that lies nearest to all bounds, by the sum of its distances from them: the median of all their ends, for
 * |x − low| + |x − high| is twice the distance from the interval and its length. Where all bounds overlap these two
 * middle ends are their intersection; up to half of them may be wrong. The interval is widened by the ranks that the
 * median of so many may be off by. `tolerance` is what the clocks cannot tell, microseconds. Null where too few ids
 * are shared or where they do not agree.
 */
export function offsetOf(bounds: readonly Bound[], tolerance: number): Offset | null {
  if (bounds.length < LEAST_IDS) return null;
  const first = middleOf(bounds);
  // Ids that lie all on one side pull the middle their way: once more, without those that are far from it.
  const lengths = Float64Array.from(bounds, ({ low, high }) => high - low).sort();
  const near = (lengths[lengths.length >> 1] ?? 0) + tolerance;
  const kept = bounds.filter(({ low, high }) => Math.max(low - first.offset, first.offset - high) <= near);
  const { offset, low, high } = middleOf(kept);
  const agreeing = bounds.filter((bound) => bound.low - tolerance <= offset && offset <= bound.high + tolerance).length;
  if (agreeing < LEAST_AGREEMENT * bounds.length) return null;
  return {
    offset,
    low: low - tolerance,
    high: high + tolerance,
    ids: bounds.length,
    agreement: agreeing / bounds.length,
  };
}

function middleOf(bounds: readonly Bound[]): Bound & { readonly offset: number } {
  const count = bounds.length;
  const ends = Float64Array.from(bounds.flatMap(({ low, high }) => [low, high])).sort();
  const at = (rank: number): number => ends[Math.min(ends.length - 1, Math.max(0, rank))] ?? 0;
  const reach = Math.floor((WIDE * Math.sqrt(count)) / 2);
  return {
    offset: (at(count - 1) + at(count)) / 2,
    low: at(count - 1 - reach),
    high: at(count + reach),
  };
}

/** Bounds of one id that hold together; where they contradict each other, the stretch between them. */
export function together(bounds: readonly Bound[]): Bound {
  const low = bounds.reduce((most, bound) => Math.max(most, bound.low), -Infinity);
  const high = bounds.reduce((least, bound) => Math.min(least, bound.high), Infinity);
  return low <= high ? { low, high } : { low: high, high: low };
}

/** What happened from `start` to `end`, by its own clock. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** The difference of the inner clock to the outer one. What takes longer than what holds it goes on beyond its start. */
export function boundWithin(inner: Stretch, outer: Stretch): Bound {
  const high = inner.start - outer.start;
  return { low: Math.min(high, inner.end - outer.end), high };
}

/** The same when nothing says which holds the other: the shorter lies within the longer. */
export function boundOf(one: Stretch, other: Stretch): Bound {
  if (one.end - one.start <= other.end - other.start) return boundWithin(one, other);
  const { low, high } = boundWithin(other, one);
  return { low: -high, high: -low };
}

/**
 * How long each span worked itself: its duration without the time in which at least one of its children ran. Children
 * that run side by side count once, and only as far as they lie within their parent.
 */
import { childrenOf, type Children } from "./children.ts";

/** One element a span; times and durations in the same unit. */
export interface SpanTimes {
  readonly start: Float64Array;
  readonly duration: Float64Array;
  /** Index of the parent; 0xffffffff for none. */
  readonly parent: Uint32Array;
}

/** In the unit of the input; never negative. Linear in the spans, but for siblings that do not come by their start. */
export function selfTimes(
  { start, duration, parent }: SpanTimes,
  { from, child }: Children = childrenOf(parent, start),
): Float64Array {
  const self = new Float64Array(parent.length);
  for (let span = 0; span < parent.length; span += 1) {
    const begin = start[span] ?? 0;
    const length = duration[span] ?? 0;
    if (!(length > 0)) continue;
    const end = begin + length;
    let covered = 0;
    let reached = begin;
    for (let at = from[span] ?? 0; at < (from[span + 1] ?? 0); at += 1) {
      const index = child[at] ?? 0;
      const childEnd = Math.min((start[index] ?? 0) + (duration[index] ?? 0), end);
      const childStart = Math.max(start[index] ?? 0, reached);
      if (!(childEnd > childStart)) continue;
      covered += childEnd - childStart;
      reached = childEnd;
    }
    self[span] = Math.max(0, length - covered);
  }
  return self;
}

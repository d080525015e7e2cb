// The order of the list: by time, then by source, then as the source has them.
import type { Ordinals } from "./ordinals.ts";

/** A column by ordinal, as typed arrays are too. */
interface ByOrdinal {
  at(ordinal: number): number | undefined;
}

export interface OrderedBy {
  /** Infinity for a record without a time, which so comes last. */
  readonly time: ByOrdinal;
  /** Number of the segment of each record, and the source of each segment. */
  readonly segmentOf: ByOrdinal;
  readonly sourceOf: readonly number[];
}

/** Whether record `a` stands after record `b`. Ordinals of one source ascend as its rows do. */
function isAfter(by: OrderedBy, a: number, b: number): boolean {
  const timeA = by.time.at(a) ?? Infinity;
  const timeB = by.time.at(b) ?? Infinity;
  return timeA === timeB ? isAfterAtOnce(by, a, b) : timeA > timeB;
}

/** The same of two records of one time. */
export function isAfterAtOnce({ segmentOf, sourceOf }: OrderedBy, a: number, b: number): boolean {
  const sourceA = sourceOf[segmentOf.at(a) ?? 0] ?? 0;
  const sourceB = sourceOf[segmentOf.at(b) ?? 0] ?? 0;
  return sourceA === sourceB ? a > b : sourceA > sourceB;
}

/** How many of an order stand before the record. */
export function placeOf(by: OrderedBy, order: Ordinals, ordinal: number): number {
  let low = 0;
  let high = order.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isAfter(by, ordinal, order.at(middle) ?? 0)) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function ordinalsBetween(first: number, end: number): Uint32Array {
  const ordinals = new Uint32Array(end - first);
  for (let i = 0; i < ordinals.length; i += 1) ordinals[i] = first + i;
  return ordinals;
}

/** Few ordinals in order; uses up what it is given. Runs that ascend are found and merged. */
export function sortOrdinals(by: OrderedBy, ordinals: Uint32Array): Uint32Array {
  let from: Uint32Array = ordinals;
  let bounds = runs(by, from);
  if (bounds.length <= 2) return from;
  let to: Uint32Array = new Uint32Array(from.length);
  while (bounds.length > 2) {
    const merged = [0];
    for (let run = 0; run + 1 < bounds.length; run += 2) {
      const start = bounds[run] ?? 0;
      const middle = bounds[run + 1] ?? from.length;
      const stop = bounds[run + 2] ?? from.length;
      mergeRuns(by, from.subarray(start, middle), from.subarray(middle, stop), to.subarray(start, stop));
      merged.push(stop);
    }
    [from, to] = [to, from];
    bounds = merged;
  }
  return from;
}

/** Where ascending runs begin, and the end. */
function runs(by: OrderedBy, ordinals: Uint32Array): number[] {
  const bounds = [0];
  for (let i = 1; i < ordinals.length; i += 1) if (isAfter(by, ordinals[i - 1] ?? 0, ordinals[i] ?? 0)) bounds.push(i);
  bounds.push(ordinals.length);
  return bounds;
}

function mergeRuns(by: OrderedBy, a: Uint32Array, b: Uint32Array, to: Uint32Array): void {
  const lastOfA = a.at(-1);
  const firstOfB = b[0];
  if (lastOfA === undefined || firstOfB === undefined || !isAfter(by, lastOfA, firstOfB)) {
    to.set(a);
    to.set(b, a.length);
    return;
  }
  let i = 0;
  let j = 0;
  let at = 0;
  while (i < a.length && j < b.length) {
    const left = a[i] ?? 0;
    const right = b[j] ?? 0;
    if (isAfter(by, left, right)) {
      to[at] = right;
      j += 1;
    } else {
      to[at] = left;
      i += 1;
    }
    at += 1;
  }
  to.set(i < a.length ? a.subarray(i) : b.subarray(j), at);
}

/** Index of the first record of an order that is not before `time`. */
export function lowerBound(time: ByOrdinal, order: Ordinals, bound: number): number {
  let low = 0;
  let high = order.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((time.at(order.at(middle) ?? 0) ?? Infinity) < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Many ascending lists as one that ascends: as much of them at a time as is sorted at once, so that millions of times are
 * never there as eight bytes each.
 */
import { joined } from "./joined.ts";
import { placeOf, toArray, type TimeSequence, type Times } from "./time-list.ts";

/** Times that are sorted together. */
const MOST_SORTED = 65_536;
/** Stretches of equal length that the times of a longer part are counted by. */
const STRETCHES = 4_096;

export function inOrder(lists: readonly Times[], mostSorted = MOST_SORTED): TimeSequence {
  const all = joined(lists);
  if (all.length <= mostSorted) return toArray(all).sort();
  const part = { from: lists.map(() => 0), end: lists.map((list) => list.length), count: all.length };
  return { length: all.length, forEach: (visit) => visitPart(lists, part, mostSorted, visit) };
}

/** Of each list, the times at `from` … `end` − 1. */
interface Part {
  readonly from: readonly number[];
  readonly end: readonly number[];
  readonly count: number;
}

function visitPart(lists: readonly Times[], part: Part, mostSorted: number, visit: (time: number) => void): void {
  const { from, end, count } = part;
  if (count <= mostSorted) {
    sorted(lists, part).forEach((time) => visit(time));
    return;
  }
  const { first, last } = boundsOf(lists, part);
  if (first === last) {
    for (let i = 0; i < count; i += 1) visit(first);
    return;
  }
  const scale = STRETCHES / (last - first);
  const stretchOf = (time: number): number => Math.min(STRETCHES - 1, Math.floor((time - first) * scale));
  const counts = new Uint32Array(STRETCHES);
  eachOf(lists, part, (time) => {
    const stretch = stretchOf(time);
    counts[stretch] = (counts[stretch] ?? 0) + 1;
  });
  let start = from;
  for (let stretch = 0; stretch < STRETCHES;) {
    let together = counts[stretch++] ?? 0;
    while (stretch < STRETCHES && together + (counts[stretch] ?? 0) <= mostSorted) together += counts[stretch++] ?? 0;
    const next = lists.map((list, at) =>
      placeOf(start[at] ?? 0, end[at] ?? 0, (index) => stretchOf(list.at(index) ?? 0) >= stretch),
    );
    visitPart(lists, { from: start, end: next, count: together }, mostSorted, visit);
    start = next;
  }
}

function sorted(lists: readonly Times[], part: Part): Float64Array {
  const times = new Float64Array(part.count);
  let filled = 0;
  eachOf(lists, part, (time) => {
    times[filled] = time;
    filled += 1;
  });
  return times.sort();
}

function boundsOf(lists: readonly Times[], { from, end }: Part): { readonly first: number; readonly last: number } {
  let first = Infinity;
  let last = -Infinity;
  for (const [at, list] of lists.entries()) {
    if ((from[at] ?? 0) === (end[at] ?? 0)) continue;
    first = Math.min(first, list.at(from[at] ?? 0) ?? Infinity);
    last = Math.max(last, list.at((end[at] ?? 0) - 1) ?? -Infinity);
  }
  return { first, last };
}

function eachOf(lists: readonly Times[], { from, end }: Part, visit: (time: number) => void): void {
  for (const [at, list] of lists.entries())
    for (let index = from[at] ?? 0; index < (end[at] ?? 0); index += 1) visit(list.at(index) ?? 0);
}

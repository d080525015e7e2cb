/**
 * The critical path of a trace: at each moment of a root the one span that everything above it waits for, as Jaeger UI
 * finds it (packages/jaeger-ui/src/components/TracePage/CriticalPath, described in https://github.com/jaegertracing/jaeger-ui/pull/1582).
 * From the end of the root backwards: the child that finished last holds its parent up, and before that child began the
 * one that finished last before it. As there, children are cut to their parent's time, children wholly outside of it and
 * children that nobody waits for are left out with all below them, and every root has a path of its own.
 */
import { childrenOf, NO_PARENT, type Children } from "./children.ts";

/** One element a span. Times are whole numbers of one unit, so that sections are exact. */
export interface CriticalPathInput {
  readonly start: Float64Array;
  readonly duration: Float64Array;
  readonly parent: Uint32Array;
  /** 1 for a span that its parent does not wait for; it and all below it never hold anything up. */
  readonly detached: Uint8Array;
}

/** From `start` up to `end` the span itself was what kept its root from ending. */
export interface Section {
  readonly span: number;
  readonly start: number;
  readonly end: number;
}

export interface WalkedPath {
  /** Roots by their start; the sections of each from its end backwards, as Jaeger lists them. */
  readonly sections: Section[];
  /** 1 for the spans that were on the way, also those that took no time: no other span decides where the path goes. */
  readonly walked: Uint8Array;
}

export function walkedPath({ start, duration, parent, detached }: CriticalPathInput): WalkedPath {
  const count = parent.length;
  const children = childrenOf(parent, start);
  const from = start.slice();
  const to = Float64Array.from(start, (begin, span) => begin + (duration[span] ?? 0));
  const roots: number[] = [];
  for (let span = 0; span < count; span += 1) if (parent[span] === NO_PARENT) roots.push(span);
  roots.sort((a, b) => (start[a] ?? 0) - (start[b] ?? 0) || a - b);
  const waitedFor = cutToParents(roots, children, { from, to, detached });
  const finish = finishOrder(children, waitedFor, start, to);
  const path = { sections: [], walked: new Uint8Array(count) };
  for (const root of roots) walkBack(root, { from, to, parent, finish }, path);
  return path;
}

interface Bounds {
  readonly from: Float64Array;
  readonly to: Float64Array;
  readonly detached: Uint8Array;
}

/** Moves the bounds of children that reach over those of their parent. 1 for the spans that stay. */
function cutToParents(roots: readonly number[], { from: at, child }: Children, bounds: Bounds): Uint8Array {
  const { from, to, detached } = bounds;
  const stays = new Uint8Array(from.length);
  const pending = [...roots];
  for (const root of roots) stays[root] = 1;
  for (let above = pending.pop(); above !== undefined; above = pending.pop()) {
    const begin = from[above] ?? 0;
    const end = to[above] ?? 0;
    for (let place = at[above] ?? 0; place < (at[above + 1] ?? 0); place += 1) {
      const span = child[place] ?? 0;
      const spanStart = from[span] ?? 0;
      const spanEnd = to[span] ?? 0;
      const isOutside = spanStart >= begin ? spanStart >= end : spanEnd <= begin;
      if (detached[span] === 1 || isOutside) continue;
      from[span] = Math.max(spanStart, begin);
      to[span] = Math.min(spanEnd, end);
      stays[span] = 1;
      pending.push(span);
    }
  }
  return stays;
}

/** The children that stay, by their end; of those that end together the one that started first comes last. */
interface FinishOrder {
  readonly at: Uint32Array;
  readonly child: Uint32Array;
}

function finishOrder(children: Children, stays: Uint8Array, start: Float64Array, to: Float64Array): FinishOrder {
  const at = new Uint32Array(children.from.length);
  const child = new Uint32Array(children.child.length);
  let count = 0;
  for (let span = 0; span + 1 < children.from.length; span += 1) {
    at[span] = count;
    for (let place = children.from[span] ?? 0; place < (children.from[span + 1] ?? 0); place += 1) {
      const index = children.child[place] ?? 0;
      if (stays[index] === 1) child[count++] = index;
    }
    child
      .subarray(at[span], count)
      .sort((a, b) => (to[a] ?? 0) - (to[b] ?? 0) || (start[b] ?? 0) - (start[a] ?? 0) || b - a);
  }
  at[children.from.length - 1] = count;
  return { at, child };
}

interface Walked {
  readonly from: Float64Array;
  readonly to: Float64Array;
  readonly parent: Uint32Array;
  readonly finish: FinishOrder;
}

function walkBack(root: number, { from, to, parent, finish }: Walked, { sections, walked }: WalkedPath): void {
  let span = root;
  /** Start of the child that was come back from; null on the way down. */
  let before: number | null = null;
  for (;;) {
    walked[span] = 1;
    const holder = lastFinishing(finish, span, before, to);
    const end: number = before ?? to[span] ?? 0;
    const start: number = holder === null ? (from[span] ?? 0) : (to[holder] ?? 0);
    if (start !== end) sections.push({ span, start, end });
    if (holder !== null) {
      span = holder;
      before = null;
    } else {
      if (span === root) return;
      before = from[span] ?? 0;
      span = parent[span] ?? root;
    }
  }
}

/** The child that finished last, of all or of those that had finished before a moment. */
function lastFinishing(
  { at, child }: FinishOrder,
  span: number,
  before: number | null,
  to: Float64Array,
): number | null {
  const first = at[span] ?? 0;
  let low = first;
  let high = at[span + 1] ?? first;
  if (before !== null) {
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((to[child[middle] ?? 0] ?? 0) < before) low = middle + 1;
      else high = middle;
    }
  }
  return high > first ? (child[high - 1] ?? null) : null;
}

/**
 * Two traces side by side by their structure: spans that stand below the same operations, from the root down, are taken
 * together, so that ids and times may differ and what was added, went, or takes longer shows.
 */
import { NO_PARENT, type Children } from "./children.ts";
import type { Operation } from "./span-columns.ts";

export interface ComparedTrace {
  readonly spans: readonly (Operation & { readonly failed: boolean })[];
  /** Microseconds. */
  readonly duration: Float64Array;
  readonly self: Float64Array;
  readonly parent: Uint32Array;
  /** By start. */
  readonly children: Children;
}

/** What one trace holds at a path; sums over its spans there. */
export interface PathSum {
  readonly count: number;
  readonly failed: number;
  readonly duration: number;
  readonly self: number;
}

export interface PathSpans extends Operation {
  readonly depth: number;
  /** Row of the path above; null at the root. */
  readonly above: number | null;
  /** Null where the trace does not have the path. */
  readonly a: PathSum | null;
  readonly b: PathSum | null;
  /** Spans of each, by their index. */
  readonly spansA: readonly number[];
  readonly spansB: readonly number[];
}

/** Paths deeper than this are one with the path above: a chain may be tens of thousands deep, and nobody compares that. */
const DEEPEST = 200;

interface Node {
  readonly operation: Operation;
  readonly row: number | null;
  readonly depth: number;
  readonly spans: readonly [a: number[], b: number[]];
}

/** Depth first; paths of `a` in its order, those that only `b` has after their siblings. */
export function compareTraces(a: ComparedTrace, b: ComparedTrace): PathSpans[] {
  const rows: PathSpans[] = [];
  const pending = groups(rootsOf(a), rootsOf(b), a, b, null, 0).toReversed();
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    const { operation, depth, spans, row } = node;
    const [spansA, spansB] = spans;
    rows.push({
      ...operation,
      depth,
      above: row,
      a: sumOf(a, spansA),
      b: sumOf(b, spansB),
      spansA,
      spansB,
    });
    if (depth === DEEPEST) continue;
    pending.push(...groups(below(a, spansA), below(b, spansB), a, b, rows.length - 1, depth + 1).toReversed());
  }
  return rows;
}

function groups(
  spansA: readonly number[],
  spansB: readonly number[],
  a: ComparedTrace,
  b: ComparedTrace,
  row: number | null,
  depth: number,
): Node[] {
  const nodes = new Map<string, Node>();
  const add = (trace: ComparedTrace, span: number, side: 0 | 1): void => {
    const { service = null, name = "" } = trace.spans[span] ?? {};
    const key = JSON.stringify([service, name]);
    const node = nodes.get(key) ?? { operation: { service, name }, row, depth, spans: [[], []] };
    nodes.set(key, node);
    node.spans[side].push(span);
  };
  for (const span of spansA) add(a, span, 0);
  for (const span of spansB) add(b, span, 1);
  return [...nodes.values()];
}

const rootsOf = ({ parent }: ComparedTrace): number[] =>
  [...parent.keys()].filter((span) => parent[span] === NO_PARENT);

function below({ children: { from, child } }: ComparedTrace, spans: readonly number[]): number[] {
  return spans.flatMap((span) => [...child.subarray(from[span] ?? 0, from[span + 1] ?? 0)]);
}

function sumOf({ spans, duration, self }: ComparedTrace, indexes: readonly number[]): PathSum | null {
  if (indexes.length === 0) return null;
  const sum = { count: indexes.length, failed: 0, duration: 0, self: 0 };
  for (const index of indexes) {
    sum.failed += spans[index]?.failed === true ? 1 : 0;
    sum.duration += duration[index] ?? 0;
    sum.self += self[index] ?? 0;
  }
  return sum;
}

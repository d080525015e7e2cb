// What is odd about one trace, against what is normal for its operations in the whole case.
import type { Span, TraceFinding } from "../../../shared/model/trace.ts";
import { childrenOf } from "../traces/children.ts";
import { traceFindings } from "../traces/findings/findings.ts";
import { normals, type Normal } from "../traces/normal.ts";
import type { QueryContext } from "./query-context.ts";
import { spanTable, type SpanTable } from "./span-table.ts";
import { treeOf } from "./trace-tree.ts";

const NANOS_PER_MICRO = 1_000;

/** By operation; a table goes when records come or go, and with it what was normal. */
const kept = new WeakMap<SpanTable, ReadonlyMap<string, Normal>>();

/** `spans` are those of one trace in the order of their start. */
export function findingsOf(context: QueryContext, spans: readonly Span[], checkpoint: () => void): TraceFinding[] {
  if (spans.length === 0) return [];
  const table = spanTable(context, checkpoint);
  const usual = kept.get(table) ?? normalsByName(table);
  kept.set(table, usual);
  const keys = spans.map(keyOf);
  const codes = new Map<string, number>();
  for (const key of keys) if (!codes.has(key)) codes.set(key, codes.size);
  const { start, duration, parent } = treeOf(spans);
  const inMicros = start.map((nanos) => nanos / NANOS_PER_MICRO);
  return traceFindings({
    spans,
    start: inMicros,
    duration: duration.map((nanos) => nanos / NANOS_PER_MICRO),
    self: Float64Array.from(spans, ({ self }) => self),
    parent,
    children: childrenOf(parent, inMicros),
    operation: Uint32Array.from(keys, (key) => codes.get(key) ?? 0),
    normalOf: (span) => usual.get(keys[span] ?? ""),
  });
}

const keyOf = ({ service, name }: { readonly service: string | null; readonly name: string }): string =>
  `${service ?? ""}\0${name}`;

function normalsByName(table: SpanTable): ReadonlyMap<string, Normal> {
  const byOperation = normals(table);
  return new Map(
    table.operations.flatMap((operation, code) => {
      const normal = byOperation[code];
      return normal === undefined ? [] : [[keyOf(operation), normal] as const];
    }),
  );
}

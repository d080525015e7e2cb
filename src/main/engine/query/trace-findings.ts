// What is odd about one trace, against what is normal for its operations in the whole case.
import type { TraceFinding } from "../../../shared/model/trace.ts";
import { codesOf, spanCount, textOf, type TraceColumns } from "../../../shared/model/trace-columns.ts";
import { childrenOf } from "../traces/children.ts";
import { traceFindings } from "../traces/findings/findings.ts";
import { normals, type Normal } from "../traces/normal.ts";
import type { Operation } from "../traces/span-columns.ts";
import type { QueryContext } from "./query-context.ts";
import { spanTable, type SpanTable } from "./span-table.ts";
import { facesOf, type TraceSpans } from "./traces.ts";

const NANOS_PER_MICRO = 1_000;

/** By operation; a table goes when records come or go, and with it what was normal. */
const kept = new WeakMap<SpanTable, ReadonlyMap<string, Normal>>();

export function findingsOf(context: QueryContext, { spans, tree }: TraceSpans, checkpoint: () => void): TraceFinding[] {
  if (spanCount(spans) === 0) return [];
  const table = spanTable(context, checkpoint);
  const usual = kept.get(table) ?? normalsByName(table);
  kept.set(table, usual);
  checkpoint();
  const { operation, operations } = operationsOf(spans);
  const normalOf = operations.map((named) => usual.get(keyOf(named)));
  const inMicros = tree.start.map((nanos) => nanos / NANOS_PER_MICRO);
  return traceFindings({
    spans: facesOf(spans),
    start: inMicros,
    duration: tree.duration.map((nanos) => nanos / NANOS_PER_MICRO),
    self: spans.self,
    parent: tree.parent,
    children: childrenOf(tree.parent, inMicros),
    operation,
    normalOf: (span) => normalOf[operation[span] ?? 0],
  });
}

/** The operations of one trace, and the index of each span's. */
function operationsOf({ service, name, services, names }: TraceColumns): {
  readonly operation: Uint32Array;
  readonly operations: readonly Operation[];
} {
  const codes = new Map<number, number>();
  const operations: Operation[] = [];
  const operation = name.map((named, span) => {
    const of = service[span] ?? 0;
    const key = of * codesOf(names) + named;
    const known = codes.get(key);
    if (known !== undefined) return known;
    codes.set(key, operations.length);
    return operations.push({ service: textOf(services, of), name: textOf(names, named) ?? "" }) - 1;
  });
  return { operation, operations };
}

const keyOf = ({ service, name }: Operation): string => `${service ?? ""}\0${name}`;

function normalsByName(table: SpanTable): ReadonlyMap<string, Normal> {
  const byOperation = normals(table);
  return new Map(
    table.operations.flatMap((operation, code) => {
      const normal = byOperation[code];
      return normal === undefined ? [] : [[keyOf(operation), normal] as const];
    }),
  );
}

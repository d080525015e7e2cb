// Two traces, or two windows of traces, side by side.
import type { CallOutput } from "../../../shared/contract.ts";
import type { Windows } from "../../../shared/contract/traces.ts";
import { FailureError } from "../../../shared/failure.ts";
import type { Span } from "../../../shared/model/trace.ts";
import { MICROS_PER_SECOND } from "../../../shared/units.ts";
import { childrenOf } from "../traces/children.ts";
import { compareTraces, type ComparedTrace, type PathSpans } from "../traces/compare-traces.ts";
import { compareWindows, type ComparedOperation } from "../traces/compare-windows.ts";
import { NONE } from "../traces/span-columns.ts";
import type { QueryContext } from "./query-context.ts";
import { spanTable, type SpanTable } from "./span-table.ts";
import { rateOf } from "./trace-figures.ts";
import { treeOf } from "./trace-tree.ts";
import { spansOf } from "./traces.ts";

type Side = CallOutput<"traces.compare">["a"];
type CompareRow = CallOutput<"traces.compareWindows">["operations"][number];
type Range = Windows["before"];

export function compareTwoTraces(
  context: QueryContext,
  [first, second]: readonly [string, string],
  checkpoint: () => void,
): CallOutput<"traces.compare"> {
  const a = read(context, first, checkpoint);
  const b = read(context, second, checkpoint);
  const rowOf = ({ spansA, spansB, ...row }: PathSpans): CallOutput<"traces.compare">["rows"][number] => ({
    ...row,
    refA: a.spans[spansA[0] ?? -1]?.ref ?? null,
    refB: b.spans[spansB[0] ?? -1]?.ref ?? null,
  });
  const rows = compareTraces(a.compared, b.compared).map(rowOf);
  return { a: a.side, b: b.side, rows };
}

interface ReadTrace {
  readonly spans: readonly Span[];
  readonly compared: ComparedTrace;
  readonly side: Side;
}

function read(context: QueryContext, traceId: string, checkpoint: () => void): ReadTrace {
  const { spans } = spansOf(context, traceId, checkpoint);
  const [first] = spans;
  if (first === undefined)
    throw new FailureError("not-found", `The case has no spans of a trace "${traceId.slice(0, 80)}".`);
  const { start, parent } = treeOf(spans);
  const compared = {
    spans,
    duration: Float64Array.from(spans, ({ duration }) => duration),
    self: Float64Array.from(spans, ({ self }) => self),
    parent,
    children: childrenOf(parent, start),
  };
  const end = spans.reduce((latest, span) => Math.max(latest, span.start + span.duration), 0);
  const failed = spans.filter((span) => span.failed).length;
  return {
    spans,
    compared,
    side: { traceId, start: first.start, duration: end - first.start, spans: spans.length, failed },
  };
}

/** Fails with "usage" for a window that ends before it begins. */
export function compareTwoWindows(
  context: QueryContext,
  given: Windows | null,
  checkpoint: () => void,
): CallOutput<"traces.compareWindows"> {
  if (given !== null && [given.before, given.after].some(({ from, to }) => !(to > from)))
    throw new FailureError("usage", "A window must end after it begins.");
  const table = spanTable(context, checkpoint);
  checkpoint();
  const windows = given ?? halves(table);
  if (windows === null) return { windows, operations: [] };
  const { before, after } = windows;
  const compared = compareWindows(
    table,
    { mask: within(table, before), length: lengthOf(before) },
    { mask: within(table, after), length: lengthOf(after) },
  );
  const shown = ({ operation, ...figures }: ComparedOperation): CompareRow => ({
    service: table.operations[operation]?.service ?? null,
    name: table.operations[operation]?.name ?? "",
    ...figures,
    before: { ...figures.before, perSecond: rateOf(figures.before.count, lengthOf(before) / MICROS_PER_SECOND) },
    after: { ...figures.after, perSecond: rateOf(figures.after.count, lengthOf(after) / MICROS_PER_SECOND) },
  });
  return { windows, operations: compared.map(shown) };
}

function halves({ start, count }: SpanTable): Windows | null {
  let first = Infinity;
  let last = -Infinity;
  for (let span = 0; span < count; span += 1) {
    first = Math.min(first, start[span] ?? Infinity);
    last = Math.max(last, start[span] ?? -Infinity);
  }
  const from = Math.floor(first);
  const to = Math.floor(last) + 1;
  const middle = Math.floor((from + to) / 2);
  return middle > from && to > middle ? { before: { from, to: middle }, after: { from: middle, to } } : null;
}

const lengthOf = ({ from, to }: Range): number => to - from;

/** Spans that begin in a window. */
function within({ start, operation, count }: SpanTable, { from, to }: Range): Uint8Array {
  const mask = new Uint8Array(count);
  for (let span = 0; span < count; span += 1) {
    const at = start[span] ?? 0;
    if (at >= from && at < to && operation[span] !== NONE) mask[span] = 1;
  }
  return mask;
}

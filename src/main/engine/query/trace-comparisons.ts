// Two traces, or two windows of traces, side by side.
import type { CallOutput } from "../../../shared/contract.ts";
import type { Windows } from "../../../shared/contract/traces.ts";
import { FailureError } from "../../../shared/failure.ts";
import { refOfSpan, spanCount, type TraceColumns } from "../../../shared/model/trace-columns.ts";
import { MICROS_PER_SECOND } from "../../../shared/units.ts";
import { childrenOf } from "../traces/children.ts";
import { compareTraces, type ComparedTrace, type PathSpans } from "../traces/compare-traces.ts";
import { compareWindows, type ComparedOperation } from "../traces/compare-windows.ts";
import { NONE } from "../traces/span-columns.ts";
import type { QueryContext } from "./query-context.ts";
import { spanTable, type SpanTable } from "./span-table.ts";
import { rateOf } from "./trace-figures.ts";
import { facesOf, spansOf } from "./traces.ts";

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
    refA: refOfFirst(a.spans, spansA),
    refB: refOfFirst(b.spans, spansB),
  });
  const rows = compareTraces(a.compared, b.compared).map(rowOf);
  return { a: a.side, b: b.side, rows };
}

const refOfFirst = (spans: TraceColumns, [first]: readonly number[]): string | null =>
  first === undefined ? null : refOfSpan(spans, first);

interface ReadTrace {
  readonly spans: TraceColumns;
  readonly compared: ComparedTrace;
  readonly side: Side;
}

function read(context: QueryContext, traceId: string, checkpoint: () => void): ReadTrace {
  const { spans, tree } = spansOf(context, traceId, checkpoint);
  const [first] = spans.start;
  if (first === undefined)
    throw new FailureError("not-found", `The case has no spans of a trace "${traceId.slice(0, 80)}".`);
  const { duration, self } = spans;
  const compared = {
    spans: facesOf(spans),
    duration,
    self,
    parent: tree.parent,
    children: childrenOf(tree.parent, tree.start),
  };
  const end = spans.start.reduce((latest, start, span) => Math.max(latest, start + (duration[span] ?? 0)), 0);
  const failed = spans.failed.reduce((sum, one) => sum + one, 0);
  return {
    spans,
    compared,
    side: { traceId, start: first, duration: end - first, spans: spanCount(spans), failed },
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

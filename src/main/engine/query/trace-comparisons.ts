// Two traces, or two windows of traces, side by side.
import type { CallInput, CallOutput } from "../../../shared/contract.ts";
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
type Range = CallInput<"traces.compareWindows">["before"];

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
  windows: readonly [Range, Range],
  checkpoint: () => void,
): CallOutput<"traces.compareWindows"> {
  if (windows.some(({ from, to }) => !(to > from)))
    throw new FailureError("usage", "A window must end after it begins.");
  const table = spanTable(context, checkpoint);
  checkpoint();
  const [before, after] = windows;
  const masks = { before: within(table, before), after: within(table, after) };
  const seconds = { before: lengthOf(before) / MICROS_PER_SECOND, after: lengthOf(after) / MICROS_PER_SECOND };
  const compared = compareWindows(
    table,
    { mask: masks.before, length: lengthOf(before) },
    { mask: masks.after, length: lengthOf(after) },
  );
  const sum = (mask: Uint8Array): number => mask.reduce((total, one) => total + one, 0);
  const shown = ({ operation, ...figures }: ComparedOperation): CompareRow => ({
    service: table.operations[operation]?.service ?? null,
    name: table.operations[operation]?.name ?? "",
    ...figures,
    before: { ...figures.before, perSecond: rateOf(figures.before.count, seconds.before) },
    after: { ...figures.after, perSecond: rateOf(figures.after.count, seconds.after) },
  });
  return { before: sum(masks.before), after: sum(masks.after), operations: compared.map(shown) };
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

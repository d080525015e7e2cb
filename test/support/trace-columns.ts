/** Columns of a trace from spans written one by one. */
import { NO_PARENT, blankColumns, textTable, type TraceColumns } from "../../src/shared/model/trace-columns.ts";
import { SPAN_PLACES, type Span } from "../../src/shared/model/trace.ts";

type Measured = "start" | "duration" | "self";
/** A span whose record is named by its place among the others: "s1:0", "s1:1", … */
export type WrittenSpan = Omit<Span, "ref" | Measured> & Readonly<Record<Measured, number>>;

export function columnsOf(spans: readonly WrittenSpan[]): TraceColumns {
  const columns = blankColumns(spans.length);
  const [ids, services, names] = [new Map<string, number>(), new Map<string, number>(), new Map<string, number>()];
  for (const [at, span] of spans.entries()) {
    columns.segment[at] = 1;
    columns.row[at] = at;
    columns.spanId[at] = codeOf(ids, span.spanId);
    columns.parentId[at] = codeOf(ids, span.parentId);
    columns.service[at] = codeOf(services, span.service);
    columns.name[at] = codeOf(names, span.name);
    columns.start[at] = span.start;
    columns.nanos[at] = span.nanos;
    columns.digits[at] = span.digits;
    columns.duration[at] = span.duration;
    columns.self[at] = span.self;
    columns.failed[at] = span.failed ? 1 : 0;
    columns.parent[at] = span.parent ?? NO_PARENT;
    columns.place[at] = SPAN_PLACES.indexOf(span.place);
  }
  const tableOf = (codes: ReadonlyMap<string, number>) => textTable([...codes.keys()]);
  return { ...columns, ids: tableOf(ids), services: tableOf(services), names: tableOf(names) };
}

function codeOf(codes: Map<string, number>, text: string | null): number {
  if (text === null || text === "") return 0;
  const code = codes.get(text) ?? codes.size + 1;
  codes.set(text, code);
  return code;
}

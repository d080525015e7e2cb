// Operations and calls of the spans that a selection holds.
import type { CallOutput, Selection } from "../../../shared/contract.ts";
import type { CallRow, OperationRow, ServiceRow } from "../../../shared/contract/traces.ts";
import { MICROS_PER_SECOND } from "../../../shared/units.ts";
import { operationFigures, type OperationFigures } from "../traces/operations.ts";
import { serviceGraph } from "../traces/service-graph.ts";
import type { QueryContext } from "./query-context.ts";
import type { Selected } from "./selected.ts";
import { spanTable, type SpanTable } from "./span-table.ts";

export function operationTable(
  context: QueryContext,
  selected: Selected,
  selection: Selection,
  checkpoint: () => void,
): CallOutput<"traces.operations"> {
  const table = spanTable(context, checkpoint);
  const mask = maskOf(context, table, selected, selection);
  checkpoint();
  const seconds = lengthOf(table, mask, selection) / MICROS_PER_SECOND;
  const shown = ({ operation, ...figures }: OperationFigures): OperationRow => ({
    service: table.operations[operation]?.service ?? null,
    name: table.operations[operation]?.name ?? "",
    ...figures,
    perSecond: rateOf(figures.count, seconds),
  });
  const operations = operationFigures(table, mask).map(shown);
  return { spans: operations.reduce((sum, { count }) => sum + count, 0), operations };
}

export function callGraph(
  context: QueryContext,
  selected: Selected,
  selection: Selection,
  checkpoint: () => void,
): CallOutput<"traces.graph"> {
  const table = spanTable(context, checkpoint);
  const mask = maskOf(context, table, selected, selection);
  checkpoint();
  const { services, calls } = serviceGraph(table, mask);
  const nameOf = (code: number): string => table.services[code] ?? "";
  return {
    spans: mask === null ? table.count - table.copies.length : mask.reduce((sum, one) => sum + one, 0),
    services: services.map((of): ServiceRow => Object.assign({}, of, { service: nameOf(of.service) })),
    calls: calls.map((of): CallRow => Object.assign({}, of, { from: nameOf(of.from), to: nameOf(of.to) })),
  };
}

export const rateOf = (count: number, seconds: number): number | null => (seconds > 0 ? count / seconds : null);

/** Null when the selection leaves nothing out. */
function maskOf(
  { index }: QueryContext,
  table: SpanTable,
  { ordinals }: Selected,
  { filter, from, to }: Selection,
): Uint8Array | null {
  if (filter.trim() === "" && from === null && to === null) return null;
  const chosen = new Uint8Array(index.count);
  for (const part of ordinals.parts()) for (const ordinal of part) chosen[ordinal] = 1;
  const mask = new Uint8Array(table.count);
  for (let span = 0; span < table.count; span += 1) mask[span] = chosen[table.ordinal[span] ?? 0] ?? 0;
  return mask;
}

/** Of the window, or where it is open from the first start to the last of the spans in it; microseconds. */
function lengthOf({ start, count }: SpanTable, mask: Uint8Array | null, { from, to }: Selection): number {
  if (from !== null && to !== null) return to - from;
  let first = Infinity;
  let last = -Infinity;
  for (let span = 0; span < count; span += 1) {
    if (mask !== null && mask[span] !== 1) continue;
    first = Math.min(first, start[span] ?? Infinity);
    last = Math.max(last, start[span] ?? -Infinity);
  }
  return Math.max(0, (to ?? last) - (from ?? first));
}

// Operations that are called more or less often, fail more or less often, take longer or shorter.
import { printTerm } from "../../../../shared/query/print.ts";
import { Level } from "../../../../shared/model/level.ts";
import type { Difference } from "../../compare/difference.ts";
import { compareQuantiles, compareShares, type Effect } from "../../compare/effect.ts";
import { quantileOfSorted } from "../../series/statistics.ts";
import { groupedValues } from "../../traces/grouped.ts";
import { NONE } from "../../traces/span-columns.ts";
import type { OpenCase } from "../open-case.ts";
import type { Ordinals } from "../ordinals.ts";
import { spanTable, type SpanTable } from "../span-table.ts";
import { countCodes, frequencies, shareOf, sliceCodes } from "./counts.ts";
import type { Sides } from "./sides.ts";

export function comparedOperations(open: OpenCase, sides: Sides, checkpoint: () => void): Difference[] {
  const table = spanTable(open, checkpoint);
  if (table.count === 0) return [];
  const operations = table.operations.length;
  const operationOf = new Int32Array(open.index.count).fill(-1);
  for (let span = 0; span < table.count; span += 1) {
    const operation = table.operation[span] ?? NONE;
    if (operation < operations) operationOf[table.ordinal[span] ?? 0] = operation;
  }
  const codeOf = (ordinal: number): number => operationOf[ordinal] ?? -1;
  const a = countCodes(open, sides.a.records, operations, codeOf);
  const b = countCodes(open, sides.b.records, operations, codeOf);
  checkpoint();
  const frequency = frequencies(sides, a, b, sliceCodes(open, sides.a, operations, codeOf));
  const before = spansOf(open, table, sides.a.records);
  const after = spansOf(open, table, sides.b.records);
  return table.operations.flatMap(({ service, name }, operation): Difference[] => {
    const counts = [a.count[operation] ?? 0, b.count[operation] ?? 0] as const;
    if (counts[0] + counts[1] === 0) return [];
    const owner = service === null ? "" : ` ${printTerm("service", service)}`;
    const of = {
      field: service,
      name,
      unit: null,
      level: 0,
      term: `kind:span${owner} ${printTerm("name", name)}`,
    } as const;
    const errors = [before.errors[operation] ?? 0, after.errors[operation] ?? 0] as const;
    const found: Difference[] = [latency(of, before.durations.of(operation), after.durations.of(operation))];
    if (!sides.decided.has("level")) {
      const failures = { a: shareOf(errors[0], counts[0]), b: shareOf(errors[1], counts[1]) };
      found.push({
        ...of,
        kind: "errors",
        measure: "share",
        ...failures,
        level: Level.error,
        effect: compareShares(failures.a, failures.b),
        term: `${of.term} level>=error`,
      });
    }
    if (sides.areRates) found.push({ ...of, kind: "calls", ...frequency(operation) });
    return found;
  });
}

/** Of the median and the 95th percentile, the one that differs more for certain. */
function latency(
  of: Pick<Difference, "field" | "name" | "unit" | "level" | "term">,
  a: Float64Array,
  b: Float64Array,
): Difference {
  const middle = compareQuantiles(a, b, 0.5);
  const tail = compareQuantiles(a, b, 0.95);
  const isTail = Math.abs(tail.atLeast) > Math.abs(middle.atLeast);
  const measured = (sorted: Float64Array) => ({
    count: sorted.length,
    of: sorted.length,
    value: quantileOfSorted(sorted, isTail ? 0.95 : 0.5),
  });
  const effect: Effect = isTail ? tail : middle;
  return { ...of, kind: "latency", measure: isTail ? "p95" : "p50", a: measured(a), b: measured(b), effect };
}

function spansOf({ index }: OpenCase, table: SpanTable, records: Ordinals) {
  const operations = table.operations.length;
  const isChosen = new Uint8Array(index.count);
  for (const part of records.parts()) for (const ordinal of part) isChosen[ordinal] = 1;
  const errors = new Uint32Array(operations);
  const group = table.operation.map((operation, span) => {
    if (isChosen[table.ordinal[span] ?? 0] === 0) return NONE;
    if (operation < operations) errors[operation] = (errors[operation] ?? 0) + (table.failed[span] ?? 0);
    return operation;
  });
  return { errors, durations: groupedValues(group, table.duration, operations) };
}

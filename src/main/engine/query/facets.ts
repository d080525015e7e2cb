// What the selected rows, records and events, are made of: a value's count is the number of rows that a click on it
// leaves.
import { kindName } from "../../../shared/model/record.ts";
import { SEVERITY_OF_LEVEL } from "../../../shared/model/level.ts";
import { SEVERITIES, severityRank } from "../../../shared/model/severity.ts";
import type { QueryContext } from "./query-context.ts";
import { RecordCounts } from "./record-counts.ts";
import type { Selected } from "./selected.ts";

export interface Facet {
  readonly field: "service" | "severity" | "source" | "kind";
  readonly distinct: number;
  readonly values: { readonly value: string; readonly label: string; readonly count: number }[];
}

export function facets(context: QueryContext, selected: Selected, limit: number): Facet[] {
  const { index, wholeCounts } = context;
  const { events, hiddenSamples } = selected;
  const counts = selected.isWhole ? wholeCounts.of(hiddenSamples === 0) : RecordCounts.of(index, selected.inAnyOrder);
  const { byService, byLevel, byKind, bySegment } = counts;
  const services = new Tally();
  byService.forEach((records, id) => services.add(index.services[id] ?? null, records));
  const severities = new Tally();
  byLevel.forEach((records, code) => severities.add(SEVERITY_OF_LEVEL[code] ?? "LOW", records));
  const kinds = new Tally();
  byKind.forEach((records, code) => kinds.add(kindName(code), records));
  const sources = new Tally();
  const pathOf = (sourceId: number): string | null => context.source(sourceId)?.path ?? null;
  bySegment.forEach((records, number) => sources.add(pathOf(index.sourceOf[number] ?? 0), records));
  for (const event of events) {
    services.add(event.service, 1);
    severities.add(event.severity, 1);
    kinds.add("event", 1);
    if (event.reference !== null) sources.add(pathOf(event.reference.sourceId), 1);
  }
  return [
    services.facet("service", limit),
    severities.facet("severity", limit, (a, b) => rankOf(a) - rankOf(b)),
    sources.facet("source", limit),
    kinds.facet("kind", limit),
  ];
}

const rankOf = (severity: string): number => severityRank(SEVERITIES.find((known) => known === severity) ?? "INFO");

/** Counts by value; what has none is not counted. */
class Tally {
  readonly #counts = new Map<string, number>();

  add(value: string | null, rows: number): void {
    if (value !== null && rows > 0) this.#counts.set(value, (this.#counts.get(value) ?? 0) + rows);
  }

  facet(field: Facet["field"], limit: number, order?: (a: string, b: string) => number): Facet {
    const values = [...this.#counts].sort(
      ([a, rowsA], [b, rowsB]) => (order?.(a, b) ?? rowsB - rowsA) || (a < b ? -1 : 1),
    );
    return {
      field,
      distinct: values.length,
      values: values.slice(0, limit).map(([value, rows]) => ({ value, label: value, count: rows })),
    };
  }
}

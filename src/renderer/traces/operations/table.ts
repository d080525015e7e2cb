/** The rows of the table of operations: which fit what was typed, and in which order. */
import type { OperationRow } from "../../../shared/contract/traces.ts";
import type { Sort } from "../../ui/data-grid.tsx";

const VALUES: Readonly<Record<string, (row: OperationRow) => number | string>> = {
  service: ({ service }) => service ?? "",
  name: ({ name }) => name,
  count: ({ count }) => count,
  rate: ({ perSecond }) => perSecond ?? 0,
  errors: ({ errors, count }) => errors / Math.max(1, count),
  p50: ({ p50 }) => p50,
  p95: ({ p95 }) => p95,
  p99: ({ p99 }) => p99,
  self: ({ self }) => self,
};

/** Every word must stand in the service or the name, whatever its case. Equal rows stay in the order of their self time. */
export function shownRows(rows: readonly OperationRow[], typed: string, sort: Sort): OperationRow[] {
  const words = typed.toLowerCase().split(/\s+/u).filter(Boolean);
  const fits = ({ service, name }: OperationRow): boolean => {
    const text = `${service ?? ""} ${name}`.toLowerCase();
    return words.every((word) => text.includes(word));
  };
  const valueOf = VALUES[sort.column] ?? VALUES["self"];
  const direction = sort.descending ? -1 : 1;
  return rows
    .filter(fits)
    .sort(
      (a, b) => direction * compare(valueOf?.(a) ?? 0, valueOf?.(b) ?? 0) || b.self - a.self || compare(a.name, b.name),
    );
}

function compare(a: number | string, b: number | string): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0;
}

/** What a person asks first of a column of numbers is its largest; of names, the first. */
export const firstSort = (column: string): Sort => ({ column, descending: column !== "service" && column !== "name" });

/** From a difference to its records: filter and brush, or the chart of its series. */
import type { DifferenceRow } from "../../shared/contract/compare.ts";
import { showSeries } from "../anomalies/store.ts";
import { showView } from "../state/layout.ts";
import { look, setFilter, setSamples, useSelection } from "../state/selection.ts";
import { useComparison } from "./store.ts";

/** The records of a difference in one of the windows, on the timeline. */
export function showRecords(row: DifferenceRow, side: "a" | "b"): void {
  const { asked } = useComparison.getState();
  if (asked === null || row.filter === null) return;
  const { from, to } = asked[side];
  const kept = asked.filter === "" || (side === "a" && asked.against !== "same") ? "" : `(${asked.filter}) `;
  setFilter(`${kept}${row.filter}`);
  if (row.kind === "metric") setSamples(true);
  if (from !== null && to !== null) {
    const { window } = useSelection.getState();
    const isInSight = window === null || (from >= window.from && to <= window.to);
    look({ brush: { from, to }, ...(isInSight ? {} : { window: null }) });
  } else look({ brush: null });
  showView("timeline");
}

/** Where it is: what is gone is looked at in A. */
export const sideOf = ({ b }: DifferenceRow): "a" | "b" => (b.count === 0 ? "a" : "b");

export function openRow(row: DifferenceRow): void {
  if (row.kind !== "metric") return showRecords(row, sideOf(row));
  showSeries({ service: row.field, name: row.name });
  showView("anomalies");
  return undefined;
}

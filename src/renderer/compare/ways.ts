/** From a difference to its records: filter and brush, or the chart of its series. */
import type { DifferenceRow } from "../../shared/contract/compare.ts";
import { showSeries } from "../anomalies/store.ts";
import { goTo, setSamples, useSelection } from "../state/selection.ts";
import { useComparison } from "./store.ts";

/** The records of a difference in one of the windows, on the timeline. */
export function showRecords(row: DifferenceRow, side: "a" | "b"): void {
  const { asked } = useComparison.getState();
  if (asked === null || row.filter === null) return;
  const { from, to } = asked[side];
  const kept = asked.filter === "" || (side === "a" && asked.against !== "same") ? "" : `(${asked.filter}) `;
  const brush = from === null || to === null ? null : { from, to };
  const { window } = useSelection.getState();
  const isInSight = brush === null || window === null || (brush.from >= window.from && brush.to <= window.to);
  goTo({ view: "timeline", filter: `${kept}${row.filter}`, brush, ...(isInSight ? {} : { window: null }) });
  if (row.kind === "metric") setSamples(true);
}

/** Where it is: what is gone is looked at in A. */
export const sideOf = ({ b }: DifferenceRow): "a" | "b" => (b.count === 0 ? "a" : "b");

export function openRow(row: DifferenceRow): void {
  if (row.kind !== "metric") return showRecords(row, sideOf(row));
  goTo({ view: "anomalies" });
  showSeries({ service: row.field, name: row.name });
  return undefined;
}

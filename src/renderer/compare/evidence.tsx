/** The chosen difference in a sentence, with its counts on both sides and the ways to its records. */
import { Activity, GanttChart } from "lucide-react";
import type { ReactNode } from "react";
import type { DifferenceRow, MeasuredSide } from "../../shared/contract/compare.ts";
import { formatCount } from "../../shared/text/number.ts";
import { visibleLine } from "../../shared/text/visible.ts";
import { Button } from "../ui/button.tsx";
import { openRow, showRecords } from "./ways.ts";

const counted = ({ count, of }: MeasuredSide): string =>
  count === of ? formatCount(count) : `${formatCount(count)} of ${formatCount(of)}`;

export function Evidence({ row }: { readonly row: DifferenceRow | undefined }): ReactNode {
  if (row === undefined) return null;
  const { kind, text, a, b, also, chance, filter } = row;
  return (
    <footer className="comparison-evidence" role="region" aria-label="Evidence" aria-live="polite">
      <p className="selectable">{visibleLine(text)}</p>
      <p className="second selectable">
        {counted(a)} in A, {counted(b)} in B.{" "}
        {chance < 1e-6
          ? "Less than one in a million by chance."
          : `By chance once in ${formatCount(Math.round(1 / chance))}.`}
        {also.length > 0 && ` The same records have ${also.slice(0, 4).map(visibleLine).join(", ")}.`}
      </p>
      <div className="comparison-ways">
        {kind === "metric" && (
          <Button icon={Activity} onClick={() => openRow(row)}>
            Show the series
          </Button>
        )}
        <Button icon={GanttChart} disabled={filter === null || b.count === 0} onClick={() => showRecords(row, "b")}>
          Show in B
        </Button>
        <Button icon={GanttChart} disabled={filter === null || a.count === 0} onClick={() => showRecords(row, "a")}>
          Show in A
        </Button>
      </div>
    </footer>
  );
}

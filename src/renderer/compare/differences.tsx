/** The ranked differences, and what the chosen one rests on. */
import { GitCompareArrows } from "lucide-react";
import type { ReactNode } from "react";
import type { DifferenceRow } from "../../shared/contract/compare.ts";
import { formatCount } from "../../shared/text/number.ts";
import { visibleLine } from "../../shared/text/visible.ts";
import { Cell, DataGrid, type Column } from "../ui/data-grid.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { Evidence } from "./evidence.tsx";
import { barsOf, changeText, KIND_NAMES, valueText } from "./figures.ts";
import { differenceMenu } from "./menu.ts";
import { rowsOf, useComparison, type Comparison } from "./store.ts";
import { openRow } from "./ways.ts";

const COLUMNS: readonly Column[] = [
  { id: "kind", title: "Kind" },
  { id: "what", title: "What differs" },
  { id: "a", title: "A", end: true, hint: "How it was" },
  { id: "bars", title: "" },
  { id: "b", title: "B", hint: "What is asked about" },
  { id: "change", title: "Change", end: true },
  { id: "score", title: "Score", end: true, hint: "Doublings of the odds that are certain, weighed by gravity" },
];

export function Differences({ answer }: { readonly answer: Comparison }): ReactNode {
  const state = useComparison();
  const rows = rowsOf(state);
  if (rows.length === 0) {
    return (
      <EmptyState
        icon={GitCompareArrows}
        title={answer.found === 0 ? "Nothing differs for certain" : "All kinds are hidden"}
      >
        {answer.found === 0
          ? "What differs between the windows may be chance. Select longer ranges on the timeline, or other ones."
          : "Switch on a kind above."}
      </EmptyState>
    );
  }
  const cursor = Math.min(state.cursor, rows.length - 1);
  return (
    <>
      <DataGrid
        label="Differences, what differs most for certain first"
        className="comparison-grid"
        columns={COLUMNS}
        count={rows.length}
        cursor={cursor}
        onCursor={(next) => useComparison.setState({ cursor: next })}
        onOpen={(index) => {
          const row = rows[index];
          if (row !== undefined) openRow(row);
        }}
        menuOf={(index) => {
          const row = rows[index];
          return row === undefined ? [] : differenceMenu(row);
        }}
        renderCells={(index) => <Cells row={rows[index]} />}
      />
      <Evidence row={rows[Math.max(0, cursor)]} />
    </>
  );
}

function nameOf({ kind, field, name }: DifferenceRow): ReactNode {
  if (field === null) return visibleLine(name);
  if (kind !== "attribute") {
    return (
      <span className="comparison-owned">
        <span className="second">{visibleLine(field)}</span> <span>{visibleLine(name)}</span>
      </span>
    );
  }
  return (
    <>
      <span className="second">{visibleLine(field)}</span>
      {" = "}
      {visibleLine(name)}
    </>
  );
}

function Cells({ row }: { readonly row: DifferenceRow | undefined }): ReactNode {
  if (row === undefined) return null;
  const [a, b] = barsOf(row);
  const isGrave = row.level >= 5 && row.doublings > 0;
  return (
    <>
      <Cell column="kind" className="second">
        {row.measure === "p50" || row.measure === "p95" ? row.measure : KIND_NAMES[row.kind][0]}
      </Cell>
      <Cell column="what" className={isGrave ? "comparison-grave" : ""} title={row.text}>
        {nameOf(row)}
      </Cell>
      <Cell column="a" end title={formatCount(row.a.count)}>
        {valueText(row, row.a)}
      </Cell>
      <Cell column="bars">
        <span className="comparison-bars" aria-hidden>
          <span data-side="a" style={{ width: `${a * 100}%` }} />
          <span data-side="b" style={{ width: `${b * 100}%` }} />
        </span>
      </Cell>
      <Cell column="b" title={formatCount(row.b.count)}>
        {valueText(row, row.b)}
      </Cell>
      <Cell column="change" end>
        {changeText(row)}
      </Cell>
      <Cell column="score" end>
        {row.score.toFixed(1)}
      </Cell>
    </>
  );
}

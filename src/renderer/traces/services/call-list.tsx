/** The calls between services as a table: all of them, or those of the chosen service. */
import { useMemo, useState, type ReactNode } from "react";
import type { CallRow } from "../../../shared/contract/traces.ts";
import { formatCount } from "../../../shared/text/number.ts";
import { visibleLine } from "../../../shared/text/visible.ts";
import { Button } from "../../ui/button.tsx";
import { Cell, DataGrid, type Column, type Sort } from "../../ui/data-grid.tsx";
import { FIGURE_COLUMNS, FigureCells, errorRate } from "../figure-cells.tsx";
import { showTracesOf } from "../store.ts";
import type { Graph } from "./service-graph.tsx";

interface CallListProps {
  readonly graph: Graph;
  readonly chosen: string | null;
  readonly onChoose: (service: string | null) => void;
  /** Under the graph, where it has less room. */
  readonly beside: boolean;
}

const COLUMNS: readonly Column[] = [
  { id: "from", title: "Caller" },
  { id: "to", title: "Called" },
  { id: "count", title: "Calls", end: true },
  ...FIGURE_COLUMNS,
];

const VALUES: Readonly<Record<string, (row: CallRow) => number | string>> = {
  from: ({ from }) => from,
  to: ({ to }) => to,
  count: ({ count }) => count,
  errors: errorRate,
  p50: ({ p50 }) => p50,
  p95: ({ p95 }) => p95,
  p99: ({ p99 }) => p99,
};

export function CallList({ graph, chosen, onChoose, beside }: CallListProps): ReactNode {
  const [sort, setSort] = useState<Sort>({ column: "count", descending: true });
  const [cursor, setCursor] = useState(-1);
  const rows = useMemo(() => sorted(graph.calls, chosen, sort), [graph, chosen, sort]);
  return (
    <section className={`service-calls${beside ? " beside" : ""}`} aria-label="Calls">
      {chosen !== null && (
        <div className="service-calls-head">
          <span className="selectable">{visibleLine(chosen)}</span>
          <span className="spacer" />
          <Button onClick={() => showTracesOf(chosen)}>Traces of this service</Button>
          <Button onClick={() => onChoose(null)}>All calls</Button>
        </div>
      )}
      <DataGrid
        label="Calls between services"
        className="call-grid"
        columns={COLUMNS}
        count={rows.length}
        cursor={Math.min(cursor, rows.length - 1)}
        onCursor={setCursor}
        onOpen={(index) => onChoose(rows[index]?.to ?? null)}
        sort={sort}
        onSort={(column) =>
          setSort((before) => ({
            column,
            descending: before.column === column ? !before.descending : column !== "from" && column !== "to",
          }))
        }
        renderCells={(index) => <Cells row={rows[index]} />}
      />
    </section>
  );
}

function sorted(calls: readonly CallRow[], chosen: string | null, { column, descending }: Sort): CallRow[] {
  const valueOf = VALUES[column] ?? VALUES["count"];
  const direction = descending ? -1 : 1;
  return calls
    .filter(({ from, to }) => chosen === null || from === chosen || to === chosen)
    .sort((a, b) => {
      const [x, y] = [valueOf?.(a) ?? 0, valueOf?.(b) ?? 0];
      return direction * (x < y ? -1 : x > y ? 1 : 0) || b.count - a.count;
    });
}

function Cells({ row }: { readonly row: CallRow | undefined }): ReactNode {
  if (row === undefined) return null;
  return (
    <>
      <Cell column="from" title={row.from}>
        {visibleLine(row.from)}
      </Cell>
      <Cell column="to" title={row.to}>
        {visibleLine(row.to)}
      </Cell>
      <Cell column="count" end>
        {formatCount(row.count)}
      </Cell>
      <FigureCells {...row} />
    </>
  );
}

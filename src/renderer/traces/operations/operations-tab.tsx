/** Every operation of every service in the looked-at range: how often, how fast, how well, and what share of the work it did. */
import { ListTree, Search } from "lucide-react";
import { useMemo, useState, type ReactNode } from "react";
import type { OperationRow } from "../../../shared/contract/traces.ts";
import { call } from "../../bridge.ts";
import { formatCount, formatCountOf } from "../../../shared/text/number.ts";
import { visibleLine } from "../../../shared/text/visible.ts";
import { useQuery } from "../../state/query.ts";
import { Cell, DataGrid, type Column, type Sort } from "../../ui/data-grid.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { FailedState } from "../../ui/failed-state.tsx";
import { SkeletonLines } from "../../ui/skeleton.tsx";
import { FIGURE_COLUMNS, FigureCells, rateText, shareText } from "../figure-cells.tsx";
import { showTracesOf } from "../store.ts";
import { useSelected } from "../use-selected.ts";
import { firstSort, shownRows } from "./table.ts";
import "./operations.css";

const COLUMNS: readonly Column[] = [
  { id: "service", title: "Service" },
  { id: "name", title: "Operation" },
  { id: "count", title: "Count", end: true },
  { id: "rate", title: "Rate", end: true, hint: "Over the looked-at range" },
  ...FIGURE_COLUMNS,
  { id: "self", title: "Self time", end: true, hint: "Share of all the time in which no child ran" },
];

export function OperationsTab(): ReactNode {
  const { selection, key } = useSelected();
  const query = useQuery(key, () => call("traces.operations", { selection }));
  const [typed, setTyped] = useState("");
  const [sort, setSort] = useState<Sort>({ column: "self", descending: true });
  const [cursor, setCursor] = useState(-1);
  const rows = useMemo(
    () => (query.data === null ? null : shownRows(query.data.operations, typed, sort)),
    [query.data, typed, sort],
  );
  const onSort = (column: string): void =>
    setSort((before) => (before.column === column ? { column, descending: !before.descending } : firstSort(column)));
  return (
    <>
      <div className="trace-toolbar">
        <label className="operation-search">
          <Search size={13} aria-hidden />
          <input
            className="field"
            type="search"
            placeholder="Service or operation"
            aria-label="Find operations"
            spellCheck={false}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        </label>
        <span className="spacer" />
        <span className="trace-count" role="status">
          {query.data === null || rows === null
            ? ""
            : `${formatCountOf(rows.length, "operation")} · ${formatCountOf(query.data.spans, "span")}`}
        </span>
      </div>
      {rows === null ? (
        query.failure === null ? (
          <SkeletonLines count={12} />
        ) : (
          <FailedState title="The operations could not be counted" failure={query.failure} retry={query.retry} />
        )
      ) : rows.length === 0 ? (
        <EmptyState icon={ListTree} title="No operations">
          {typed === "" ? "No span of the case fits the filter and the looked-at range." : "None has these words."}
        </EmptyState>
      ) : (
        <DataGrid
          label="Operations"
          className="operation-grid"
          columns={COLUMNS}
          count={rows.length}
          cursor={Math.min(cursor, rows.length - 1)}
          onCursor={setCursor}
          onOpen={(index) => showTracesOf(rows[index]?.service ?? null)}
          sort={sort}
          onSort={onSort}
          renderCells={(index) => <Cells row={rows[index]} />}
        />
      )}
    </>
  );
}

function Cells({ row }: { readonly row: OperationRow | undefined }): ReactNode {
  if (row === undefined) return null;
  const service = visibleLine(row.service ?? "no service");
  const name = visibleLine(row.name);
  return (
    <>
      <Cell column="service" className={row.service === null ? "nothing" : ""} title={service}>
        {service}
      </Cell>
      <Cell column="name" title={name}>
        {name}
      </Cell>
      <Cell column="count" end>
        {formatCount(row.count)}
      </Cell>
      <Cell column="rate" end>
        {rateText(row.perSecond)}
      </Cell>
      <FigureCells {...row} />
      <Cell column="self" end className="operation-self">
        <span className="operation-share" aria-hidden>
          <span style={{ width: `${row.selfShare * 100}%` }} />
        </span>
        {shareText(row.selfShare)}
      </Cell>
    </>
  );
}

/** Two traces as one tree of paths: what only one of them has, and what takes longer. */
import { ArrowLeftRight, Diff } from "lucide-react";
import { useId, useState, type ReactNode } from "react";
import type { CallOutput } from "../../../shared/contract.ts";
import type { PathRow } from "../../../shared/contract/traces.ts";
import { call } from "../../bridge.ts";
import { formatDuration, formatOffset } from "../../../shared/text/duration.ts";
import { formatCount, formatCountOf } from "../../../shared/text/number.ts";
import { visibleLine } from "../../../shared/text/visible.ts";
import { useRevision } from "../../state/case.ts";
import { useQuery } from "../../state/query.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { Cell, DataGrid, type Column } from "../../ui/data-grid.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { FailedState } from "../../ui/failed-state.tsx";
import { SkeletonLines } from "../../ui/skeleton.tsx";
import { openTrace, showTab, useTraces } from "../store.ts";
import { useCompare } from "./store.ts";

const COLUMNS: readonly Column[] = [
  { id: "change", title: "Change" },
  { id: "path", title: "Service and operation" },
  { id: "countA", title: "Spans A", end: true },
  { id: "countB", title: "Spans B", end: true },
  { id: "a", title: "Time A", end: true, hint: "Of all spans at the path" },
  { id: "b", title: "Time B", end: true, hint: "Of all spans at the path" },
  { id: "delta", title: "Difference", end: true },
  { id: "self", title: "Self time", end: true, hint: "Difference of the time in which no child ran" },
];

const INDENT = 12;
const DEEPEST_INDENT = 16;

export function TraceComparison({ kinds }: { readonly kinds: ReactNode }): ReactNode {
  const { a, b } = useCompare();
  const revision = useRevision();
  const key = a === "" || b === "" || revision === null ? null : `${revision} ${a} ${b}`;
  const query = useQuery(key, () => call("traces.compare", { a, b }));
  return (
    <>
      <div className="trace-toolbar compare-toolbar">
        {kinds}
        <TraceChoice title="A" value={a} onValue={(id) => useCompare.setState({ a: id })} />
        <IconButton
          icon={ArrowLeftRight}
          label="Swap the traces"
          onClick={() => useCompare.setState(({ a: first, b: second }) => ({ a: second, b: first }))}
        />
        <TraceChoice title="B" value={b} onValue={(id) => useCompare.setState({ b: id })} />
        <span className="spacer" />
        {query.data !== null && key !== null && (
          <span className="trace-count" role="status">
            {`${formatCountOf(query.data.rows.length, "path")} · ${formatDuration(query.data.a.duration)} → ${formatDuration(query.data.b.duration)}`}
          </span>
        )}
      </div>
      {key === null ? (
        <EmptyState
          icon={Diff}
          title="Choose two traces"
          actions={<Button onClick={() => showTab("traces")}>All traces</Button>}
        >
          Press x on two traces of the list, or write their ids above.
        </EmptyState>
      ) : query.failure !== null ? (
        <FailedState title="The traces could not be compared" failure={query.failure} retry={query.retry} />
      ) : query.data === null ? (
        <SkeletonLines count={12} />
      ) : (
        <Paths answer={query.data} />
      )}
    </>
  );
}

interface TraceChoiceProps {
  readonly title: string;
  readonly value: string;
  readonly onValue: (traceId: string) => void;
}

/** Of the list, those that it shows; any other by its id. */
function TraceChoice({ title, value, onValue }: TraceChoiceProps): ReactNode {
  const listed = useTraces((state) => state.listed);
  const id = useId();
  return (
    <label className="compare-trace">
      <span className="compare-side">{title}</span>
      <input
        className="field mono"
        list={id}
        placeholder="trace id"
        spellCheck={false}
        value={value}
        onChange={(event) => onValue(event.target.value.trim())}
      />
      <datalist id={id}>
        {listed.slice(0, 200).map((trace) => (
          <option key={trace.traceId} value={trace.traceId}>
            {`${trace.service ?? ""} ${trace.name} · ${formatDuration(trace.duration)}`}
          </option>
        ))}
      </datalist>
    </label>
  );
}

function Paths({ answer }: { readonly answer: CallOutput<"traces.compare"> }): ReactNode {
  const [cursor, setCursor] = useState(-1);
  const { rows, a, b } = answer;
  return (
    <DataGrid
      label="Paths of both traces"
      className="path-grid"
      columns={COLUMNS}
      count={rows.length}
      cursor={Math.min(cursor, rows.length - 1)}
      onCursor={setCursor}
      onOpen={(index) => {
        const row = rows[index];
        if (row !== undefined) openTrace(row.b === null ? a.traceId : b.traceId, row.refB ?? row.refA);
      }}
      renderCells={(index) => <Cells row={rows[index]} whole={Math.max(a.duration, b.duration)} />}
    />
  );
}

/** Of the longer trace; a path that differs by less is called the same. */
const LEAST_SHARE = 0.01;

type Change = "only A" | "only B" | "slower" | "faster" | "fails" | "";

export function changeOf({ a, b }: Pick<PathRow, "a" | "b">, whole: number): Change {
  if (a === null) return "only B";
  if (b === null) return "only A";
  if (b.failed > 0 && a.failed === 0) return "fails";
  const delta = b.duration - a.duration;
  if (Math.abs(delta) < whole * LEAST_SHARE) return "";
  return delta > 0 ? "slower" : "faster";
}

function Cells({ row, whole }: { readonly row: PathRow | undefined; readonly whole: number }): ReactNode {
  if (row === undefined) return null;
  const { a, b } = row;
  const change = changeOf(row, whole);
  const delta = (b?.duration ?? 0) - (a?.duration ?? 0);
  const self = (b?.self ?? 0) - (a?.self ?? 0);
  return (
    <>
      <Cell column="change" className={`path-change ${change.replace(" ", "-")}`}>
        {change}
      </Cell>
      <Cell column="path" title={`${row.service ?? "no service"} ${row.name}`}>
        <span style={{ paddingInlineStart: Math.min(row.depth, DEEPEST_INDENT) * INDENT }}>
          <span className="trace-service">{visibleLine(row.service ?? "no service")}</span> {visibleLine(row.name)}
        </span>
      </Cell>
      <Cell column="countA" end className={a === null ? "nothing" : ""}>
        {a === null ? "–" : formatCount(a.count)}
      </Cell>
      <Cell column="countB" end className={b === null ? "nothing" : ""}>
        {b === null ? "–" : formatCount(b.count)}
      </Cell>
      <Cell column="a" end className={a === null ? "nothing" : ""}>
        {a === null ? "–" : formatDuration(a.duration)}
      </Cell>
      <Cell column="b" end className={b === null ? "nothing" : ""}>
        {b === null ? "–" : formatDuration(b.duration)}
      </Cell>
      <Cell column="delta" end className={change === "" ? "nothing" : ""}>
        {formatOffset(delta)}
      </Cell>
      <Cell column="self" end className={Math.abs(self) < whole * LEAST_SHARE ? "nothing" : ""}>
        {formatOffset(self)}
      </Cell>
    </>
  );
}

/** What changed between two windows: operations that fail more often, take longer or are called more, the surest first. */
import { Diff } from "lucide-react";
import { useState, type ReactNode } from "react";
import type { ComparedOperation } from "../../../shared/contract/traces.ts";
import { call } from "../../bridge.ts";
import { formatDuration } from "../../../shared/text/duration.ts";
import { formatCountOf } from "../../../shared/text/number.ts";
import { formatRange } from "../../../shared/text/time.ts";
import { visibleLine } from "../../../shared/text/visible.ts";
import { useCase, useRevision } from "../../state/case.ts";
import { useQuery } from "../../state/query.ts";
import { listedRange, useSelection, type TimeRange } from "../../state/selection.ts";
import { useSuspects } from "../../suspects/store.ts";
import { useZone } from "../../state/zone.ts";
import { Button } from "../../ui/button.tsx";
import { Cell, DataGrid, type Column } from "../../ui/data-grid.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { FailedState } from "../../ui/failed-state.tsx";
import { SkeletonLines } from "../../ui/skeleton.tsx";
import { errorRate, rateText, shareText } from "../figure-cells.tsx";
import { showTracesOf } from "../store.ts";
import { useCompare, windowsOf } from "./store.ts";

const COLUMNS: readonly Column[] = [
  { id: "change", title: "Change", hint: "Only what is certain: four standard errors and more" },
  { id: "service", title: "Service" },
  { id: "name", title: "Operation" },
  { id: "rate", title: "Calls", end: true },
  { id: "errors", title: "Errors", end: true },
  { id: "p50", title: "p50", end: true },
  { id: "p95", title: "p95", end: true },
  { id: "score", title: "Score", end: true, hint: "The surest difference, in standard errors" },
];

export function WindowComparison({ kinds }: { readonly kinds: ReactNode }): ReactNode {
  const chosen = useCompare();
  const looked = useSelection(listedRange);
  const first = useCase((state) => state.info?.from ?? 0);
  const revision = useRevision();
  const zone = useZone((state) => state.zone);
  const incident = useSuspects((state) => state.verdict?.windows ?? null);
  const wanted = windowsOf(chosen, looked, first, incident);
  const key = revision === null ? null : `${revision} ${JSON.stringify(wanted)}`;
  const query = useQuery(key, () => call("traces.compareWindows", { windows: wanted }));
  const [cursor, setCursor] = useState(-1);
  const rows = query.data?.operations ?? null;
  const windows = wanted ?? query.data?.windows;
  const changed = rows?.filter(({ score }) => score > 0).length ?? 0;
  const use = (side: "before" | "after"): void => {
    if (looked !== null) useCompare.setState({ [side]: looked });
  };
  const rangeText = (range: TimeRange | undefined): string =>
    range === undefined ? "–" : formatRange(range.from, range.to, zone);
  return (
    <>
      <div className="trace-toolbar compare-toolbar">
        {kinds}
        <WindowChoice
          title="Before"
          text={rangeText(windows?.before)}
          onUse={looked === null ? null : () => use("before")}
        />
        <WindowChoice
          title="After"
          text={rangeText(windows?.after)}
          onUse={looked === null ? null : () => use("after")}
        />
        {(chosen.before !== null || chosen.after !== null) && (
          <Button onClick={() => useCompare.setState({ before: null, after: null })}>Follow the look</Button>
        )}
        <span className="spacer" />
        <span className="trace-count" role="status">
          {rows === null ? "" : `${changed} of ${formatCountOf(rows.length, "operation")} changed`}
        </span>
      </div>
      {rows === null ? (
        query.failure === null ? (
          <SkeletonLines count={12} />
        ) : (
          <FailedState title="The windows could not be compared" failure={query.failure} retry={query.retry} />
        )
      ) : rows.length === 0 ? (
        <EmptyState icon={Diff} title="Neither window holds a span">
          Select other ranges on the timeline and use them as before and after.
        </EmptyState>
      ) : (
        <DataGrid
          label="Operations in both windows"
          className="window-grid"
          columns={COLUMNS}
          count={rows.length}
          cursor={Math.min(cursor, rows.length - 1)}
          onCursor={setCursor}
          onOpen={(index) => showTracesOf(rows[index]?.service ?? null)}
          renderCells={(index) => <Cells row={rows[index]} />}
        />
      )}
    </>
  );
}

interface WindowChoiceProps {
  readonly title: string;
  readonly text: string;
  /** Null while no range is looked at. */
  readonly onUse: (() => void) | null;
}

function WindowChoice({ title, text, onUse }: WindowChoiceProps): ReactNode {
  return (
    <span className="compare-window">
      <span className="compare-side">{title}</span>
      <span className="selectable">{text}</span>
      {onUse !== null && (
        <Button tone="quiet" onClick={onUse} title="Takes the range that is selected on the timeline">
          Set
        </Button>
      )}
    </span>
  );
}

/** "errors ▲": what changed and which way. */
function changesOf({ changes, difference, before, after }: ComparedOperation): string {
  if (before.count === 0) return "new";
  if (after.count === 0) return "gone";
  const words = { errors: "errors", latency: "latency", rate: "calls" } as const;
  return changes.map((what) => `${words[what]} ${difference[what] > 0 ? "▲" : "▼"}`).join(", ");
}

function Cells({ row }: { readonly row: ComparedOperation | undefined }): ReactNode {
  if (row === undefined) return null;
  const { before, after, changes } = row;
  const isWorse = changes.some((what) => what !== "rate" && row.difference[what] > 0);
  const pair = (id: string, changed: boolean, from: string, to: string): ReactNode => (
    <Cell column={id} end className={changed ? "changed" : ""} title={`${from} before, ${to} after`}>
      {from === to ? to : `${from} → ${to}`}
    </Cell>
  );
  const of = (side: typeof before, value: (side: typeof before) => string): string =>
    side.count === 0 ? "–" : value(side);
  return (
    <>
      <Cell
        column="change"
        title={changesOf(row)}
        className={isWorse ? "trace-failures" : changes.length > 0 ? "" : "nothing"}
      >
        {row.score > 0 ? changesOf(row) : "none"}
      </Cell>
      <Cell column="service" title={row.service ?? "no service"}>
        {visibleLine(row.service ?? "no service")}
      </Cell>
      <Cell column="name" title={row.name}>
        {visibleLine(row.name)}
      </Cell>
      {pair(
        "rate",
        changes.includes("rate"),
        rateText(before.perSecond, after.perSecond),
        rateText(after.perSecond, before.perSecond),
      )}
      {pair(
        "errors",
        changes.includes("errors"),
        of(before, (side) => shareText(errorRate(side))),
        of(after, (side) => shareText(errorRate(side))),
      )}
      {pair(
        "p50",
        changes.includes("latency"),
        of(before, ({ p50 }) => formatDuration(p50)),
        of(after, ({ p50 }) => formatDuration(p50)),
      )}
      {pair(
        "p95",
        false,
        of(before, ({ p95 }) => formatDuration(p95)),
        of(after, ({ p95 }) => formatDuration(p95)),
      )}
      <Cell column="score" end className={row.score > 0 ? "" : "nothing"}>
        {row.score > 0 ? row.score.toFixed(1) : "–"}
      </Cell>
    </>
  );
}

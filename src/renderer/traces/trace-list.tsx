/** Every trace that began in the looked-at range, ordered by what a person asks first: which took longest. */
import { ArrowDown, ArrowUp, CircleAlert, Waypoints } from "lucide-react";
import { useCallback, useEffect, useId, useRef, type KeyboardEvent, type ReactNode } from "react";
import { call } from "../bridge.ts";
import { useRegistered } from "../commands/registry.ts";
import { formatCount, formatCountOf } from "../../shared/text/number.ts";
import { visibleLine } from "../../shared/text/visible.ts";
import { formatDate, formatRange } from "../../shared/text/time.ts";
import { useCase, useRevision } from "../state/case.ts";
import { useRowHeight } from "../state/layout.ts";
import { useQuery } from "../state/query.ts";
import { fit, listedRange, setFilter, useSelection } from "../state/selection.ts";
import { rowIndexOf, useMenu } from "../menu/places.ts";
import { useZone } from "../state/zone.ts";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import type { RowRange } from "../ui/scroller.ts";
import { useRevealed } from "../ui/use-revealed.ts";
import { VirtualList, type VirtualListHandle } from "../ui/virtual-list.tsx";
import { listCommands } from "./commands.ts";
import { traceMenu } from "./menu.ts";
import { openTrace, useTraces, type TraceFilter, type TraceOrder } from "./store.ts";
import { useTracePages } from "./trace-pages.ts";
import { TraceRow, WaitingRow, traceRowId } from "./trace-row.tsx";

const FILTERS: readonly { readonly only: TraceFilter; readonly title: string }[] = [
  { only: "all", title: "All" },
  { only: "slow", title: "Slow" },
  { only: "failed", title: "Failed" },
];

/** Rows before the end at which the next page is asked for. */
const AHEAD = 60;

export function TraceList(): ReactNode {
  useRegistered(listCommands);
  const { only, order, service, currentId } = useTraces();
  const from = useSelection((state) => listedRange(state)?.from ?? null);
  const to = useSelection((state) => listedRange(state)?.to ?? null);
  const zone = useZone((state) => state.zone);
  const revision = useRevision();
  const rowHeight = useRowHeight();
  const filter = useSelection((state) => state.filter.trim());
  const pages = useTracePages({ filter, from, to, service, only, order }, revision);
  const listId = useId();
  const list = useRef<VirtualListHandle>(null);
  const items = pages.items ?? [];
  const current = items.findIndex(({ traceId }) => traceId === currentId);
  const longest = items.reduce((most, trace) => Math.max(most, trace.duration), 0);
  const dated = spansDays(
    items.map((trace) => trace.start),
    zone,
  );

  const { hasMore, more } = pages;
  const reveal = useRevealed(list, current);
  const onRows = useCallback(
    (rows: RowRange) => {
      reveal(rows);
      if (hasMore && rows.end > items.length - AHEAD) more();
    },
    [hasMore, more, reveal, items.length],
  );
  useEffect(() => {
    if (document.activeElement === document.body) list.current?.focus();
  }, []);

  useMenu("traces", ({ target }) => {
    const trace = items[rowIndexOf(target) ?? -1];
    if (trace === undefined) return null;
    useTraces.setState({ currentId: trace.traceId });
    return traceMenu(trace);
  });
  const onKeyDown = (event: KeyboardEvent): void => {
    const page = list.current?.pageRows() ?? 1;
    const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page };
    const step = steps[event.key];
    const goTo = (row: number): void =>
      useTraces.setState({ currentId: items[Math.min(items.length - 1, Math.max(0, row))]?.traceId ?? null });
    if (step !== undefined) goTo(current + step);
    else if (event.key === "Home") goTo(0);
    else if (event.key === "End") goTo(items.length - 1);
    else if (event.key === "Enter" && currentId !== null) openTrace(currentId);
    else return;
    event.preventDefault();
  };

  return (
    <div className="traces" data-dated={dated || undefined}>
      <Toolbar total={pages.items === null ? null : pages.total} />
      {pages.failure !== null && pages.items !== null && (
        <p className="trace-problems" role="alert">
          <CircleAlert size={14} aria-hidden />
          <span>{pages.failure.message}</span>
        </p>
      )}
      <Columns order={order} />
      {pages.failure !== null && pages.items === null ? (
        <EmptyState icon={CircleAlert} title="The traces could not be listed">
          {pages.failure.message}
        </EmptyState>
      ) : pages.items !== null && items.length === 0 ? (
        <NoTraces from={from} to={to} />
      ) : (
        <VirtualList
          handle={list}
          id={listId}
          className="trace-rows"
          count={pages.items === null ? 40 : items.length + (hasMore ? 3 : 0)}
          rowHeight={rowHeight}
          onRows={onRows}
          role="listbox"
          tabIndex={0}
          data-main
          data-menu="traces"
          aria-label="Traces"
          aria-busy={pages.items === null}
          aria-activedescendant={current < 0 ? undefined : traceRowId(current)}
          onKeyDown={onKeyDown}
          renderRow={(row) => {
            const trace = items[row];
            return trace === undefined ? (
              <WaitingRow row={row} />
            ) : (
              <TraceRow
                trace={trace}
                row={row}
                count={pages.total}
                current={row === current}
                longest={longest}
                zone={zone}
                dated={dated}
              />
            );
          }}
        />
      )}
    </div>
  );
}

function spansDays(starts: readonly number[], zone: string): boolean {
  if (starts.length === 0) return false;
  const least = starts.reduce((a, b) => Math.min(a, b));
  const most = starts.reduce((a, b) => Math.max(a, b));
  return formatDate(least, zone) !== formatDate(most, zone);
}

function Toolbar({ total }: { readonly total: number | null }): ReactNode {
  const only = useTraces((state) => state.only);
  const service = useTraces((state) => state.service);
  const range = useSelection(listedRange);
  const filtered = useSelection((state) => state.filter.trim() !== "");
  const zone = useZone((state) => state.zone);
  const revision = useRevision();
  const services = useQuery(revision === null ? null : `services ${revision}`, () =>
    call("filter.values", { field: "service", prefix: "", limit: 100 }),
  );
  const names = (services.data ?? []).map(({ value }) => value).sort();
  // A service that is chosen stays in its list even when the case no longer names it.
  const choices = service === null || names.includes(service) ? names : [service, ...names];
  return (
    <div className="trace-toolbar">
      <div className="segments" role="group" aria-label="Which traces">
        {FILTERS.map((filter) => (
          <button
            key={filter.only}
            type="button"
            className="segment"
            aria-pressed={only === filter.only}
            onClick={() => useTraces.setState({ only: filter.only })}
          >
            {filter.title}
          </button>
        ))}
      </div>
      <select
        className="field trace-service-choice"
        aria-label="Service"
        value={service ?? ""}
        onChange={(event) => useTraces.setState({ service: event.target.value === "" ? null : event.target.value })}
      >
        <option value="">All services</option>
        {choices.map((name) => (
          <option key={name} value={name}>
            {visibleLine(name)}
          </option>
        ))}
      </select>
      <span className="spacer" />
      <span className="trace-count" role="status">
        {total === null ? "" : formatCountOf(total, "trace")}
        {filtered && " with a record of the filter"}
        {range === null ? "" : `, begun in ${formatRange(range.from, range.to, zone)}`}
      </span>
    </div>
  );
}

interface Column {
  readonly title: string;
  readonly className: string;
  readonly order?: TraceOrder;
  /** Largest first; times are oldest first. */
  readonly falling?: boolean;
}

const COLUMNS: readonly Column[] = [
  { title: "Time", className: "at", order: "start" },
  { title: "Service and operation", className: "what" },
  { title: "Duration", className: "lasts", order: "duration", falling: true },
  { title: "Spans", className: "count" },
  { title: "Failed", className: "failed", order: "errors", falling: true },
  { title: "Services", className: "services" },
];

function Columns({ order }: { readonly order: TraceOrder }): ReactNode {
  return (
    <div className="trace-columns" role="group" aria-label="Order">
      {COLUMNS.map((column) =>
        column.order === undefined ? (
          <span key={column.title} className={`trace-cell ${column.className}`}>
            {column.title}
          </span>
        ) : (
          <button
            key={column.title}
            type="button"
            className={`trace-cell ${column.className}`}
            aria-pressed={order === column.order}
            onClick={() => useTraces.setState({ order: column.order ?? "duration" })}
          >
            {column.title}
            {order === column.order &&
              (column.falling === true ? <ArrowDown size={12} aria-hidden /> : <ArrowUp size={12} aria-hidden />)}
          </button>
        ),
      )}
    </div>
  );
}

function NoTraces({ from, to }: { readonly from: number | null; readonly to: number | null }): ReactNode {
  const only = useTraces((state) => state.only);
  const service = useTraces((state) => state.service);
  const traces = useCase((state) => state.info?.traces ?? 0);
  const reading = useCase((state) => (state.info?.reading ?? 0) > 0 || state.info?.analysing === true);
  const filtered = useSelection((state) => state.filter.trim() !== "");
  if (traces === 0) {
    return (
      <EmptyState icon={Waypoints} title={reading ? "No traces yet" : "This case has no traces"}>
        {reading
          ? "Traces appear here as soon as their spans are read and summed."
          : "Spans from OpenTelemetry, Jaeger or Zipkin files appear here as traces. Drop such a file on the window to add it."}
      </EmptyState>
    );
  }
  const narrowed = only !== "all" || service !== null;
  const ranged = from !== null || to !== null;
  const kind = only === "all" ? "" : `${only} `;
  return (
    <EmptyState
      icon={Waypoints}
      title={`No ${kind}traces${service === null ? "" : ` of ${visibleLine(service)}`}`}
      actions={
        <>
          {narrowed && (
            <Button onClick={() => useTraces.setState({ only: "all", service: null })}>Show all kinds of traces</Button>
          )}
          {filtered && <Button onClick={() => setFilter("")}>Clear the filter</Button>}
          {ranged && <Button onClick={fit}>Show the whole incident</Button>}
        </>
      }
    >
      {`The case holds ${formatCount(traces)}; ${whyNone({ narrowed, filtered, ranged })}`}
    </EmptyState>
  );
}

function whyNone(by: Readonly<Record<"narrowed" | "filtered" | "ranged", boolean>>): string {
  const reasons = [
    ...(by.narrowed ? ["fits these choices"] : []),
    ...(by.filtered ? ["holds a record of the filter"] : []),
    ...(by.ranged ? ["began in the range"] : []),
  ];
  return `none of them ${reasons.join(" and ")}.`;
}

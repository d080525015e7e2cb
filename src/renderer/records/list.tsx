/** Records and events of the selection in time order, smooth at any length. */
import { FileX, ListFilter, SearchX } from "lucide-react";
import { useCallback, useEffect, useId, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { formatCount } from "../../shared/text/number.ts";
import { fileName } from "../../shared/text/path.ts";
import { DURATION } from "../../shared/text/duration.ts";
import { useCase, type SourceInfo } from "../state/case.ts";
import { hoverAt } from "../state/focus.ts";
import { showView, useLayout, useRowHeight } from "../state/layout.ts";
import { rowIndexOf, useMenu } from "../menu/places.ts";
import { fit, setFilter, useSelection } from "../state/selection.ts";
import { useZone } from "../state/zone.ts";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import type { RowRange } from "../ui/scroller.ts";
import { VirtualList, type VirtualListHandle } from "../ui/virtual-list.tsx";
import { readAsPlainText } from "../sources/actions.ts";
import { COLUMNS, useColumns } from "./columns.ts";
import { ListHead } from "./list-head.tsx";
import { ListHeader } from "./list-header.tsx";
import { searchedIn } from "../../shared/query/searched.ts";
import { RowHover } from "./row-hover.ts";
import { rowMenu } from "./menu.ts";
import { Row, SkeletonRow, type Dated } from "./row.tsx";
import { heightOfRow, LINE_HEIGHT, MOST_LINES, type Fit } from "./row-text.ts";
import { followSelection, moveCursor, pages, retryList, selectRow, shows, timeOf, useList } from "./store.ts";
import { useListColumns } from "./use-list-columns.ts";
import "./records.css";

/** Rows fetched beyond the screen in each direction. */
const AHEAD = 60;

export function RecordList(): ReactNode {
  useEffect(followSelection, []);
  const counted = useList((state) => state.counted);
  const failure = useList((state) => state.failure);
  const dated = useDated();
  const precise = useList((state) => state.precise);
  const { ref, columns } = useListColumns();
  const wrapped = useLayout((state) => state.wrapped);
  return (
    <section
      ref={ref}
      className="records"
      aria-label="Records and events"
      data-dated={dated}
      data-precise={precise || undefined}
      data-without={COLUMNS.filter((id) => !columns.visible[id]).join(" ")}
      data-level-words={columns.levelWords || undefined}
      data-wrapped={wrapped || undefined}
      style={{
        ["--record-columns" as string]: columns.template,
        ["--message-line" as string]: `${LINE_HEIGHT}px`,
        ["--most-lines" as string]: MOST_LINES,
      }}
    >
      <ListHeader columns={columns} />
      <ListHead columns={columns} />
      {failure !== null && counted === null ? (
        <EmptyState title="The list could not be read" actions={<Button onClick={retryList}>Try again</Button>}>
          {failure.message}
        </EmptyState>
      ) : counted?.count === 0 ? (
        counted.searched < 1 ? (
          <EmptyState icon={ListFilter} title="Searching">
            Rows appear here as they are found.
          </EmptyState>
        ) : (
          <NoRows />
        )
      ) : (
        <Rows count={counted?.count ?? 0} />
      )}
    </section>
  );
}

/** A clock alone is not enough where the case lasts for days, nor a day without its year where it lasts for years. */
const useDated = (): Dated | undefined =>
  useCase(({ info }) => {
    const length = (info?.to ?? 0) - (info?.from ?? 0);
    return length > 365 * DURATION.day ? "year" : length > DURATION.day ? "day" : undefined;
  });

/** What the first source says when no source gave a record; null when there is none, or nothing to say. */
const troubleOf = (sources: readonly SourceInfo[]): string | null =>
  sources.find(({ messages }) => messages.length > 0)?.messages[0] ?? null;

function NoRows(): ReactNode {
  const filter = useSelection((state) => state.filter);
  const ranged = useSelection((state) => state.window !== null || state.brush !== null);
  const reading = useCase((state) => (state.info?.reading ?? 0) > 0);
  const sources = useCase((state) => state.sources);
  const trouble = troubleOf(sources);
  const unknown = sources.filter(({ state }) => state === "not-recognised");
  if (filter === "" && !ranged && !reading && trouble !== null) {
    return (
      <EmptyState
        icon={FileX}
        title="Nothing could be read"
        actions={
          <>
            {unknown.length > 0 && (
              <Button tone="primary" onClick={() => readAsPlainText(unknown)}>
                Read {unknown.length === 1 ? "it" : `the ${formatCount(unknown.length)} files`} as plain text
              </Button>
            )}
            <Button onClick={() => showView("sources")}>Show the sources</Button>
          </>
        }
      >
        {trouble}
      </EmptyState>
    );
  }
  if (filter === "" && !ranged) {
    return (
      <EmptyState icon={ListFilter} title={reading ? "No records yet" : "This case has no records"}>
        {reading
          ? "Records appear here while the sources are read."
          : "Drop logs, metrics or traces on the window to add them."}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={SearchX}
      title="No record matches"
      actions={
        <>
          {filter !== "" && <Button onClick={() => setFilter("")}>Clear the filter</Button>}
          {ranged && <Button onClick={fit}>Show the whole time</Button>}
        </>
      }
    >
      {filter === ""
        ? "Nothing happened in this range of time."
        : `Nothing ${ranged ? "in this range of time " : ""}matches ${filter}`}
    </EmptyState>
  );
}

function Rows({ count }: { readonly count: number }): ReactNode {
  const list = useRef<VirtualListHandle>(null);
  const shownRows = useRef<RowRange>({ first: 0, end: 0 });
  const prefix = useId();
  const rowHeight = useRowHeight();
  const cursor = useList((state) => state.cursor);
  const goal = useList((state) => state.goal);
  // Rows are read from the pages while rendering: their arrival must render.
  const arrivals = useList((state) => state.arrivals);
  const zone = useZone((state) => state.zone);
  const filter = useSelection((state) => state.filter);
  const letters = useColumns((state) => state.letters);
  const wrapped = useLayout((state) => state.wrapped);
  const rowFit = useMemo((): Fit => ({ letters, wrapped, searched: searchedIn(filter) }), [letters, wrapped, filter]);
  const heightOf = useMemo(() => {
    // Rows that arrived have other heights than those that stood for them.
    if (!wrapped || arrivals < 0) return undefined;
    return (index: number): number => {
      const row = pages.rowAt(index);
      return row === undefined ? rowHeight : heightOfRow(row, rowFit, rowHeight);
    };
  }, [wrapped, rowFit, rowHeight, arrivals]);
  const sources = useCase((state) => state.sources);
  const names = useMemo(() => new Map(sources.map(({ id, path }) => [id, fileName(path)])), [sources]);
  const dated = useDated();

  useEffect(() => {
    if (goal === null || list.current === null) return;
    if (goal.how === "centre") list.current.centre(goal.index);
    else list.current.reveal(goal.index);
  }, [goal]);

  const [hover] = useState(() => new RowHover(hoverAtRow));
  const onRows = useCallback(
    (rows: RowRange) => {
      shownRows.current = rows;
      hover.scrolled();
      pages.want(Math.max(0, rows.first - AHEAD), rows.end + AHEAD);
      shows(rows);
    },
    [hover],
  );
  // Rows that arrived may be of an older revision than the one that is wanted by now.
  useEffect(
    () =>
      useList.subscribe((state, before) => {
        if (state.arrivals !== before.arrivals) onRows(shownRows.current);
      }),
    [onRows],
  );

  const onKeyDown = (event: KeyboardEvent): void => {
    const handled = moveByKey(event, list.current?.pageRows() ?? 10, count);
    if (handled) event.preventDefault();
  };
  const indexAt = (target: EventTarget): number | null => (target instanceof Element ? rowIndexOf(target) : null);
  useMenu("records", (spot) => {
    const index = indexAt(spot.target);
    const row = index === null ? undefined : pages.rowAt(index);
    if (index === null || row === undefined) return null;
    selectRow(index);
    return rowMenu(row, spot);
  });

  return (
    <VirtualList
      handle={list}
      className="record-rows"
      count={count}
      rowHeight={rowHeight}
      heightOf={heightOf}
      reused
      onRows={onRows}
      role="listbox"
      aria-label="Rows"
      aria-activedescendant={cursor >= 0 ? `${prefix}-${cursor}` : undefined}
      tabIndex={0}
      data-main
      data-menu="records"
      onKeyDown={onKeyDown}
      onMouseDown={(event) => {
        const index = indexAt(event.target);
        if (index !== null && event.button === 0) selectRow(index);
      }}
      onDoubleClick={() => useLayout.setState({ detailOpen: true })}
      onMouseOver={(event) => hover.over(indexAt(event.target))}
      onMouseLeave={() => hover.leave()}
      renderRow={(index) => {
        const row = pages.rowAt(index);
        if (row === undefined) return <SkeletonRow index={index} />;
        return (
          <Row
            id={`${prefix}-${index}`}
            row={row}
            index={index}
            count={count}
            selected={index === cursor}
            zone={zone}
            dated={dated}
            fit={rowFit}
            sourceName={row.type === "record" ? (names.get(row.record.sourceId) ?? "") : ""}
          />
        );
      }}
    />
  );
}

function hoverAtRow(index: number | null): void {
  const row = index === null ? undefined : pages.rowAt(index);
  hoverAt(row === undefined ? null : timeOf(row));
}

/** True when the key moved the cursor. */
function moveByKey(event: KeyboardEvent, pageRows: number, count: number): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  const steps: Readonly<Record<string, () => void>> = {
    ArrowDown: () => moveCursor(1),
    ArrowUp: () => moveCursor(-1),
    PageDown: () => moveCursor(pageRows),
    PageUp: () => moveCursor(-pageRows),
    Home: () => selectRow(0),
    End: () => selectRow(count - 1),
  };
  const step = steps[event.key];
  step?.();
  return step !== undefined;
}

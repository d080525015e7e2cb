/** The import panel: a row a source, what became of every unit of it, and what can be done about the rest. */
import { Files, SearchX } from "lucide-react";
import { useCallback, useEffect, useMemo, useState, type KeyboardEvent, type ReactNode } from "react";
import { showDetail } from "../shell/show-detail.ts";
import { chooseAndOpen, useCase, type SourceInfo } from "../state/case.ts";
import { focusOn, useFocus } from "../state/focus.ts";
import { attempt } from "../state/notices.ts";
import { useZone } from "../state/zone.ts";
import { Button } from "../ui/button.tsx";
import { DataGrid, type Column } from "../ui/data-grid.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { SkeletonLines } from "../ui/skeleton.tsx";
import { AccountingLine } from "./accounting-line.tsx";
import { useCommonFolder } from "./folder.ts";
import { PanelHeader } from "./header.tsx";
import { narrowed, sorted } from "./order.ts";
import { PausedSources } from "./paused.tsx";
import { nextRates, type Rates } from "./rates.ts";
import { sourceMenu } from "./source-menu.ts";
import { SourceCells } from "./row.tsx";
import { narrow, sortBy, usePanel } from "./store.ts";
import "./sources.css";

const COLUMNS: readonly Column[] = [
  { id: "state", title: "State" },
  { id: "path", title: "Source" },
  { id: "format", title: "Format", hint: "What it was recognised as, and how surely" },
  { id: "read", title: "Read", end: true, hint: "Lines, elements, rows, spans or samples that were read" },
  { id: "records", title: "= Records", end: true },
  { id: "deadLetters", title: "+ Dead letters", end: true, hint: "Units that could not become a record" },
  {
    id: "skipped",
    title: "+ Skipped",
    end: true,
    hint: "Units that are rightly not records, each for a stated reason",
  },
  { id: "events", title: "Events", end: true },
  { id: "tests", title: "Tests", end: true },
  { id: "time", title: "From – to" },
  { id: "bytes", title: "Size", end: true },
  { id: "actions", title: "" },
];

/** @param folder the folder that all sources lie in: rows leave it out. */
function columnsFor(tested: boolean, folder: string): readonly Column[] {
  const path: Column = { id: "path", title: "Source", ...(folder === "" ? {} : { hint: `All in ${folder}` }) };
  return COLUMNS.filter(({ id }) => tested || id !== "tests").map((column) => (column.id === "path" ? path : column));
}

export function SourcesView(): ReactNode {
  const sources = useCase((state) => state.sources);
  const expected = useCase((state) => state.info?.sources ?? 0);
  if (sources.length === 0) return expected > 0 ? <SkeletonLines count={8} /> : <NoSources />;
  return (
    <section className="sources" aria-label="Sources">
      <PanelHeader />
      <PausedSources />
      <SourceTable sources={sources} />
      <AccountingLine sources={sources} />
    </section>
  );
}

function NoSources(): ReactNode {
  return (
    <EmptyState
      icon={Files}
      title="This case has no sources"
      actions={
        <>
          <Button tone="primary" data-main onClick={() => attempt(() => chooseAndOpen("files"))}>
            Add files…
          </Button>
          <Button onClick={() => attempt(() => chooseAndOpen("folder"))}>Add folder…</Button>
        </>
      }
    >
      Every file that is read is listed here with what became of each of its lines. Drop logs, metrics, traces or a
      whole folder on the window to add them.
    </EmptyState>
  );
}

function SourceTable({ sources }: { readonly sources: readonly SourceInfo[] }): ReactNode {
  const { sort, text, state } = usePanel();
  const focused = useFocus(({ focus }) => (focus?.type === "source" ? focus.id : null));
  const zone = useZone((now) => now.zone);
  const rates = useRates();
  const listed = useMemo(() => sorted(narrowed(sources, { text, state }), sort), [sources, text, state, sort]);
  const cursor = useMemo(() => listed.findIndex(({ id }) => id === focused), [listed, focused]);
  const folder = useCommonFolder();
  const tested = useMemo(() => sources.some(({ tests }) => tests !== null), [sources]);
  const columns = useMemo(() => columnsFor(tested, folder), [tested, folder]);
  const onCursor = useCallback(
    (index: number) => {
      const source = listed[index];
      if (source !== undefined) focusOn({ type: "source", id: source.id });
    },
    [listed],
  );
  if (listed.length === 0) {
    return (
      <EmptyState
        icon={SearchX}
        title="No source fits"
        actions={<Button onClick={() => narrow({ text: "", state: null })}>Show all sources</Button>}
      >
        None of them has such a path and state.
      </EmptyState>
    );
  }
  return (
    <DataGrid
      label="Sources"
      className={tested ? "source-grid tested" : "source-grid"}
      columns={columns}
      count={listed.length}
      cursor={cursor}
      onCursor={onCursor}
      onOpen={showDetail}
      menuOf={(index) => {
        const source = listed[index];
        return source === undefined ? [] : sourceMenu(source);
      }}
      onKey={leaveWithEscape}
      sort={sort}
      onSort={sortBy}
      renderCells={(index) => {
        const source = listed[index];
        return source === undefined ? null : (
          <SourceCells
            source={source}
            zone={zone}
            tested={tested}
            folder={folder}
            rate={rates.get(source.id)?.rate ?? null}
          />
        );
      }}
    />
  );
}

const NO_RATES: Rates = new Map();

function useRates(): Rates {
  const [rates, setRates] = useState(NO_RATES);
  useEffect(() => {
    let last = nextRates(NO_RATES, useCase.getState().sources, performance.now());
    return useCase.subscribe(({ sources }, before) => {
      if (sources === before.sources) return;
      last = nextRates(last, sources, performance.now());
      setRates(last);
    });
  }, []);
  return rates;
}

function leaveWithEscape(event: KeyboardEvent): boolean {
  if (event.key !== "Escape") return false;
  focusOn(null);
  return true;
}

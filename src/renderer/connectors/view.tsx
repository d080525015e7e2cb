/** How everything that is fetched from does: each connector, each of its targets, live. */
import { Cable, Plus, Search, SearchX } from "lucide-react";
import { useCallback, useEffect, useMemo, type ReactNode } from "react";
import type { ConnectorRow } from "../../shared/contract/connectors.ts";
import { useRegistered } from "../commands/registry.ts";
import { formatCountOf } from "../../shared/text/number.ts";
import { useCommonFolder } from "../sources/folder.ts";
import { Border, Pane, Panes } from "../shell/panes.tsx";
import { useLayout } from "../state/layout.ts";
import { Button } from "../ui/button.tsx";
import { DataGrid, type Column } from "../ui/data-grid.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { SkeletonLines } from "../ui/skeleton.tsx";
import { addPrometheus } from "./adding.ts";
import { ConnectorCells } from "./cells.tsx";
import { connectorCommands } from "./commands.ts";
import { ConnectorDetail } from "./detail.tsx";
import { AddPrometheus } from "./prometheus-form.tsx";
import { choose, find, followConnectors, reloadConnectors, sortBy, useConnectors } from "./store.ts";
import { treeRows } from "./tree.ts";
import { overallText, OVERALL_WORD } from "./words.ts";
import "./connectors.css";

const COLUMNS: readonly Column[] = [
  { id: "name", title: "Connector and target" },
  {
    id: "state",
    title: "State",
    hint: "Of the connector: its worst target. Of a target: its calls, or its breaker where that lets none through",
  },
  { id: "chart", title: "Last hour", hint: "Line: 95 of 100 calls were faster. Bars: errors" },
  { id: "calls", title: "Calls", end: true, hint: "In the last hour" },
  { id: "errors", title: "Errors", end: true, hint: "Share of the calls of the last hour that failed" },
  { id: "p50", title: "p50", end: true, hint: "Half of the calls of the last hour were faster" },
  { id: "p95", title: "p95", end: true, hint: "95 of 100 calls of the last hour were faster" },
  { id: "p99", title: "p99", end: true, hint: "99 of 100 calls of the last hour were faster" },
  { id: "failures", title: "Failures", end: true, hint: "That the breaker counts in its window, and so many open it" },
  { id: "use", title: "In use", hint: "Calls at once, and the rate limit where there is one" },
  { id: "letters", title: "Dead letters", end: true, hint: "Of its sources in the open case" },
];

export function ConnectorsView(): ReactNode {
  useEffect(followConnectors, []);
  useRegistered(connectorCommands);
  const connectors = useConnectors((state) => state.connectors);
  const narrow = useLayout((state) => state.narrow);
  return (
    <Panes id="connectors" across>
      <Pane id="connector-list" label="Connectors" least={420}>
        <Header connectors={connectors} />
        <AddPrometheus />
        <List />
      </Pane>
      <Border across />
      <Pane id="connector-detail" label="Connector" size={narrow ? 264 : 344} least={240} fixed>
        <div className="pane-title">Detail</div>
        <ConnectorDetail />
      </Pane>
    </Panes>
  );
}

function Header({ connectors }: { readonly connectors: readonly ConnectorRow[] | null }): ReactNode {
  const typed = useConnectors((state) => state.typed);
  const failure = useConnectors((state) => state.failure);
  const health = useConnectors((state) => state.health);
  return (
    <header className="connectors-header">
      <strong>{connectors === null ? "Connectors" : formatCountOf(connectors.length, "connector")}</strong>
      <label className="sources-find">
        <Search size={13} aria-hidden />
        <input
          className="field"
          placeholder="Find a target"
          aria-label="Find a target"
          value={typed}
          onChange={({ target }) => find(target.value)}
          onKeyDown={(event) => {
            if (event.key === "Escape") find("");
          }}
        />
      </label>
      {health !== null && (
        <span className="connectors-overall" data-health={health.overall} title={overallText(health)}>
          {OVERALL_WORD[health.overall]}
        </span>
      )}
      {failure !== null && connectors !== null && (
        <span className="form-problem" role="alert">
          {failure.message}
        </span>
      )}
      <span className="spacer" />
      <Button icon={Plus} onClick={addPrometheus}>
        Add Prometheus…
      </Button>
    </header>
  );
}

function List(): ReactNode {
  const { connectors, failure, chosen, typed, sort } = useConnectors();
  const folder = useCommonFolder();
  const rows = useMemo(() => treeRows(connectors ?? [], typed, sort), [connectors, typed, sort]);
  const cursor = useMemo(() => rows.findIndex(({ id }) => id === chosen), [rows, chosen]);
  const onCursor = useCallback((index: number) => choose(rows[index]?.id ?? null), [rows]);
  if (connectors === null) {
    if (failure === null) return <SkeletonLines count={8} />;
    return (
      <EmptyState
        icon={Cable}
        title="The connectors could not be read"
        actions={<Button onClick={reloadConnectors}>Try again</Button>}
      >
        {failure.message}
      </EmptyState>
    );
  }
  if (rows.length === 0) {
    return (
      <EmptyState
        icon={SearchX}
        title="No target fits"
        actions={<Button onClick={() => find("")}>Show all connectors</Button>}
      >
        None of them has such a name, state or error.
      </EmptyState>
    );
  }
  const isNew = connectors.every(({ targets }) => targets.length === 0);
  return (
    <>
      <DataGrid
        label="Connectors"
        className="connector-grid"
        columns={COLUMNS}
        count={rows.length}
        cursor={cursor}
        onCursor={onCursor}
        onOpen={() => document.querySelector<HTMLElement>(".connector-detail button")?.focus()}
        onKey={(event) => {
          if (event.key !== "Escape") return false;
          choose(null);
          return true;
        }}
        sort={sort}
        onSort={sortBy}
        renderCells={(index) => {
          const row = rows[index];
          return row === undefined ? null : <ConnectorCells row={row} folder={folder} />;
        }}
      />
      {isNew && (
        <p className="connectors-new second">
          Nothing was called yet. Open files or add a server, and each folder, repository and server shows here with how
          it answers.
        </p>
      )}
    </>
  );
}

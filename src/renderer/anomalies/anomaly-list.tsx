/** The anomalies of the looked-at range and of the filter, gravest first; the others behind them when asked for. */
import { Activity } from "lucide-react";
import { useMemo, type ReactNode } from "react";
import { useRegistered, type Command } from "../commands/registry.ts";
import { formatCount, formatCountOf } from "../../shared/text/number.ts";
import { formatRange, formatShortDate } from "../../shared/text/time.ts";
import { useCase } from "../state/case.ts";
import { toggle, useLayout } from "../state/layout.ts";
import type { Query } from "../state/query.ts";
import { listedRange, useSelection } from "../state/selection.ts";
import { useZone } from "../state/zone.ts";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { FailedState } from "../ui/failed-state.tsx";
import { SkeletonLines } from "../ui/skeleton.tsx";
import { AnomalyRow } from "./anomaly-row.tsx";
import { anomalyMenu } from "./menu.ts";
import { Choices } from "./choices.tsx";
import { ranked, type Anomaly, type Ranked } from "./ranking.ts";
import { RowList } from "./row-list.tsx";
import { scopeOf } from "./scope.ts";
import { rankedNow, readAnomalies, showAnomaly, useAnomalies } from "./store.ts";

async function step(by: 1 | -1): Promise<void> {
  const listed = listedOf(rankedNow(await readAnomalies()), useAnomalies.getState().outsideToo);
  const { charted } = useAnomalies.getState();
  const at = listed.findIndex(({ id }) => charted?.type === "anomaly" && charted.id === id);
  const next = listed[at < 0 ? 0 : Math.min(listed.length - 1, Math.max(0, at + by))];
  if (next !== undefined) showAnomaly(next);
}

const listedOf = ({ inside, outside }: Ranked, outsideToo: boolean): readonly Anomaly[] =>
  outsideToo ? [...inside, ...outside] : inside;

const listCommands: readonly Command[] = [
  { id: "anomalies.row-next", title: "Next row", group: "List", keys: ["j"], run: () => void step(1) },
  { id: "anomalies.row-previous", title: "Previous row", group: "List", keys: ["k"], run: () => void step(-1) },
];

export function AnomalyList({ query }: { readonly query: Query<readonly Anomaly[]> }): ReactNode {
  useRegistered(listCommands);
  const { order, atLeast, service, method, charted, outsideToo } = useAnomalies();
  const range = useSelection(listedRange);
  const filter = useSelection((state) => state.filter);
  const zone = useZone((state) => state.zone);
  const scope = useMemo(() => scopeOf(filter), [filter]);
  const all = query.data;
  const found = useMemo(
    () => ranked(all ?? [], { order, atLeast, service, method }, { range, fits: scope.fits }),
    [all, order, atLeast, service, method, range, scope],
  );
  const listed = listedOf(found, outsideToo);
  const current = listed.findIndex(({ id }) => charted?.type === "anomaly" && charted.id === id);

  if (all === null) {
    return query.failure === null ? (
      <SkeletonLines count={16} />
    ) : (
      <FailedState title="The anomalies could not be read" failure={query.failure} retry={query.retry} />
    );
  }
  if (all.length === 0) return <NoAnomalies />;
  const dated = listed.some(
    ({ time }) => formatShortDate(time, zone) !== formatShortDate(listed[0]?.time ?? time, zone),
  );
  return (
    <>
      <Choices all={all} />
      <Scoped found={found} filtered={filter.trim() !== ""} narrows={scope.narrows} />
      {listed.length === 0 ? (
        <NoneHere all={all.length} outside={found.outside.length} />
      ) : (
        <RowList
          label="Anomalies"
          name="anomaly"
          count={listed.length}
          current={current}
          goTo={(row) => {
            const next = listed[row];
            if (next !== undefined) showAnomaly(next);
          }}
          onEnter={() => {
            if (current >= 0 && !useLayout.getState().detailOpen) toggle("detailOpen");
          }}
          menuOf={(row) => {
            const anomaly = listed[row];
            return anomaly === undefined ? [] : anomalyMenu(anomaly);
          }}
          dimmed={(row) => row >= found.inside.length}
          renderRow={(row) => {
            const anomaly = listed[row];
            return anomaly !== undefined && <AnomalyRow anomaly={anomaly} zone={zone} dated={dated} />;
          }}
        />
      )}
    </>
  );
}

interface ScopedProps {
  readonly found: Ranked;
  readonly filtered: boolean;
  readonly narrows: boolean;
}

/** How many there are where the person looks, and the way to the others. */
function Scoped({ found: { inside, outside }, filtered, narrows }: ScopedProps): ReactNode {
  const range = useSelection(listedRange);
  const zone = useZone((state) => state.zone);
  const outsideToo = useAnomalies((state) => state.outsideToo);
  const within = range === null ? "" : ` in ${formatRange(range.from, range.to, zone)}`;
  return (
    <div className="anomaly-count">
      <p
        role="status"
        title={filtered && !narrows ? "No part of the filter is about a service or a series" : undefined}
      >
        {formatCountOf(inside.length, "anomaly", "anomalies")}
        {narrows && " of the filter"}
        {within}
        {filtered && !narrows && ", not narrowed by the filter"}
      </p>
      {outside.length > 0 && (
        <button type="button" className="link" onClick={() => useAnomalies.setState({ outsideToo: !outsideToo })}>
          {outsideToo ? `Hide ${formatCount(outside.length)} outside` : `Show ${formatCount(outside.length)} outside`}
        </button>
      )}
    </div>
  );
}

function NoneHere({ all, outside }: { readonly all: number; readonly outside: number }): ReactNode {
  return (
    <EmptyState
      icon={Activity}
      title="None of them here"
      actions={
        outside > 0 ? (
          <Button onClick={() => useAnomalies.setState({ outsideToo: true })}>
            {`Show ${formatCount(outside)} outside`}
          </Button>
        ) : (
          <Button onClick={() => useAnomalies.setState({ service: null, method: null, atLeast: "INFO" })}>
            Show all
          </Button>
        )
      }
    >
      {`The case has ${formatCountOf(all, "anomaly", "anomalies")}; none fits the ${outside > 0 ? "filter and the range" : "choices above"}.`}
    </EmptyState>
  );
}

function NoAnomalies(): ReactNode {
  const samples = useCase((state) => state.info?.samples ?? 0);
  const busy = useCase((state) => (state.info?.reading ?? 0) > 0 || state.info?.analysing === true);
  if (busy) {
    return (
      <EmptyState icon={Activity} title="No anomalies yet">
        Series are looked through when their samples have been read.
      </EmptyState>
    );
  }
  if (samples === 0) {
    return (
      <EmptyState icon={Activity} title="This case has no metrics">
        Samples from Prometheus, OpenTelemetry or CSV files are compared with their own baseline and listed here when
        they leave it. Drop such a file on the window to add it.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={Activity}
      title="No series left its baseline"
      actions={<Button onClick={() => useAnomalies.setState({ tab: "series" })}>Look through all series</Button>}
    >
      {`${formatCountOf(samples, "sample")} were compared with their series' own baseline.`}
    </EmptyState>
  );
}

/** Anomalies: what left its baseline at the left, how it looked at the right. */
import { ChartLine } from "lucide-react";
import { useEffect, type ReactNode } from "react";
import { useRegistered } from "../commands/registry.ts";
import { focusOn, useFocus } from "../state/focus.ts";
import { Border, Pane, Panes } from "../shell/panes.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { AnomalyList } from "./anomaly-list.tsx";
import { ChartedSeries } from "./charted.tsx";
import { viewCommands } from "./commands.ts";
import type { Anomaly } from "./ranking.ts";
import { SeriesList } from "./series-list.tsx";
import { rangeAround, rankedNow, useAllAnomalies, useAnomalies } from "./store.ts";
import "./anomalies.css";

const TABS = [
  { tab: "anomalies", title: "Anomalies" },
  { tab: "series", title: "All series" },
] as const;

export function AnomaliesView(): ReactNode {
  useRegistered(viewCommands);
  const query = useAllAnomalies();
  const tab = useAnomalies((state) => state.tab);
  useCharted(query.data);
  return (
    <Panes id="anomalies" across>
      <Pane id="anomaly-list" label="Anomalies and series" size={348} least={220} fixed>
        <div className="anomaly-tabs" role="group" aria-label="What is listed">
          {TABS.map((one) => (
            <button
              key={one.tab}
              type="button"
              className="anomaly-tab"
              aria-pressed={tab === one.tab}
              onClick={() => useAnomalies.setState({ tab: one.tab })}
            >
              {one.title}
            </button>
          ))}
        </div>
        {tab === "anomalies" ? <AnomalyList query={query} /> : <SeriesList />}
      </Pane>
      <Border across />
      <Pane id="anomaly-chart" label="Chart" least={260}>
        <ChartSide anomalies={query.data} />
      </Pane>
    </Panes>
  );
}

/** An anomaly that is in focus, wherever it was selected, is charted; at first the gravest one is. */
function useCharted(anomalies: readonly Anomaly[] | null): void {
  const focus = useFocus((state) => state.focus);
  useEffect(() => {
    if (anomalies === null) return;
    const { charted } = useAnomalies.getState();
    const wanted = focus?.type === "anomaly" ? anomalies.find(({ id }) => id === focus.id) : undefined;
    const shown = wanted ?? (charted === null ? rankedNow(anomalies).inside[0] : undefined);
    if (shown !== undefined && focus === null) focusOn({ type: "anomaly", id: shown.id }, shown.peakTime);
    if (shown === undefined || (charted?.type === "anomaly" && charted.id === shown.id)) return;
    useAnomalies.setState({ charted: { type: "anomaly", id: shown.id }, range: rangeAround(shown) });
  }, [focus, anomalies]);
}

function ChartSide({ anomalies }: { readonly anomalies: readonly Anomaly[] | null }): ReactNode {
  const charted = useAnomalies((state) => state.charted);
  const anomaly = charted?.type === "anomaly" ? (anomalies?.find(({ id }) => id === charted.id) ?? null) : null;
  const key = charted?.type === "series" ? charted.key : anomaly && { service: anomaly.service, name: anomaly.series };
  if (key === null && anomalies === null) return <div className="anomaly-charted" aria-busy />;
  if (key === null) {
    return (
      <EmptyState icon={ChartLine} title="No series is selected">
        Select an anomaly or a series at the left to see its course and its baseline.
      </EmptyState>
    );
  }
  return <ChartedSeries seriesKey={key} anomaly={anomaly} anomalies={anomalies ?? []} />;
}

/** Every metric series of the case, to chart any of them. */
import { ChartLine } from "lucide-react";
import { useMemo, type ReactNode } from "react";
import type { CallOutput } from "../../shared/contract.ts";
import { call } from "../bridge.ts";
import { useRegistered, type Command } from "../commands/registry.ts";
import { formatCompact, formatCountOf } from "../../shared/text/number.ts";
import { visibleLine } from "../../shared/text/visible.ts";
import { useRevision } from "../state/case.ts";
import { useQuery } from "../state/query.ts";
import { EmptyState } from "../ui/empty-state.tsx";
import { FailedState } from "../ui/failed-state.tsx";
import { SkeletonLines } from "../ui/skeleton.tsx";
import { seriesMenu } from "./menu.ts";
import { RowList } from "./row-list.tsx";
import { Sparkline } from "./sparkline.tsx";
import { showSeries, useAnomalies } from "./store.ts";

type Series = CallOutput<"series.list">[number];

/** Series whose name or service hold every word, by service and name. */
function searchSeries(all: readonly Series[], typed: string): readonly Series[] {
  const words = typed.toLowerCase().split(/\s+/u).filter(Boolean);
  return all
    .filter(({ service, name }) => {
      const text = `${service ?? ""} ${name}`.toLowerCase();
      return words.every((word) => text.includes(word));
    })
    .sort((a, b) => compare(a.service ?? "", b.service ?? "") || compare(a.name, b.name));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const SEARCH_ID = "series-search";
const listCommands: readonly Command[] = [
  {
    id: "anomalies.search-series",
    title: "Search series",
    group: "Filter",
    keys: ["$mod+f"],
    whileTyping: true,
    run: () => document.getElementById(SEARCH_ID)?.focus(),
  },
];

export function SeriesList(): ReactNode {
  useRegistered(listCommands);
  const typed = useAnomalies((state) => state.typed);
  const charted = useAnomalies((state) => state.charted);
  const revision = useRevision();
  const query = useQuery(revision === null ? null : String(revision), () => call("series.list", undefined));
  const listed = useMemo(() => searchSeries(query.data ?? [], typed), [query.data, typed]);
  const current = listed.findIndex(
    ({ service, name }) => charted?.type === "series" && charted.key.service === service && charted.key.name === name,
  );
  const goTo = (row: number): void => {
    const series = listed[row];
    if (series !== undefined) showSeries({ service: series.service, name: series.name });
  };

  if (query.data === null) {
    return query.failure === null ? (
      <SkeletonLines count={16} />
    ) : (
      <FailedState title="The series could not be listed" failure={query.failure} retry={query.retry} />
    );
  }
  if (query.data.length === 0) {
    return (
      <EmptyState icon={ChartLine} title="This case has no metrics">
        Drop Prometheus, OpenTelemetry or CSV files with samples on the window to chart them here.
      </EmptyState>
    );
  }
  return (
    <>
      <div className="anomaly-choices">
        <input
          id={SEARCH_ID}
          className="field"
          type="search"
          placeholder="Search series"
          aria-label="Search series"
          spellCheck={false}
          value={typed}
          onChange={(event) => useAnomalies.setState({ typed: event.target.value })}
          onKeyDown={(event) => {
            if (event.key === "Enter") goTo(Math.max(0, current));
            else if (event.key === "ArrowDown") document.querySelector<HTMLElement>(".anomaly-rows")?.focus();
            else return;
            event.preventDefault();
          }}
        />
      </div>
      <p className="anomaly-count" role="status">
        {formatCountOf(listed.length, "series", "series")}
      </p>
      <RowList
        label="Series"
        name="series"
        count={listed.length}
        current={current}
        goTo={goTo}
        menuOf={(row) => {
          const series = listed[row];
          return series === undefined ? [] : seriesMenu({ service: series.service, name: series.name });
        }}
        renderRow={(row) => {
          const series = listed[row];
          return series !== undefined && <SeriesRow series={series} />;
        }}
      />
    </>
  );
}

function SeriesRow({ series: { service, name, samples, anomalies } }: { readonly series: Series }): ReactNode {
  return (
    <>
      <div className="anomaly-line">
        <span className="anomaly-series" title={name}>
          {visibleLine(name)}
        </span>
      </div>
      <div className="anomaly-line anomaly-where">
        {service !== null && <span className="anomaly-service">{visibleLine(service)}</span>}
        <span className="anomaly-lasting">
          {`${formatCompact(samples)} ${samples === 1 ? "sample" : "samples"}`}
          {anomalies > 0 && `, ${formatCountOf(anomalies, "anomaly", "anomalies")}`}
        </span>
        <Sparkline seriesKey={{ service, name }} />
      </div>
    </>
  );
}

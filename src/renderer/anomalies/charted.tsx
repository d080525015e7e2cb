/** The right side: which series and anomaly it is, the chart or its table, and the ways on. */
import { ChartLine, ChevronLeft, ChevronRight, Crosshair, Maximize2, ScanSearch, Table2 } from "lucide-react";
import { useEffect, useMemo, useState, type ReactNode } from "react";
import type { SeriesKey } from "../../shared/contract.ts";
import { formatCountOf } from "../../shared/text/number.ts";
import { formatMoment } from "../../shared/text/time.ts";
import { visibleLine } from "../../shared/text/visible.ts";
import { hoverAt } from "../state/focus.ts";
import { attempt } from "../state/notices.ts";
import { listedRange, useSelection } from "../state/selection.ts";
import { useZone } from "../state/zone.ts";
import { Button, IconButton } from "../ui/button.tsx";
import { FailedState } from "../ui/failed-state.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { SeverityMark } from "../ui/severity.tsx";
import { Chart } from "./chart.tsx";
import { daysOf } from "./plot.ts";
import type { Anomaly } from "./ranking.ts";
import { SampleTable } from "./sample-table.tsx";
import { rangeAround, showOnTimeline, stepAnomaly, useAnomalies } from "./store.ts";
import { methodOf } from "../../shared/model/anomaly-method.ts";
import { unitOf, type MetricUnit } from "../../shared/model/metric-unit.ts";
import { formatWithUnit } from "../format/unit.ts";
import { seriesId, useSeries, type SeriesRead } from "./use-series.ts";
import { lasting, multipleText, placeText, summaryOf } from "./words.ts";

interface ChartedProps {
  readonly seriesKey: SeriesKey;
  readonly anomaly: Anomaly | null;
  /** All anomalies of the case. */
  readonly anomalies: readonly Anomaly[];
}

export function ChartedSeries({ seriesKey, anomaly, anomalies }: ChartedProps): ReactNode {
  const range = useAnomalies((state) => state.range);
  const asTable = useAnomalies((state) => state.asTable);
  const selected = useSelection(listedRange);
  const zone = useZone((state) => state.zone);
  const query = useSeries(seriesKey, range, anomaly?.perSecond ?? null);
  const [hovered, setHovered] = useState<number | null>(null);
  const id = seriesId(seriesKey);
  const own = useMemo(
    () => anomalies.filter(({ service, series }) => seriesId({ service, name: series }) === id),
    [anomalies, id],
  );
  const marks = useMemo(() => ({ anomaly, anomalies: own, selected }), [anomaly, own, selected]);
  const unit = unitOf(seriesKey.name);
  // Of another series only its name is right until its samples arrive.
  const read = query.data?.id === id ? query.data : null;
  const hover = (index: number | null): void => {
    setHovered(index);
    hoverAt(index === null ? null : (read?.data.times[index] ?? null));
  };
  useEffect(() => () => hoverAt(null), []);

  return (
    <div className="anomaly-charted">
      <Head seriesKey={seriesKey} anomaly={anomaly} />
      <Readout read={read} hovered={hovered} anomaly={anomaly} unit={unit} />
      {query.failure !== null ? (
        <FailedState title="The series could not be read" failure={query.failure} retry={query.retry} />
      ) : read === null ? (
        query.loading ? (
          <div className="anomaly-plot-frame" role="status" aria-label="Loading" aria-busy />
        ) : (
          <EmptyState
            icon={ChartLine}
            title="No samples in this range"
            actions={<Button onClick={() => useAnomalies.setState({ range: null })}>Show the whole series</Button>}
          />
        )
      ) : asTable ? (
        <SampleTable data={read.data} unit={unit} anomaly={anomaly} />
      ) : (
        <Chart
          data={read.data}
          range={read.range}
          marks={marks}
          unit={unit}
          zone={zone}
          zoom={(next) => useAnomalies.setState({ range: next })}
          reset={() => useAnomalies.setState({ range: null })}
          hover={hover}
          summary={
            anomaly === null
              ? `${seriesKey.name}, ${formatCountOf(own.length, "anomaly", "anomalies")}`
              : summaryOf(anomaly, unit, zone)
          }
        />
      )}
      <Foot read={read} anomaly={anomaly} />
    </div>
  );
}

function Head({ seriesKey, anomaly }: Pick<ChartedProps, "seriesKey" | "anomaly">): ReactNode {
  return (
    <div className="anomaly-head">
      {anomaly !== null && <SeverityMark severity={anomaly.severity} label="name" />}
      <h2 className="anomaly-title selectable" title={seriesKey.name}>
        {visibleLine(seriesKey.name)}
      </h2>
      {seriesKey.service !== null && <span className="anomaly-service">{visibleLine(seriesKey.service)}</span>}
      <span className="spacer" />
      <IconButton icon={ChevronLeft} label="Previous anomaly" keys="[" onClick={() => attempt(() => stepAnomaly(-1))} />
      <IconButton icon={ChevronRight} label="Next anomaly" keys="]" onClick={() => attempt(() => stepAnomaly(1))} />
    </div>
  );
}

interface ReadoutProps {
  readonly read: SeriesRead | null;
  readonly hovered: number | null;
  readonly anomaly: Anomaly | null;
  readonly unit: MetricUnit;
}

/** The sample under the pointer, or what the anomaly was. */
function Readout({ read, hovered, anomaly, unit }: ReadoutProps): ReactNode {
  const zone = useZone((state) => state.zone);
  const time = hovered === null ? undefined : read?.data.times[hovered];
  const value = hovered === null ? undefined : read?.data.values[hovered];
  const rate = read?.data.perSecond === true ? " a second" : "";
  if (time !== undefined) {
    return (
      <p className="anomaly-readout">
        <span className="mono">{formatMoment(time, zone, 3)}</span>
        <strong>{value === null || value === undefined ? "no value" : `${formatWithUnit(value, unit)}${rate}`}</strong>
        {anomaly !== null && typeof value === "number" && <span>{placeText(value, anomaly, unit)}</span>}
      </p>
    );
  }
  if (anomaly === null)
    return <p className="anomaly-readout">{rate === "" ? "" : "A counter, shown as its growth a second"}</p>;
  return (
    <p className="anomaly-readout">
      <span>
        peak <strong>{formatWithUnit(anomaly.peakValue, unit)}</strong>
        {rate}
      </span>
      <span>{placeText(anomaly.peakValue, anomaly, unit)}</span>
      <span title={`Compared with ${methodOf(anomaly.method).baseline}`}>{methodOf(anomaly.method).title}</span>
      <span>{multipleText(anomaly)} its limit</span>
      <span>{lasting(anomaly)}</span>
    </p>
  );
}

function Foot({ read, anomaly }: Pick<ReadoutProps, "read" | "anomaly">): ReactNode {
  const range = useAnomalies((state) => state.range);
  const asTable = useAnomalies((state) => state.asTable);
  const zone = useZone((state) => state.zone);
  const near = anomaly === null ? null : rangeAround(anomaly);
  return (
    <div className="anomaly-foot">
      {anomaly !== null && (
        <Button icon={ScanSearch} onClick={() => attempt(() => showOnTimeline(anomaly))}>
          Show on timeline
        </Button>
      )}
      <span className="anomaly-days">{read === null ? "" : daysOf(read.range, zone)}</span>
      <span className="anomaly-hint">Drag to zoom, double click for everything</span>
      <span className="spacer" />
      <IconButton
        icon={asTable ? ChartLine : Table2}
        label={asTable ? "Show as a chart" : "Show as a table"}
        onClick={() => useAnomalies.setState({ asTable: !asTable })}
      />
      {near !== null && (
        <IconButton
          icon={Crosshair}
          label="Zoom to the anomaly"
          keys="z"
          onClick={() => useAnomalies.setState({ range: near })}
        />
      )}
      <IconButton
        icon={Maximize2}
        label="Show the whole series"
        keys="f"
        disabled={range === null}
        onClick={() => useAnomalies.setState({ range: null })}
      />
    </div>
  );
}

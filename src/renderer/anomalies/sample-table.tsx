/** The samples of a chart as rows, for those who read better than they see curves. */
import type { ReactNode } from "react";
import { formatMoment } from "../../shared/text/time.ts";
import { useRowHeight } from "../state/layout.ts";
import { useZone } from "../state/zone.ts";
import { VirtualList } from "../ui/virtual-list.tsx";
import type { Anomaly } from "./ranking.ts";
import type { Drawn } from "./series-data.ts";
import type { MetricUnit } from "../../shared/model/metric-unit.ts";
import { formatWithUnit } from "../format/unit.ts";
import { placeText } from "./words.ts";

interface SampleTableProps {
  readonly data: Drawn;
  readonly unit: MetricUnit;
  readonly anomaly: Anomaly | null;
}

export function SampleTable({ data, unit, anomaly }: SampleTableProps): ReactNode {
  const zone = useZone((state) => state.zone);
  const rowHeight = useRowHeight();
  return (
    <VirtualList
      className="sample-rows"
      count={data.times.length}
      rowHeight={rowHeight}
      role="list"
      tabIndex={0}
      aria-label="Samples"
      renderRow={(row) => {
        const time = data.times[row] ?? 0;
        const value = data.values[row] ?? null;
        const abnormal = anomaly !== null && time >= anomaly.time && time <= anomaly.endTime;
        return (
          <div className={abnormal ? "sample-row abnormal" : "sample-row"} role="listitem">
            <span className="mono selectable">{formatMoment(time, zone, 3)}</span>
            <span className="sample-value selectable">{value === null ? "no value" : formatWithUnit(value, unit)}</span>
            <span className="sample-distance">
              {anomaly !== null && value !== null ? placeText(value, anomaly, unit) : ""}
            </span>
          </div>
        );
      }}
    />
  );
}

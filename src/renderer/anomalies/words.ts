/** An anomaly in sentences. */
import { formatDuration } from "../format/duration.ts";
import { formatValue } from "../format/number.ts";
import { formatMoment } from "../format/time.ts";
import { multipleOf, type Anomaly } from "./ranking.ts";
import type { MetricUnit } from "../../shared/model/metric-unit.ts";
import { formatWithUnit } from "./unit.ts";

/** "4.2 × its limit". */
export const multipleText = (anomaly: Anomaly): string => `${formatValue(Math.round(multipleOf(anomaly) * 10) / 10)}×`;

/** How far a value lies from the baseline, in deviations. */
export function deviationsText(value: number, { baselineMean, baselineDeviation }: Anomaly): string {
  if (!(baselineDeviation > 0)) return value === baselineMean ? "at the baseline" : "off a flat baseline";
  const distance = (value - baselineMean) / baselineDeviation;
  const size = formatValue(Math.round(Math.abs(distance) * 10) / 10);
  return `${size} σ ${distance < 0 ? "below" : "above"} the baseline`;
}

export const lasting = ({ time, endTime }: Anomaly): string =>
  endTime > time ? formatDuration(endTime - time) : "one sample";

export function summaryOf(anomaly: Anomaly, unit: MetricUnit, zone: string): string {
  const name = anomaly.service === null ? anomaly.series : `${anomaly.series} of ${anomaly.service}`;
  const value = (one: number): string => formatWithUnit(one, unit);
  return [
    `${name} peaked at ${value(anomaly.peakValue)} at ${formatMoment(anomaly.peakTime, zone, 0)},`,
    `${deviationsText(anomaly.peakValue, anomaly)} of ${value(anomaly.baselineMean)};`,
    `it was abnormal for ${lasting(anomaly)}.`,
  ].join(" ");
}

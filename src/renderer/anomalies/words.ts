/** An anomaly in sentences. */
import { formatDuration } from "../../shared/text/duration.ts";
import { formatValue } from "../../shared/text/number.ts";
import { formatMoment } from "../../shared/text/time.ts";
import { multipleOf, type Anomaly } from "./ranking.ts";
import { methodOf } from "../../shared/model/anomaly-method.ts";
import type { MetricUnit } from "../../shared/model/metric-unit.ts";
import { formatWithUnit } from "../format/unit.ts";

/** "4.2 × its limit". */
export const multipleText = (anomaly: Anomaly): string => `${formatValue(Math.round(multipleOf(anomaly) * 10) / 10)}×`;

/** "37.8 ms to 94.6 ms"; null where the method says nothing about values. */
export function expectedText(anomaly: Anomaly, unit: MetricUnit): string | null {
  const { bandLow, bandHigh, perSecond } = anomaly;
  if (bandLow === null || bandHigh === null) return null;
  const rate = perSecond ? " a second" : "";
  return `${formatWithUnit(bandLow, unit)} to ${formatWithUnit(bandHigh, unit)}${rate}`;
}

/** Where a value lies by what was expected: "above the expected 37.8 ms to 94.6 ms". */
export function placeText(value: number, anomaly: Anomaly, unit: MetricUnit): string {
  const expected = expectedText(anomaly, unit);
  if (expected === null) return methodOf(anomaly.method).saw;
  const { bandLow, bandHigh } = anomaly;
  const place =
    bandLow !== null && value < bandLow ? "below" : bandHigh !== null && value > bandHigh ? "above" : "within";
  return `${place} the expected ${expected}`;
}

export const lasting = ({ time, endTime }: Anomaly): string =>
  endTime > time ? formatDuration(endTime - time) : "one sample";

export function summaryOf(anomaly: Anomaly, unit: MetricUnit, zone: string): string {
  const name = anomaly.service === null ? anomaly.series : `${anomaly.series} of ${anomaly.service}`;
  const value = (one: number): string => formatWithUnit(one, unit);
  return [
    `${name} peaked at ${value(anomaly.peakValue)} at ${formatMoment(anomaly.peakTime, zone, 0)},`,
    `${placeText(anomaly.peakValue, anomaly, unit)};`,
    `its baseline is ${methodOf(anomaly.method).baseline}.`,
    `It was abnormal for ${lasting(anomaly)}.`,
  ].join(" ");
}

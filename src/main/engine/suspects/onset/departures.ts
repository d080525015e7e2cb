/** Everything of the case that left its normal: series of metrics, errors in logs, spans that failed. */
import type { Times } from "../../series/time-list.ts";
import type { Signals, Windows } from "../signals.ts";
import { watchedValues } from "../services/counter-rates.ts";
import { kindOf } from "../services/resource-kind.ts";
import { burstsOf } from "./bursts.ts";
import { type Departure, passingShiftOf, shiftOf, type Shift } from "./departure.ts";
import { slowdownsOf } from "./slowdowns.ts";
import { familyOf, isWorse } from "./signal-family.ts";

export interface Extent {
  readonly from: number;
  readonly to: number;
}

/** In the order of time. `around` is where a series is looked at again that has no shift of its own. */
export function departuresOf(
  signals: Signals,
  windows: Windows | null,
  around: Windows | null,
  checkpoint: () => void,
): Departure[] {
  const found: Departure[] = [];
  for (const metric of signals.metrics) {
    checkpoint();
    const values = watchedValues(metric, kindOf(metric.name));
    const family = familyOf(metric.name);
    const isOfSymptoms = family === "errors" || family === "latency";
    const shift =
      shiftOf(metric.times, values, windows) ??
      (windows === null ? shorterShift(metric.times, values, around, isOfSymptoms) : null);
    if (shift === null) continue;
    const isSymptom = isOfSymptoms && isWorse(metric.name, shift);
    found.push({
      ...shift,
      service: metric.service,
      of: "metric",
      series: metric.name,
      family,
      isSymptom,
      place: metric.place,
    });
  }
  found.push(...burstsOf(signals, windows), ...slowdownsOf(signals.spans, windows));
  return found.sort((a, b) => a.time - b.time || b.size - a.size);
}

/** Around an alert where there is one; of what people suffer by, anywhere else. */
function shorterShift(
  times: Float64Array,
  values: Float64Array,
  around: Windows | null,
  isOfSymptoms: boolean,
): Shift | null {
  if (around !== null) return shiftOf(times, values, around);
  return isOfSymptoms ? passingShiftOf(times, values) : null;
}

/** Where telemetry lies: changes may be older by days. */
export const extentOf = (signals: Signals): Extent | null =>
  extentOfTimes([...signals.metrics.map(({ times }) => times), ...keptTimes(signals)]);

/** Where logs and traces lie; null without any. */
export const keptExtentOf = (signals: Signals): Extent | null => extentOfTimes(keptTimes(signals));

const keptTimes = ({ logs, spans }: Signals): Times[] => [spans.start, ...logs.map(({ times }) => times)];

/** Each in the order of time. */
function extentOfTimes(all: readonly Times[]): Extent | null {
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (const times of all) {
    from = Math.min(from, times.at(0) ?? from);
    to = Math.max(to, times.at(-1) ?? to);
  }
  return from < to ? { from, to } : null;
}

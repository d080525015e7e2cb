/** Ranks every service by how likely it is where the incident began. */
import { micros } from "../../../../shared/units.ts";
import { medianAndSigma, sortedCopy } from "../../series/statistics.ts";
import type { Evidence, MetricSignal, ServiceBlame, Signals, TimeRange, Windows } from "../signals.ts";
import { serviceNames } from "./service-names.ts";

/** Fewer samples make no level. */
const LEAST_SAMPLES = 3;
/** A level that never moves still gets this share of itself as its scale. */
const FLOOR = 0.01;

interface Shift {
  readonly size: number;
  readonly time: number;
  readonly before: number;
  readonly during: number;
}

/** Most likely first; services alike in the order of their names. */
export function rankServices(signals: Signals, windows: Windows): readonly ServiceBlame[] {
  const found = new Map<string, { shift: Shift; metric: MetricSignal }[]>();
  for (const metric of signals.metrics) {
    const shift = metric.service === null ? null : shiftOf(metric, windows);
    if (metric.service === null || shift === null) continue;
    const known = found.get(metric.service);
    if (known === undefined) found.set(metric.service, [{ shift, metric }]);
    else known.push({ shift, metric });
  }
  return serviceNames(signals)
    .map((service): ServiceBlame => {
      const shifts = (found.get(service) ?? []).toSorted((a, b) => b.shift.size - a.shift.size);
      const [largest] = shifts;
      return {
        service,
        score: Math.log1p(largest?.shift.size ?? 0),
        since: largest === undefined ? null : micros(largest.shift.time),
        resource: largest?.metric.name ?? null,
        evidence: shifts.slice(0, 3).map(({ shift, metric }) => evidenceOf(shift, metric)),
      };
    })
    .toSorted((a, b) => b.score - a.score || (a.service < b.service ? -1 : 1));
}

function evidenceOf(shift: Shift, { name, place }: MetricSignal): Evidence {
  return {
    for: true,
    text: `${name} went from ${figure(shift.before)} to ${figure(shift.during)}, ${figure(shift.size)} standard deviations from its normal`,
    place,
    series: name,
    time: micros(shift.time),
    weight: 1 - 1 / (1 + Math.log1p(shift.size)),
  };
}

const figure = (value: number): string => String(Number(value.toPrecision(3)));

function shiftOf({ times, values }: MetricSignal, { baseline, incident }: Windows): Shift | null {
  const before = within(times, values, baseline);
  const during = within(times, values, incident);
  if (before.length < LEAST_SAMPLES || during.length === 0) return null;
  const { median, sigma } = medianAndSigma(before);
  const scale = Math.max(sigma, FLOOR * Math.abs(median), Number.MIN_VALUE);
  const level = medianAndSigma(during).median;
  const size = Math.min(Math.abs(level - median) / scale, 1e6);
  const time = times.find(
    (at, index) => at >= incident.from && Math.abs((values[index] ?? median) - median) > 3 * scale,
  );
  return { size, time: time ?? incident.from, before: median, during: level };
}

function within(times: Float64Array, values: Float64Array, { from, to }: TimeRange): Float64Array {
  return sortedCopy(
    values.filter((value, index) => {
      const time = times[index] ?? 0;
      return time >= from && time < to && !Number.isNaN(value);
    }),
  );
}

/** A counter tells by its growth: its level only says how long its process has run. */
import { CounterRates } from "../../series/counter.ts";
import { MICROS_PER_SECOND } from "../../../../shared/units.ts";
import type { MetricSignal } from "../signals.ts";
import type { ResourceKind } from "./resource-kind.ts";

/** What fills and leaks grows without being a counter. */
const LEVELS: ReadonlySet<ResourceKind> = new Set(["memory", "saturation", "availability"]);

/** The values of a gauge; of a counter its growth a second up to each sample, NaN for the first. */
export function watchedValues({ name, times, values }: MetricSignal, kind: ResourceKind): Float64Array {
  if (LEVELS.has(kind)) return values;
  if (!isCounter(name, times, values)) return values;
  const rates = new Float64Array(values.length).fill(Number.NaN);
  let last = -1;
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? Number.NaN;
    if (!Number.isFinite(value)) continue;
    const seconds = last < 0 ? 0 : ((times[index] ?? 0) - (times[last] ?? 0)) / MICROS_PER_SECOND;
    const before = values[last] ?? 0;
    // After a restart it grew from nothing.
    if (seconds > 0) rates[index] = (value >= before ? value - before : value) / seconds;
    last = index;
  }
  return rates;
}

function isCounter(name: string, times: Float64Array, values: Float64Array): boolean {
  const counter = new CounterRates(name);
  let before = -Infinity;
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? Number.NaN;
    if (!Number.isFinite(value)) continue;
    // What falls before anything can be told is a gauge: nearly all are told here.
    if (value < before && !counter.isCounter) return false;
    counter.take(times[index] ?? 0, value);
    before = value;
  }
  return counter.isCounter;
}

// Series whose level shifted, that began or that stopped.
import { kindCode } from "../../../../shared/model/record.ts";
import { unitOf, type MetricUnit } from "../../../../shared/model/metric-unit.ts";
import { printTerm } from "../../../../shared/query/print.ts";
import { MICROS_PER_SECOND } from "../../../../shared/units.ts";
import type { Difference } from "../../compare/difference.ts";
import { compareLevels, compareRates, LEAST_SAMPLES } from "../../compare/effect.ts";
import { CounterRates } from "../../series/counter.ts";
import type { OpenCase } from "../open-case.ts";
import type { Side, Sides } from "./sides.ts";

const SAMPLE = kindCode("sample");

const UNIT_SIGNS: Partial<Readonly<Record<MetricUnit, string>>> = {
  seconds: "s",
  milliseconds: "ms",
  microseconds: "µs",
  nanoseconds: "ns",
  bytes: "B",
  kilobytes: "kB",
  megabytes: "MB",
  gigabytes: "GB",
  percent: "%",
};

interface Samples {
  readonly times: number[];
  readonly values: number[];
}

interface Series {
  readonly service: string | null;
  readonly name: string;
  readonly a: Samples;
  readonly b: Samples;
}

export function comparedMetrics(open: OpenCase, sides: Sides, checkpoint: () => void): Difference[] {
  const series = new Map<string, Series>();
  gather(open, sides.a, "a", series, checkpoint);
  gather(open, sides.b, "b", series, checkpoint);
  checkpoint();
  return [...series.values()].flatMap((one) => differenceOf(one, sides) ?? []);
}

function gather(
  { index, columns }: OpenCase,
  side: Side,
  which: "a" | "b",
  found: Map<string, Series>,
  checkpoint: () => void,
): void {
  /** By segment: values, codes of names, and the series of each code and service. */
  const parts = index.segments.map((segment) => {
    if ((segment.kinds & (1 << SAMPLE)) === 0) return null;
    checkpoint();
    const values = columns.get(segment.id, "value");
    return values === null
      ? null
      : { values, names: columns.get(segment.id, "name"), first: segment.first, known: new Map<number, Series>() };
  });
  for (const ordinals of side.withSamples.parts()) {
    for (const ordinal of ordinals) {
      if (index.kind.at(ordinal) !== SAMPLE) continue;
      const stored = parts[index.segmentOf.at(ordinal)];
      const time = index.time.at(ordinal);
      if (stored === null || stored === undefined || time === Infinity) continue;
      const row = ordinal - stored.first;
      const value = stored.values[row] ?? Number.NaN;
      if (!Number.isFinite(value)) continue;
      const name = stored.names?.index[row] ?? 0;
      const service = index.service.at(ordinal);
      const code = name * index.services.length + service;
      let series = stored.known.get(code);
      if (series === undefined) {
        series = seriesOf(found, index.services[service] ?? null, stored.names?.dictionary[name - 1] ?? "");
        stored.known.set(code, series);
      }
      series[which].times.push(time);
      series[which].values.push(value);
    }
  }
}

function seriesOf(found: Map<string, Series>, service: string | null, name: string): Series {
  const key = JSON.stringify([service, name]);
  let series = found.get(key);
  if (series === undefined) {
    const empty = (): Samples => ({ times: [], values: [] });
    found.set(key, (series = { service, name, a: empty(), b: empty() }));
  }
  return series;
}

function differenceOf(series: Series, sides: Sides): Difference | null {
  const { service, name, a, b } = series;
  const owner = service === null ? "" : ` ${printTerm("service", service)}`;
  const unit = unitOf(name);
  const of = {
    kind: "metric",
    field: service,
    name,
    level: 0,
    term: `kind:sample${owner} ${printTerm("name", name)}`,
  } as const;
  const [before, after] = [a.values.length, b.values.length];
  if (before === 0 || after === 0) {
    if (!sides.areRates || before + after < LEAST_SAMPLES) return null;
    const seconds = [sides.a.length / MICROS_PER_SECOND, sides.b.length / MICROS_PER_SECOND] as const;
    const rate = (count: number, time: number) => ({ count, of: count, value: time > 0 ? count / time : 0 });
    return {
      ...of,
      unit: null,
      measure: "rate",
      a: rate(before, seconds[0]),
      b: rate(after, seconds[1]),
      effect: compareRates({ count: before, time: seconds[0] }, { count: after, time: seconds[1] }),
    };
  }
  const grows = isCounter(series);
  const shift = grows
    ? compareLevels(growth(a), growth(b))
    : compareLevels(Float64Array.from(a.values), Float64Array.from(b.values));
  if (shift === null) return null;
  const { before: was, after: is, sigmas: _, ...effect } = shift;
  return {
    ...of,
    unit: UNIT_SIGNS[unit] ?? null,
    measure: grows ? "growth" : "level",
    a: { count: before, of: before, value: was },
    b: { count: after, of: after, value: is },
    effect,
  };
}

function isCounter({ name, a, b }: Series): boolean {
  const counter = new CounterRates(name);
  const isLater = (b.times[0] ?? 0) >= (a.times[0] ?? 0);
  for (const { times, values } of isLater ? [a, b] : [b, a])
    for (const [at, time] of times.entries()) counter.take(time, values[at] ?? 0);
  return counter.isCounter;
}

/** A second; a fall is a restart, after which it grew from 0. */
function growth({ times, values }: Samples): Float64Array {
  const rates: number[] = [];
  for (const [at, time] of times.entries()) {
    const seconds = (time - (times[at - 1] ?? time)) / MICROS_PER_SECOND;
    const [before, value] = [values[at - 1] ?? 0, values[at] ?? 0];
    if (seconds > 0) rates.push((value < before ? value : value - before) / seconds);
  }
  return Float64Array.from(rates);
}

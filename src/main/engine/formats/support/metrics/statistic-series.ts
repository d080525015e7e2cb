/** Series of points that hold several statistics of a period, as CloudWatch and Azure Monitor measure: one a statistic. */
import type { Timestamp } from "../../../../../shared/model/record.ts";
import type { Refusal } from "../json/elements.ts";
import type { JsonObject } from "../json/value.ts";
import { isRefused, type SampleSeries, sampleSeries, type SeriesSample, sampleValue } from "./sample-series.ts";

export class StatisticSeries {
  readonly #metric: string;
  readonly #labels: JsonObject;
  readonly #label: string;
  readonly #unit: string;
  readonly #series = new Map<string, SampleSeries>();

  /** `label` is what the service calls a statistic; `unit` is empty where none is stated. */
  constructor(metric: string, labels: JsonObject, label: string, unit: string) {
    this.#metric = metric;
    this.#labels = labels;
    this.#label = label;
    this.#unit = unit;
  }

  /** `at` leads to its number, the statistic's name where it is not given; `unit` stands in for the one of all. */
  of(statistic: string, at: readonly string[] = [statistic], unit = this.#unit): SampleSeries {
    const key = `${statistic}\n${unit}`;
    let series = this.#series.get(key);
    if (series === undefined) {
      // How often was measured has no unit, whatever was.
      const isCount = /^(?:sample_?)?count$/i.test(statistic);
      const stated = isCount ? "Count" : unit;
      const labels = { ...this.#labels, [this.#label]: statistic, ...(stated !== "" && { unit: stated }) };
      series = sampleSeries(this.#metric, labels, at);
      this.#series.set(key, series);
    }
    return series;
  }
}

/** Those statistics of a point that it holds; a refusal where one of them is no number. */
export function statisticsOf(
  point: JsonObject,
  names: readonly string[],
  time: Timestamp | null,
  series: (name: string) => SampleSeries,
): readonly SeriesSample[] | Refusal {
  const samples: SeriesSample[] = [];
  for (const name of names) {
    const value = sampleValue(Object.hasOwn(point, name) ? point[name] : undefined);
    if (value === undefined) continue;
    if (isRefused(value)) return { ...value, message: `${name}: ${value.message}` };
    samples.push({ series: series(name), time, value });
  }
  return samples;
}

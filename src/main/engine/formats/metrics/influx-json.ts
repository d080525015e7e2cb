/**
 * What InfluxDB 1.x answers as JSON (`influx -format json`, `/query`), https://docs.influxdata.com/influxdb/v1/guides/query_data/
 * Quirks: a row holds a sample a column; columns of text are tags that the query did not group by; times are text, or
 * numbers of the precision that was asked for, which their magnitude tells.
 */
import type { Format, ParseOptions, RecordSink, Sample } from "../format.ts";
import { influxMetric } from "../support/metrics/influx-point.ts";
import { arrayOf, isObject, type JsonObject } from "../support/json/value.ts";
import {
  decodeSample,
  isRefused,
  type SampleSeries,
  sampleSeries,
  type SeriesSample,
  sampleTime,
  sampleValue,
} from "../support/metrics/sample-series.ts";
import { seriesParser, type SeriesDocument } from "../support/metrics/series-document.ts";

const SERIES = "results[*].series[*]";
const PARTS = [`${SERIES}.name`, `${SERIES}.tags`, `${SERIES}.columns`];
const [NAME = "", TAGS = "", COLUMNS = ""] = PARTS;
/** A longer text is a field of its own, and no tag. */
const LONGEST_TAG = 100;
const MOST_REMEMBERED = 10_000;

class RowSeries {
  readonly columns: readonly string[];
  readonly #name: string;
  readonly #tags: JsonObject;
  readonly #known = new Map<string, SampleSeries>();

  constructor(name: string, tags: JsonObject, columns: readonly string[]) {
    this.#name = name;
    this.#tags = tags;
    this.columns = columns;
  }

  of(index: number, row: readonly unknown[]): SampleSeries {
    const words = row.flatMap((cell, at) => (this.#isTag(cell, at) ? [[this.columns[at] ?? "", cell] as const] : []));
    const key = JSON.stringify([index, words]);
    let series = this.#known.get(key);
    if (series === undefined) {
      if (this.#known.size >= MOST_REMEMBERED) this.#known.clear();
      const metric = influxMetric(this.#name, this.columns[index] ?? "");
      series = sampleSeries(metric, { ...this.#tags, ...Object.fromEntries(words) }, [String(index)]);
      this.#known.set(key, series);
    }
    return series;
  }

  #isTag(cell: unknown, at: number): boolean {
    return typeof cell === "string" && this.columns[at] !== "time" && cell !== "" && cell.length <= LONGEST_TAG;
  }
}

const DOCUMENT: SeriesDocument<RowSeries> = {
  scopes: [SERIES],
  parts: PARTS,
  samples: [`${SERIES}.values[*]`],
  // Tags are left out of a series that has none, and stand before the columns.
  isKnown: (known) => known(COLUMNS) !== undefined,
  series(known) {
    const [name, tags, columns] = [known(NAME), known(TAGS), known(COLUMNS)];
    return new RowSeries(
      typeof name === "string" ? name : "",
      isObject(tags) ? tags : {},
      Array.isArray(columns) ? columns.map(String) : [],
    );
  },
  read(row, series, times) {
    const { columns } = series;
    if (!Array.isArray(row) || row.length !== columns.length)
      return { reason: "no-sample", message: `expected an array of ${columns.length} columns` };
    const cells: readonly unknown[] = row;
    const time = sampleTime(cells[columns.indexOf("time")], times);
    if (isRefused(time)) return time;
    const samples: SeriesSample[] = [];
    for (const [index, cell] of cells.entries()) {
      if (columns[index] === "time" || typeof cell === "string") continue;
      const value = sampleValue(cell);
      if (isRefused(value)) return value;
      if (value !== undefined) samples.push({ series: series.of(index, cells), time, value });
    }
    return samples;
  },
};

const isSeries = (value: unknown): boolean =>
  isObject(value) && Array.isArray(value["columns"]) && value["columns"].includes("time") && "values" in value;

export default {
  id: "influx-json",
  title: "InfluxDB query answer (JSON)",
  version: 1,
  unit: "sample",
  detect({ json }: Sample) {
    const results = isObject(json) ? arrayOf(json, "results") : [];
    const found = results.some((result) => isObject(result) && arrayOf(result, "series").some(isSeries));
    return found ? { confidence: 0.97, reason: "series with columns and values as InfluxDB answers" } : null;
  },
  parser: (options: ParseOptions, sink: RecordSink) => seriesParser(DOCUMENT, options, sink),
  decode: decodeSample,
} satisfies Format;

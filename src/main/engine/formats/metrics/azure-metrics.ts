/**
 * What Azure Monitor answers of metrics, https://learn.microsoft.com/en-us/rest/api/monitor/metrics/list
 * Quirks: a point holds an aggregation a member (average, total, maximum …), each a series of its own; `az monitor` sorts
 * members by name, so that the dimensions stand behind the points.
 */
import type { Format, ParseOptions, RecordSink, Sample } from "../format.ts";
import { arrayOf, isObject, type JsonObject, objectOf, textOf } from "../support/json/value.ts";
import { decodeSample, isRefused, sampleTime } from "../support/metrics/sample-series.ts";
import { seriesParser, type SeriesDocument } from "../support/metrics/series-document.ts";
import { statisticsOf, StatisticSeries } from "../support/metrics/statistic-series.ts";

const AGGREGATIONS = ["average", "total", "maximum", "minimum", "count"];
const METRIC = "value[*]";
const SERIES = "value[*].timeseries[*]";
const PARTS = [`${METRIC}.name`, `${METRIC}.unit`, `${SERIES}.metadatavalues`];

/** `[{name: {value: "host"}, value: "a"}]` as labels. */
function dimensionsOf(values: unknown): JsonObject {
  const list: readonly unknown[] = Array.isArray(values) ? values : [];
  return Object.fromEntries(
    list
      .filter(isObject)
      .map((pair) => [textOf(objectOf(pair, "name") ?? {}, ["value"]) ?? "", textOf(pair, ["value"]) ?? ""]),
  );
}

const DOCUMENT: SeriesDocument<StatisticSeries> = {
  scopes: [METRIC, SERIES],
  parts: PARTS,
  samples: [`${SERIES}.data[*]`],
  isKnown: (known) => PARTS.every((part) => known(part) !== undefined),
  series(known) {
    const [name, unit, dimensions] = PARTS.map((part) => known(part));
    const metric = (isObject(name) ? textOf(name, ["value"]) : undefined) ?? "value";
    return new StatisticSeries(metric, dimensionsOf(dimensions), "aggregation", typeof unit === "string" ? unit : "");
  },
  read(point, series, times) {
    if (!isObject(point))
      return { reason: "no-sample", message: "expected an object with a time and its aggregations" };
    const time = sampleTime(point["timeStamp"], times);
    return isRefused(time) ? time : statisticsOf(point, AGGREGATIONS, time, (name) => series.of(name));
  },
};

export default {
  id: "azure-metrics",
  title: "Azure Monitor metrics (JSON)",
  version: 1,
  unit: "sample",
  detect({ json }: Sample) {
    const list = isObject(json) ? arrayOf(json, "value") : [];
    const found = list.some(
      (metric) => isObject(metric) && isObject(metric["name"]) && Array.isArray(metric["timeseries"]),
    );
    return found ? { confidence: 0.97, reason: "metrics with time series as Azure Monitor answers" } : null;
  },
  parser: (options: ParseOptions, sink: RecordSink) => seriesParser(DOCUMENT, options, sink),
  decode: decodeSample,
} satisfies Format;

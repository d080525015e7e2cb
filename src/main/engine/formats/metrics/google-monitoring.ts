/**
 * What Google Cloud Monitoring lists as time series, https://cloud.google.com/monitoring/api/ref_v3/rest/v3/TimeSeries
 * Quirks: points come latest first; 64-bit integers are text; a distribution's sample is its mean; a point is of the end
 * of its interval. The resource's labels are the series' labels too.
 */
import type { Format, ParseOptions, RecordSink, Sample } from "../format.ts";
import { isObject, type JsonObject, objectOf, textOf } from "../support/json/value.ts";
import {
  decodeSample,
  isRefused,
  type SampleSeries,
  sampleSeries,
  sampleTime,
  sampleValue,
} from "../support/metrics/sample-series.ts";
import { type Known, seriesParser, type SeriesDocument } from "../support/metrics/series-document.ts";

/** The answer of the API, and a list of series alone. */
const PLACES = ["timeSeries[*]", "[*]"];
const PARTS = ["metric", "resource", "unit", "valueType"];
const VALUES = ["doubleValue", "int64Value", "boolValue"];

const partOf = (known: Known, name: string): unknown =>
  PLACES.map((place) => known(`${place}.${name}`)).find((part) => part !== undefined);

interface Point {
  readonly of: (key: string, ...below: string[]) => SampleSeries;
}

function pointOf(known: Known): Point {
  const metric = partOf(known, "metric");
  const resource = partOf(known, "resource");
  const unit = partOf(known, "unit");
  const labels: JsonObject = {
    ...(isObject(resource) ? objectOf(resource, "labels") : {}),
    ...(isObject(metric) ? objectOf(metric, "labels") : {}),
    ...(typeof unit === "string" && unit !== "" && { unit }),
  };
  const name = (isObject(metric) ? textOf(metric, ["type"]) : undefined) ?? "value";
  const series = new Map<string, SampleSeries>();
  return {
    of(...at) {
      const key = at.join(".");
      let found = series.get(key);
      if (found === undefined) series.set(key, (found = sampleSeries(name, labels, ["value", ...at])));
      return found;
    },
  };
}

const DOCUMENT: SeriesDocument<Point> = {
  scopes: PLACES,
  parts: PLACES.flatMap((place) => PARTS.map((part) => `${place}.${part}`)),
  samples: PLACES.map((place) => `${place}.points[*]`),
  isKnown: (known) => PARTS.every((part) => partOf(known, part) !== undefined),
  series: pointOf,
  read(point, series, times) {
    const held = isObject(point) ? objectOf(point, "value") : undefined;
    const interval = isObject(point) ? objectOf(point, "interval") : undefined;
    if (held === undefined || interval === undefined)
      return { reason: "no-sample", message: "expected an object with an interval and a value" };
    const time = sampleTime(interval["endTime"], times);
    if (isRefused(time)) return time;
    const distribution = objectOf(held, "distributionValue");
    const key = VALUES.find((name) => held[name] !== undefined);
    const value = sampleValue(key === undefined ? distribution?.["mean"] : held[key]);
    if (value === undefined || isRefused(value)) return value ?? [];
    return [{ series: key === undefined ? series.of("distributionValue", "mean") : series.of(key), time, value }];
  },
};

const isSeries = (value: unknown): boolean =>
  isObject(value) &&
  isObject(value["metric"]) &&
  "type" in value["metric"] &&
  ("points" in value || isObject(value["resource"]));

export default {
  id: "google-monitoring",
  title: "Google Cloud Monitoring time series (JSON)",
  version: 1,
  unit: "sample",
  detect({ json }: Sample) {
    const list: unknown = isObject(json) ? json["timeSeries"] : json;
    if (!Array.isArray(list) || !isSeries(list[0])) return null;
    return { confidence: 0.97, reason: "time series with points as Google Cloud Monitoring lists them" };
  },
  parser: (options: ParseOptions, sink: RecordSink) => seriesParser(DOCUMENT, options, sink),
  decode: decodeSample,
} satisfies Format;

/**
 * Timeseries of Datadog's query API, version 1 (`/api/v1/query`), https://docs.datadoghq.com/api/latest/metrics/#query-timeseries-points
 * Quirks: a point is `[time in milliseconds, value]`; the scope names the tags; a unit may be of two parts, bytes per
 * second.
 */
import type { Format, ParseOptions, RecordSink, Sample } from "../format.ts";
import { datadogTags, datadogUnit } from "../support/metrics/datadog.ts";
import { isObject } from "../support/json/value.ts";
import {
  decodeSample,
  isRefused,
  type SampleSeries,
  sampleSeries,
  sampleTime,
  sampleValue,
} from "../support/metrics/sample-series.ts";
import { seriesParser, type SeriesDocument } from "../support/metrics/series-document.ts";

const PART_NAMES = ["metric", "display_name", "expression", "scope", "tag_set", "unit"];

const DOCUMENT: SeriesDocument<SampleSeries> = {
  scopes: ["series[*]"],
  parts: PART_NAMES.map((name) => `series[*].${name}`),
  samples: ["series[*].pointlist[*]"],
  isKnown: (known) => PART_NAMES.every((name) => known(`series[*].${name}`) !== undefined),
  series(known) {
    const [metric, shown, expression, scope, tags, unit] = PART_NAMES.map((name) => known(`series[*].${name}`));
    const isName = (text: unknown): text is string => typeof text === "string" && text !== "";
    return sampleSeries(
      [metric, shown, expression].find(isName) ?? "value",
      { ...datadogTags(Array.isArray(tags) && tags.length > 0 ? tags : scope), ...datadogUnit(unit) },
      ["1"],
    );
  },
  read(point, series, times) {
    if (!Array.isArray(point) || point.length !== 2)
      return { reason: "no-sample", message: "expected a time and a value in an array" };
    const value = sampleValue(point[1]);
    if (value === undefined || isRefused(value)) return value ?? [];
    const time = sampleTime(point[0], times);
    return isRefused(time) ? time : [{ series, time, value }];
  },
};

export default {
  id: "datadog-query",
  title: "Datadog query answer, version 1 (JSON)",
  version: 1,
  unit: "sample",
  detect({ json }: Sample) {
    const list = isObject(json) ? json["series"] : undefined;
    const first: unknown = Array.isArray(list) ? list[0] : undefined;
    if (!isObject(first) || !Array.isArray(first["pointlist"])) return null;
    return { confidence: 0.97, reason: "series with lists of points as Datadog answers" };
  },
  parser: (options: ParseOptions, sink: RecordSink) => seriesParser(DOCUMENT, options, sink),
  decode: decodeSample,
} satisfies Format;

/**
 * What Graphite's render API answers with `format=json`, https://graphite.readthedocs.io/en/latest/render_api.html#json
 * Quirks: a point is `[value, time]`, in this order, and null where nothing was measured; an infinite value is written
 * 1e9999. A target is a path, a path with tags (`disk.used;host=a`) or the functions that were asked for.
 */
import type { Format, ParseOptions, RecordSink, Sample } from "../format.ts";
import { graphiteSeries } from "../support/metrics/graphite-path.ts";
import { isObject } from "../support/json/value.ts";
import { decodeSample, isRefused, sampleSeries, sampleTime, sampleValue } from "../support/metrics/sample-series.ts";
import { seriesParser, type SeriesDocument } from "../support/metrics/series-document.ts";

const TARGET = "[*].target";

const DOCUMENT: SeriesDocument<ReturnType<typeof sampleSeries>> = {
  scopes: ["[*]"],
  parts: [TARGET],
  samples: ["[*].datapoints[*]"],
  isKnown: (known) => known(TARGET) !== undefined,
  series(known) {
    const target = known(TARGET);
    const { name, labels } = graphiteSeries(typeof target === "string" ? target : "");
    return sampleSeries(name, labels, ["0"]);
  },
  read(point, series, times) {
    if (!Array.isArray(point) || point.length !== 2)
      return { reason: "no-sample", message: "expected a value and a time in an array" };
    const value = sampleValue(point[0]);
    if (value === undefined || isRefused(value)) return value ?? [];
    const time = sampleTime(point[1], times);
    return isRefused(time) ? time : [{ series, time, value }];
  },
};

const isSeries = (value: unknown): boolean =>
  isObject(value) && typeof value["target"] === "string" && Array.isArray(value["datapoints"]);

export default {
  id: "graphite-json",
  title: "Graphite render answer (JSON)",
  version: 1,
  unit: "sample",
  detect(sample: Sample) {
    const { json } = sample;
    if (!Array.isArray(json) || !isSeries(json[0])) return null;
    return { confidence: 0.97, reason: "targets with datapoints as Graphite answers" };
  },
  parser: (options: ParseOptions, sink: RecordSink) => seriesParser(DOCUMENT, options, sink),
  decode: decodeSample,
} satisfies Format;

/**
 * What CloudWatch answers to GetMetricStatistics, https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricStatistics.html
 * Quirks: points come in no order; a point holds a statistic a member, each a series of its own; the label, which names the
 * metric, stands behind the points in older tools. What the statistics are of is not said: dimensions are missing.
 */
import type { Format, ParseOptions, RecordSink, Sample } from "../format.ts";
import { isObject, objectOf, textOf } from "../support/json/value.ts";
import { decodeSample, isRefused, sampleTime } from "../support/metrics/sample-series.ts";
import { seriesParser, type SeriesDocument } from "../support/metrics/series-document.ts";
import { statisticsOf, StatisticSeries } from "../support/metrics/statistic-series.ts";

const STATISTICS = ["Average", "Sum", "Maximum", "Minimum", "SampleCount"];
const EXTENDED = "ExtendedStatistics";

const DOCUMENT: SeriesDocument<StatisticSeries> = {
  scopes: [""],
  parts: ["Label"],
  samples: ["Datapoints[*]"],
  isKnown: (known) => known("Label") !== undefined,
  series(known) {
    const label = known("Label");
    return new StatisticSeries(typeof label === "string" ? label : "value", {}, "stat", "");
  },
  read(point, series, times) {
    if (!isObject(point)) return { reason: "no-sample", message: "expected an object with a time and its statistics" };
    const time = sampleTime(point["Timestamp"], times);
    if (isRefused(time)) return time;
    const unit = textOf(point, ["Unit"]);
    const stated = unit === "None" ? undefined : unit;
    const plain = statisticsOf(point, STATISTICS, time, (name) => series.of(name, [name], stated));
    if (isRefused(plain)) return plain;
    const extended = objectOf(point, EXTENDED) ?? {};
    const percentiles = statisticsOf(extended, Object.keys(extended), time, (name) =>
      series.of(name, [EXTENDED, name], stated),
    );
    return isRefused(percentiles) ? percentiles : [...plain, ...percentiles];
  },
};

export default {
  id: "cloudwatch-statistics",
  title: "CloudWatch metric statistics (JSON)",
  version: 1,
  unit: "sample",
  detect({ json }: Sample) {
    const list = isObject(json) ? json["Datapoints"] : undefined;
    if (!isObject(json) || !Array.isArray(list)) return null;
    const isPoint = (point: unknown): boolean => isObject(point) && "Timestamp" in point;
    if (!(list.length === 0 ? "Label" in json : isPoint(list[0]))) return null;
    return { confidence: 0.97, reason: "data points with statistics as CloudWatch answers" };
  },
  parser: (options: ParseOptions, sink: RecordSink) => seriesParser(DOCUMENT, options, sink),
  decode: decodeSample,
} satisfies Format;

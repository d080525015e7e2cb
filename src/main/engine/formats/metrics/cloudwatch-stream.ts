/**
 * What a metric stream of CloudWatch delivers as JSON, an object a line,
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-metric-streams-formats-json.html
 * Quirk: a point holds count, sum, maximum and minimum of a minute, and percentiles where they were asked for; each is a
 * series of its own, and so is the average, which is the sum by the count.
 */
import type { Format, ParseOptions, RecordSink, Sample } from "../format.ts";
import { FieldTimes } from "../support/objects/field-times.ts";
import { elementParser, type Refusal } from "../support/json/elements.ts";
import { isObject, type JsonObject, objectOf, textOf } from "../support/json/value.ts";
import { notAnObject } from "../support/objects/object-format.ts";
import {
  decodeSample,
  fileSamples,
  heldNumber,
  isRefused,
  type SampleSeries,
  type SeriesSample,
  sampleTime,
} from "../support/metrics/sample-series.ts";
import { statisticsOf, StatisticSeries } from "../support/metrics/statistic-series.ts";

const LEAST_SHARE = 0.5;
const MOST_REMEMBERED = 10_000;
const AVERAGE = "average";

const isPoint = (object: unknown): boolean =>
  isObject(object) && "metric_name" in object && "namespace" in object && isObject(object["value"]);

/** Series by what tells them apart, for a stream goes on about the same ones. */
class KnownSeries {
  readonly #known = new Map<string, StatisticSeries>();

  of(point: JsonObject): StatisticSeries {
    const { namespace, metric_name: name, dimensions, unit, region, account_id: account } = point;
    const key = JSON.stringify([namespace, name, dimensions, unit, region, account]);
    let series = this.#known.get(key);
    if (series === undefined) {
      if (this.#known.size >= MOST_REMEMBERED) this.#known.clear();
      const place = { namespace, region, account_id: account };
      const stated = Object.entries(place).filter(([, value]) => typeof value === "string");
      const labels = { ...(isObject(dimensions) ? dimensions : {}), ...Object.fromEntries(stated) };
      const unitText = typeof unit === "string" && unit !== "None" ? unit : "";
      series = new StatisticSeries(textOf(point, ["metric_name"]) ?? "value", labels, "stat", unitText);
      this.#known.set(key, series);
    }
    return series;
  }
}

function samplesOf(point: unknown, known: KnownSeries, times: FieldTimes): readonly SeriesSample[] | Refusal {
  if (!isObject(point)) return notAnObject(point);
  const value = objectOf(point, "value");
  if (value === undefined) return { reason: "no-sample", message: "expected an object of statistics as its value" };
  const time = sampleTime(point["timestamp"], times);
  if (isRefused(time)) return time;
  const series = known.of(point);
  const names = Object.keys(value).filter((name) => name !== "count");
  const found = statisticsOf(value, names, time, (name): SampleSeries => series.of(name, ["value", name]));
  const average = heldNumber(value);
  if (isRefused(found) || average === undefined) return found;
  return [{ series: series.of(AVERAGE, ["value"]), time, value: average }, ...found];
}

export default {
  id: "cloudwatch-stream",
  title: "CloudWatch metric stream (JSON)",
  version: 1,
  unit: "sample",
  detect(sample: Sample) {
    if (!sample.jsonKeys.has("metric_name") && !isPoint(Array.isArray(sample.json) ? sample.json[0] : sample.json))
      return null;
    const objects: readonly unknown[] = Array.isArray(sample.json) ? sample.json : sample.jsonLines;
    const all = objects.length === 0 ? [sample.json] : objects;
    const points = all.filter(isPoint).length;
    if (points < LEAST_SHARE * all.length) return null;
    return { confidence: 0.97, reason: `${points} of ${all.length} objects are points of a metric stream` };
  },
  objectLines: { unless: ["metric_name"], says: null },
  parser(options: ParseOptions, sink: RecordSink) {
    const times = new FieldTimes(options, sink);
    const known = new KnownSeries();
    return elementParser(sink, ["", "[*]"], {
      element: (element) => fileSamples(sink, element, samplesOf(element.value, known, times)),
    });
  },
  decode: decodeSample,
} satisfies Format;

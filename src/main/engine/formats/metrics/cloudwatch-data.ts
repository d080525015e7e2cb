/**
 * What CloudWatch answers to GetMetricData, https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html
 * Quirks: times and values are two arrays; several results may have one label, so that the query's id is a label of the
 * series; a result may go on in the next answer.
 */
import type { Format, ParseOptions, RecordSink, Sample } from "../format.ts";
import { columnParser } from "../support/metrics/column-document.ts";
import { isObject, type JsonObject } from "../support/json/value.ts";
import { decodeSample, sampleSeries } from "../support/metrics/sample-series.ts";

const RESULT = "MetricDataResults[*]";
const ID = `${RESULT}.Id`;
const LABEL = `${RESULT}.Label`;

const isText = (value: unknown): value is string => typeof value === "string" && value !== "";

export default {
  id: "cloudwatch-data",
  title: "CloudWatch metric data (JSON)",
  version: 1,
  unit: "sample",
  detect({ json }: Sample) {
    const list = isObject(json) ? json["MetricDataResults"] : undefined;
    if (!Array.isArray(list) || !list.every(isObject)) return null;
    return { confidence: 0.97, reason: "results with times and values as CloudWatch answers" };
  },
  parser(options: ParseOptions, sink: RecordSink) {
    const place = { table: RESULT, parts: [ID, LABEL], times: `${RESULT}.Timestamps[*]`, cells: `${RESULT}.Values[*]` };
    return columnParser(
      {
        places: [place],
        columns(known) {
          const [id, label] = [known(ID), known(LABEL)];
          if (!isText(id) && !isText(label)) return [];
          const labels: JsonObject = isText(id) ? { id } : {};
          const series = sampleSeries(isText(label) ? label : String(id), labels);
          return [{ series: () => series }];
        },
      },
      options,
      sink,
    );
  },
  decode: decodeSample,
} satisfies Format;

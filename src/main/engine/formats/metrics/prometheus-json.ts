/**
 * Answers of Prometheus' HTTP API to `query_range` (a matrix) and `query` (a vector or a scalar),
 * https://prometheus.io/docs/prometheus/latest/querying/api/#expression-query-result-formats
 * Quirk: values are text, because JSON has no NaN and no infinity; times are seconds with decimals.
 */
import type { Surroundings } from "../../../../shared/model/dead-letter.ts";
import type { RecordInput } from "../../../../shared/model/record.ts";
import type { Format, ParseOptions, Parser, RecordSink, Sample } from "../format.ts";
import { FieldTimes } from "../support/objects/field-times.ts";
import { fieldsOf, jsonText } from "../support/fields.ts";
import { HeldElements } from "../support/json/held-elements.ts";
import {
  elementParser,
  fileElement,
  type JsonElement,
  knownNow,
  type Refusal,
  ShapedParser,
  surroundings,
} from "../support/json/elements.ts";
import { arrayOf, isObject, type JsonObject, numberOf, objectOf, parseJsonValue } from "../support/json/value.ts";
import { serviceOfLabels } from "../support/metrics/labels.ts";
import { pointValue } from "../support/otlp/values.ts";
import { sampleMessage, sampleRecord, type Series, seriesName } from "../support/metrics/series.ts";

/** A series, its labels and its samples: in a whole answer, in its `data` alone, in an array of either. */
const SERIES = ["", "[*]."].flatMap((start) => ["data.", ""].map((data) => `${start}${data}result[*]`));
const PATHS = SERIES.flatMap((series) => [
  series,
  `${series}.metric`,
  `${series}.values[*]`,
  `${series}.value`,
  `${series}.histograms[*]`,
  `${series}.histogram`,
]);

function nameOf(labels: JsonObject): string {
  const { __name__: name, ...others } = labels;
  return seriesName(typeof name === "string" ? name : "", fieldsOf(others)) || "value";
}

/** A value, or the mean of a native histogram. */
const valueOf = (value: unknown): number | undefined => (isObject(value) ? pointValue(value) : numberOf(value));

const seriesOf = (labels: JsonObject): Series => ({
  name: nameOf(labels),
  service: serviceOfLabels(labels),
  context: jsonText(labels),
});
const UNNAMED = seriesOf({});

function readSample(pair: unknown, series: Series, times: FieldTimes): RecordInput | Refusal {
  const value = Array.isArray(pair) && pair.length === 2 ? valueOf(pair[1]) : undefined;
  if (!Array.isArray(pair) || value === undefined) {
    return { reason: "no-sample", message: `expected a time and a value, found ${jsonText(pair).slice(0, 80)}` };
  }
  return sampleRecord(series, times.of(pair[0]), value);
}

const labelsOf = (value: unknown): JsonObject => (isObject(value) ? value : {});

function parser(options: ParseOptions, sink: RecordSink): Parser {
  const times = new FieldTimes(options, sink);
  return new ShapedParser((json) => (isScalar(json) ? scalarParser(sink, times) : seriesParser(sink, times)));
}

const SCALAR = surroundings('{"data":{"resultType":"scalar","result":', "}}");

/** The series around a sample, or the list of series around one. */
function aroundSample(path: string, series: Series | null): Surroundings | undefined {
  const name = /\bresult\[\*\]\.(\w+)/.exec(path)?.[1];
  if (name === undefined || name === "metric") return surroundings('{"data":{"result":[', "]}}");
  const [open, close] = path.endsWith("[*]") ? ["[", "]"] : ["", ""];
  return surroundings(`{"data":{"result":[{"metric":${series?.context ?? "{}"},"${name}":${open}`, `${close}}]}}`);
}

function scalarParser(sink: RecordSink, times: FieldTimes): Parser {
  return elementParser(sink, ["data.result", "result"], {
    element: (element) => fileElement(sink, element, readSample(element.value, UNNAMED, times), SCALAR),
    around: () => knownNow(SCALAR),
  });
}

function seriesParser(sink: RecordSink, times: FieldTimes): Parser {
  let series: Series | null = null;
  const file = (element: JsonElement): void =>
    fileElement(sink, element, readSample(element.value, series ?? UNNAMED, times), aroundSample(element.path, series));
  const held = new HeldElements(file, () =>
    sink.warn("late-labels", "A series has too many samples before its labels; some are kept without them."),
  );
  return elementParser(sink, PATHS, {
    element(element) {
      if (element.path.endsWith(".metric")) {
        series = seriesOf(labelsOf(element.value));
        held.release();
      } else if (series === null && !element.path.endsWith("result[*]")) held.hold(element);
      else file(element);
    },
    leave() {
      held.release();
      series = null;
    },
    around: (path) => knownNow(aroundSample(path, series)),
  });
}

/** The part with `resultType` and `result`. */
function answerOf(json: unknown): JsonObject | undefined {
  const first: unknown = Array.isArray(json) ? json[0] : json;
  if (!isObject(first)) return undefined;
  return objectOf(first, "data") ?? first;
}

const isScalar = (json: unknown): boolean => /^(?:scalar|string)$/.test(String(answerOf(json)?.["resultType"]));

function detect(sample: Sample): { confidence: number; reason: string } | null {
  const answer = answerOf(sample.json);
  const type = answer?.["resultType"];
  if (answer === undefined || !Array.isArray(answer["result"])) return null;
  if (typeof type === "string" && /^(?:matrix|vector|scalar)$/.test(type)) {
    return { confidence: 0.98, reason: `a ${type} as Prometheus answers` };
  }
  const series = arrayOf(answer, "result").filter((item) => isObject(item) && isObject(item["metric"]));
  return series.length === 0 ? null : { confidence: 0.9, reason: "series with labels as Prometheus answers" };
}

export default {
  id: "prometheus-json",
  title: "Prometheus query result (JSON)",
  version: 1,
  unit: "sample",
  detect,
  parser,
  decode(raw, context) {
    const pair = parseJsonValue(raw);
    const labels = labelsOf(context === null ? {} : JSON.parse(context));
    const [time, value] = Array.isArray(pair) ? (pair as unknown[]) : [null, pair];
    return {
      message: sampleMessage(nameOf(labels), valueOf(value)),
      fields: [...fieldsOf(labels), ...fieldsOf({ time, value })],
    };
  },
} satisfies Format;

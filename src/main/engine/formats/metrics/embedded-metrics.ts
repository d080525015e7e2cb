/**
 * Logs in CloudWatch's embedded metric format, as functions and agents write them,
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 * Quirks: a line is a log, and a sample of each metric that it names under `_aws`; several numbers of one metric become
 * their mean; logs without metrics stand among them.
 */
import type { DecodedRecord } from "../../../../shared/model/record.ts";
import type { Format, ParseOptions, Parser, RecordSink, Sample } from "../format.ts";
import { FieldTimes } from "../support/objects/field-times.ts";
import { nameOf, NoJson, parseJsonLine } from "../support/json/line.ts";
import { arrayOf, isObject, type JsonObject, objectOf, parseJsonValue, textOf } from "../support/json/value.ts";
import { LineReader, lineText } from "../support/lines.ts";
import { logObjectFields, LogObjectReader } from "../support/log-object/reader.ts";
import { logRecord, warnOutOfRange } from "../support/log-object/record.ts";
import { decodeSample, heldNumber, type SampleSeries, sampleSeries } from "../support/metrics/sample-series.ts";
import { SAMPLE_OPTIONS } from "../support/sample-options.ts";
import { sampleRecord } from "../support/metrics/series.ts";
import { TimeReader } from "../support/time/reader.ts";

/** Of a file's objects; the others are logs. */
const LEAST_SHARE = 0.1;

const directivesOf = (object: JsonObject): readonly JsonObject[] =>
  arrayOf(objectOf(object, "_aws") ?? {}, "CloudWatchMetrics").filter(isObject);

interface Measured {
  readonly series: SampleSeries;
  readonly value: number;
}

/** A sample a metric, under the most dimensions that it is published with. */
function measuredIn(object: JsonObject): Measured[] {
  return directivesOf(object).flatMap((directive) => {
    const sets = arrayOf(directive, "Dimensions").filter((set): set is unknown[] => Array.isArray(set));
    const names = sets.toSorted((a, b) => b.length - a.length)[0] ?? [];
    const labels = names.flatMap((name) => {
      const value = typeof name === "string" ? textOf(object, [name]) : undefined;
      return value === undefined ? [] : [[String(name), value] as const];
    });
    return arrayOf(directive, "Metrics").flatMap((metric) => {
      const name = isObject(metric) ? textOf(metric, ["Name"]) : undefined;
      if (name === undefined || !isObject(metric) || !Object.hasOwn(object, name)) return [];
      const value = heldNumber(object[name]);
      const unit = textOf(metric, ["Unit"]);
      const stated = unit === undefined || unit === "None" ? {} : { unit };
      return value === undefined
        ? []
        : [{ series: sampleSeries(name, { ...Object.fromEntries(labels), ...stated }, [name]), value }];
    });
  });
}

function parser(options: ParseOptions, sink: RecordSink): Parser {
  const reader = new LogObjectReader(new TimeReader(options));
  const times = new FieldTimes(options, sink);
  return new LineReader(
    sink,
    {
      line(text, offset, length, line, lines) {
        if (text.trim() === "") return sink.skip("blank line");
        const object = parseJsonLine(text);
        if (object instanceof NoJson || !isObject(object)) {
          const what =
            object instanceof NoJson ? `not valid JSON${object.where}` : `${nameOf(object)}, not a JSON object`;
          const reason = object instanceof NoJson ? "invalid-json" : "not-an-object";
          return lines.deadLetter(reason, `Line ${line} at byte ${offset} is ${what}.`, offset, length, line);
        }
        const log = reader.read(object, text);
        if (log.outOfRange) warnOutOfRange(sink, line);
        const stamp = objectOf(object, "_aws")?.["Timestamp"];
        const time = log.time ?? (stamp === undefined ? null : times.of(stamp));
        sink.record({ ...logRecord(log, text), kind: "log", time }, offset, length, line);
        const measured = measuredIn(object);
        if (measured.length > 0) sink.read(measured.length);
        for (const { series, value } of measured) {
          const service = log.service ?? series.service;
          sink.record(sampleRecord({ ...series, service }, time, value), offset, length, line);
        }
      },
    },
    options.from,
  );
}

function decode(raw: Uint8Array, context: string | null): DecodedRecord {
  const text = lineText(raw);
  if (context !== null) return decodeSample(Buffer.from(text), context);
  const object = parseJsonValue(Buffer.from(text));
  if (!isObject(object)) return { message: text, fields: [] };
  const log = new LogObjectReader(new TimeReader(SAMPLE_OPTIONS)).read(object, text);
  return { message: log.message ?? text, fields: logObjectFields(object) };
}

export default {
  id: "embedded-metrics",
  title: "Logs with CloudWatch's embedded metrics",
  version: 1,
  unit: "element",
  linesStandAlone: true,
  detect(sample: Sample) {
    if (!sample.jsonKeys.has("_aws")) return null;
    const { jsonLines } = sample;
    const found = jsonLines.filter((object) => directivesOf(object).length > 0).length;
    if (found === 0 || found < LEAST_SHARE * jsonLines.length) return null;
    return { confidence: 0.97, reason: `${found} of ${jsonLines.length} lines name metrics that they hold` };
  },
  objectLines: { unless: ["_aws"], says: null },
  parser,
  decode,
} satisfies Format;

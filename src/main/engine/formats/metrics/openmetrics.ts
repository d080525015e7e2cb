/**
 * Metrics as a server exposes them: OpenMetrics, https://prometheus.io/docs/specs/om/open_metrics_spec/, and Prometheus'
 * older text format, https://prometheus.io/docs/instrumenting/exposition_formats/; also what `promtool tsdb dump` prints.
 * Quirks: OpenMetrics' times are seconds, Prometheus' are milliseconds, and a scrape mostly has none; its samples are
 * kept without one.
 */
import { Level } from "../../../../shared/model/level.ts";
import type { DecodedRecord, RecordInput } from "../../../../shared/model/record.ts";
import type { Detection, Format, ParseOptions, Parser, RecordSink, Sample } from "../format.ts";
import { ExpositionFamilies } from "../support/metrics/exposition-families.ts";
import { type ExpositionLine, NoExposition, readExpositionLine } from "../support/metrics/exposition-line.ts";
import { loggedTraceId, traceIdOf } from "../support/ids.ts";
import { LineReader, lineText } from "../support/lines.ts";
import { warnOutOfRange } from "../support/log-object/record.ts";
import { serviceOfLabels } from "../support/metrics/labels.ts";
import { sampleMessage, seriesName } from "../support/metrics/series.ts";
import { TimeReader } from "../support/time/reader.ts";

const LEAST_SHARE = 0.5;
const EOF = "# EOF";
const METADATA = /^# (?:TYPE|HELP|UNIT) [a-zA-Z_:]/;

function lineOf(text: string): ExpositionLine | NoExposition {
  try {
    return readExpositionLine(text);
  } catch (error) {
    if (error instanceof NoExposition) return error;
    throw error;
  }
}

const mayHaveLabels = (line: string): boolean => line.includes("{");

/** A name, a value and a time alone could be any text: labels, metadata or the end of OpenMetrics must be there. */
function detect(sample: Sample): Detection | null {
  // A JSON object is no sample of a metric.
  if (sample.jsonLines.length > 0) return null;
  const filled = sample.lines.filter((line) => line.trim().length > 0);
  const own = filled.filter((line) => !line.startsWith("#"));
  const marked = filled.filter((line) => METADATA.test(line)).length;
  const ends = sample.complete && filled.at(-1) === EOF;
  // Most sources are none, and are told by the braces that labels stand in, before any line is read.
  if (marked === 0 && !ends && own.filter(mayHaveLabels).length < own.length * LEAST_SHARE) return null;
  const lines = own.map(lineOf).filter((line): line is ExpositionLine => !(line instanceof NoExposition));
  const labelled = lines.filter(({ labels }) => labels.length > 0).length;
  if (marked === 0 && !ends && labelled < own.length * LEAST_SHARE) return null;
  if (own.length === 0) return ends || marked > 0 ? { confidence: 0.9, reason: "metadata of metrics" } : null;
  const share = lines.length / own.length;
  if (share < LEAST_SHARE && !ends) return null;
  return { confidence: 0.75 + 0.22 * share, reason: `${lines.length} of ${own.length} lines are samples of metrics` };
}

function parser(options: ParseOptions, sink: RecordSink): Parser {
  const times = new TimeReader(options);
  const families = new ExpositionFamilies();
  let ended = false;
  return new LineReader(sink, {
    line(text, offset, length, line, lines) {
      const refuse = (reason: string, what: string): void =>
        lines.deadLetter(reason, `Line ${line} at byte ${offset} ${what}.`, offset, length, line);
      if (text.trim().length === 0) return sink.skip("blank line");
      if (text === EOF) {
        ended = true;
        return sink.skip("end mark");
      }
      // Several scrapes may have been put into one file, each with metadata of its own.
      if (ended) families.clear();
      ended = false;
      if (text.trimStart().startsWith("#")) {
        const wrong = families.metadata(text.trim());
        if (wrong === undefined) return sink.skip("comment");
        return wrong === null ? sink.skip("metadata") : refuse("bad-metadata", wrong);
      }
      const found = lineOf(text);
      if (found instanceof NoExposition) return refuse("invalid-sample", found.message);
      const wrong = families.sample(found);
      if (wrong !== null) return refuse("senseless-sample", wrong);
      const timed = found.time !== null && (times.whole(found.time) || times.number(Number(found.time)));
      if (timed && times.outOfRange) warnOutOfRange(sink, line);
      sink.record({ ...recordOf(found), time: timed ? times.time : null }, offset, length, line);
    },
  });
}

function recordOf({ name, labels, value, exemplar }: ExpositionLine): Omit<RecordInput, "time"> {
  const series = seriesName(name, labels);
  const traced = Object.fromEntries(exemplar?.labels ?? []);
  return {
    kind: "sample",
    level: Level.none,
    service: serviceOfLabels(Object.fromEntries(labels)),
    message: sampleMessage(series, value),
    name: series,
    value,
    traceId: loggedTraceId(traced["trace_id"] ?? traced["traceID"] ?? traced["TraceID"]),
    spanId: traceIdOf(traced["span_id"] ?? traced["spanID"]),
  };
}

function decode(raw: Uint8Array): DecodedRecord {
  const text = lineText(raw);
  const found = lineOf(text);
  if (found instanceof NoExposition) return { message: text, fields: [] };
  const { name, labels, value, time, exemplar } = found;
  const exemplars =
    exemplar === null
      ? []
      : [
          ...exemplar.labels.map(([key, label]) => [`exemplar.${key}`, label] as const),
          ["exemplar.value", exemplar.value] as const,
        ];
  return {
    message: sampleMessage(seriesName(name, labels), value),
    fields: [
      ["__name__", name],
      ...labels,
      ["value", value],
      ...(time === null ? [] : [["time", time] as const]),
      ...exemplars,
    ],
  };
}

export default {
  id: "openmetrics",
  title: "Metrics as exposed (OpenMetrics, Prometheus)",
  version: 1,
  unit: "line",
  detect,
  parser,
  decode,
} satisfies Format;

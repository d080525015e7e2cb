/**
 * What Graphite's render API answers with `format=csv`, https://graphite.readthedocs.io/en/latest/render_api.html#csv:
 * `target,2026-11-22 10:00:00,0.5`. Quirks: there is no header; nothing was measured where the value is empty; the time is
 * of the zone that was asked for.
 */
import { Level } from "../../../shared/model/level.ts";
import type { DecodedRecord } from "../../../shared/model/record.ts";
import type { Detection, Format, ParseOptions, Parser, RecordSink, Sample } from "./format.ts";
import { isAbsent, numberOf, splitRow } from "./support/csv.ts";
import { fieldsOf } from "./support/fields.ts";
import { graphiteSeries } from "./support/graphite-path.ts";
import { LineReader, lineText } from "./support/lines.ts";
import { warnOutOfRange } from "./support/log-record.ts";
import { serviceOfLabels } from "./support/metric-labels.ts";
import { RowTimes } from "./support/row-times.ts";
import { SAMPLE_OPTIONS } from "./support/sample-options.ts";
import { sampleMessage, seriesName } from "./support/series.ts";

const LEAST_SHARE = 0.5;
const TIME = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/;
/** A path has steps, tags or a function around it. */
const TARGET = /^[a-zA-Z_][^\n]*[.;(]/;

interface Row {
  readonly target: string;
  readonly time: string;
  readonly value: string;
}

function rowOf(text: string): Row | null {
  const [target = "", time = "", value = "", ...others] = splitRow(text, ",");
  return others.length > 0 || !TARGET.test(target) || !TIME.test(time) ? null : { target, time, value };
}

function detect(sample: Sample): Detection | null {
  const own = sample.lines.filter((line) => line.trim() !== "");
  const times = new RowTimes(SAMPLE_OPTIONS);
  const good = own.filter((line) => {
    const row = rowOf(line);
    const isValue = row !== null && (isAbsent(row.value) || numberOf(row.value, ",") !== undefined);
    return isValue && times.read(row.time) !== undefined;
  }).length;
  const share = good / Math.max(own.length, 1);
  if (share < LEAST_SHARE) return null;
  return { confidence: 0.8 + 0.16 * share, reason: `${good} of ${own.length} rows are a target, a time and a value` };
}

function parser(options: ParseOptions, sink: RecordSink): Parser {
  const times = new RowTimes(options);
  return new LineReader(
    sink,
    {
      line(text, offset, length, line, lines) {
        if (text.trim() === "") return sink.skip("blank line");
        const refuse = (reason: string, what: string): void =>
          lines.deadLetter(reason, `Line ${line} at byte ${offset} ${what}.`, offset, length, line);
        const row = rowOf(text);
        const time = row === null ? undefined : times.read(row.time);
        if (row === null || time === undefined) return refuse("invalid-row", "is not a target, a time and a value");
        const value = numberOf(row.value, ",");
        if (value === undefined)
          return isAbsent(row.value) ? sink.skip("no value") : refuse("no-value", "has no number");
        if (times.outOfRange) warnOutOfRange(sink, line);
        const { name: metric, labels } = graphiteSeries(row.target);
        const name = seriesName(metric, fieldsOf(labels));
        const service = serviceOfLabels(labels);
        const message = sampleMessage(name, value);
        sink.record({ kind: "sample", time, level: Level.none, service, message, name, value }, offset, length, line);
      },
    },
    options.from,
  );
}

function decode(raw: Uint8Array): DecodedRecord {
  const text = lineText(raw);
  const row = rowOf(text);
  if (row === null) return { message: text, fields: [] };
  const { name, labels } = graphiteSeries(row.target);
  const { target, time, value } = row;
  return {
    message: sampleMessage(seriesName(name, fieldsOf(labels)), numberOf(value, ",")),
    fields: Object.entries({ target, time, value }),
  };
}

export default {
  id: "graphite-csv",
  title: "Graphite render answer (CSV)",
  version: 1,
  unit: "row",
  linesStandAlone: true,
  detect,
  parser,
  decode,
} satisfies Format;

/**
 * What Graphite's render API answers with `format=csv`, https://graphite.readthedocs.io/en/latest/render_api.html#csv:
 * `target,2026-11-22 10:00:00,0.5`. Quirks: there is no header; nothing was measured where the value is empty; the time is
 * of the zone that was asked for.
 */
import type { DecodedRecord } from "../../../../shared/model/record.ts";
import type { Detection, Format, ParseOptions, Parser, RecordSink, Sample } from "../format.ts";
import { isAbsent, numberOf, splitRow } from "../support/csv/cells.ts";
import { fieldsOf } from "../support/fields.ts";
import { graphiteSeries } from "../support/metrics/graphite-path.ts";
import { lineText } from "../support/lines.ts";
import { RowTimes } from "../support/csv/row-times.ts";
import { sampleLineParser } from "../support/metrics/sample-lines.ts";
import { SAMPLE_OPTIONS } from "../support/sample-options.ts";
import { sampleMessage, seriesName } from "../support/metrics/series.ts";

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
  return sampleLineParser(options, sink, (text) => {
    const row = rowOf(text);
    const time = row === null ? undefined : times.read(row.time);
    if (row === null || time === undefined)
      return { reason: "invalid-row", what: "is not a target, a time and a value" };
    const value = numberOf(row.value, ",");
    if (value === undefined) return isAbsent(row.value) ? "no value" : { reason: "no-value", what: "has no number" };
    const { name: metric, labels } = graphiteSeries(row.target);
    return { metric, labels, value, time, outOfRange: times.outOfRange };
  });
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

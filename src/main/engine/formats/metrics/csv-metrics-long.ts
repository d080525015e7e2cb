/**
 * Metrics as CSV (RFC 4180, https://www.rfc-editor.org/rfc/rfc4180), one sample a row: `timestamp,service,metric,value`, columns in
 * any order and under their usual other names. Quirk: what other columns hold are labels and belong to the name of
 * the series, `name{label="value"}`. The header is the context of every record.
 */
import { Level } from "../../../../shared/model/level.ts";
import type { DecodedRecord } from "../../../../shared/model/record.ts";
import type { Detection, Format, ParseOptions, Parser, RecordSink, Sample } from "../format.ts";
import {
  columnsOf,
  isAbsent,
  isDelimiterLine,
  numberOf,
  headerLine,
  splitRow,
  timeCell,
  type Columns,
} from "../support/csv/cells.ts";
import { lineText } from "../support/lines.ts";
import { RowTimes } from "../support/csv/row-times.ts";
import { SAMPLE_OPTIONS } from "../support/sample-options.ts";
import { LabelReader } from "../support/csv/table-labels.ts";
import { TableReader } from "../support/csv/table-reader.ts";

/** The names of the header say nearly enough; rows may be damaged. */
const LEAST_SHARE = 0.3;

function isLong(columns: Columns): boolean {
  return columns.time >= 0 && columns.metric >= 0 && columns.value >= 0;
}

function detect(sample: Sample): Detection | null {
  // A JSON object is no row of cells.
  if (sample.jsonLines.length > 0) return null;
  const [header = "", ...rows] = sample.lines.filter((line) => line.trim().length > 0 && !isDelimiterLine(line));
  const columns = columnsOf(header);
  if (!isLong(columns)) return null;
  if (rows.length === 0) return { confidence: 0.6, reason: "a header of time, metric and value without rows" };
  const times = new RowTimes(SAMPLE_OPTIONS);
  const good = rows.filter((row) => {
    const cells = splitRow(row, columns.delimiter);
    const value = cells[columns.value] ?? "";
    return (
      times.read(timeCell(columns, cells)) !== undefined &&
      (numberOf(value, columns.delimiter) !== undefined || isAbsent(value))
    );
  }).length;
  const share = good / rows.length;
  if (share < LEAST_SHARE) return null;
  return {
    confidence: 0.7 + 0.27 * share,
    reason: `a header of time, metric and value; ${good} of ${rows.length} rows fit it`,
  };
}

function parser(options: ParseOptions, sink: RecordSink): Parser {
  let columns = columnsOf("");
  let labels = new LabelReader(columns, []);
  let context = "";
  return new TableReader(options, sink, {
    what: "a time, a metric and a value",
    accepts: isLong,
    learn(found, _rows, header) {
      columns = found;
      labels = new LabelReader(found, labelColumns(found));
      context = header;
    },
    row({ cells, time, offset, length, line, refuse }) {
      const { delimiter, names } = columns;
      const cell = cells[columns.value] ?? "";
      const value = numberOf(cell, delimiter);
      if (value === undefined && cell !== "" && isAbsent(cell)) return sink.skip("no value");
      if (value === undefined) return refuse("no-value", `has no number in column "${names[columns.value] ?? ""}"`);
      const metric = cells[columns.metric] ?? "";
      if (metric === "") return refuse("no-metric", `names no metric in column "${names[columns.metric] ?? ""}"`);
      const { suffix, service: labelled } = labels.of(cells);
      const name = metric + suffix;
      const service = cells[columns.service] || labelled;
      sink.record(
        { kind: "sample", time, level: Level.none, service, message: `${name} ${cell}`, name, value, context },
        offset,
        length,
        line,
      );
    },
  });
}

/** All that is neither the time, the service, the metric nor its value. */
function labelColumns({ names, time, clock, service, metric, value }: Columns): number[] {
  const known = new Set([time, clock, service, metric, value]);
  return names.flatMap((_, index) => (known.has(index) ? [] : [index]));
}

function decode(raw: Uint8Array, context: string | null): DecodedRecord {
  const text = lineText(raw);
  const columns = columnsOf(context ?? "");
  const cells = splitRow(text, columns.delimiter);
  const { suffix } = new LabelReader(columns, labelColumns(columns)).of(cells);
  const message = isLong(columns) ? `${cells[columns.metric] ?? ""}${suffix} ${cells[columns.value] ?? ""}` : text;
  return {
    message,
    fields: cells.map((cell, index) => [columns.names[index] ?? `column ${index + 1}`, cell] as const),
  };
}

const format: Format = {
  id: "csv-metrics-long",
  title: "Metrics as CSV, one sample a row",
  version: 4,
  unit: "row",
  detect,
  parser,
  decode,
  around: ({ head }) => ({ before: headerLine(head), after: "" }),
};
export default format;

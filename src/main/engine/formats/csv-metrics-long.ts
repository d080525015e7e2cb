/**
 * Metrics as CSV (RFC 4180, https://www.rfc-editor.org/rfc/rfc4180), one sample a row: `timestamp,service,metric,value`, columns in
 * any order and under their usual other names. Quirk: what other columns hold are labels and belong to the name of
 * the series, `name{label="value"}`. The header is the context of every record.
 */
import { Level } from "../../../shared/model/level.ts";
import type { DecodedRecord } from "../../../shared/model/record.ts";
import type { Detection, Format, ParseOptions, Parser, RecordSink, Sample } from "./format.ts";
import {
  columnsOf,
  isAbsent,
  isDelimiterLine,
  numberOf,
  headerLine,
  splitRow,
  underHeader,
  type Columns,
} from "./support/csv.ts";
import { LineReader, lineText } from "./support/lines.ts";
import { warnOutOfRange } from "./support/log-record.ts";
import { RowTimes } from "./support/row-times.ts";
import { SAMPLE_OPTIONS } from "./support/sample-options.ts";

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
      times.read(cells[columns.time] ?? "") !== undefined &&
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
  const times = new RowTimes(options);
  const cells: string[] = [];
  let header: string | null = null;
  let columns: Columns | null = null;
  return new LineReader(sink, {
    line(text, offset, length, line, lines) {
      if (text.trimStart().length === 0) return sink.skip("blank line");
      if (header === null && isDelimiterLine(text)) return sink.skip("header");
      if (columns === null || header === null) {
        header = text;
        columns = columnsOf(text);
        if (isLong(columns)) return sink.skip("header");
        const message = `Line ${line} at byte ${offset} is not a header that names a time, a metric and a value.`;
        return lines.deadLetter("no-header", message, offset, length, line);
      }
      if (text === header) return sink.skip("header");
      const { delimiter, names } = columns;
      splitRow(text, delimiter, cells);
      const under = header;
      const refuse = (reason: string, what: string): void =>
        lines.deadLetter(reason, `Line ${line} at byte ${offset} ${what}.`, offset, length, line, underHeader(under));
      if (cells.length !== names.length)
        return refuse("wrong-columns", `has ${cells.length} cells where the header has ${names.length}`);
      const time = times.read(cells[columns.time] ?? "");
      if (time === undefined)
        return refuse("no-time", `has no time that can be read in column "${names[columns.time]}"`);
      const value = numberOf(cells[columns.value] ?? "", delimiter);
      const cell = cells[columns.value] ?? "";
      if (value === undefined && cell !== "" && isAbsent(cell)) return sink.skip("no value");
      if (value === undefined) return refuse("no-value", `has no number in column "${names[columns.value]}"`);
      const name = seriesOf(columns, cells);
      if (name === "") return refuse("no-metric", `names no metric in column "${names[columns.metric]}"`);
      if (times.outOfRange) warnOutOfRange(sink, line);
      const service = columns.service < 0 ? null : cells[columns.service] || null;
      const message = `${name} ${cells[columns.value]}`;
      sink.record(
        { kind: "sample", time, level: Level.none, service, message, name, value, context: header },
        offset,
        length,
        line,
      );
    },
  });
}

/** The metric's name with the labels of the other columns, or "" when it has none. */
function seriesOf(columns: Columns, cells: readonly string[]): string {
  const { names, time, service, metric, value } = columns;
  const name = cells[metric] ?? "";
  const known = service < 0 ? 3 : 4;
  if (names.length <= known || name === "") return name;
  const labels: string[] = [];
  for (const [index, cell] of cells.entries()) {
    if (index === time || index === service || index === metric || index === value || cell === "") continue;
    labels.push(`${names[index]}=${JSON.stringify(cell)}`);
  }
  return labels.length === 0 ? name : `${name}{${labels.join(",")}}`;
}

function decode(raw: Uint8Array, context: string | null): DecodedRecord {
  const text = lineText(raw);
  const columns = columnsOf(context ?? "");
  const cells = splitRow(text, columns.delimiter);
  const message = isLong(columns) ? `${seriesOf(columns, cells)} ${cells[columns.value] ?? ""}` : text;
  return {
    message,
    fields: cells.map((cell, index) => [columns.names[index] ?? `column ${index + 1}`, cell] as const),
  };
}

const format: Format = {
  id: "csv-metrics-long",
  title: "Metrics as CSV, one sample a row",
  version: 2,
  unit: "row",
  detect,
  parser,
  decode,
  around: ({ head }) => ({ before: headerLine(head), after: "" }),
};
export default format;

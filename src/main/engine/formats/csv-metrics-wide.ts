/**
 * Metrics as CSV (RFC 4180, https://www.rfc-editor.org/rfc/rfc4180), one series a column: a column of times and columns of numbers, as
 * spreadsheets and Grafana export them; `timestamp,value` too. Quirk: a row holds a sample a column, so samples are
 * what is counted; header and blank lines count as one. The context of a record is its column's number and the header, or
 * only the column's name where the headers of thousands of columns would outgrow the samples.
 */
import { Level } from "../../../shared/model/level.ts";
import type { DecodedRecord } from "../../../shared/model/record.ts";
import type { Detection, Format, ParseOptions, Parser, RecordSink, Sample } from "./format.ts";
import { columnsOf, isAbsent, isDelimiter, numberOf, splitRow, type Columns, headerLine } from "./support/csv.ts";
import { LineReader, lineText } from "./support/lines.ts";
import { warnOutOfRange } from "./support/log-record.ts";
import { RowTimes } from "./support/row-times.ts";
import { SAMPLE_OPTIONS } from "./support/sample-options.ts";

const LEAST_SHARE = 0.5;
/** Characters of context that all columns together may take. */
const MOST_CONTEXT = 4 * 1024 * 1024;

/** Columns of series: all but those of the time and the service. */
const seriesColumns = ({ names, time, service }: Columns): number[] =>
  names.flatMap((_, index) => (index === time || index === service ? [] : [index]));

function detect(sample: Sample): Detection | null {
  const [header = "", ...rows] = sample.lines.filter((line) => line.trim().length > 0);
  const columns = columnsOf(header);
  const series = seriesColumns(columns);
  if (columns.time < 0 || series.length === 0 || rows.length === 0) return null;
  // A column of numbers under the name of a metric is a series; one of words makes the long form.
  if (
    series.some(
      (index) =>
        (columns.names[index] ?? "") === "" || numberOf(columns.names[index] ?? "", columns.delimiter) !== undefined,
    )
  )
    return null;
  const times = new RowTimes(SAMPLE_OPTIONS);
  const filled = new Set<number>();
  const good = rows.filter((row) => {
    const cells = splitRow(row, columns.delimiter);
    if (cells.length !== columns.names.length || times.read(cells[columns.time] ?? "") === undefined) return false;
    return series.every((index) => {
      const cell = cells[index] ?? "";
      if (isAbsent(cell)) return true;
      filled.add(index);
      return numberOf(cell, columns.delimiter) !== undefined;
    });
  }).length;
  const share = good / rows.length;
  if (share < LEAST_SHARE || filled.size === 0) return null;
  return {
    confidence: 0.75 + 0.19 * share,
    reason: `a column of times and ${series.length} of numbers; ${good} of ${rows.length} rows fit`,
  };
}

function parser(options: ParseOptions, sink: RecordSink): Parser {
  const times = new RowTimes(options);
  const cells: string[] = [];
  let header: string | null = null;
  let columns: Columns = columnsOf("");
  let series: readonly { readonly index: number; readonly name: string; readonly context: string }[] = [];
  return new LineReader(sink, {
    line(text, offset, length, line, lines) {
      if (text.trimStart().length === 0) return sink.skip("blank line");
      const refuse = (reason: string, what: string): void =>
        lines.deadLetter(reason, `Line ${line} at byte ${offset} ${what}.`, offset, length, line);
      if (header === null) {
        header = text;
        columns = columnsOf(text);
        const found = seriesColumns(columns);
        const narrow = found.length * text.length <= MOST_CONTEXT;
        series = found.map((index) => {
          const name = columns.names[index] ?? "";
          return { index, name, context: narrow ? `${index}\n${text}` : `${index}${columns.delimiter}\n${name}` };
        });
        if (columns.time >= 0 && series.length > 0) return sink.skip("header");
        return refuse("no-header", "is not a header that names a time and series");
      }
      if (text === header) return sink.skip("header");
      splitRow(text, columns.delimiter, cells);
      if (cells.length !== columns.names.length) {
        return refuse("wrong-columns", `has ${cells.length} cells where the header has ${columns.names.length}`);
      }
      const time = times.read(cells[columns.time] ?? "");
      if (time === undefined)
        return refuse("no-time", `has no time that can be read in column "${columns.names[columns.time]}"`);
      if (times.outOfRange) warnOutOfRange(sink, line);
      const service = columns.service < 0 ? null : cells[columns.service] || null;
      if (series.length > 1) sink.read(series.length - 1);
      for (const { index, name, context } of series) {
        const cell = cells[index] ?? "";
        const value = numberOf(cell, columns.delimiter);
        if (value !== undefined) {
          const message = `${name} ${cell}`;
          sink.record(
            { kind: "sample", time, level: Level.none, service, message, name, value, context },
            offset,
            length,
            line,
          );
        } else if (isAbsent(cell)) sink.skip("empty cell");
        else refuse("no-value", `has no number in column "${name}"`);
      }
    },
  });
}

function decode(raw: Uint8Array, context: string | null): DecodedRecord {
  const text = lineText(raw);
  const [, place = "", delimiter = "", names = ""] = /^(\d+)([,;\t]?)\n([^]*)$/.exec(context ?? "") ?? [];
  const index = place === "" ? -1 : Number(place);
  if (isDelimiter(delimiter)) {
    const cell = splitRow(text, delimiter)[index] ?? "";
    return { message: `${names} ${cell}`, fields: [[names, cell]] };
  }
  const columns = columnsOf(names);
  const cells = splitRow(text, columns.delimiter);
  const message = index < 0 ? text : `${columns.names[index] ?? ""} ${cells[index] ?? ""}`;
  return { message, fields: cells.map((cell, at) => [columns.names[at] ?? `column ${at + 1}`, cell] as const) };
}

const format: Format = {
  id: "csv-metrics-wide",
  title: "Metrics as CSV, one series a column",
  version: 1,
  unit: "sample",
  detect,
  parser,
  decode,
  around: ({ head, reason, message }) => {
    const column = reason === "no-value" ? /has no number in column "(.*)"\.$/su.exec(message)?.[1] : undefined;
    return {
      before: headerLine(head),
      after: "",
      // The row's other cells are records already.
      keeps: column === undefined ? undefined : ({ name }) => name === column,
    };
  },
};
export default format;

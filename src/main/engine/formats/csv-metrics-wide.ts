/**
 * Metrics as CSV (RFC 4180, https://www.rfc-editor.org/rfc/rfc4180), one series a column: a column of times and columns of numbers, as
 * spreadsheets and Grafana export them; `timestamp,value` too. Quirk: a row holds a sample a column, so samples are
 * what is counted; header and blank lines count as one. The context of a record is its column's number and the header;
 * of thousands of columns, where header and row with every sample would outgrow the samples, a record is its cell alone
 * and its context the column's name.
 */
import { Level } from "../../../shared/model/level.ts";
import type { DecodedRecord } from "../../../shared/model/record.ts";
import type { Detection, Format, ParseOptions, Parser, RecordSink, Sample } from "./format.ts";
import {
  columnsOf,
  isAbsent,
  isDelimiterLine,
  numberOf,
  splitRow,
  type Columns,
  headerLine,
  underHeader,
} from "./support/csv.ts";
import { LineReader, lineText } from "./support/lines.ts";
import { warnOutOfRange } from "./support/log-record.ts";
import { RowTimes } from "./support/row-times.ts";
import { SAMPLE_OPTIONS } from "./support/sample-options.ts";

const LEAST_SHARE = 0.5;
/** Characters of context that all columns together may take. */
const MOST_CONTEXT = 4 * 1024 * 1024;
/** Stands for the column's number in the context of a record that is a cell. */
const CELL = "cell";

/** Columns of series: all but those of the time and the service. */
const seriesColumns = ({ names, time, service }: Columns): number[] =>
  names.flatMap((_, index) => (index === time || index === service ? [] : [index]));

function detect(sample: Sample): Detection | null {
  // A JSON object is no row of cells.
  if (sample.jsonLines.length > 0) return null;
  const [header = "", ...rows] = sample.lines.filter((line) => line.trim().length > 0 && !isDelimiterLine(line));
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
  const ends: number[] = [];
  let header: string | null = null;
  let columns: Columns = columnsOf("");
  let series: readonly { readonly index: number; readonly name: string; readonly context: string }[] = [];
  let narrow = true;
  return new LineReader(sink, {
    line(text, offset, length, line, lines) {
      if (text.trimStart().length === 0) return sink.skip("blank line");
      if (header === null && isDelimiterLine(text)) return sink.skip("header");
      const under = header === null ? undefined : underHeader(header);
      const refuse = (reason: string, what: string): void =>
        lines.deadLetter(reason, `Line ${line} at byte ${offset} ${what}.`, offset, length, line, under);
      if (header === null) {
        header = text;
        columns = columnsOf(text);
        const found = seriesColumns(columns);
        narrow = found.length * text.length <= MOST_CONTEXT;
        series = found.map((index) => {
          const name = columns.names[index] ?? "";
          return { index, name, context: narrow ? `${index}\n${text}` : `${CELL}\n${name}` };
        });
        if (columns.time >= 0 && series.length > 0) return sink.skip("header");
        return refuse("no-header", "is not a header that names a time and series");
      }
      if (text === header) return sink.skip("header");
      if (narrow) splitRow(text, columns.delimiter, cells);
      else splitRow(text, columns.delimiter, cells, ends);
      if (cells.length !== columns.names.length) {
        return refuse("wrong-columns", `has ${cells.length} cells where the header has ${columns.names.length}`);
      }
      // Bytes that are no text hide where the cells lie.
      if (!narrow && text.includes("\ufffd")) return refuse("bad-utf8", "holds bytes that are no UTF-8");
      const time = times.read(cells[columns.time] ?? "");
      if (time === undefined)
        return refuse("no-time", `has no time that can be read in column "${columns.names[columns.time]}"`);
      if (times.outOfRange) warnOutOfRange(sink, line);
      const service = columns.service < 0 ? null : cells[columns.service] || null;
      if (series.length > 1) sink.read(series.length - 1);
      const place = new CellPlace(text, ends);
      for (const { index, name, context } of series) {
        const cell = cells[index] ?? "";
        const value = numberOf(cell, columns.delimiter);
        if (value !== undefined) {
          const message = `${name} ${cell}`;
          const sample = { kind: "sample", time, level: Level.none, service, message, name, value, context } as const;
          if (narrow) sink.record(sample, offset, length, line);
          else {
            place.moveTo(index);
            sink.record(sample, offset + place.start, place.length, line);
          }
        } else if (isAbsent(cell)) sink.skip("empty cell");
        else refuse("no-value", `has no number in column "${name}"`);
      }
    },
  });
}

/** Where a cell of the current row lies, in bytes from the row's start; asked for from left to right. */
class CellPlace {
  readonly #row: string;
  readonly #ends: readonly number[];
  #character = 0;
  start = 0;
  length = 0;

  constructor(row: string, ends: readonly number[]) {
    this.#row = row;
    this.#ends = ends;
  }

  moveTo(index: number): void {
    const from = index === 0 ? 0 : (this.#ends[index - 1] ?? 0) + 1;
    this.start += Buffer.byteLength(this.#row.slice(this.#character, from));
    this.length = Buffer.byteLength(this.#row.slice(from, this.#ends[index]));
    this.#character = from;
  }
}

function decode(raw: Uint8Array, context: string | null): DecodedRecord {
  const text = lineText(raw);
  const split = context?.indexOf("\n") ?? -1;
  const place = context?.slice(0, Math.max(split, 0));
  const names = context?.slice(split + 1) ?? "";
  if (place === CELL) {
    const cell = text.startsWith('"') ? (splitRow(text, ",")[0] ?? "") : text;
    return { message: `${names} ${cell}`, fields: [[names, cell]] };
  }
  const columns = columnsOf(names);
  const cells = splitRow(text, columns.delimiter);
  const index = split < 0 ? -1 : Number(place);
  const message = index < 0 ? text : `${columns.names[index] ?? ""} ${cells[index] ?? ""}`;
  return { message, fields: cells.map((cell, at) => [columns.names[at] ?? `column ${at + 1}`, cell] as const) };
}

const format: Format = {
  id: "csv-metrics-wide",
  title: "Metrics as CSV, one series a column",
  version: 2,
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

/**
 * Logs exported as CSV (RFC 4180, https://www.rfc-editor.org/rfc/rfc4180): a header that names a time and a message, a level
 * or a service, and a record a row. Quirks: a message in quotes may go over many lines; the header is the context of
 * every record; a quote that nobody closes costs its own row alone.
 */
import type { DecodedRecord } from "../../../../shared/model/record.ts";
import type { Detection, Format, ParseOptions, Parser, RecordSink, Sample } from "../format.ts";
import { columnsOf, isAbsent, numberOf, splitRow, underHeader } from "../support/csv/cells.ts";
import { isOddlyQuoted, OpenRow } from "../support/csv/rows.ts";
import { fitsColumns, isBeforeHeader, type LogColumns, logColumnsOf, rowObject } from "../support/csv/log-columns.ts";
import { textOf } from "../support/json/value.ts";
import { LineReader, lineText } from "../support/lines.ts";
import { type LogObject, LogObjectReader } from "../support/log-object/reader.ts";
import { logRecord, warnOutOfRange } from "../support/log-object/record.ts";
import { SAMPLE_OPTIONS } from "../support/sample-options.ts";
import { seriesTableOf } from "../support/csv/table-sample.ts";
import { TimeReader } from "../support/time/reader.ts";
import { dateOrderOfCells } from "../support/time/source-dates.ts";

const LEAST_SHARE = 0.5;

/** Rows that end in the sample, with their columns. */
function rowsOf(lines: readonly string[], columns: LogColumns): string[][] {
  const rows: string[][] = [];
  let text = "";
  for (const line of lines) {
    text = text === "" ? line : `${text}\n${line}`;
    if (isOddlyQuoted(text)) continue;
    if (text.trim() !== "") rows.push(splitRow(text, columns.delimiter));
    text = "";
  }
  return rows;
}

/** A metric and its value a row, and nothing that is said. */
function namesSamples({ header, roles }: LogColumns): boolean {
  const { metric, value } = columnsOf(header);
  return metric >= 0 && value >= 0 && !roles.has("message") && !roles.has("log");
}

function detect(sample: Sample): Detection | null {
  // A JSON object is no row of cells.
  if (sample.jsonLines.length > 0) return null;
  const lines = sample.lines.slice(sample.lines.findIndex((line) => line.trim() !== "" && !isBeforeHeader(line)));
  const columns = logColumnsOf(lines[0] ?? "");
  if (columns === null || namesSamples(columns) || seriesTableOf(sample) !== null) return null;
  const says = ["message", "log", "level", "service"].filter((role) => columns.roles.has(role)).length;
  const rows = rowsOf(columns.isImplied ? lines : lines.slice(1), columns);
  const reader = new LogObjectReader(new TimeReader(SAMPLE_OPTIONS));
  const good = rows.filter(
    (cells) => fitsColumns(columns, cells) && reader.read(rowObject(columns, cells)).time !== null,
  );
  const share = good.length / Math.max(rows.length, 1);
  if (
    rows.length === 0 ||
    share < LEAST_SHARE ||
    (says === 0 && !good.some((cells) => cells.length > columns.names.length))
  )
    return null;
  // Where all that is said are numbers, rows are samples of metrics; of some the number is damaged.
  const roles = new Set([columns.roles.get("time"), columns.clock, columns.roles.get("service")]);
  const saysWords = (cells: readonly string[]): boolean =>
    cells.some(
      (cell, index) => !roles.has(index) && !isAbsent(cell) && numberOf(cell, columns.delimiter) === undefined,
    );
  const hasWords = 2 * good.filter(saysWords).length > good.length;
  if (!hasWords) return null;
  return {
    confidence: 0.6 + 0.33 * share,
    reason: `a header of a time and what logs say; ${good.length} of ${rows.length} rows fit it`,
  };
}

/** Enough rows to tell in which order they write their dates. */
const MOST_HEAD = 64 * 1_024;

/** Times of the rows that a source begins with. */
function openingTimes(head: Uint8Array): string[] {
  const text = lineText(head.subarray(0, MOST_HEAD)).replace(/^\ufeff/, "");
  const lines = text.split(/\r?\n/).slice(0, -1);
  const at = lines.findIndex((line) => line.trim() !== "" && !isBeforeHeader(line));
  const columns = logColumnsOf(lines[at] ?? "");
  if (columns === null) return [];
  return rowsOf(lines.slice(at + 1), columns).map((cells) => textOf(rowObject(columns, cells), ["time"]) ?? "");
}

function parser(options: ParseOptions, sink: RecordSink): Parser {
  const order = options.head === undefined ? "usual" : dateOrderOfCells(openingTimes(options.head), options, sink);
  const reader = new LogObjectReader(new TimeReader(options, order));
  let columns: LogColumns | null = null;
  const open = new OpenRow();

  const letter = (reason: string, what: string): void => {
    const { offset, length, line } = open.row;
    const message = `Line ${line} at byte ${offset} ${what}.`;
    const around = columns === null ? undefined : underHeader(columns.header);
    sink.deadLetter({ offset, length, line, stage: "parse", reason, message, raw: open.raw, around });
    open.clear();
  };
  const close = (): void => {
    if (columns === null || !open.isOpen) return;
    if (open.isQuoted) return letter("open-quote", "opens a quote that is not closed");
    const { text, offset, length, line } = open.row;
    const log = readRow(reader, columns, splitRow(text, columns.delimiter));
    if (log.outOfRange) warnOutOfRange(sink, line);
    const kind = "log";
    sink.record({ ...logRecord(log, text), kind, context: columns.header }, offset, length, line);
    open.clear();
  };
  /** Whether a line is a row of its own, so that a quote which is open before it was never closed. */
  const isRow = (text: string, under: LogColumns): boolean => {
    if (isOddlyQuoted(text)) return false;
    const cells = splitRow(text, under.delimiter);
    return fitsColumns(under, cells) && reader.read(rowObject(under, cells)).time !== null;
  };

  const lines = new LineReader(sink, {
    tooLong: () => open.isOpen && letter("open-quote", "opens a quote that is not closed"),
    line(text, offset, length, line, source) {
      if (columns === null) {
        if (text.trim() === "" || isBeforeHeader(text)) return sink.skip(text.trim() === "" ? "blank line" : "header");
        columns = logColumnsOf(text);
        if (columns === null) {
          const message = `Line ${line} at byte ${offset} is not a header that names a time.`;
          return source.deadLetter("no-header", message, offset, length, line);
        }
        if (!columns.isImplied) return sink.skip("header");
      }
      if (open.isOpen && (open.isTooLong || isRow(text, columns)))
        letter("open-quote", "opens a quote that is not closed");
      if (!open.isOpen) {
        if (text.trim() === "") return sink.skip("blank line");
        if (text === columns.header) return sink.skip("header");
      } else sink.skip("continuation of the line above");
      open.add(text, () => source.raw(), offset, length, line);
      if (open.isQuoted) return;
      const cells = splitRow(open.row.text, columns.delimiter);
      if (fitsColumns(columns, cells)) return close();
      const what = `has ${cells.length} cells where the header has ${columns.names.length}`;
      if (line !== open.row.line) return letter("wrong-columns", what);
      open.clear();
      const message = `Line ${line} at byte ${offset} ${what}.`;
      source.deadLetter("wrong-columns", message, offset, length, line, underHeader(columns.header));
    },
  });
  return {
    push: (chunk) => lines.push(chunk),
    end() {
      lines.end();
      close();
    },
  };
}

function readRow(reader: LogObjectReader, columns: LogColumns, cells: readonly string[]): LogObject {
  const object = rowObject(columns, cells);
  // Without a level of its own, a row's message may be a line with a head.
  const isLine = object["level"] === undefined && object["log"] === undefined && typeof object["message"] === "string";
  const { message, ...others } = object;
  return reader.read(isLine ? { ...others, log: message } : object);
}

function decode(raw: Uint8Array, context: string | null): DecodedRecord {
  const text = lineText(raw).replaceAll("\r\n", "\n");
  const columns = logColumnsOf(context ?? "");
  if (columns === null) return { message: text, fields: [] };
  const cells = splitRow(text, columns.delimiter);
  const log = readRow(new LogObjectReader(new TimeReader(SAMPLE_OPTIONS)), columns, cells);
  const fields = cells.map((cell, index) => [columns.names[index] ?? "message", cell] as const);
  return { message: log.message ?? text, fields };
}

const format: Format = {
  id: "csv-logs",
  title: "Logs as CSV, one record a row",
  version: 2,
  unit: "row",
  detect,
  parser,
  decode,
};
export default format;

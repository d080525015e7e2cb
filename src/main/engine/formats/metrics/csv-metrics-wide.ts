/**
 * Metrics as CSV (RFC 4180, https://www.rfc-editor.org/rfc/rfc4180), one series a column: a column of times and columns of numbers, as
 * spreadsheets, Grafana and Windows' Performance Monitor export them; `timestamp,value` too. Columns of words are labels of
 * the series, `cpu{host="a"}`. Quirk: a row holds a sample a column, so samples are
 * what is counted; header and blank lines count as one. The context of a record is its column's number and the header;
 * of thousands of columns, where header and row with every sample would outgrow the samples, a record is its cell alone
 * and its context the column's name.
 */
import { Level } from "../../../../shared/model/level.ts";
import type { DecodedRecord } from "../../../../shared/model/record.ts";
import type { Detection, Format, ParseOptions, Parser, RecordSink, Sample } from "../format.ts";
import { CellPlace } from "../support/csv/cell-place.ts";
import { columnsOf, headerLine, isAbsent, numberOf, splitRow } from "../support/csv/cells.ts";
import { lineText } from "../support/lines.ts";
import { LabelReader, seriesColumnsOf } from "../support/csv/table-labels.ts";
import { TableReader } from "../support/csv/table-reader.ts";
import { seriesTableOf } from "../support/csv/table-sample.ts";

/** Characters of context that all columns together may take. */
const MOST_CONTEXT = 4 * 1024 * 1024;
/** Stands for the column's number in the context of a record that is a cell. */
const CELL = "cell";

function detect(sample: Sample): Detection | null {
  const table = seriesTableOf(sample);
  if (table === null) return null;
  const { good, rows, kinds } = table;
  const share = good / rows;
  const labels = kinds.labels.length === 0 ? "" : ` and ${kinds.labels.length} of labels`;
  return {
    confidence: 0.89 + 0.05 * share,
    reason: `a column of times and ${kinds.series.length} of numbers${labels}; ${good} of ${rows} rows fit`,
  };
}

interface SeriesColumn {
  readonly index: number;
  readonly name: string;
  /** Of a record that is a row; null where it is a cell. */
  readonly context: string | null;
}

function parser(options: ParseOptions, sink: RecordSink): Parser {
  let columns = columnsOf("");
  let labels = new LabelReader(columns, []);
  let series: readonly SeriesColumn[] = [];
  return new TableReader(options, sink, {
    what: "a time and series",
    accepts: ({ time, service, clock, names }) =>
      time >= 0 && names.some((_, index) => index !== time && index !== service && index !== clock),
    learn(found, rows, header) {
      const kinds = seriesColumnsOf(found, rows);
      columns = found;
      labels = new LabelReader(found, kinds.labels);
      const narrow = kinds.series.length * header.length <= MOST_CONTEXT;
      series = kinds.series.map((index) => {
        const place = [index, ...kinds.labels].join();
        return { index, name: found.names[index] ?? "", context: narrow ? `${place}\n${header}` : null };
      });
    },
    row({ cells, ends, text, time, offset, length, line, refuse }) {
      const narrow = series[0]?.context !== null;
      // Bytes that are no text hide where the cells lie.
      if (!narrow && text.includes("\ufffd")) return refuse("bad-utf8", "holds bytes that are no UTF-8");
      const { suffix, service: labelled } = labels.of(cells);
      const service = cells[columns.service] || labelled;
      if (series.length > 1) sink.read(series.length - 1);
      if (series.length === 0) return refuse("no-value", "has no column of numbers");
      const place = new CellPlace(text, ends);
      for (const column of series) {
        const cell = cells[column.index] ?? "";
        const value = numberOf(cell, columns.delimiter);
        if (value !== undefined) {
          const name = column.name + suffix;
          const context = column.context ?? `${CELL}\n${name}`;
          const message = `${name} ${cell}`;
          const sample = { kind: "sample", time, level: Level.none, service, message, name, value, context } as const;
          if (narrow) sink.record(sample, offset, length, line);
          else {
            place.moveTo(column.index);
            sink.record(sample, offset + place.start, place.length, line);
          }
        } else if (isAbsent(cell)) sink.skip("empty cell");
        else refuse("no-value", `has no number in column "${column.name}"`);
      }
    },
  });
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
  const [index = -1, ...labels] = split < 0 ? [] : (place ?? "").split(",").map(Number);
  const { suffix } = new LabelReader(columns, labels).of(cells);
  const message = index < 0 ? text : `${columns.names[index] ?? ""}${suffix} ${cells[index] ?? ""}`;
  return { message, fields: cells.map((cell, at) => [columns.names[at] ?? `column ${at + 1}`, cell] as const) };
}

const format: Format = {
  id: "csv-metrics-wide",
  title: "Metrics as CSV, one series a column",
  version: 4,
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
      keeps:
        column === undefined ? undefined : ({ name }) => name === column || name?.startsWith(`${column}{`) === true,
    };
  },
};
export default format;

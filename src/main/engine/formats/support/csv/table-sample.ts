/**
 * Whether the rows of a sample are series of numbers, told from logs by what a metric never has: words that are a message,
 * two samples of one series at one time, or nearly as many series as rows.
 */
import type { Sample } from "../../format.ts";
import { type Columns, columnsOf, isAbsent, isDelimiterLine, numberOf, splitRow, timeCell } from "./cells.ts";
import { logColumnsOf } from "./log-columns.ts";
import { RowTimes } from "./row-times.ts";
import { SAMPLE_OPTIONS } from "../sample-options.ts";
import { type SeriesColumns, seriesColumnsOf } from "./table-labels.ts";

/** A label is a name, not a sentence. */
const LONGEST_LABEL = 100;
const MOST_WORDS = 3;
/** Of rows whose time and numbers can be read. */
const LEAST_SHARE = 0.5;
/** Of those that are a sample of their own. */
const LEAST_UNIQUE = 0.9;
const LEAST_ROWS_A_SERIES = 2;

export interface SeriesTable {
  readonly columns: Columns;
  readonly kinds: SeriesColumns;
  readonly rows: number;
  /** Rows whose time and numbers can be read. */
  readonly good: number;
}

const tables = new WeakMap<Sample, SeriesTable | null>();

/** Null when the sample is no such table. */
export function seriesTableOf(sample: Sample): SeriesTable | null {
  let table = tables.get(sample);
  if (table === undefined) tables.set(sample, (table = readTable(sample)));
  return table;
}

function readTable(sample: Sample): SeriesTable | null {
  // A JSON object is no row of cells.
  if (sample.jsonLines.length > 0) return null;
  const [header = "", ...lines] = sample.lines.filter((line) => line.trim().length > 0 && !isDelimiterLine(line));
  const columns = columnsOf(header);
  const { names, delimiter } = columns;
  // A metric and its value a row make another table.
  const isLong = columns.metric >= 0 && columns.value >= 0;
  if (columns.time < 0 || isLong || names.length < 2 || lines.length === 0) return null;
  // A number is no name of a column.
  if (names.some((name, index) => index !== columns.time && (name === "" || numberOf(name, delimiter) !== undefined)))
    return null;
  const times = new RowTimes(SAMPLE_OPTIONS);
  const rows = lines
    .map((line) => splitRow(line, delimiter))
    .filter((cells) => cells.length === names.length && times.read(timeCell(columns, cells)) !== undefined);
  const kinds = seriesColumnsOf(columns, rows);
  const isFilled = (cells: readonly string[]): boolean => kinds.series.some((index) => !isAbsent(cells[index] ?? ""));
  if (kinds.series.length === 0 || !rows.some(isFilled)) return null;
  const good = rows.filter((cells) =>
    kinds.series.every(
      (index) => isAbsent(cells[index] ?? "") || numberOf(cells[index] ?? "", delimiter) !== undefined,
    ),
  );
  if (good.length < LEAST_SHARE * lines.length) return null;
  if (hasWords(columns, kinds, good) && !areSeries(header, columns, kinds, good)) return null;
  return { columns, kinds, rows: lines.length, good: good.length };
}

/** Whether a label holds anything that is no number: only then could the rows be logs. */
const hasWords = ({ delimiter }: Columns, { labels }: SeriesColumns, rows: readonly (readonly string[])[]): boolean =>
  labels.some((index) =>
    rows.some((cells) => !isAbsent(cells[index] ?? "") && numberOf(cells[index] ?? "", delimiter) === undefined),
  );

function areSeries(
  header: string,
  columns: Columns,
  { labels }: SeriesColumns,
  rows: readonly (readonly string[])[],
): boolean {
  const roles = logColumnsOf(header)?.roles;
  const says = ["message", "log", "level", "trace_id", "span_id", "request_id"];
  if (says.some((role) => labels.includes(roles?.get(role) ?? -1))) return false;
  const named = columns.service < 0 ? labels : [...labels, columns.service];
  const keys = rows.map((cells) => named.map((index) => cells[index] ?? "").join("\n"));
  const isName = (cell: string): boolean =>
    cell.length <= LONGEST_LABEL && cell.trim().split(/\s+/).length <= MOST_WORDS;
  if (!rows.every((cells) => labels.every((index) => isName(cells[index] ?? "")))) return false;
  const samples = new Set(rows.map((cells, at) => `${timeCell(columns, cells)}\n${keys[at] ?? ""}`));
  const series = new Set(keys);
  const times = new Set(rows.map((cells) => timeCell(columns, cells)));
  if (samples.size < LEAST_UNIQUE * rows.length) return false;
  return times.size === 1 || rows.length >= LEAST_ROWS_A_SERIES * series.size;
}

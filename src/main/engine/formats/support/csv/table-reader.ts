/**
 * Reads a table of metrics row by row: finds its header, splits rows, and refuses those that do not fit. The first rows
 * are held back until all of them have told what the columns hold and how days are written, for a row alone often
 * does not say.
 */
import type { Surroundings } from "../../../../../shared/model/dead-letter.ts";
import type { Timestamp } from "../../../../../shared/model/record.ts";
import type { ParseOptions, Parser, RecordSink } from "../../format.ts";
import { columnsOf, type Columns, isDelimiterLine, splitRow, timeCell, underHeader } from "./cells.ts";
import { LineReader } from "../lines.ts";
import { warnOutOfRange } from "../log-object/record.ts";
import { RowTimes } from "./row-times.ts";

/** Rows, and characters of them, that are looked at before the first becomes records. */
/** No month has this number: the date begins with its day. */
const BEYOND_MONTHS = /^(?:1[3-9]|[23]\d)[/.]/;
const MOST_HELD = 1_000;
const MOST_HELD_CHARACTERS = 256 * 1024;

export interface TableRow {
  /** Valid while the handler runs, as {@link ends} is. */
  readonly cells: readonly string[];
  /** Where each cell ends in {@link text}. */
  readonly ends: readonly number[];
  readonly text: string;
  /** Null when it is out of range. */
  readonly time: Timestamp | null;
  readonly offset: number;
  readonly length: number;
  readonly line: number;
  readonly refuse: (reason: string, what: string) => void;
}

export interface TableHandler {
  /** Whether the columns are those of such a table; `what` a header should name goes into the refusal. */
  accepts(columns: Columns): boolean;
  readonly what: string;
  /** The first rows that fit the header. */
  learn(columns: Columns, rows: readonly (readonly string[])[], header: string): void;
  row(row: TableRow): void;
}

interface HeldRow {
  readonly text: string;
  readonly raw: Uint8Array;
  readonly offset: number;
  readonly length: number;
  readonly line: number;
}

export class TableReader implements Parser {
  readonly #sink: RecordSink;
  readonly #handler: TableHandler;
  readonly #times: RowTimes;
  readonly #lines: LineReader;
  readonly #cells: string[] = [];
  readonly #ends: number[] = [];
  #header: string | null = null;
  #columns: Columns = columnsOf("");
  #held: HeldRow[] | null = [];
  #heldCharacters = 0;
  #around: Surroundings | undefined;

  constructor(options: ParseOptions, sink: RecordSink, handler: TableHandler) {
    this.#sink = sink;
    this.#handler = handler;
    this.#times = new RowTimes(options);
    this.#lines = new LineReader(sink, {
      line: (text, offset, length, line, lines) => this.#line({ text, offset, length, line }, lines),
    });
  }

  push(chunk: Uint8Array): void {
    this.#lines.push(chunk);
  }

  end(): void {
    this.#lines.end();
    this.#release();
  }

  #line(row: Omit<HeldRow, "raw">, lines: LineReader): void {
    const { text, offset, length, line } = row;
    if (text.trimStart().length === 0) return this.#sink.skip("blank line");
    if (this.#header === null) {
      if (isDelimiterLine(text)) return this.#sink.skip("header");
      this.#header = text;
      this.#columns = columnsOf(text);
      this.#around = underHeader(text);
      if (this.#handler.accepts(this.#columns)) return this.#sink.skip("header");
      const message = `Line ${line} at byte ${offset} is not a header that names ${this.#handler.what}.`;
      return lines.deadLetter("no-header", message, offset, length, line);
    }
    if (text === this.#header) return this.#sink.skip("header");
    if (this.#held === null) return this.#read(row, () => lines.raw());
    this.#held.push({ ...row, raw: lines.raw() });
    this.#heldCharacters += text.length;
    if (this.#held.length >= MOST_HELD || this.#heldCharacters >= MOST_HELD_CHARACTERS) this.#release();
  }

  #release(): void {
    const held = this.#held;
    this.#held = null;
    if (held === null || this.#header === null) return;
    const columns = this.#columns;
    const rows = held.map(({ text }) => splitRow(text, columns.delimiter));
    const times = rows.map((cells) => timeCell(columns, cells));
    const isUnusual = this.#times.learn(times, this.#sink);
    const fits = (cells: readonly string[]): boolean =>
      cells.length === columns.names.length && this.#times.read(timeCell(columns, cells)) !== undefined;
    this.#handler.learn(columns, rows.filter(fits), this.#header);
    // A row that is read again alone needs some beside it that tell what its columns hold, and the order of its dates.
    const proof = times.findIndex((time) => BEYOND_MONTHS.test(time));
    const examples = new Set([proof >= 0 ? proof : rows.findIndex(fits), isUnusual ? rows.findLastIndex(fits) : -1]);
    const texts = [...examples].flatMap((at) => held[at]?.text ?? []);
    this.#around = underHeader([this.#header, ...texts].join("\n")) ?? this.#around;
    for (const { raw, ...row } of held) this.#read(row, () => raw);
  }

  #read(row: Omit<HeldRow, "raw">, raw: () => Uint8Array): void {
    const { text, offset, length, line } = row;
    const columns = this.#columns;
    const cells = splitRow(text, columns.delimiter, this.#cells, this.#ends);
    const refuse = (reason: string, what: string): void => {
      const message = `Line ${line} at byte ${offset} ${what}.`;
      this.#sink.deadLetter({
        offset,
        length,
        line,
        stage: "parse",
        reason,
        message,
        raw: raw(),
        around: this.#around,
      });
    };
    if (cells.length !== columns.names.length)
      return refuse("wrong-columns", `has ${cells.length} cells where the header has ${columns.names.length}`);
    const time = this.#times.read(timeCell(columns, cells));
    if (time === undefined)
      return refuse("no-time", `has no time that can be read in column "${columns.names[columns.time] ?? ""}"`);
    if (this.#times.outOfRange) warnOutOfRange(this.#sink, line);
    this.#handler.row({ cells, ends: this.#ends, time, refuse, ...row });
  }
}

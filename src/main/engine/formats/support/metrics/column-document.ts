/**
 * Documents that hold series by columns: times in one array, numbers in others, and the place in the array says what
 * belongs together. Numbers that come before their times, or before the words that name their series, wait for them.
 */
import type { Surroundings } from "../../../../../shared/model/dead-letter.ts";
import type { Timestamp } from "../../../../../shared/model/record.ts";
import { formatTimestamp } from "../../../../../shared/time-text.ts";
import type { ParseOptions, Parser, RecordSink } from "../../format.ts";
import { aroundPath } from "../objects/around-path.ts";
import { FieldTimes } from "../objects/field-times.ts";
import { HeldElements } from "../json/held-elements.ts";
import { elementParser, type JsonElement, knownNow, type Refusal } from "../json/elements.ts";
import { fileSamples, isRefused, type SampleSeries, sampleTime, sampleValue } from "./sample-series.ts";
import type { Known } from "./series-document.ts";

/** What a column holds; words are labels of what stands in the same row. */
export type Column = "time" | "words" | "other" | { series(words: readonly string[]): SampleSeries };

/** Where the columns of a table stand, as paths. */
export interface ColumnPlace {
  /** The object around the columns. */
  readonly table: string;
  /** Members that say what the columns are, of the table and of what is in it. */
  readonly parts: readonly string[];
  /** Times, where they have an array of their own. */
  readonly times: string | null;
  /** Cells of the one column, or of each in turn. */
  readonly cells: string;
}

export interface ColumnDocument {
  readonly places: readonly ColumnPlace[];
  columns(known: Known): readonly Column[];
}

interface Cell extends JsonElement {
  readonly column: number;
  readonly row: number;
}

/** Where the elements of one column stand; null where there is but one. */
const columnPath = ({ cells }: ColumnPlace): string | null =>
  cells.endsWith("[*][*]") ? cells.slice(0, -"[*]".length) : null;

export function columnParser(of: ColumnDocument, options: ParseOptions, sink: RecordSink): Parser {
  const times = new FieldTimes(options, sink);
  const tables = of.places.map((place) => new TableOfColumns(place, of, times, sink));
  const at = (path: string): TableOfColumns | undefined => tables.find((table) => table.has(path));
  return elementParser(
    sink,
    tables.flatMap(({ paths }) => paths),
    {
      element: (element) => at(element.path)?.element(element),
      leave: (path) => at(path)?.leave(path),
      unread: (path) => at(path)?.pass(path),
      damaged: (path) => at(path)?.lose(path),
      around: (path) => knownNow(at(path)?.around(path)),
    },
  );
}

class TableOfColumns {
  readonly paths: readonly string[];
  readonly #place: ColumnPlace;
  readonly #of: ColumnDocument;
  readonly #reader: FieldTimes;
  readonly #sink: RecordSink;
  readonly #held: HeldElements<Cell>;
  readonly #parts = new Map<string, unknown>();
  #columns: readonly Column[] | null = null;
  /** The last column that says something of the others. */
  #lastTold = -1;
  #times: (Timestamp | null | Refusal)[] = [];
  #words: string[][] = [];
  #column = 0;
  #row = 0;
  /** How many elements were lost of this column is not known. */
  #isLost = false;

  constructor(place: ColumnPlace, of: ColumnDocument, reader: FieldTimes, sink: RecordSink) {
    this.#place = place;
    this.#of = of;
    this.#reader = reader;
    this.#sink = sink;
    const column = columnPath(place);
    const paths = [place.table, ...place.parts, place.times, column, place.cells];
    this.paths = paths.filter((path): path is string => path !== null);
    this.#held = new HeldElements(
      (cell) => this.#file(cell),
      () => sink.warn("late-times", "A column has too many numbers before its times; those are dead letters."),
    );
  }

  has(path: string): boolean {
    return this.paths.includes(path);
  }

  element(element: JsonElement): void {
    const { path, value } = element;
    const { parts, times, cells } = this.#place;
    if (parts.includes(path)) {
      this.#parts.set(path, value);
      this.#columns = null;
    } else if (path === times) this.#times.push(sampleTime(value, this.#reader));
    else if (path === cells) this.#cell(element);
    else {
      const refusal = { reason: "not-an-object", message: "expected the columns of a table" };
      fileSamples(this.#sink, element, refusal, this.around(path));
    }
  }

  leave(path: string): void {
    if (path === columnPath(this.#place)) {
      this.#column += 1;
      this.#row = 0;
      this.#isLost = false;
    } else if (path === this.#place.table) {
      this.#held.release();
      this.#parts.clear();
      this.#columns = null;
      this.#times = [];
      this.#words = [];
      this.#column = 0;
      this.#row = 0;
      this.#isLost = false;
    }
  }

  /** An element that could not be read has its place all the same. */
  pass(path: string): void {
    if (path === this.#place.times)
      this.#times.push({ reason: "no-time", message: "the time in its place is damaged" });
    else if (path === this.#place.cells) this.#row += 1;
  }

  lose(path: string): void {
    this.#isLost ||= path === this.#place.times || path === this.#place.cells;
  }

  /** The table with the one time that belongs to the current cell, and the columns before it empty. */
  around(path: string): Surroundings | undefined {
    return this.#around(path, { column: this.#column, row: this.#row });
  }

  #around(path: string, { column, row }: Pick<Cell, "column" | "row">): Surroundings | undefined {
    const { table, times, cells } = this.#place;
    const time = this.#times[row];
    const shown =
      time === undefined || time === null || isRefused(time)
        ? []
        : [formatTimestamp(time.micros, time.nanos, time.digits)];
    const parts = (at: string): Map<string, unknown> => {
      const own = [...this.#parts].filter(([part]) => part.slice(0, Math.max(part.lastIndexOf("."), 0)) === at);
      return new Map(at === table && times !== null ? [...own, [times.slice(0, -"[*]".length), shown]] : own);
    };
    const earlier = (at: string): unknown[] => {
      if (`${at}[*][*]` !== cells) return [];
      const kinds = this.#known();
      return Array.from({ length: column }, (_, index) => {
        const words = this.#words[index]?.[row];
        return kinds[index] === "time" ? shown : words === undefined ? [] : [words];
      });
    };
    return aroundPath(path, { parts, earlier });
  }

  #known(): readonly Column[] {
    if (this.#columns === null) {
      this.#columns = this.#of.columns((path) => this.#parts.get(path));
      this.#lastTold = this.#columns.findLastIndex((column) => column === "time" || column === "words");
    }
    return this.#columns;
  }

  #cell(element: JsonElement): void {
    const cell: Cell = { ...element, column: this.#column, row: this.#row };
    this.#row += 1;
    const kinds = this.#known();
    const kind = kinds[cell.column];
    if (kind === "time") {
      this.#times[cell.row] = sampleTime(cell.value, this.#reader);
      return;
    }
    if (kind === "words") {
      const words = (this.#words[cell.column] ??= []);
      words[cell.row] = typeof cell.value === "string" ? cell.value : "";
      return;
    }
    if (kind === "other") return;
    // Held where times or words may still come: of a column that they stand behind, or of one that nobody has named yet.
    const isLate = cell.column < this.#lastTold;
    const isTimed = this.#place.times === null || this.#times.length > cell.row;
    if (kind === undefined || isLate || !isTimed) this.#held.hold(cell);
    else this.#file(cell);
  }

  #file(cell: Cell): void {
    const samples = this.#read(cell);
    fileSamples(this.#sink, cell, samples, isRefused(samples) ? this.#around(cell.path, cell) : undefined);
  }

  #read({ column, row, value }: Cell): Parameters<typeof fileSamples>[2] {
    const kind = this.#known()[column];
    if (kind === undefined) return { reason: "no-series", message: "no series is named for this column" };
    if (typeof kind === "string") return [];
    const number = sampleValue(value);
    if (number === undefined || isRefused(number)) return number ?? [];
    if (this.#isLost) return { reason: "no-time", message: "a damaged element before it hides which time is its own" };
    const time = this.#times[row];
    if (time === undefined) return { reason: "no-time", message: "no time stands in its place" };
    if (isRefused(time)) return time;
    const words = this.#words.map((of) => of[row] ?? "");
    return [{ series: kind.series(words), time, value: number }];
  }
}

/**
 * The spans of one trace as columns, one element a span: what travels to the window and what it draws from. Tens of
 * thousands of objects would be made, copied and checked three times on their way; columns are copied as memory, and a
 * span becomes an object only where one is shown.
 */
import { durationMicros, micros } from "../units.ts";
import { SPAN_PLACES, type Span } from "./trace.ts";

/** In `parent`: none. */
export const NO_PARENT = 0xffff_ffff;

/** Texts by code from 1 on, one behind the other in a single string; 0 is no text. */
export interface TextTable {
  readonly text: string;
  /** Text `code` is `text.slice(ends[code - 1], ends[code])`; the first element is 0. */
  readonly ends: Uint32Array;
}

/** In the order of their start. */
export interface TraceColumns {
  /** Id of the segment, and the row in it, of each span's record. */
  readonly segment: Float64Array;
  readonly row: Uint32Array;
  /** Codes in `ids`. */
  readonly spanId: Uint32Array;
  readonly parentId: Uint32Array;
  /** Codes in `services` and `names`. */
  readonly service: Uint32Array;
  readonly name: Uint32Array;
  /** Microseconds since the epoch, with nanoseconds and decimals beside them as in a {@link Span}. */
  readonly start: Float64Array;
  readonly nanos: Uint16Array;
  readonly digits: Uint8Array;
  /** Microseconds. */
  readonly duration: Float64Array;
  readonly self: Float64Array;
  readonly failed: Uint8Array;
  /** Index of the parent, or {@link NO_PARENT}. There are no circles. */
  readonly parent: Uint32Array;
  /** Index in {@link SPAN_PLACES}. */
  readonly place: Uint8Array;
  readonly ids: TextTable;
  readonly services: TextTable;
  readonly names: TextTable;
}

/** Codes that the table has, and 0. */
export const codesOf = ({ ends }: TextTable): number => ends.length;

export const textOf = ({ text, ends }: TextTable, code: number): string | null =>
  code === 0 || code >= ends.length ? null : text.slice(ends[code - 1], ends[code]);

export const textsOf = (table: TextTable): string[] =>
  Array.from({ length: codesOf(table) }, (_, code) => textOf(table, code) ?? "");

/** `texts` have the codes 1, 2, 3, … */
export function textTable(texts: readonly string[]): TextTable {
  const ends = new Uint32Array(texts.length + 1);
  for (const [at, text] of texts.entries()) ends[at + 1] = (ends[at] ?? 0) + text.length;
  return { text: texts.join(""), ends };
}

export const spanCount = ({ start }: Pick<TraceColumns, "start">): number => start.length;

/** The name of the span's record. */
export const refOfSpan = ({ segment, row }: Pick<TraceColumns, "segment" | "row">, index: number): string =>
  `s${segment[index]}:${row[index]}`;

/** Undefined beyond the last span. */
export function spanAt(columns: TraceColumns, index: number): Span | undefined {
  if (!(index >= 0 && index < spanCount(columns))) return undefined;
  const parent = columns.parent[index] ?? NO_PARENT;
  return {
    ref: refOfSpan(columns, index),
    spanId: textOf(columns.ids, columns.spanId[index] ?? 0) ?? "",
    parentId: textOf(columns.ids, columns.parentId[index] ?? 0),
    service: textOf(columns.services, columns.service[index] ?? 0),
    name: textOf(columns.names, columns.name[index] ?? 0) ?? "",
    start: micros(columns.start[index] ?? 0),
    nanos: columns.nanos[index] ?? 0,
    digits: columns.digits[index] ?? 0,
    duration: durationMicros(columns.duration[index] ?? 0),
    failed: columns.failed[index] === 1,
    parent: parent === NO_PARENT ? null : parent,
    place: SPAN_PLACES[columns.place[index] ?? 0] ?? "as-written",
    self: durationMicros(columns.self[index] ?? 0),
  };
}

export const allSpans = (columns: TraceColumns): Span[] =>
  Array.from({ length: spanCount(columns) }, (_, index) => spanAt(columns, index)).filter((span) => span !== undefined);

/** Columns for so many spans, all zero and without a text. */
export const blankColumns = (count: number): TraceColumns => ({
  segment: new Float64Array(count),
  row: new Uint32Array(count),
  spanId: new Uint32Array(count),
  parentId: new Uint32Array(count),
  service: new Uint32Array(count),
  name: new Uint32Array(count),
  start: new Float64Array(count),
  nanos: new Uint16Array(count),
  digits: new Uint8Array(count),
  duration: new Float64Array(count),
  self: new Float64Array(count),
  failed: new Uint8Array(count),
  parent: new Uint32Array(count).fill(NO_PARENT),
  place: new Uint8Array(count),
  ids: textTable([]),
  services: textTable([]),
  names: textTable([]),
});

/** Whether columns belong together: of one length, and no code or parent that is not there. */
export function isTraceColumns(columns: TraceColumns): boolean {
  const { ids, services, names, ...flat } = columns;
  const count = spanCount(columns);
  return (
    Object.values(flat).every(({ length }) => length === count) &&
    [ids, services, names].every(isTextTable) &&
    isBelow(columns.spanId, codesOf(ids)) &&
    isBelow(columns.parentId, codesOf(ids)) &&
    isBelow(columns.service, codesOf(services)) &&
    isBelow(columns.name, codesOf(names)) &&
    isBelow(columns.place, SPAN_PLACES.length) &&
    columns.parent.every((parent) => parent < count || parent === NO_PARENT)
  );
}

const isTextTable = ({ text, ends }: TextTable): boolean =>
  ends[0] === 0 && ends.at(-1) === text.length && ends.every((end, at) => at === 0 || end >= (ends[at - 1] ?? 0));

function isBelow(codes: Uint32Array | Uint8Array, limit: number): boolean {
  for (const code of codes) if (code >= limit) return false;
  return true;
}

// Collects records row by row into typed arrays; one builder serves a whole source, segment after segment.
import type { RecordView } from "../../../../shared/model/record.ts";
import { kindCode } from "../../../../shared/model/record.ts";
import { DICTIONARY_COLUMNS, SEGMENT_CAPACITY } from "../../../../shared/model/segment.ts";
import type { EncodedSegment, PackedRows } from "../protocol.ts";
import { type BuiltColumns, encodeColumns, encodeSegment, type SegmentSummary, summaryOf } from "./codec.ts";
import { DictionaryBuilder } from "./dictionary-builder.ts";

/** Fill with {@link add} while not {@link full}, take with {@link encode}, then {@link clear}. */
export class SegmentBuilder {
  #count = 0;
  readonly #time = new Float64Array(SEGMENT_CAPACITY);
  readonly #nanos = new Uint16Array(SEGMENT_CAPACITY);
  readonly #digits = new Uint8Array(SEGMENT_CAPACITY);
  readonly #duration = new Float64Array(SEGMENT_CAPACITY);
  readonly #kind = new Uint8Array(SEGMENT_CAPACITY);
  readonly #level = new Uint8Array(SEGMENT_CAPACITY);
  readonly #value = new Float64Array(SEGMENT_CAPACITY);
  readonly #offset = new Float64Array(SEGMENT_CAPACITY);
  readonly #length = new Uint32Array(SEGMENT_CAPACITY);
  readonly #line = new Uint32Array(SEGMENT_CAPACITY);
  #hasNanos = false;
  #hasDuration = false;
  #hasValue = false;
  readonly #service = new DictionaryBuilder();
  readonly #name = new DictionaryBuilder();
  readonly #template = new DictionaryBuilder();
  readonly #traceId = new DictionaryBuilder();
  readonly #spanId = new DictionaryBuilder();
  readonly #parentId = new DictionaryBuilder();
  readonly #requestId = new DictionaryBuilder();
  readonly #correlationId = new DictionaryBuilder();
  readonly #context = new DictionaryBuilder();
  readonly #dictionaries = [
    this.#service,
    this.#name,
    this.#template,
    this.#traceId,
    this.#spanId,
    this.#parentId,
    this.#requestId,
    this.#correlationId,
    this.#context,
  ];

  get count(): number {
    return this.#count;
  }

  get full(): boolean {
    return this.#count === SEGMENT_CAPACITY || this.#dictionaries.some((dictionary) => dictionary.full);
  }

  add(input: RecordView, offset: number, length: number, line: number, template: string | null): void {
    const row = this.#count;
    if (row === SEGMENT_CAPACITY) throw new RangeError(`A segment holds ${SEGMENT_CAPACITY} records at most.`);
    this.#count = row + 1;
    const { time, duration, value } = input;
    if (time === null) {
      this.#time[row] = Number.NaN;
      this.#nanos[row] = 0;
      this.#digits[row] = 0;
    } else {
      this.#time[row] = time.micros;
      this.#nanos[row] = time.nanos;
      this.#digits[row] = time.digits;
      if (time.nanos !== 0) this.#hasNanos = true;
    }
    this.#duration[row] = duration ?? Number.NaN;
    if (duration !== undefined) this.#hasDuration = true;
    this.#value[row] = value ?? Number.NaN;
    if (value !== undefined) this.#hasValue = true;
    this.#kind[row] = kindCode(input.kind);
    this.#level[row] = input.level;
    this.#offset[row] = offset;
    this.#length[row] = length;
    this.#line[row] = line;
    this.#service.set(row, input.service);
    this.#name.set(row, input.name);
    this.#template.set(row, template);
    this.#traceId.set(row, input.traceId);
    this.#spanId.set(row, input.spanId);
    this.#parentId.set(row, input.parentId);
    this.#requestId.set(row, input.requestId);
    this.#correlationId.set(row, input.correlationId);
    this.#context.set(row, input.context);
  }

  /** The rows so far: what comes later does not change them. */
  encode(): EncodedSegment {
    return encodeSegment(this.#columns());
  }

  /** What is known of the rows from one on beside their columns. */
  summary(from: number): SegmentSummary {
    const to = this.#count;
    return summaryOf({
      count: to - from,
      time: this.#time.subarray(from, to),
      kind: this.#kind.subarray(from, to),
      level: this.#level.subarray(from, to),
      offset: this.#offset.subarray(from, to),
    });
  }

  /**
   * The columns of all rows. Null where rows that were taken back have left more texts than rows behind, which whoever
   * reads it would take for damage.
   */
  encodeRows(): PackedRows | null {
    const columns = this.#columns();
    const rows = columns.count;
    const hasMoreTexts = DICTIONARY_COLUMNS.some((name) => (columns[name]?.lengths.length ?? 0) > rows);
    return hasMoreTexts ? null : { rows, columns: encodeColumns(columns) };
  }

  /** Takes back all rows from one on. Their texts stay among the entries. */
  truncate(count: number): void {
    this.#count = Math.min(this.#count, count);
  }

  #columns(): BuiltColumns {
    const count = this.#count;
    return {
      count,
      time: this.#time.subarray(0, count),
      nanos: this.#hasNanos ? this.#nanos.subarray(0, count) : null,
      digits: this.#digits.subarray(0, count),
      duration: this.#hasDuration ? this.#duration.subarray(0, count) : null,
      kind: this.#kind.subarray(0, count),
      level: this.#level.subarray(0, count),
      value: this.#hasValue ? this.#value.subarray(0, count) : null,
      offset: this.#offset.subarray(0, count),
      length: this.#length.subarray(0, count),
      line: this.#line.subarray(0, count),
      service: this.#service.column(count),
      name: this.#name.column(count),
      template: this.#template.column(count),
      traceId: this.#traceId.column(count),
      spanId: this.#spanId.column(count),
      parentId: this.#parentId.column(count),
      requestId: this.#requestId.column(count),
      correlationId: this.#correlationId.column(count),
      context: this.#context.column(count),
    };
  }

  /** Makes room for the next segment. */
  clear(): void {
    this.#count = 0;
    this.#hasNanos = false;
    this.#hasDuration = false;
    this.#hasValue = false;
    for (const dictionary of this.#dictionaries) dictionary.clear();
  }
}

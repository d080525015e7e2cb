// Random segments, for the properties that must hold for every one of them.
import fc from "../../../support/properties.ts";
import type { SegmentBuilder } from "../../../../src/main/engine/store/segment/builder.ts";
import { decodeColumns, type BuiltColumns } from "../../../../src/main/engine/store/segment/codec.ts";
import { DictionaryBuilder } from "../../../../src/main/engine/store/segment/dictionary-builder.ts";
import {
  DICTIONARY_COLUMNS,
  type DictionaryColumn,
  type DictionaryColumnName,
  type SegmentColumns,
  textAt,
} from "../../../../src/shared/model/segment.ts";

/** Decoded columns with all entries of their dictionaries, as the ones they were encoded from. */
export const unpacked = (columns: SegmentColumns): SegmentColumns => ({
  ...columns,
  ...Object.fromEntries(
    DICTIONARY_COLUMNS.map((name): [string, DictionaryColumn | null] => {
      const column = columns[name];
      return [name, column && { dictionary: column.dictionary, index: column.index }];
    }),
  ),
});

const perRow = <T>(value: fc.Arbitrary<T>, count: number) => fc.array(value, { minLength: count, maxLength: count });

/** Sequences as sources have them, and numbers of every kind. */
function float64(count: number): fc.Arbitrary<Float64Array> {
  const start = fc.integer({ min: 0, max: 2 ** 52 });
  const missingSometimes = (value: fc.Arbitrary<number>) =>
    fc.oneof({ weight: 9, arbitrary: value }, fc.constant(Number.NaN));
  const walk = (step: fc.Arbitrary<number>) =>
    fc.tuple(start, perRow(missingSometimes(step), count)).map(([first, steps]) => {
      let at = first;
      return steps.map((by) => (Number.isNaN(by) ? by : (at += by)));
    });
  return fc
    .oneof(
      walk(fc.integer({ min: 0, max: 400 })),
      walk(fc.integer({ min: -50, max: 50 }).map((milliseconds) => milliseconds * 1_000)),
      walk(fc.integer({ min: -(2 ** 40), max: 2 ** 40 })),
      walk(fc.constant(1)),
      perRow(fc.double(), count),
      perRow(fc.constantFrom(0, -0, Number.NaN, Infinity, 2 ** 53, -(2 ** 53), 0.1), count),
    )
    .map((values) => Float64Array.from(values));
}

const uint = (count: number, max: number): fc.Arbitrary<number[]> =>
  fc.oneof(
    perRow(fc.integer({ min: 0, max }), count),
    fc.integer({ min: 0, max }).map((value) => Array.from({ length: count }, () => value)),
    fc.constant(Array.from({ length: count }, (_, row) => Math.min(row, max))),
  );

const hexOf = (length: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.nat(15).map((digit) => digit.toString(16)), minLength: length, maxLength: length });

function dictionary(count: number): fc.Arbitrary<DictionaryColumn | null> {
  const text = fc.oneof(
    fc.string({ unit: "binary", maxLength: 40 }),
    fc.constantFrom("", "\0", "\ud800", "\udc00\ud800", "ü€😀", "__proto__"),
  );
  const texts = fc.oneof(
    fc.constant(text),
    fc.constantFrom(8, 15, 16, 32).map(hexOf),
    fc.constantFrom("req-", "Root=1-", "\0", "ü").map((head) => hexOf(12).map((digits) => head + digits)),
    fc.constant(fc.uuid()),
    // Not what the ones before it were.
    fc.constant(
      fc.oneof(
        { weight: 20, arbitrary: hexOf(16) },
        { weight: 1, arbitrary: hexOf(16).map((hex) => hex.toUpperCase()) },
      ),
    ),
  );
  return texts
    .chain((each) => perRow(fc.option(each), count))
    .map((values) => {
      const entries = [...new Set(values.filter((value) => value !== null))];
      if (entries.length === 0) return null;
      const codes = values.map((value) => (value === null ? 0 : entries.indexOf(value) + 1));
      return { dictionary: entries, index: entries.length < 256 ? Uint8Array.from(codes) : Uint16Array.from(codes) };
    });
}

export const segmentColumns: fc.Arbitrary<SegmentColumns> = fc.integer({ min: 0, max: 300 }).chain((count) =>
  fc.record(
    {
      count: fc.constant(count),
      time: float64(count),
      nanos: fc.option(uint(count, 999).map((values) => Uint16Array.from(values))),
      digits: uint(count, 9).map((values) => Uint8Array.from(values)),
      duration: fc.option(float64(count)),
      kind: uint(count, 11).map((values) => Uint8Array.from(values)),
      level: uint(count, 6).map((values) => Uint8Array.from(values)),
      value: fc.option(float64(count)),
      offset: float64(count),
      length: uint(count, 2 ** 32 - 1).map((values) => Uint32Array.from(values)),
      line: uint(count, 2 ** 32 - 1).map((values) => Uint32Array.from(values)),
      service: dictionary(count),
      name: dictionary(count),
      template: dictionary(count),
      traceId: dictionary(count),
      spanId: dictionary(count),
      parentId: dictionary(count),
      requestId: dictionary(count),
      correlationId: dictionary(count),
      context: dictionary(count),
    },
    { noNullPrototype: true },
  ),
);

const builders = new Map<DictionaryColumnName, DictionaryBuilder>();

/** Strings as a builder of segments would build them; the next call may overwrite them. */
export function built(columns: SegmentColumns): BuiltColumns {
  const build = (name: DictionaryColumnName) => {
    const builder = builders.get(name) ?? new DictionaryBuilder();
    builders.set(name, builder);
    builder.clear();
    for (let row = 0; row < columns.count; row += 1) builder.set(row, textAt(columns[name], row));
    return builder.column(columns.count);
  };
  return {
    ...columns,
    service: build("service"),
    name: build("name"),
    template: build("template"),
    traceId: build("traceId"),
    spanId: build("spanId"),
    parentId: build("parentId"),
    requestId: build("requestId"),
    correlationId: build("correlationId"),
    context: build("context"),
  };
}

/** What a reader of the case would get. */
export const columnsOf = (builder: SegmentBuilder): SegmentColumns =>
  unpacked(decodeColumns(builder.count, builder.encode().columns));

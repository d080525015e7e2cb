import fc from "../../../support/properties.ts";
import { describe, expect, it } from "vitest";
import type { ColumnName, EncodedColumn } from "../../../../src/main/engine/store/protocol.ts";
import { SegmentBuilder } from "../../../../src/main/engine/store/segment/builder.ts";
import { decodeColumns, encodeColumns } from "../../../../src/main/engine/store/segment/codec.ts";
import { packColumns, unpackColumns } from "../../../../src/main/engine/store/segment/column-pack.ts";
import { decodeDictionary, encodeDictionary } from "../../../../src/main/engine/store/segment/dictionary.ts";
import { DictionaryBuilder } from "../../../../src/main/engine/store/segment/dictionary-builder.ts";
import { decodeNumbers, encodeNumbers } from "../../../../src/main/engine/store/segment/numbers.ts";
import { Level } from "../../../../src/shared/model/level.ts";
import { micros } from "../../../../src/shared/units.ts";
import { entriesOf, isFilled, singleTextAt, textAt } from "../../../../src/shared/model/segment.ts";
import { built, segmentColumns, unpacked } from "./columns.ts";

const codecOf = (values: number[]): string => encodeNumbers(Float64Array.from(values), true).codec;

/** What is wrong with the columns; "sound" when they are read and none has more rows than the segment. */
function outcome(count: number, encoded: readonly EncodedColumn[]): string {
  try {
    const { time, offset, level } = decodeColumns(count, encoded);
    return [time, offset, level].every(({ length }) => length <= count) ? "sound" : "too many rows";
  } catch (thrown) {
    return thrown instanceof Error ? thrown.message : String(thrown);
  }
}

describe("segment codec", () => {
  it("gives back every column as it was, whatever stands in it", { timeout: 30_000 }, () => {
    fc.assert(
      fc.property(segmentColumns, (columns) => {
        expect(unpacked(decodeColumns(columns.count, encodeColumns(built(columns))))).toStrictEqual(columns);
      }),
      { numRuns: 300 },
    );
  });

  it("gives single texts as it gives all", { timeout: 30_000 }, () => {
    fc.assert(
      fc.property(segmentColumns, (columns) => {
        const { requestId: ids } = decodeColumns(columns.count, encodeColumns(built(columns)));
        const rows = Array.from({ length: columns.count }, (_, row) => row);
        expect(rows.map((row) => singleTextAt(ids, row))).toEqual(rows.map((row) => textAt(columns.requestId, row)));
        expect(rows.map((row) => isFilled(ids, row))).toEqual(rows.map((row) => textAt(ids, row) !== null));
        expect(ids && entriesOf(ids)).toBe(columns.requestId && columns.requestId.dictionary.length);
      }),
    );
  });

  it(
    "throws or gives rows when its bytes are damaged, and never more than the segment has",
    { timeout: 30_000 },
    () => {
      fc.assert(
        fc.property(
          segmentColumns,
          fc.nat(),
          fc.nat(),
          fc.integer({ min: 1, max: 255 }),
          (columns, which, where, by) => {
            const encoded = encodeColumns(built(columns));
            const victim = encoded[which % Math.max(1, encoded.length)];
            if (victim === undefined || victim.data.length === 0) return;
            victim.data[where % victim.data.length]! ^= by;
            expect(outcome(columns.count, encoded)).toMatch(new RegExp(`^(sound$|column ${victim.column} )`));
          },
        ),
        { numRuns: 300 },
      );
    },
  );

  it("writes a constant once", () => expect(codecOf([7, 7, 7])).toBe("const"));
  it("writes line numbers as a ramp", () => expect(codecOf([41, 42, 43, 44])).toBe("ramp"));
  it("writes milliseconds in their own unit", () => expect(codecOf([1_000_000, 1_003_000, 1_101_000])).toBe("step8"));
  it("keeps a row without a time between rows with one", () =>
    expect([
      ...decodeNumbers("step8", encodeNumbers(Float64Array.of(5, Number.NaN, 9), true).data, new Float64Array(3)),
    ]).toStrictEqual([5, Number.NaN, 9]));
  it("keeps offsets beyond 4 GiB", () => {
    const offsets = Float64Array.of(2 ** 33, 2 ** 33 + 117, 2 ** 33 + 401);
    const { codec, data } = encodeNumbers(offsets, true);
    expect(codec).toBe("step16");
    expect(decodeNumbers(codec, data, new Float64Array(3))).toStrictEqual(offsets);
  });
  it("keeps fractions as they are", () => expect(codecOf([0.1, 0.2, 0.4])).toBe("f64"));

  it("refuses a column whose announced length does not hold", () => {
    const column = { column: "time", codec: "f64+zstd", data: Uint8Array.of(255, 255, 255, 255, 0) } as const;
    expect(() => decodeColumns(3, [column])).toThrow(/column time announces 4294967295 bytes/);
  });
  it("refuses half a UTF-16 character", () => {
    // One entry, all rows of it; 12 bytes of header, 8 + 8 of constants, then an odd number of bytes at an odd address.
    const inner = new Uint8Array(12 + 16 + 3);
    new Uint32Array(inner.buffer, 0, 3).set([1, 8, 8]);
    new DataView(inner.buffer).setFloat64(12, 1, true);
    new DataView(inner.buffer).setFloat64(20, 1, true);
    const data = new Uint8Array(1 + inner.length).subarray(1);
    data.set(inner);
    const column = { column: "service", codec: "dict:const:const:utf16le", data } as const;
    expect(() => decodeColumns(2, [column])).toThrow(/3 bytes of UTF-16/);
  });
  it("reads a column out of the middle of a larger buffer", () => {
    const service = { dictionary: ["checkout", "pay"], index: Uint8Array.of(1, 2, 0) };
    const builder = new DictionaryBuilder();
    for (const [row, text] of ["checkout", "pay", null].entries()) builder.set(row, text);
    const { codec, data } = encodeDictionary(builder.column(3)!);
    const pool = Buffer.alloc(data.length + 7, 0xff);
    pool.set(data, 7);
    const { dictionary, index } = decodeDictionary(codec, pool.subarray(7), 3);
    expect({ dictionary, index }).toStrictEqual(service);
  });
  it("refuses a codec that it does not know", () => {
    expect(() => decodeColumns(1, [{ column: "time", codec: "magic", data: new Uint8Array(8) }])).toThrow(
      /encoded as magic/,
    );
  });

  it("hands out memory that can be moved to another thread", () => {
    const builder = new SegmentBuilder();
    for (let row = 0; row < 20_000; row += 1) {
      const time = { micros: micros(row * 1_003), nanos: 0, digits: 3 };
      const record = {
        kind: "log",
        time,
        level: Level.info,
        service: "pay",
        message: "",
        requestId: `r-${row}`,
      } as const;
      builder.add(record, row * 100, 90, row + 1, `template ${row % 7}`);
    }
    const { columns: encoded } = builder.encode();
    const buffers = encoded.map(({ data }) => data.buffer as ArrayBuffer);
    expect(encoded.length).toBeGreaterThan(7);
    expect(new Set(buffers).size).toBe(buffers.length);
    expect(() => structuredClone(encoded, { transfer: buffers })).not.toThrow();
  });

  it("refuses a pack whose directory does not say what it holds", () => {
    const isColumn = (name: unknown): name is ColumnName => name === "time";
    const packed = packColumns([{ column: "time", codec: "const", data: new Uint8Array(8) }]);
    const withDirectory = (text: string): Uint8Array => {
      const directory = Buffer.from(text);
      return Buffer.concat([Buffer.from(Uint32Array.of(directory.length).buffer), directory, new Uint8Array(8)]);
    };
    expect(unpackColumns(packed, isColumn)).toStrictEqual([
      { column: "time", codec: "const", data: new Uint8Array(8) },
    ]);
    expect(() => unpackColumns(packed.subarray(0, 3), isColumn)).toThrow(/header of 4/);
    expect(() => unpackColumns(packed.subarray(0, 9), isColumn)).toThrow(/9 bytes where more/);
    expect(() => unpackColumns(packed.subarray(0, -1), isColumn)).toThrow(/ends in the middle of column time/);
    expect(() => unpackColumns(withDirectory("{}"), isColumn)).toThrow(/no directory/);
    expect(() => unpackColumns(withDirectory('[["time","const",-8]]'), isColumn)).toThrow(/no column/);
    expect(() => unpackColumns(withDirectory('[["constructor","const",8]]'), isColumn)).toThrow(/no column/);
    expect(() => unpackColumns(withDirectory('[["time","const",7]]'), isColumn)).toThrow(/where .* belong/);
  });
});

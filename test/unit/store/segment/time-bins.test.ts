import { describe, expect, it } from "vitest";
import { compress, compression } from "../../../../src/main/engine/store/compression.ts";
import { decodeBins, encodeBins, timeBins, widthOf } from "../../../../src/main/engine/store/segment/time-bins.ts";
import { SegmentBuilder } from "../../../../src/main/engine/store/segment/builder.ts";
import { LEVELS } from "../../../../src/shared/model/level.ts";
import type { RecordInput } from "../../../../src/shared/model/record.ts";
import { micros } from "../../../../src/shared/units.ts";
import { columnsOf } from "./columns.ts";

const SECOND = 1_000_000;

const record = (change: Partial<RecordInput>): RecordInput => ({
  kind: "log",
  time: null,
  level: 3,
  service: null,
  message: "",
  ...change,
});
const at = (time: number): RecordInput["time"] => ({ micros: micros(time), nanos: 0, digits: 6 });

function binsOf(records: readonly RecordInput[]) {
  const builder = new SegmentBuilder();
  for (const [i, one] of records.entries()) builder.add(one, i, 1, i + 1, null);
  return timeBins(columnsOf(builder));
}

describe("counts by time and level", () => {
  it("lie on multiples of a round width, fewer where there are fewer records", () => {
    const hours = Array.from({ length: 40_000 }, (_, i) => record({ time: at((600 + i) * SECOND) }));
    expect(binsOf(hours)).toMatchObject({ micros: 60 * SECOND, first: 10 });
    expect(binsOf(hours.filter((_, i) => i % 1_000 === 0))).toMatchObject({ micros: 300 * SECOND, first: 2 });
  });

  it("have widths of which each divides the next, so that they can be added up", () => {
    let last = 1;
    for (let span = 1; span < 2 ** 50; span *= 1.3) {
      const width = widthOf(0, Math.floor(span), 100);
      expect(width % last).toBe(0);
      last = width;
    }
  });

  it("leave out samples, which they number, and records without a time", () => {
    const { counts, samples } = binsOf([
      record({ time: at(5), level: 5 }),
      record({ kind: "sample", time: at(6), value: 1 }),
      record({}),
    ]);
    expect([counts.reduce((sum, count) => sum + count, 0), counts[5], samples]).toEqual([1, 1, 1]);
    expect(binsOf([record({})]).counts).toHaveLength(0);
  });

  it("come back as they were stored, and damage is seen", () => {
    const made = binsOf(Array.from({ length: 9_000 }, (_, i) => record({ time: at(i ** 2 * 500), level: 4 })));
    const encoded = encodeBins(made);
    expect(encoded.data.length).toBeLessThan(encoded.bytes / 10);
    expect(decodeBins(encoded)).toEqual(made);
    expect(() => decodeBins({ ...encoded, bytes: encoded.bytes - 1 })).toThrow(RangeError);
    expect(() => decodeBins({ ...encoded, bytes: 4 * LEVELS.length })).toThrow(/more than the/u);
    expect(() => decodeBins({ ...encoded, bytes: 2 ** 40 })).toThrow(RangeError);
    expect(() => decodeBins({ ...encoded, codec: "none" })).toThrow(RangeError);
    expect(() => decodeBins({ ...encoded, data: Uint8Array.of(...encoded.data, 200) })).toThrow(/middle of a number/u);
  });

  it("are read as older versions stored them", () => {
    const { counts, ...rest } = binsOf(
      Array.from({ length: 900 }, (_, i) => record({ time: at(i * SECOND), level: 4 })),
    );
    const raw = new Uint8Array(counts.buffer);
    const bytes = raw.length;
    const packed = { codec: compression, bytes, data: compress(raw) };
    for (const encoded of [{ codec: "none", bytes, data: raw }, packed])
      expect(decodeBins({ ...rest, ...encoded })).toEqual({ ...rest, counts });
  });
});

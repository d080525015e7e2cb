import { describe, expect, it } from "vitest";
import { decodeBins, encodeBins, timeBins } from "../../../../src/main/engine/store/segment/time-bins.ts";
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
    const minutes = Array.from({ length: 4_000 }, (_, i) => record({ time: at((600 + i) * SECOND) }));
    expect(binsOf(minutes)).toMatchObject({ micros: 60 * SECOND, first: 10 });
    const few = binsOf(minutes.slice(0, 40));
    expect(few.counts).toHaveLength(LEVELS.length);
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
    const made = binsOf(Array.from({ length: 9_000 }, (_, i) => record({ time: at(i * SECOND), level: 4 })));
    const encoded = encodeBins(made);
    expect(encoded.data.length).toBeLessThan(encoded.bytes);
    expect(decodeBins(encoded)).toEqual(made);
    expect(() => decodeBins({ ...encoded, bytes: encoded.bytes - 1 })).toThrow(RangeError);
    expect(() => decodeBins({ ...encoded, codec: "none" })).toThrow(RangeError);
  });
});

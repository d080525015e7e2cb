import { describe, expect, it } from "vitest";
import { SegmentBuilder } from "../../../../src/main/engine/store/segment/builder.ts";
import { decodeColumns } from "../../../../src/main/engine/store/segment/codec.ts";
import { SEGMENT_CAPACITY, textAt } from "../../../../src/shared/model/segment.ts";
import { durationMicros, micros } from "../../../../src/shared/units.ts";
import { record, T0 } from "../support.ts";
import { columnsOf, unpacked } from "./columns.ts";

describe("segment builder", () => {
  it("is full when its distinct strings would outgrow one string, and empty again once it is cleared", () => {
    const builder = new SegmentBuilder();
    const large = "x".repeat(20 * 1024 * 1024);
    builder.add(record(0, { service: `${large}0` }), 0, 10, 1, null);
    builder.add(record(1, { service: `${large}0` }), 10, 10, 2, null);
    expect(builder.full).toBe(false);
    builder.add(record(2, { service: `${large}1` }), 20, 10, 3, null);
    expect(builder.full).toBe(true);
    builder.clear();
    expect(builder.full).toBe(false);
  });

  it("keeps what records say, row by row, and leaves null what none says", () => {
    const builder = new SegmentBuilder();
    builder.add(record(0, { service: null, time: null }), 0, 10, 1, null);
    builder.add(
      record(1, { traceId: "t", level: 5, value: 0.5, duration: durationMicros(1.25) }),
      2 ** 33,
      11,
      2,
      "<n> failed",
    );
    builder.add(
      record(2, { time: { micros: micros(T0), nanos: 7, digits: 9 }, service: "" }),
      2 ** 33 + 12,
      12,
      3,
      "<n> failed",
    );
    const columns = columnsOf(builder);
    expect([...columns.time]).toStrictEqual([Number.NaN, T0 + 1, T0]);
    expect([columns.nanos, columns.digits]).toStrictEqual([Uint16Array.of(0, 0, 7), Uint8Array.of(0, 6, 9)]);
    expect([0, 1, 2].map((row) => textAt(columns.service, row))).toStrictEqual([null, "checkout", ""]);
    expect(columns.template).toStrictEqual({ dictionary: ["<n> failed"], index: Uint8Array.of(0, 1, 1) });
    expect([...(columns.value ?? [])]).toStrictEqual([Number.NaN, 0.5, Number.NaN]);
    expect([columns.spanId, columns.context, columns.offset[2]]).toStrictEqual([null, null, 2 ** 33 + 12]);
    const { columns: encoded, bins: _, ...zones } = builder.encode();
    expect(zones).toStrictEqual({
      count: 3,
      firstTime: T0,
      lastTime: T0 + 1,
      levels: 8 | 32,
      kinds: 1,
      firstOffset: 0,
      lastOffset: 2 ** 33 + 12,
    });
    expect(unpacked(decodeColumns(3, encoded))).toStrictEqual(columns);
  });

  it("forgets everything when it is cleared", () => {
    const builder = new SegmentBuilder();
    builder.add(
      record(1, {
        traceId: "t",
        value: 1,
        duration: durationMicros(1),
        time: { micros: micros(T0), nanos: 1, digits: 9 },
      }),
      0,
      1,
      1,
      "x",
    );
    builder.clear();
    builder.add(record(2, { service: "pay" }), 5, 1, 1, null);
    const columns = columnsOf(builder);
    expect([
      columns.count,
      columns.nanos,
      columns.value,
      columns.duration,
      columns.traceId,
      columns.template,
    ]).toStrictEqual([1, null, null, null, null, null]);
    expect(columns.service?.dictionary).toStrictEqual(["pay"]);
  });

  it("takes a full segment of distinct ids, and no record more", () => {
    const builder = new SegmentBuilder();
    for (let row = 0; row < SEGMENT_CAPACITY; row += 1)
      builder.add(record(row, { spanId: row.toString(16) }), row, 1, row, null);
    expect([builder.full, builder.count]).toStrictEqual([true, SEGMENT_CAPACITY]);
    expect(() => builder.add(record(0), 0, 1, 1, null)).toThrow(/65536 records at most/);
    const decoded = decodeColumns(SEGMENT_CAPACITY, builder.encode().columns);
    expect(textAt(decoded.spanId, SEGMENT_CAPACITY - 1)).toBe("ffff");
  });
});

import { describe, expect, it } from "vitest";
import { findSuspects } from "../../../src/main/engine/analysis/find-suspects.ts";
import { openCaseReader } from "../../../src/main/engine/store/case-reader.ts";
import { SegmentBuilder } from "../../../src/main/engine/store/segment/builder.ts";
import { Level } from "../../../src/shared/model/level.ts";
import type { RecordInput } from "../../../src/shared/model/record.ts";
import { durationMicros, micros } from "../../../src/shared/units.ts";
import { newCase, newSource, record, T0 } from "../store/support.ts";

const MINUTE = 60_000_000;

/** A shop whose payments fail after an hour: a span and a log line a second, in two sources. */
function shop(): string {
  const { file, writer } = newCase();
  const rows = Array.from({ length: 4_800 }, (_, second): Partial<RecordInput>[] => {
    const fails = second > 3_600;
    const time = { micros: micros(T0 + second * 1_000_000), nanos: 0, digits: 6 };
    const traceId = `t${second}`;
    const level = fails ? Level.error : Level.info;
    const span = { kind: "span", time, traceId, level, duration: durationMicros(20_000) } as const;
    return [
      { ...span, spanId: "a", service: "web", name: "GET /pay" },
      { ...span, spanId: "b", parentId: "a", service: "payment", name: "charge" },
      { kind: "log", time, traceId, spanId: "b", service: "payment", level },
    ];
  });
  for (const [path, kinds] of [
    ["spans.json", [0, 1]],
    ["payment.log", [2]],
  ] as const) {
    const { sourceId } = writer.addSource(newSource(path));
    const builder = new SegmentBuilder();
    let count = 0;
    for (const row of rows)
      for (const kind of kinds)
        builder.add(record(count, row[kind] ?? {}), count++ * 10, 9, count, kind === 2 ? "payment <*>" : null);
    writer.commit({
      sourceId,
      segments: [builder.encode()],
      blocks: [],
      deadLetters: [],
      change: { accounting: { read: count, records: count, deadLetters: 0, skipped: 0, skippedWhy: {} } },
    });
  }
  return file;
}

const chosen = {
  baseline: { from: micros(T0), to: micros(T0 + 60 * MINUTE) },
  incident: { from: micros(T0 + 60 * MINUTE), to: micros(T0 + 80 * MINUTE) },
};

function search(file: string, checkpoint: () => void = () => {}) {
  using reader = openCaseReader(file);
  return findSuspects(reader, chosen, () => {}, checkpoint);
}

describe("suspects of a stored case", () => {
  it("are the same each time, and name who fails", () => {
    const file = shop();
    const verdict = search(file);
    expect(verdict.services[0]?.service).toBe("payment");
    expect(search(file)).toEqual(verdict);
  });

  it("are given up at every checkpoint, whatever is being done", () => {
    const file = shop();
    let checkpoints = 0;
    search(file, () => checkpoints++);
    for (let last = 1; last <= checkpoints; last++) {
      let left = last;
      const giveUp = (): void => {
        if (--left === 0) throw new Error("cancelled");
      };
      expect(() => search(file, giveUp)).toThrow("cancelled");
    }
    // Reading each segment, finding the onset, and each part of the ranking.
    expect(checkpoints).toBeGreaterThan(12);
  });
});

import { expect, it } from "vitest";
import fc from "../../support/properties.ts";
import type { Ordinals } from "../../../src/main/engine/query/ordinals.ts";
import { RecordIndex } from "../../../src/main/engine/query/record-index.ts";
import type { CaseReader, SegmentRow } from "../../../src/main/engine/store/protocol.ts";
import type { SegmentColumns } from "../../../src/shared/model/segment.ts";

interface Stored {
  readonly sourceId: number;
  readonly times: readonly number[];
}

/** As much of a case as the index asks for. */
function readerOf(stored: readonly Stored[]): CaseReader {
  const segments = (): SegmentRow[] =>
    stored.map(({ sourceId, times }, i) => ({
      id: i + 1,
      sourceId,
      count: times.length,
      firstTime: Math.min(...times),
      lastTime: Math.max(...times),
      levels: 1,
      kinds: 1,
      firstOffset: 0,
      lastOffset: 0,
      format: null,
    }));
  const columns = (id: number): SegmentColumns => {
    const times = stored[id - 1]?.times ?? [];
    const { length: count } = times;
    const time = Float64Array.from(times);
    return { count, time, level: new Uint8Array(count), kind: new Uint8Array(count), service: null } as SegmentColumns;
  };
  return { segments, columns } as unknown as CaseReader;
}

const segment = fc.record({
  sourceId: fc.integer({ min: 1, max: 2 }),
  times: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 4 }),
});
/** A file in order, as most are: what it adds stands behind all there is. */
const growing = fc
  .array(fc.array(fc.nat({ max: 1 }), { minLength: 1, maxLength: 4 }), { maxLength: 12 })
  .map((steps) => {
    let time = 0;
    return steps.map((part) => ({ sourceId: 1, times: part.map((step) => (time += step)) }));
  });

it("holds the order of time, source and row after each commit, and leaves the orders before as they were", () => {
  fc.assert(
    fc.property(fc.oneof(growing, fc.array(segment, { maxLength: 12 })), (all) => {
      const index = new RecordIndex();
      const seen: { readonly order: Ordinals; readonly expected: readonly number[] }[] = [];
      for (let end = 1; end <= all.length; end += 1) {
        const stored = all.slice(0, end);
        index.refresh(readerOf(stored));
        const rows = stored.flatMap(({ sourceId, times }) => times.map((time) => ({ sourceId, time })));
        const expected = rows
          .map(({ sourceId, time }, ordinal) => ({ sourceId, time, ordinal }))
          .sort((a, b) => a.time - b.time || a.sourceId - b.sourceId || a.ordinal - b.ordinal)
          .map(({ ordinal }) => ordinal);
        seen.push({ order: index.order, expected });
      }
      for (const { order, expected } of seen) expect([...order]).toEqual(expected);
    }),
  );
});

it("keeps the rows of later segments in their place where a column of one is gone", () => {
  const stored = [
    { sourceId: 1, times: [1, 2, 3] },
    { sourceId: 1, times: [4, 5] },
  ];
  const reader = readerOf(stored);
  const levelsOf = (id: number, count: number): Uint8Array =>
    id === 1 ? new Uint8Array(0) : new Uint8Array(count).fill(4);
  const columns: CaseReader["columns"] = (id, names) => {
    const all = reader.columns(id, names);
    return { ...all, level: levelsOf(id, all.count) };
  };
  const index = new RecordIndex();
  index.refresh({ ...reader, columns });
  expect([0, 1, 2, 3, 4].map((ordinal) => index.level.at(ordinal))).toEqual([0, 0, 0, 4, 4]);
});

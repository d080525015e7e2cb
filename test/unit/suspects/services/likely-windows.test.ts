import fc from "../../../support/properties.ts";
import { expect, it } from "vitest";
import { lastPart } from "../../../../src/main/engine/suspects/services/likely-windows.ts";
import type { LogSignal, SpanSignals } from "../../../../src/main/engine/suspects/signals.ts";

/** Spans that start, and logs of several templates that are written, at such times. */
const partOf = ([starts = [], ...written]: readonly (readonly number[])[]): number | null => {
  const ascending = (times: readonly number[]) => Float64Array.from(times).sort();
  return lastPart({
    spans: { start: ascending(starts) } as SpanSignals,
    logs: written.map((times) => ({ times: ascending(times) }) as Partial<LogSignal> as LogSignal),
  });
};

/** By all times side by side. */
function sortedPartOf(lists: readonly (readonly number[])[]): number | null {
  const times = lists.flat().sort((a, b) => a - b);
  const length = (times.at(-1) ?? 0) - (times[0] ?? 0);
  return times.findLast((time, index) => index > 0 && time - (times[index - 1] ?? 0) > length * 0.2) ?? null;
}

it.each([
  ["one part", [[0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100]], null],
  ["two parts, over spans and logs", [[0, 10, 80], [5, 70, 100], []], 70],
  ["three parts", [[0, 1, 50, 51, 99, 100]], 99],
  ["one moment", [[7, 7], [7]], null],
  ["nothing", [[]], null],
])("finds where the last part begins of %s", (_, lists, part) => {
  expect(partOf(lists)).toBe(part);
});

it("finds what looking at all gaps finds", () => {
  const times = fc.array(fc.oneof(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1_600_000, max: 1_600_100 })));
  const few = fc.array(fc.integer({ min: 0, max: 1_000 }), { maxLength: 8 });
  fc.assert(
    fc.property(fc.array(fc.oneof(times, few), { maxLength: 4 }), (lists) => {
      expect(partOf(lists)).toBe(sortedPartOf(lists));
    }),
    { numRuns: 2_000 },
  );
});

import fc from "../../support/properties.ts";
import { expect, it } from "vitest";
import { mergeOrders, orderOf } from "../../../src/main/engine/query/merge-orders.ts";
import { placeOf, type OrderedBy } from "../../../src/main/engine/query/time-order.ts";

/** Segments of several sources whose times are in order, nearly so, equal, turned round, anywhere or missing. */
const segment = fc.record({
  sourceId: fc.integer({ min: 1, max: 3 }),
  start: fc.nat(30_000),
  count: fc.constantFrom(0, 1, 3, 50, 1_100, 5_000),
  kind: fc.constantFrom("sorted", "jitter", "equal", "backwards", "anywhere", "none"),
});
type Segment = typeof segment extends fc.Arbitrary<infer T> ? T : never;

const timesOf = ({ start, count, kind }: Segment): number[] =>
  Array.from({ length: count }, (_, i) => {
    if (kind === "sorted") return start + i;
    if (kind === "jitter") return start + i + ((i * 7) % 5);
    if (kind === "equal") return start;
    if (kind === "backwards") return start + count - i;
    return kind === "none" && i % 3 === 0 ? Infinity : (i * 7_919) % 30_011;
  });

function caseOf(segments: readonly Segment[]) {
  const time = segments.flatMap(timesOf);
  const numbers = segments.flatMap(({ count }, number) => Array<number>(count).fill(number));
  const sourceOf = segments.map(({ sourceId }) => sourceId);
  const by: OrderedBy = { time, segmentOf: numbers, sourceOf };
  let first = 0;
  const stretches = segments.map(({ sourceId, count }) => {
    first += count;
    return { sourceId, count, first: first - count };
  });
  /** Told anew and in full. */
  const expected = (length: number): number[] =>
    Array.from({ length }, (_, i) => i).sort((a, b) => {
      const [timeA = 0, timeB = 0] = [time[a], time[b]];
      if (timeA !== timeB) return timeA < timeB ? -1 : 1;
      return (sourceOf[numbers[a] ?? 0] ?? 0) - (sourceOf[numbers[b] ?? 0] ?? 0) || a - b;
    });
  return { by, stretches, expected, count: time.length };
}

it("records stand in the order of time, source and row, whether all came at once or segment by segment", () => {
  fc.assert(
    fc.property(fc.array(segment, { maxLength: 7 }), fc.nat(7), (segments, cut) => {
      const { by, stretches, expected, count } = caseOf(segments);
      const whole = orderOf(by, stretches);
      const order = expected(count);
      expect([...whole]).toEqual(order);
      const before = orderOf(by, stretches.slice(0, cut));
      const grown = mergeOrders(by, before, orderOf(by, stretches.slice(cut)));
      expect([...grown]).toEqual(order);
      expect([...before]).toEqual(expected(before.length));
      for (const at of [0, count >>> 1, count - 1].filter((one) => one >= 0 && one < count))
        expect(placeOf(by, whole, order[at] ?? 0)).toBe(at);
    }),
    { numRuns: 80 },
  );
});

it("a sorted file takes no memory, however many segments it came in, and neither do records of one moment", () => {
  const sorted = caseOf(
    Array.from({ length: 9 }, (_, i) => ({ sourceId: 1, start: i * 5_000, count: 5_000, kind: "sorted" })),
  );
  expect(orderOf(sorted.by, sorted.stretches).bytes).toBe(0);
  const equal = caseOf(Array.from({ length: 3 }, () => ({ sourceId: 1, start: 7, count: 5_000, kind: "equal" })));
  expect(orderOf(equal.by, equal.stretches).bytes).toBe(0);
});

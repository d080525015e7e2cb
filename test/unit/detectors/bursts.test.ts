import fc from "../../support/properties.ts";
import { describe, expect, it } from "vitest";
import { type Burst, Bursts } from "../../../src/main/engine/detectors/support/bursts.ts";
import { inputOf } from "./segment-of.ts";

const GAP = 10;

/** Sorts all moments and cuts them where the gap is too long: what takes memory for each of them. */
function plainly(times: readonly number[]): Omit<Burst, "segment">[] {
  const found: Omit<Burst, "segment">[] = [];
  for (const { time, row } of times
    .map((at, index) => ({ time: at, row: index }))
    .toSorted((a, b) => a.time - b.time)) {
    const last = found.at(-1);
    if (last === undefined || time - last.end > GAP) found.push({ count: 1, start: time, end: time, row });
    else {
      last.count += 1;
      last.end = time;
    }
  }
  return found;
}

function joined(times: readonly number[]): Omit<Burst, "segment">[] {
  const [segment] = inputOf([[{ kind: "log" }]]).segments(["log"]);
  if (segment === undefined) throw new Error("there is one segment");
  const bursts = new Bursts(GAP);
  for (const [row, time] of times.entries()) bursts.add(time, segment, row);
  return bursts.all().map(({ count, start, end, row }) => ({ count, start, end, row }));
}

describe("bursts", () => {
  it("end where nothing follows within the gap, and begin with their earliest moment", () => {
    expect(joined([5, 15, 26, 30, 12])).toEqual([
      { count: 3, start: 5, end: 15, row: 0 },
      { count: 2, start: 26, end: 30, row: 2 },
    ]);
  });

  it("are those of all moments in order, however these come", () => {
    const moments = fc.array(fc.oneof(fc.nat(60), fc.nat(100_000)), { maxLength: 400 });
    fc.assert(
      fc.property(moments, (times) => {
        expect(joined(times)).toEqual(plainly(times));
      }),
    );
  });

  it("are the same of thousands that come latest first, or from two clocks in turn", () => {
    const descending = Array.from({ length: 5_000 }, (_, index) => 1_000_000 - index * 11);
    expect(joined(descending)).toEqual(plainly(descending));
    const inTurn = Array.from({ length: 5_000 }, (_, index) => (index % 2) * 1_000_000 + Math.floor(index / 3) * 7);
    expect(joined(inTurn)).toEqual(plainly(inTurn));
  });
});

// Bars out of the counts that segments bring along are the bars that a look at every record gives, or there are none.
import fc from "../../support/properties.ts";
import { describe, expect, it } from "vitest";
import { earlyBars } from "../../../src/main/engine/query/early-bars.ts";
import { histogram } from "../../../src/main/engine/query/histogram.ts";
import { micros } from "../../../src/shared/units.ts";
import { at, everything, noCheck, testCase, TestCase } from "./cases.ts";
import { timedRecord } from "./timed-record.ts";

const SECOND = 1_000_000;
const HOUR = 3_600 * SECOND;

/** Records over a span of time, and bars of a round width that begin at a multiple of it. */
const asked = fc
  .tuple(
    fc.constantFrom(1_000, 5 * SECOND, HOUR, 400 * 24 * HOUR),
    fc.constantFrom(1, 10, 15 * SECOND, 60 * SECOND, HOUR),
  )
  .chain(([span, width]) =>
    fc.record({
      records: fc.array(timedRecord(span), { minLength: 1, maxLength: 200 }),
      width: fc.constant(width),
      start: fc.nat(3).map((n) => n * width),
      buckets: fc.integer({ min: 1, max: 300 }),
    }),
  );

describe("early bars", () => {
  it("are exact, or not given", { timeout: 60_000 }, () => {
    let given = 0;
    fc.assert(
      fc.property(asked, ({ records, width, start, buckets }) => {
        using made = new TestCase();
        made.add(made.source("a"), records, 70);
        const open = made.open();
        const selection = { ...everything, samples: false, from: micros(start), to: micros(start + buckets * width) };
        const bars = earlyBars(open, selection, buckets);
        if (bars === null) return;
        given += 1;
        const { revision: _, ...counted } = histogram(
          open,
          open.selections.select(selection, noCheck),
          selection,
          buckets,
        );
        expect(bars).toEqual(counted);
      }),
      { numRuns: 30 },
    );
    expect(given).toBeGreaterThan(2);
  });

  it("are there before any record is in the index, and so is what a case is made of", () => {
    const made = testCase();
    made.add(
      made.source("a"),
      Array.from({ length: 500 }, (_, i) => ({ message: "m", time: at(i * SECOND), level: 5 as const })),
      100,
    );
    const whole = made.open();
    const open = made.openUnread();
    open.refresh(noCheck, () => true);
    expect([open.index.count, open.index.pending]).toEqual([0, 500]);
    expect(open.info()).toEqual(whole.info());
    const selection = { ...everything, samples: false, from: micros(0), to: micros(600 * SECOND) };
    expect(earlyBars(open, selection, 10)?.total).toBe(500);
    expect(open.selections.select(everything, noCheck, () => true).searched).toBe(0);
    open.refresh(noCheck);
    expect(open.index.pending).toBe(0);
    expect(open.selections.select(everything, noCheck).searched).toBe(1);
  });

  it("read the times of segments whose bins they cut through, as long as the index has not all records", () => {
    fc.assert(
      fc.property(asked, ({ records, width, start, buckets }) => {
        using made = new TestCase();
        made.add(made.source("a"), records, 70);
        const whole = made.open();
        const open = made.openUnread();
        open.refresh(noCheck, () => true);
        const selection = { ...everything, samples: false, from: micros(start), to: micros(start + buckets * width) };
        const { revision: _, ...counted } = histogram(
          whole,
          whole.selections.select(selection, noCheck),
          selection,
          buckets,
        );
        expect(earlyBars(open, selection, buckets)).toEqual(counted);
      }),
      { numRuns: 30 },
    );
  });

  it("are not given to a filter, to samples, or to bars that cut through bins when the index has all records", () => {
    const made = testCase();
    made.add(made.source("a"), [
      { message: "m", time: at(0), level: 3 },
      { message: "m", time: at(HOUR), level: 3 },
      { kind: "sample", message: "m", time: at(1), level: 0 },
    ]);
    const open = made.open();
    const bars = (change: object, buckets = 2) =>
      earlyBars(
        open,
        { ...everything, samples: false, from: micros(0), to: micros(2 * 24 * HOUR), ...change },
        buckets,
      );
    expect(bars({})?.total).toBe(2);
    expect(bars({ filter: "m" })).toBeNull();
    expect(bars({ samples: true })).toBeNull();
    expect(bars({}, 2 * 24 * 720)).toBeNull();
    expect(bars({ from: null })).toBeNull();
  });
});

// The counts that a case keeps of all its records are those that a look at every record gives, and are passed over once
// they are out of date or damaged.
import fc from "../../support/properties.ts";
import { describe, expect, it } from "vitest";
import { earlyBars } from "../../../src/main/engine/query/early-bars.ts";
import { histogram } from "../../../src/main/engine/query/histogram.ts";
import type { OpenCase } from "../../../src/main/engine/query/open-case.ts";
import { overviewOf } from "../../../src/main/engine/query/overview.ts";
import { micros } from "../../../src/shared/units.ts";
import { at, everything, noCheck, testCase, TestCase, type TestRecord } from "./cases.ts";
import { timedRecord } from "./timed-record.ts";

const SECOND = 1_000_000;
const HOUR = 3_600 * SECOND;

const unread = (made: TestCase): OpenCase => {
  const open = made.openUnread();
  open.refresh(noCheck, () => true);
  return open;
};

/** Stores the counts of what is there; false where there is nothing new to count. */
function keep(made: TestCase): boolean {
  const overview = overviewOf(made.open());
  if (overview === null) return false;
  made.writer.keepOverview(overview);
  return true;
}

const logs = (count: number, step: number): TestRecord[] =>
  Array.from({ length: count }, (_, i) => ({ message: "m", time: at(i * step), level: 5 as const }));

describe("the overview of a case", () => {
  it("gives the bars that a look at every record gives, also when records came after it", { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(
        fc.constantFrom(1_000, 5 * SECOND, HOUR, 400 * 24 * HOUR).chain((span) =>
          fc.record({
            span: fc.constant(span),
            before: fc.array(fc.array(timedRecord(span), { minLength: 1, maxLength: 60 }), {
              minLength: 1,
              maxLength: 3,
            }),
            after: fc.array(timedRecord(span), { maxLength: 60 }),
            buckets: fc.integer({ min: 1, max: 400 }),
          }),
        ),
        ({ span, before, after, buckets }) => {
          using made = new TestCase();
          for (const [i, records] of before.entries()) made.add(made.source(`s${i}`), records, 25);
          keep(made);
          if (after.length > 0) made.add(made.source("after"), after, 25);
          const whole = made.open();
          const width = Math.ceil(span / buckets / SECOND) * SECOND;
          const selection = { ...everything, samples: false, from: micros(0), to: micros(buckets * width) };
          const { revision: _, ...counted } = histogram(
            whole,
            whole.selections.select(selection, noCheck),
            selection,
            buckets,
          );
          expect(earlyBars(unread(made), selection, buckets)).toEqual(counted);
        },
      ),
      { numRuns: 25 },
    );
  });

  it("draws the bars of a case without a look at its segments", () => {
    const made = testCase();
    made.add(made.source("a"), logs(500, SECOND), 100);
    keep(made);
    made.writer.db.exec("UPDATE segment_bins SET data = zeroblob(1)");
    made.writer.db.exec("DELETE FROM segment_column");
    const selection = { ...everything, samples: false, from: micros(0), to: micros(600 * SECOND) };
    expect(earlyBars(unread(made), selection, 120)?.total).toBe(500);
  });

  it("is made once, and again when there is more to count", () => {
    const made = testCase();
    expect(keep(made)).toBe(false);
    const source = made.source("a");
    made.add(source, logs(50, SECOND));
    expect([keep(made), keep(made)]).toEqual([true, false]);
    made.add(source, logs(50, SECOND));
    expect([keep(made), keep(made)]).toEqual([true, false]);
    const { revision } = made.open();
    keep(made);
    expect(made.open().revision).toBe(revision);
  });

  it.each<[string, (made: TestCase, source: number) => void]>([
    ["a source was cleared", (made, source) => made.clear(source)],
    ["its counts are damaged", (made) => made.writer.db.exec("UPDATE overview SET data = zeroblob(length(data))")],
    ["it was cut", (made) => made.writer.db.exec("UPDATE overview SET bytes = 8")],
  ])("is passed over when %s", (_, change) => {
    const made = testCase();
    const source = made.source("a");
    made.add(source, logs(40, SECOND));
    made.add(made.source("b"), logs(30, SECOND));
    keep(made);
    change(made, source);
    const open = unread(made);
    expect(open.bins.overview).toBeNull();
    const selection = { ...everything, samples: false, from: micros(0), to: micros(60 * SECOND) };
    const left = open.index.known.reduce((sum, { count }) => sum + count, 0);
    expect(earlyBars(open, selection, 60)?.total).toBe(left);
    expect(keep(made)).toBe(true);
  });

  it("is not made of records that would have to be read first", () => {
    const made = testCase();
    made.add(made.source("wide"), logs(3_000, 20 * SECOND));
    made.add(made.source("narrow"), logs(3_000, 10));
    expect(overviewOf(unread(made))).toBeNull();
    expect(keep(made)).toBe(true);
  });
});

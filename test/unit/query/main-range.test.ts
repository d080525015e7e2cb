import fc from "../../support/properties.ts";
import { describe, expect, it } from "vitest";
import { clustersOf, mainRange } from "../../../src/main/engine/query/main-range.ts";
import { at, testCase, type TestRecord } from "./cases.ts";

const DAY = 24 * 3_600 * 1_000_000;
const TODAY = 20_000 * DAY;

const records = (times: readonly number[]): TestRecord[] => times.map((time) => ({ time: at(time) }));
const hour = Array.from({ length: 100 }, (_, minute) => TODAY + minute * 36_000_000);

describe("where a case mostly lies in time", () => {
  it("leaves out three records of a device that did not know the time, and says where they are", () => {
    const made = testCase();
    made.add(made.source("device.log"), records([0, 0, 86_400_000_000, ...hour]));
    expect(made.open().info()).toMatchObject({
      from: 0,
      to: TODAY + 99 * 36_000_000,
      main: {
        from: TODAY,
        to: TODAY + 99 * 36_000_000,
        before: { from: 0, to: 86_400_000_000, records: 3 },
        after: null,
      },
    });
  });

  it("finds them in sources of their own too, on both sides, and counts only what has a time", () => {
    const made = testCase();
    made.add(made.source("app.log"), records(hour));
    made.add(made.source("early.log"), [...records([5]), { time: null }, { kind: "sample", time: at(6) }]);
    made.add(made.source("late.log"), records([TODAY + 400 * DAY]));
    expect(made.open().info().main).toMatchObject({
      from: TODAY,
      before: { from: 5, to: 6, records: 2 },
      after: { from: TODAY + 400 * DAY, records: 1 },
    });
  });

  it("takes what lies inside of a longer stretch as part of it", () => {
    const inside = { from: 10 * DAY, to: 11 * DAY, records: 5 };
    const found = mainRange([
      { from: 0, to: 100 * DAY, records: 95 },
      inside,
      { from: 140 * DAY, to: 141 * DAY, records: 1 },
    ]);
    expect(found).toMatchObject({ from: 0, to: 100 * DAY, after: { from: 140 * DAY, records: 1 } });
  });

  it("is parted by a silence of more than a month, and is where 19 of 20 records are", () => {
    const month = 30 * DAY;
    const main = (count: number, silence: number) =>
      mainRange([
        { from: 0, to: 0, records: count },
        { from: silence, to: silence, records: 5 },
      ]);
    expect(main(95, month)).toBeNull();
    expect(main(95, month + 1)).toMatchObject({ from: 0, to: 0 });
    expect(main(94, month + 1)).toBeNull();
  });

  it("is nowhere in a case of notes alone", () => {
    const note = (time: number) => ({ from: time, to: time, records: 0 });
    expect(mainRange([note(0), note(400 * DAY)])).toBeNull();
  });

  it("follows a case that grows and loses sources", () => {
    const made = testCase();
    made.add(made.source("app.log"), records(hour));
    const open = made.open();
    expect(open.info().main).toBeNull();
    const late = made.source("late.log");
    made.add(late, records([TODAY + 400 * DAY]));
    open.refresh(() => {});
    expect(open.info().main?.after?.records).toBe(1);
    made.clear(late);
    open.refresh(() => {});
    expect(open.info().main).toBeNull();
  });

  it("holds with an event near the records, and tells of one far away", () => {
    const made = testCase();
    made.add(made.source("app.log"), records(hour));
    made.event({ time: TODAY - DAY, endTime: null });
    expect(made.open().info().main).toBeNull();
    made.event({ time: TODAY - 100 * DAY });
    expect(made.open().info().main).toMatchObject({
      from: TODAY - DAY,
      before: { from: TODAY - 100 * DAY, records: 0 },
    });
  });

  it("shows all of what has no times, lies within weeks, or tells two stories", () => {
    expect(testCase().open().info().main).toBeNull();
    expect(
      mainRange([
        { from: 0, to: 20 * DAY, records: 1 },
        { from: 45 * DAY, to: 50 * DAY, records: 1_000 },
      ]),
    ).toBeNull();
    expect(
      mainRange([
        { from: 0, to: DAY, records: 40 },
        { from: 100 * DAY, to: 101 * DAY, records: 60 },
      ]),
    ).toBeNull();
  });

  it("parts times at each silence, and loses none", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.nat({ max: 400 }).map((day) => day * DAY),
            fc.constant(Number.NaN),
          ),
        ),
        (times) => {
          const clusters = clustersOf(Float64Array.from(times));
          const timed = times.filter((time) => !Number.isNaN(time));
          expect(clusters.reduce((sum, one) => sum + one.records, 0)).toBe(timed.length);
          for (const { from, to, records: count } of clusters)
            expect(timed.filter((time) => time >= from && time <= to).length).toBe(count);
          for (const [i, { from }] of clusters.slice(1).entries())
            expect(from - (clusters[i]?.to ?? 0)).toBeGreaterThan(30 * DAY);
        },
      ),
    );
  });
});

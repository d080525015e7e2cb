import fc from "../../support/properties.ts";
import { describe, expect, it } from "vitest";
import { listSeries, readSeries, thin } from "../../../src/main/engine/query/series.ts";
import { traceProblems, type LeftOut } from "../../../src/main/engine/query/trace-problems.ts";
import { spansOf } from "../../../src/main/engine/query/traces.ts";
import { allSpans } from "../../../src/shared/model/trace-columns.ts";
import { durationMicros } from "../../../src/shared/units.ts";
import { columnsOf, type WrittenSpan } from "../../support/trace-columns.ts";
import { at, noCheck, testCase, type TestRecord } from "./cases.ts";

const sample = (time: number, name: string, value: number, service: string | null = "db"): TestRecord => ({
  kind: "sample",
  time: at(time),
  name,
  value,
  service,
});

describe("metric series", () => {
  it("are listed by service and name, and read over several sources in the order of time", () => {
    const made = testCase();
    made.add(made.source("a"), [
      sample(1, "cpu", 10),
      sample(3, "cpu", 30),
      sample(2, "mem", 5),
      sample(1, "cpu", 99, null),
    ]);
    made.add(made.source("b"), [
      sample(2, "cpu", 20),
      { kind: "log", time: at(2), name: "cpu", value: 7, service: "db" },
    ]);
    const open = made.open();
    const listed = listSeries(open, [{ service: "db", series: "cpu" } as never], noCheck);
    expect(listed).toEqual([
      { service: null, name: "cpu", samples: 1, anomalies: 0 },
      { service: "db", name: "cpu", samples: 3, anomalies: 1 },
      { service: "db", name: "mem", samples: 1, anomalies: 0 },
    ]);
    const read = readSeries(open, { service: "db", name: "cpu" }, { from: null, to: null }, 100, noCheck);
    expect([[...read.times], [...read.values]]).toEqual([
      [1, 2, 3],
      [10, 20, 30],
    ]);
    const range = readSeries(open, { service: "db", name: "cpu" }, { from: 2, to: 3 }, 100, noCheck);
    expect([...range.values]).toEqual([20]);
    expect(readSeries(open, { service: "db", name: "none" }, { from: null, to: null }, 100, noCheck).times.length).toBe(
      0,
    );
  });

  it("are thinned to the points of a chart without losing a peak or leaving the order of time", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer(), { minLength: 1, maxLength: 300 }),
        fc.integer({ min: 2, max: 50 }),
        (samples, points) => {
          const times = Float64Array.from(samples, (_, i) => i * 7);
          const thinned = thin(times, Float64Array.from(samples), points);
          expect(thinned.times.length).toBeLessThanOrEqual(Math.max(points, 2));
          expect(Math.max(...thinned.values)).toBe(Math.max(...samples));
          expect(Math.min(...thinned.values)).toBe(Math.min(...samples));
          expect([...thinned.times]).toEqual([...thinned.times].sort((a, b) => a - b));
        },
      ),
    );
    const still = thin(new Float64Array(9).fill(5), Float64Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9]), 4);
    expect([...still.values]).toEqual([1, 9]);
  });
});

const span = (spanId: string, parentId: string | null, start: number, duration: number): WrittenSpan => ({
  spanId,
  parentId,
  service: "a",
  name: "op",
  start,
  nanos: 0,
  digits: 6,
  duration,
  failed: false,
  parent: null,
  place: "as-written",
  self: duration,
});

const problemsOf = (spans: readonly WrittenSpan[], leftOut: LeftOut = {}) => traceProblems(columnsOf(spans), leftOut);

describe("a trace", () => {
  it("is found over sources and segments, in the order of start", () => {
    const made = testCase();
    const record = (time: number | null, traceId: string, spanId: string): TestRecord => ({
      kind: "span",
      time: time === null ? null : at(time),
      traceId,
      spanId,
      name: spanId,
      duration: durationMicros(3),
      level: 5,
      message: spanId,
    });
    made.add(made.source("a"), [record(9, "t", "late"), record(1, "other", "x"), record(4, "t", "child")], 1);
    made.add(made.source("b"), [
      record(2, "t", "root"),
      record(null, "t", "timeless"),
      { ...record(3, "t", "log"), kind: "log" },
    ]);
    const { spans: columns, withoutTime } = spansOf(made.open(), "t", noCheck);
    const spans = allSpans(columns);
    expect(spans.map(({ spanId }) => spanId)).toEqual(["root", "child", "late"]);
    expect(spans[0]).toMatchObject({ failed: true, duration: 3 });
    expect(withoutTime).toBe(1);
  });

  it("without faults has no problems", () => {
    expect(problemsOf([span("a", null, 0, 100_000), span("b", "a", 10, 50_000), span("c", "b", 20, 10)])).toEqual([]);
    expect(problemsOf([])).toEqual([]);
  });

  it("says which span ids repeat, which parents are missing, and that several traces may share an id", () => {
    expect(problemsOf([span("a", null, 0, 9), span("a", null, 1, 9), span("b", "gone", 2, 3)])).toEqual([
      "1 span id is used by several spans: a.",
      "1 span names a parent that is not in the trace: gone.",
      "The trace has 2 roots: a, a. Several traces may share its id.",
    ]);
  });

  it("says which spans are their own ancestors, and not those below them", () => {
    const problems = problemsOf([
      span("a", "b", 0, 9),
      span("b", "a", 0, 9),
      span("c", "b", 0, 9),
      span("d", "d", 0, 9),
    ]);
    expect(problems[0]).toBe("3 spans are their own ancestors: a, b, d.");
    expect(problems[1]).toBe("The trace has no root: every span names a parent.");
  });

  it("says which spans lie outside of their parent, beyond what clocks differ by", () => {
    expect(
      problemsOf([span("a", null, 10_000, 5_000), span("b", "a", 9_500, 100), span("c", "a", 2_000, 100)], {
        withoutTime: 1,
      }),
    ).toEqual([
      "1 span lies outside of the time of the parent: c.",
      "1 span has no time and cannot be drawn; the list of records has them.",
    ]);
  });

  it("with a chain of parents 100,000 long is walked once", () => {
    const chain = Array.from({ length: 100_000 }, (_, i) => span(`s${i}`, i === 0 ? null : `s${i - 1}`, 0, 1));
    expect(problemsOf(chain.toReversed())).toEqual([]);
  });
});

import { describe, expect, it } from "vitest";
import { criticalOf, marksOf, recordsOfSpan, type TraceRecord } from "../../../../src/renderer/traces/sections.ts";
import { modelOf, span } from "./spans.ts";

const model = modelOf([
  span("root", null, 0, 100, { nanos: 500 }),
  span("a", "root", 20, 30),
  span("b", "root", 60, 30),
]);

describe("the critical path in the waterfall", () => {
  it("stands by span and in the order of time, after the whole microsecond that the trace begins in", () => {
    const critical = criticalOf(model, [
      { span: 0, start: 90_000, end: 100_000 },
      { span: 2, start: 60_000, end: 90_000 },
      { span: 0, start: 0, end: 60_000 },
    ]);
    expect([...critical.from]).toEqual([0, 2, 2, 3]);
    expect([...critical.start]).toEqual([0.5, 90.5, 60.5]);
    expect([...critical.end]).toEqual([60.5, 100.5, 90.5]);
    expect([...critical.held]).toEqual([70, 0, 30]);
  });

  it("leaves out sections of spans that the waterfall does not have", () => {
    expect([...criticalOf(model, [{ span: 9, start: 0, end: 5 }]).from]).toEqual([0, 0, 0, 0]);
  });
});

describe("records in the waterfall", () => {
  const record = (ref: string, at: number, of: number | null): TraceRecord => ({
    ref,
    time: 1_000_000 + at,
    nanos: 0,
    kind: "log",
    level: 3,
    service: "shop",
    message: ref,
    span: of,
  });

  it("stand on the span that they were written in, those of none at the root", () => {
    const marks = marksOf(model, [record("lost", 5, null), record("one", 22, 1), record("two", 30, 1)]);
    expect(recordsOfSpan(marks, 0).map(({ ref }) => ref)).toEqual(["lost"]);
    expect(recordsOfSpan(marks, 1).map(({ ref }) => ref)).toEqual(["one", "two"]);
    expect(recordsOfSpan(marks, 2)).toEqual([]);
    expect([...marks.at]).toEqual([5, 22, 30]);
  });
});

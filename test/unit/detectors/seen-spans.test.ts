import { describe, expect, it } from "vitest";
import { SeenSpans } from "../../../src/main/engine/detectors/support/seen-spans.ts";
import { columnsOf, type Row } from "./segment-of.ts";

describe("spans that were met before", () => {
  it("are told from 20,000 others that differ in one thing", () => {
    const base: Row = { kind: "span", traceId: "t", spanId: "a", service: "web", at: 1, lasts: 1 };
    const rows: Row[] = Array.from({ length: 5_000 }, (_, at) => [
      { ...base, spanId: `a${at}` },
      { ...base, traceId: `t${at}` },
      { ...base, at: 2 + at / 1_000 },
      { ...base, lasts: 2 + at },
    ]).flat();
    const seen = new SeenSpans();
    const first = seen.askerFor(columnsOf(rows));
    expect(rows.filter((_, row) => first(row))).toEqual([]);
    const again = seen.askerFor(columnsOf([...rows, { ...base, service: "pay" }]));
    expect(rows.filter((_, row) => !again(row))).toEqual([]);
    expect(again(rows.length)).toBe(false);
  });
});

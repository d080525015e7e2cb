import { describe, expect, it } from "vitest";
import { TRACE_CALLS } from "../../../../src/shared/contract/traces.ts";
import { allSpans, blankColumns, spanAt, textOf, textTable } from "../../../../src/shared/model/trace-columns.ts";
import { columnsOf, type WrittenSpan } from "../../../support/trace-columns.ts";

const span = (spanId: string, extra: Partial<WrittenSpan> = {}): WrittenSpan => ({
  spanId,
  parentId: null,
  service: "shop",
  name: "pay",
  start: 1_000,
  nanos: 7,
  digits: 9,
  duration: 5,
  failed: false,
  parent: null,
  place: "as-written",
  self: 3,
  ...extra,
});

const answer = (spans: unknown): boolean =>
  TRACE_CALLS["traces.get"].output.safeParse({ summary: null, spans, problems: [] }).success;

describe("the spans of a trace as columns", () => {
  const written = [
    span("a"),
    span("b", { parentId: "a", parent: 0, failed: true, service: null, name: "", place: "shared-id" }),
    span("", { parentId: "gone", place: "parent-missing", name: "käufe 🛒" }),
  ];

  it("hold every span as it was written", () => {
    expect(allSpans(columnsOf(written))).toEqual(written.map((one, at) => ({ ...one, ref: `s1:${at}` })));
    expect([spanAt(columnsOf(written), 3), spanAt(columnsOf(written), -1)]).toEqual([undefined, undefined]);
  });

  it("hold texts by codes from 1 on", () => {
    const table = textTable(["one", "", "two"]);
    expect([0, 1, 2, 3, 4].map((code) => textOf(table, code))).toEqual([null, "one", "", "two", null]);
  });

  it.each([
    ["of another length", { row: new Uint32Array(2) }],
    ["with a parent that is none of the spans", { parent: Uint32Array.of(7, 0, 0) }],
    ["with a code that no text has", { name: Uint32Array.of(9, 0, 0) }],
    ["with a place that is none", { place: Uint8Array.of(4, 0, 0) }],
    ["of another kind", { start: [1, 2, 3] }],
    ["whose texts end elsewhere", { ids: { text: "abc", ends: Uint32Array.of(0, 1, 2, 9) } }],
    ["whose texts end before they begin", { ids: { text: "abc", ends: Uint32Array.of(0, 3, 2, 3) } }],
  ])("pass no border %s", (_, wrong) => {
    expect(answer(columnsOf(written))).toBe(true);
    expect(answer(blankColumns(0))).toBe(true);
    expect(answer({ ...columnsOf(written), ...wrong })).toBe(false);
  });
});

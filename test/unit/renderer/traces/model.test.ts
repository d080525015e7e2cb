import { describe, expect, it } from "vitest";
import { ancestors, spanOf, visibleSpans, type TraceModel } from "../../../../src/renderer/traces/model.ts";
import { chain, fan, modelOf, span } from "./spans.ts";

const ids = (model: TraceModel, indexes: Iterable<number>): string[] =>
  Array.from(indexes, (index) => spanOf(model, index)?.spanId ?? "?");
const ordered = (model: TraceModel): string[] => ids(model, model.order);
const indented = (model: TraceModel): string[] =>
  Array.from(model.order, (index) => `${"  ".repeat(model.depth[index] ?? 0)}${spanOf(model, index)?.spanId}`);

describe("the tree of a trace", () => {
  it("puts a span whose parent is not among the spans at the root", () => {
    const model = modelOf([span("root", null, 0, 100), span("lost", null, 10, 5, { parent: 7 })]);
    expect(indented(model)).toEqual(["root", "lost"]);
  });

  it("puts children under their parents, siblings by start, whatever order the spans come in", () => {
    const model = modelOf([
      span("pay", "checkout", 30, 10),
      span("cart", "root", 5, 10),
      span("checkout", "root", 20, 60),
      span("root", null, 0, 100),
    ]);
    expect(indented(model)).toEqual(["root", "  cart", "  checkout", "    pay"]);
    expect(model.duration).toBe(100);
    expect(model.epoch).toBe(1_000_000);
  });

  it.each([
    ["negative", -5],
    ["not a number", Number.NaN],
    ["infinite", Infinity],
  ])("draws a duration that is %s as none", (_, duration) => {
    const model = modelOf([span("root", null, 0, 10), span("bad", "root", 5, duration)]);
    expect([model.length[1], model.self[1]]).toEqual([0, 0]);
    expect(model.duration).toBe(10);
  });

  it("places a span without a start at the beginning", () => {
    const model = modelOf([span("bad", null, Number.NaN, 3), span("good", null, 50, 10)]);
    expect(model.epoch).toBe(1_000_050);
    expect(Array.from(model.start)).toEqual([0, 0]);
  });

  it("orders by nanoseconds", () => {
    const model = modelOf([span("b", null, 0, 1, { nanos: 900 }), span("a", null, 0, 1, { nanos: 100 })]);
    expect(ordered(model)).toEqual(["a", "b"]);
  });

  it("is empty without spans", () => {
    const model = modelOf([]);
    expect([model.duration, model.order.length, model.epoch]).toEqual([0, 0, 0]);
  });

  it("holds a chain of 50,000", () => {
    const model = modelOf(chain(50_000));
    expect(model.depth[49_999]).toBe(49_999);
    expect(model.size[0]).toBe(50_000);
    expect(ancestors(model, 49_999)).toHaveLength(49_999);
  });

  it("holds 50,000 children of one span", () => {
    const model = modelOf(fan(50_000));
    expect(ordered(model).slice(0, 3)).toEqual(["root", "f49999", "f49998"]);
  });
});

describe("collapsing", () => {
  const model = modelOf([
    span("root", null, 0, 100),
    span("a", "root", 1, 10),
    span("a1", "a", 2, 1),
    span("a2", "a1", 2, 1),
    span("b", "root", 20, 10),
  ]);

  it("hides all below, at any depth", () => {
    expect(ids(model, visibleSpans(model, new Set([1])))).toEqual(["root", "a", "b"]);
    expect(ids(model, visibleSpans(model, new Set([0, 1])))).toEqual(["root"]);
  });

  it("shows everything when nothing is collapsed", () => {
    expect(visibleSpans(model, new Set())).toBe(model.order);
  });
});

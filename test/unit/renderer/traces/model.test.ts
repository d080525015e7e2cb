import { describe, expect, it } from "vitest";
import { ancestors, Place, traceModel, visibleSpans, type TraceModel } from "../../../../src/renderer/traces/model.ts";
import { chain, fan, span } from "./spans.ts";

const ids = (model: TraceModel, indexes: Iterable<number>): string[] =>
  Array.from(indexes, (index) => model.spans[index]?.spanId ?? "?");
const ordered = (model: TraceModel): string[] => ids(model, model.order);
const indented = (model: TraceModel): string[] =>
  Array.from(model.order, (index) => `${"  ".repeat(model.depth[index] ?? 0)}${model.spans[index]?.spanId}`);

describe("the tree of a trace", () => {
  it("puts children under their parents, siblings by start, whatever order the spans come in", () => {
    const model = traceModel([
      span("pay", "checkout", 30, 10),
      span("cart", "root", 5, 10),
      span("checkout", "root", 20, 60),
      span("root", null, 0, 100),
    ]);
    expect(indented(model)).toEqual(["root", "  cart", "  checkout", "    pay"]);
    expect(model.duration).toBe(100);
    expect(model.epoch).toBe(1_000_000);
  });

  it("shows orphans at the root and says so", () => {
    const model = traceModel([span("root", null, 0, 100), span("lost", "gone", 10, 5), span("below", "lost", 11, 1)]);
    expect(indented(model)).toEqual(["root", "lost", "  below"]);
    expect(Array.from(model.place)).toEqual([Place.asWritten, Place.parentMissing, Place.asWritten]);
  });

  it("cuts a circle above its earliest span and loses none", () => {
    const model = traceModel([
      span("a", "c", 20, 5),
      span("b", "a", 10, 5),
      span("c", "b", 30, 5),
      span("d", "c", 31, 1),
    ]);
    expect(indented(model)).toEqual(["b", "  c", "    a", "    d"]);
    expect(model.place[1]).toBe(Place.circleCut);
  });

  it("takes a span that is its own parent for a root", () => {
    const model = traceModel([span("a", "a", 0, 5)]);
    expect(ordered(model)).toEqual(["a"]);
    expect(model.place[0]).toBe(Place.circleCut);
  });

  it("keeps both of two spans that share an id, and hangs children under the first", () => {
    const model = traceModel([
      span("rpc", null, 0, 100, { name: "client" }),
      span("rpc", "rpc", 10, 80, { name: "server" }),
      span("db", "rpc", 20, 10),
    ]);
    expect(Array.from(model.order, (index) => model.spans[index]?.name)).toEqual(["client", "server", "do db"]);
    expect(Array.from(model.depth)).toEqual([0, 1, 1]);
  });

  it("does not take empty ids for each other's parents", () => {
    const model = traceModel([span("", null, 0, 1), span("", "", 1, 1)]);
    expect(Array.from(model.parent)).toEqual([-1, -1]);
  });

  it.each([
    ["negative", -5],
    ["not a number", Number.NaN],
    ["infinite", Infinity],
  ])("draws a duration that is %s as none", (_, duration) => {
    const model = traceModel([span("root", null, 0, 10), span("bad", "root", 5, duration)]);
    expect(model.length[1]).toBe(0);
    expect(model.self[0]).toBe(10);
    expect(model.duration).toBe(10);
  });

  it("places a span without a start at the beginning", () => {
    const model = traceModel([span("bad", null, Number.NaN, 3), span("good", null, 50, 10)]);
    expect(model.epoch).toBe(1_000_050);
    expect(Array.from(model.start)).toEqual([0, 0]);
  });

  it("orders by nanoseconds", () => {
    const model = traceModel([span("b", null, 0, 1, { nanos: 900 }), span("a", null, 0, 1, { nanos: 100 })]);
    expect(ordered(model)).toEqual(["a", "b"]);
  });

  it("is empty without spans", () => {
    const model = traceModel([]);
    expect([model.duration, model.order.length, model.epoch]).toEqual([0, 0, 0]);
  });

  it("holds a chain of 50,000", () => {
    const model = traceModel(chain(50_000));
    expect(model.depth[49_999]).toBe(49_999);
    expect(model.size[0]).toBe(50_000);
    expect(ancestors(model, 49_999)).toHaveLength(49_999);
  });

  it("cuts a circle of 50,000", () => {
    const spans = chain(50_000);
    spans[0] = { ...spans[0]!, parentId: "c49999" };
    const model = traceModel(spans);
    expect(model.place[0]).toBe(Place.circleCut);
    expect(new Set(model.order).size).toBe(50_000);
  });

  it("holds 50,000 children of one span", () => {
    const model = traceModel(fan(50_000));
    expect(ordered(model).slice(0, 3)).toEqual(["root", "f49999", "f49998"]);
    expect(model.self[0]).toBe(1);
  });
});

describe("self time", () => {
  it("counts parallel children once and only inside their parent", () => {
    const model = traceModel([
      span("root", null, 0, 100),
      span("a", "root", 10, 40),
      span("b", "root", 30, 40),
      span("late", "root", 90, 500),
      span("before", "root", -50, 60),
    ]);
    // 0–10 before, 10–70 a and b, 90–100 late.
    expect(model.self[0]).toBe(20);
  });

  it("is never negative", () => {
    const model = traceModel([span("root", null, 0, 0), span("a", "root", 0, 40)]);
    expect(Array.from(model.self)).toEqual([0, 40]);
  });
});

describe("collapsing", () => {
  const model = traceModel([
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

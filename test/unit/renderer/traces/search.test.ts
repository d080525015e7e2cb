import { describe, expect, it } from "vitest";
import { matches, nextMatch } from "../../../../src/renderer/traces/search.ts";
import { modelOf, span } from "./spans.ts";

const model = modelOf([
  span("late", "root", 50, 1, { name: "SELECT orders" }),
  span("root", null, 0, 100, { service: "Checkout", name: "POST /pay" }),
  span("early", "root", 10, 1, { name: "select carts" }),
]);

describe("search in a trace", () => {
  it("finds operation, service and id in any case, in the order of the tree", () => {
    expect(Array.from(matches(model, "select"))).toEqual([1, 2]);
    expect(Array.from(matches(model, "checkout"))).toEqual([0]);
    expect(Array.from(matches(model, "late"))).toEqual([2]);
  });

  it("wants every word", () => {
    expect(Array.from(matches(model, "select orders"))).toEqual([2]);
    expect(Array.from(matches(model, "orders carts"))).toEqual([]);
  });

  it("finds nothing for nothing", () => {
    expect(Array.from(matches(model, "  "))).toEqual([]);
  });

  it("goes round at the ends", () => {
    const found = Uint32Array.of(2, 5, 9);
    expect(nextMatch(found, 5, 1)).toBe(9);
    expect(nextMatch(found, 9, 1)).toBe(2);
    expect(nextMatch(found, 2, -1)).toBe(9);
    expect(nextMatch(found, -1, 1)).toBe(2);
    expect(nextMatch(new Uint32Array(0), 3, 1)).toBeNull();
  });
});

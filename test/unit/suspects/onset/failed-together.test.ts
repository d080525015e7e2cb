import { describe, expect, it } from "vitest";
import { failedTogether } from "../../../../src/main/engine/suspects/onset.ts";
import { ServiceGraph } from "../../../../src/main/engine/suspects/service-graph.ts";
import { micros } from "../../../../src/shared/units.ts";

const graph = new ServiceGraph([{ caller: "shipping", callee: "cart", calls: 1 }]);
const first = { service: "shipping", time: micros(5_000_000) };

describe("the sentence about the onset", () => {
  it("says why another service than that of the first sign counts as first", () => {
    const hurt = new Map([["cart", micros(5_273_000)]]);
    expect(failedTogether(first, "cart", hurt, graph)).toBe(
      " cart, which shipping calls, failed within the same second: its callers suffer from it.",
    );
  });

  it("says how much later it failed where no call is known", () => {
    const hurt = new Map([["search", micros(9_000_000)]]);
    expect(failedTogether(first, "search", hurt, graph)).toBe(
      " search failed 4 s later, at about the same time, and more of what it does left its normal.",
    );
  });

  it("says nothing where the first sign is at the service itself", () => {
    expect(failedTogether(first, "shipping", new Map(), graph)).toBe("");
    expect(failedTogether(first, null, new Map(), graph)).toBe("");
  });
});

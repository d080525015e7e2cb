import { expect, it } from "vitest";
import { handDown } from "../../../../src/main/engine/suspects/services/blame-flow.ts";
import { ServiceGraph } from "../../../../src/main/engine/suspects/service-graph.ts";

const graph = (...edges: readonly string[]): ServiceGraph =>
  new ServiceGraph(
    edges.map((edge) => {
      const [caller = "", callee = ""] = edge.split(">");
      return { caller, callee, calls: null };
    }),
  );
const flow = (shown: Readonly<Record<string, number>>, ...edges: readonly string[]): Record<string, number> =>
  Object.fromEntries(handDown(new Map(Object.entries(shown)), graph(...edges)));

it("hands three quarters down, all the way", () => {
  expect(flow({ web: 8, cart: 8, db: 8 }, "web>cart", "cart>db")).toEqual({ web: 2, cart: 3.5, db: 18.5 });
});

it("parts it among callees by what they show, and hands none to those that show nothing", () => {
  const held = flow({ web: 4, a: 6, b: 2, c: 0.1 }, "web>a", "web>b", "web>c");
  expect(held).toEqual({ web: 1, a: 8.25, b: 2.75, c: 0.1 });
});

it("hands down no more than the callees show", () => {
  expect(flow({ web: 10, cart: 1 }, "web>cart")).toEqual({ web: 9, cart: 2 });
});

it("hands on what came from callers to a callee that explains what is shown here", () => {
  const held = flow({ web: 12, app: 12, search: 8, table: 6 }, "web>search", "app>search", "search>table");
  expect(held["table"]).toBeGreaterThan(held["search"] ?? 0);
});

it("gathers from all callers", () => {
  const held = flow({ web: 4, app: 4, search: 4 }, "web>search", "app>search");
  expect(held).toEqual({ web: 1, app: 1, search: 10 });
});

it("ends where calls go in a circle, and loses nothing", () => {
  const held = flow({ a: 4, b: 4, c: 4 }, "a>b", "b>c", "c>a");
  expect(Object.values(held).reduce((sum, nats) => sum + nats, 0)).toBeCloseTo(12, 10);
});

import { describe, expect, it } from "vitest";
import {
  layoutGraph,
  neighbourOf,
  NODE,
  pathOf,
  type GraphCall,
  type PlacedGraph,
} from "../../../../src/renderer/traces/services/graph-layout.ts";

const calls = (...pairs: readonly string[]): GraphCall[] =>
  pairs.map((pair) => {
    const [from = "", to = ""] = pair.split(">");
    return { from, to };
  });
const layoutOf = (...pairs: readonly string[]): PlacedGraph =>
  layoutGraph([...new Set(pairs.flatMap((pair) => pair.split(">")))], calls(...pairs));
const columns = ({ nodes }: PlacedGraph): Record<string, number> =>
  Object.fromEntries(nodes.map(({ service, column }) => [service, column]));

/** Pairs of nodes that cover each other. */
const overlaps = ({ nodes }: PlacedGraph): number =>
  nodes.reduce(
    (sum, a, at) =>
      sum +
      nodes.slice(at + 1).filter((b) => Math.abs(a.x - b.x) < NODE.width && Math.abs(a.y - b.y) < NODE.height).length,
    0,
  );

describe("the graph of services", () => {
  it("stands callers left of what they call, one column after the last caller", () => {
    expect(columns(layoutOf("web>pay", "web>cart", "cart>db", "pay>db", "web>db"))).toEqual({
      web: 0,
      cart: 1,
      pay: 1,
      db: 2,
    });
  });

  it("bears services that call each other, in a circle, or themselves", () => {
    const placed = layoutOf("a>b", "b>c", "c>a", "c>c", "b>a");
    expect(columns(placed)).toEqual({ a: 0, b: 1, c: 2 });
    expect(placed.calls).toHaveLength(5);
    expect(placed.calls[3]?.points).toEqual([]);
  });

  it("is placed alike whatever the order of services and calls", () => {
    const pairs = ["web>pay", "web>cart", "cart>db", "pay>bank", "pay>db"];
    const one = layoutOf(...pairs);
    const other = layoutOf(...pairs.toReversed());
    expect(other.nodes.toSorted((a, b) => (a.service < b.service ? -1 : 1))).toEqual(
      one.nodes.toSorted((a, b) => (a.service < b.service ? -1 : 1)),
    );
  });

  it("uncrosses lines that need not cross", () => {
    const { nodes } = layoutOf("a>y", "b>x", "root>a", "root>b");
    const y = (service: string): number => nodes.find((node) => node.service === service)?.y ?? 0;
    expect(Math.sign(y("a") - y("b"))).toBe(Math.sign(y("y") - y("x")));
  });

  it("has room for 80 services that call many others, none over another, all within its size", () => {
    const names = Array.from({ length: 80 }, (_, at) => `svc-${at}`);
    const many = names.flatMap((from, at) => [1, 3, 7].map((step) => ({ from, to: names[(at + step) % 80] ?? "" })));
    const placed = layoutGraph(names, many);
    expect(overlaps(placed)).toBe(0);
    expect(
      placed.nodes.every(
        ({ x, y }) => x >= 0 && y >= 0 && x + NODE.width <= placed.width && y + NODE.height <= placed.height,
      ),
    ).toBe(true);
    expect(placed.calls.every(({ points }) => !pathOf(points).includes("NaN"))).toBe(true);
  });

  it("places one service, and none", () => {
    expect(layoutGraph(["only"], []).nodes).toHaveLength(1);
    expect(layoutGraph([], []).nodes).toEqual([]);
  });

  it("is walked with the arrow keys", () => {
    const { nodes } = layoutOf("web>cart", "web>pay", "pay>db");
    const node = (service: string) => nodes.find((one) => one.service === service) ?? nodes[0]!;
    const upper = node("cart").y < node("pay").y ? "cart" : "pay";
    const lower = upper === "cart" ? "pay" : "cart";
    expect(neighbourOf(nodes, node(upper), "ArrowDown")?.service).toBe(lower);
    expect(neighbourOf(nodes, node(upper), "ArrowUp")).toBeNull();
    expect(neighbourOf(nodes, node("pay"), "ArrowLeft")?.service).toBe("web");
    expect(neighbourOf(nodes, node("web"), "ArrowLeft")).toBeNull();
    expect(neighbourOf(nodes, node("db"), "ArrowLeft")?.column).toBe(1);
  });
});

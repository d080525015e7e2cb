import { describe, expect, it } from "vitest";
import { SPAN_PLACES } from "../../../src/shared/model/trace.ts";
import { NO_PARENT } from "../../../src/main/engine/traces/children.ts";
import { written, type WrittenSpan } from "./trace-columns.ts";

/** "child<parent (place)" of every span, in the order they are written. */
function linksOf(...spans: readonly WrittenSpan[]): string[] {
  const { ids, parent, place } = written(spans);
  return ids.map((id, span) => {
    const above = parent[span] ?? NO_PARENT;
    const where = SPAN_PLACES[place[span] ?? 0];
    return `${id}<${above === NO_PARENT ? "–" : `${ids[above]}#${above}`}${where === "as-written" ? "" : ` ${where}`}`;
  });
}

describe("the parents of spans", () => {
  it("are found by their ids, whatever the order", () => {
    expect(linksOf({ id: "b", parent: "a", at: 1, for: 1 }, { id: "a", at: 0, for: 9 })).toEqual(["b<a#1", "a<–"]);
  });

  it("are looked for in the own trace alone, for ids may be as short as 1, 2, 3", () => {
    expect(
      linksOf(
        { id: "1", trace: "x", at: 0, for: 9 },
        { id: "1", trace: "y", at: 0, for: 9 },
        { id: "2", parent: "1", trace: "y", at: 1, for: 1 },
        { id: "2", parent: "1", trace: "x", at: 1, for: 1 },
        { id: "3", parent: "1", trace: "z", at: 1, for: 1 },
      ),
    ).toEqual(["1<–", "1<–", "2<1#1", "2<1#0", "3<– parent-missing"]);
  });

  it("say so where they are missing or go round in a circle, which is cut above its earliest span", () => {
    expect(
      linksOf(
        { id: "a", parent: "c", at: 20, for: 5 },
        { id: "b", parent: "a", at: 10, for: 5 },
        { id: "c", parent: "b", at: 30, for: 5 },
        { id: "d", parent: "d", at: 31, for: 1 },
        { id: "e", parent: "gone", at: 31, for: 1 },
      ),
    ).toEqual(["a<c#2", "b<– circle-cut", "c<b#1", "d<– circle-cut", "e<– parent-missing"]);
  });

  it("put the server's side of a call that shares its id under the client's, and its children under it", () => {
    expect(
      linksOf(
        { id: "root", at: 0, for: 100, service: "web" },
        { id: "rpc", parent: "root", at: 12, for: 50, service: "pay" },
        { id: "rpc", parent: "root", at: 10, for: 60, service: "web" },
        { id: "db", parent: "rpc", at: 20, for: 5, service: "pay" },
        { id: "retry", parent: "rpc", at: 11, for: 1, service: "web" },
        { id: "cache", parent: "rpc", at: 30, for: 5, service: "redis" },
      ),
    ).toEqual(["root<–", "rpc<rpc#2 shared-id", "rpc<root#0", "db<rpc#1", "retry<rpc#2", "cache<rpc#1"]);
  });

  it("take a server that names its own id as its parent for the other side of the call", () => {
    expect(
      linksOf(
        { id: "rpc", at: 0, for: 60, service: "web" },
        { id: "rpc", parent: "rpc", at: 5, for: 50, service: "pay" },
      ),
    ).toEqual(["rpc<–", "rpc<rpc#0 shared-id"]);
  });

  it("leave a span that stands twice beside its copy, and hang children under the first", () => {
    expect(
      linksOf(
        { id: "root", at: 0, for: 100 },
        { id: "a", parent: "root", at: 1, for: 9 },
        { id: "a", parent: "root", at: 1, for: 9 },
        { id: "b", parent: "a", at: 2, for: 1 },
      ),
    ).toEqual(["root<–", "a<root#0", "a<root#0", "b<a#1"]);
  });

  it("are found once for each span where 40,000 share one id and 40,000 name it", () => {
    const sharing = Array.from({ length: 40_000 }, (_, at): WrittenSpan => ({
      id: "rpc",
      at,
      for: 1,
      service: `s${at}`,
    }));
    const naming = Array.from({ length: 40_000 }, (_, at): WrittenSpan => ({
      id: `n${at}`,
      parent: "rpc",
      at,
      for: 1,
      service: `s${at}`,
    }));
    const { parent } = written([...sharing, ...naming]);
    expect([parent[1], parent[40_000], parent[79_999]]).toEqual([0, 0, 39_999]);
  });

  it("are cut in a circle of 50,000", () => {
    const circle = Array.from({ length: 50_000 }, (_, at): WrittenSpan => ({
      id: `c${at}`,
      parent: `c${(at + 49_999) % 50_000}`,
      at,
      for: 1,
    }));
    const { parent } = written(circle);
    expect([parent[0], parent[49_999]]).toEqual([NO_PARENT, 49_998]);
  });
});

import { describe, expect, it } from "vitest";
import { walkedPath } from "../../../src/main/engine/traces/critical-path.ts";
import { written, type WrittenSpan } from "./trace-columns.ts";

/** Sections as [id, start, end]. */
function pathOf(...spans: readonly WrittenSpan[]): (readonly [string, number, number])[] {
  const trace = written(spans);
  return walkedPath(trace).sections.map(({ span, start, end }) => [trace.ids[span] ?? "?", start, end] as const);
}

describe("the critical path", () => {
  it("is the whole of a span alone", () => {
    expect(pathOf({ id: "root", at: 5, for: 10 })).toEqual([["root", 5, 15]]);
  });

  it("goes back from the end through the child that finished last, then through the one before it", () => {
    expect(
      pathOf(
        { id: "root", at: 0, for: 100 },
        { id: "first", parent: "root", at: 10, for: 20 },
        { id: "second", parent: "root", at: 50, for: 40 },
      ),
    ).toEqual([
      ["root", 90, 100],
      ["second", 50, 90],
      ["root", 30, 50],
      ["first", 10, 30],
      ["root", 0, 10],
    ]);
  });

  it("leaves out a child that ran beside a longer one", () => {
    expect(
      pathOf(
        { id: "root", at: 0, for: 100 },
        { id: "short", parent: "root", at: 10, for: 30 },
        { id: "long", parent: "root", at: 20, for: 60 },
      ).map(([id]) => id),
    ).toEqual(["root", "long", "root"]);
  });

  it("goes down to the span that was really waited for", () => {
    expect(
      pathOf(
        { id: "root", at: 0, for: 100 },
        { id: "call", parent: "root", at: 10, for: 80 },
        { id: "query", parent: "call", at: 20, for: 60 },
      ),
    ).toEqual([
      ["root", 90, 100],
      ["call", 80, 90],
      ["query", 20, 80],
      ["call", 10, 20],
      ["root", 0, 10],
    ]);
  });

  it("cuts a child that ends after its parent, and what is below it", () => {
    expect(
      pathOf(
        { id: "root", at: 0, for: 50 },
        { id: "late", parent: "root", at: 30, for: 100 },
        { id: "later", parent: "late", at: 40, for: 200 },
      ),
    ).toEqual([
      ["later", 40, 50],
      ["late", 30, 40],
      ["root", 0, 30],
    ]);
  });

  it("cuts a child that begins before its parent, and one that reaches over both ends", () => {
    expect(pathOf({ id: "root", at: 100, for: 50 }, { id: "early", parent: "root", at: 80, for: 40 })).toEqual([
      ["root", 120, 150],
      ["early", 100, 120],
    ]);
    expect(pathOf({ id: "root", at: 100, for: 50 }, { id: "wide", parent: "root", at: 0, for: 900 })).toEqual([
      ["wide", 100, 150],
    ]);
  });

  it.each([
    ["after", 200],
    ["before", 10],
    ["exactly at the end of", 150],
    ["exactly up to the start of", 80],
  ])("leaves out a child %s its parent with all below it", (_, at) => {
    expect(
      pathOf(
        { id: "root", at: 100, for: 50 },
        { id: "out", parent: "root", at, for: 20 },
        { id: "below", parent: "out", at: 110, for: 10 },
      ),
    ).toEqual([["root", 100, 150]]);
  });

  it("leaves out what only follows from its parent, with all below it", () => {
    expect(
      pathOf(
        { id: "root", at: 0, for: 100 },
        { id: "follows", parent: "root", at: 10, for: 80, detached: true },
        { id: "below", parent: "follows", at: 20, for: 10 },
      ),
    ).toEqual([["root", 0, 100]]);
  });

  it("takes of two that end together the one that began first", () => {
    expect(
      pathOf(
        { id: "root", at: 0, for: 100 },
        { id: "inner", parent: "root", at: 40, for: 40 },
        { id: "outer", parent: "root", at: 20, for: 60 },
      ).map(([id]) => id),
    ).toEqual(["root", "outer", "root"]);
  });

  it("gives each root, an orphan too, a path of its own", () => {
    expect(pathOf({ id: "orphan", parent: "gone", at: 200, for: 5 }, { id: "root", at: 0, for: 100 })).toEqual([
      ["root", 0, 100],
      ["orphan", 200, 205],
    ]);
  });

  it("bears spans of no duration without going round for ever", () => {
    expect(
      pathOf(
        { id: "root", at: 0, for: 10 },
        { id: "a", parent: "root", at: 5, for: 0 },
        { id: "b", parent: "root", at: 5, for: 0 },
        { id: "c", parent: "root", at: 4, for: 1 },
      ),
    ).toEqual([
      ["root", 5, 10],
      ["c", 4, 5],
      ["root", 0, 4],
    ]);
    expect(pathOf({ id: "root", at: 7, for: 0 })).toEqual([]);
  });

  it("walks a chain of 50,000 and 50,000 children of one span", () => {
    const chain = Array.from({ length: 50_000 }, (_, at): WrittenSpan => ({
      id: `c${at}`,
      ...(at > 0 ? { parent: `c${at - 1}` } : {}),
      at,
      for: 200_000 - 2 * at,
    }));
    expect(pathOf(...chain)).toHaveLength(99_999);
    const fan = Array.from({ length: 50_000 }, (_, at): WrittenSpan => ({
      id: `f${at}`,
      parent: "root",
      at: 2 * at,
      for: 1,
    }));
    expect(pathOf({ id: "root", at: 0, for: 200_000 }, ...fan)).toHaveLength(100_000);
  });
});

import { describe, expect, it } from "vitest";
import { compareTraces, type ComparedTrace } from "../../../src/main/engine/traces/compare-traces.ts";
import { compareWindows } from "../../../src/main/engine/traces/compare-windows.ts";
import { columnsOf, type WrittenSpan } from "./trace-columns.ts";

function comparable(spans: readonly WrittenSpan[]): ComparedTrace {
  const columns = columnsOf(spans);
  return {
    spans: spans.map(({ service = "shop", name, id, failed = false }) => ({ service, name: name ?? id, failed })),
    ...columns,
  };
}

describe("two traces", () => {
  it("are compared by the operations from the root down, whatever their ids and times", () => {
    const rows = compareTraces(
      comparable([
        { id: "1", name: "root", at: 0, for: 100 },
        { id: "2", name: "pay", parent: "1", at: 10, for: 10 },
        { id: "3", name: "pay", parent: "1", at: 30, for: 10 },
        { id: "4", name: "old", parent: "1", at: 50, for: 5 },
      ]),
      comparable([
        { id: "x", name: "root", at: 9_000, for: 300, failed: true },
        { id: "y", name: "new", parent: "x", at: 9_010, for: 7 },
        { id: "z", name: "pay", parent: "x", at: 9_020, for: 200 },
      ]),
    );
    expect(rows.map(({ name, depth, above, a, b }) => [name, depth, above, a?.count ?? 0, b?.count ?? 0])).toEqual([
      ["root", 0, null, 1, 1],
      ["pay", 1, 0, 2, 1],
      ["old", 1, 0, 1, 0],
      ["new", 1, 0, 0, 1],
    ]);
    expect(rows[1]).toMatchObject({
      a: { count: 2, failed: 0, duration: 20, self: 20 },
      b: { count: 1, duration: 200 },
      spansA: [1, 2],
      spansB: [2],
    });
    expect(rows[0]?.b?.failed).toBe(1);
  });

  it("are compared as deep as people look, though one may be a chain of 20,000", () => {
    const chain = Array.from({ length: 20_000 }, (_, at): WrittenSpan => ({
      id: `c${at}`,
      ...(at > 0 ? { parent: `c${at - 1}` } : {}),
      name: "step",
      at,
      for: 1,
    }));
    expect(compareTraces(comparable(chain), comparable(chain.slice(0, 3))).length).toBe(201);
  });
});

describe("two windows of traces", () => {
  const MINUTE = 60_000_000;

  /** `count` spans of an operation in a minute, of which every `failing`-th fails, lasting about `length`. */
  const calls = (minute: number, name: string, count: number, length: number, failing = 0): WrittenSpan[] =>
    Array.from({ length: count }, (_, at) => ({
      id: `${minute}-${name}-${at}`,
      name,
      at: minute * MINUTE + (at * MINUTE) / count,
      for: length * (1 + (at % 7) / 20),
      failed: failing > 0 && at % failing === 0,
    }));

  const compared = (before: readonly WrittenSpan[], after: readonly WrittenSpan[]) => {
    const columns = columnsOf([...before, ...after]);
    const mask = (minute: number): Uint8Array =>
      Uint8Array.from(columns.start, (at) => (Math.floor(at / MINUTE) === minute ? 1 : 0));
    return compareWindows(columns, { mask: mask(0), length: MINUTE }, { mask: mask(1), length: MINUTE }).map(
      ({ operation, changes, difference, score }) => ({
        name: columns.operations[operation]?.name,
        changes,
        difference,
        score,
      }),
    );
  };

  it("rank what fails more often, what takes longer and what is called more or less, before what stayed", () => {
    const found = compared(
      [
        ...calls(0, "steady", 200, 1_000),
        ...calls(0, "fails", 200, 1_000),
        ...calls(0, "slows", 200, 1_000),
        ...calls(0, "stops", 200, 1_000),
      ],
      [
        ...calls(1, "steady", 204, 1_010),
        ...calls(1, "fails", 200, 1_000, 3),
        ...calls(1, "slows", 200, 2_000),
        ...calls(1, "begins", 50, 1_000),
      ],
    );
    const changesOf = (name: string) => found.find((one) => one.name === name)?.changes;
    expect(changesOf("fails")).toEqual(["errors"]);
    expect(changesOf("slows")).toEqual(["latency"]);
    expect(changesOf("stops")).toEqual(["rate"]);
    expect(changesOf("begins")).toEqual(["rate"]);
    expect(found.at(-1)).toMatchObject({ name: "steady", changes: [], score: 0 });
    const direction = (name: string) => found.find((one) => one.name === name)?.difference;
    expect(direction("stops")?.rate).toBeLessThan(-4);
    expect(direction("begins")?.rate).toBeGreaterThan(4);
  });

  it("do not differ by a few calls, however large the ratio", () => {
    const [only] = compared(calls(0, "rare", 2, 1_000), calls(1, "rare", 4, 9_000, 2));
    expect(only?.changes).toEqual([]);
  });

  it("have rates by their lengths", () => {
    const columns = columnsOf([...calls(0, "a", 100, 10), ...calls(1, "a", 100, 10)]);
    const mask = (minute: number): Uint8Array =>
      Uint8Array.from(columns.start, (at) => (Math.floor(at / MINUTE) === minute ? 1 : 0));
    const [only] = compareWindows(columns, { mask: mask(0), length: MINUTE }, { mask: mask(1), length: 4 * MINUTE });
    expect(only?.changes).toEqual(["rate"]);
    expect(only?.difference.rate).toBeLessThan(0);
  });
});

import { describe, expect, it } from "vitest";
import { windowsOf } from "../../../../src/renderer/traces/compare/store.ts";
import { changeOf } from "../../../../src/renderer/traces/compare/trace-comparison.tsx";
import { firstSort, shownRows } from "../../../../src/renderer/traces/operations/table.ts";

const NOTHING = { before: null, after: null };

describe("the windows that are compared", () => {
  it("are left to the engine while nothing narrower is looked at", () => {
    expect(windowsOf(NOTHING, null, 0)).toBeNull();
  });

  it("are the looked-at range and as much before it, as far as the case reaches", () => {
    expect(windowsOf(NOTHING, { from: 60, to: 80 }, 0)).toEqual({
      before: { from: 40, to: 60 },
      after: { from: 60, to: 80 },
    });
    expect(windowsOf(NOTHING, { from: 10, to: 80 }, 0)?.before).toEqual({ from: 0, to: 10 });
    expect(windowsOf(NOTHING, { from: 10, to: 80 }, 10)).toBeNull();
  });

  it("are before and since the onset where it is known and nothing narrower is looked at", () => {
    const incident = { baseline: { from: 0, to: 50 }, incident: { from: 50, to: 70 } };
    expect(windowsOf(NOTHING, null, 0, incident)).toEqual({ before: incident.baseline, after: incident.incident });
    expect(windowsOf(NOTHING, { from: 60, to: 80 }, 0, incident)?.after).toEqual({ from: 60, to: 80 });
    const after = { from: 90, to: 95 };
    expect(windowsOf({ before: null, after }, null, 0, incident)).toEqual({ before: { from: 85, to: 90 }, after });
  });

  it("are what was chosen, unless one would be empty", () => {
    const before = { from: 5, to: 9 };
    expect(windowsOf({ before, after: null }, { from: 60, to: 80 }, 0)?.before).toEqual(before);
    expect(windowsOf({ before: { from: 9, to: 9 }, after: null }, { from: 60, to: 80 }, 0)).toBeNull();
  });
});

describe("a path of two traces", () => {
  const sum = (duration: number, failed = 0) => ({ count: 1, failed, duration, self: 0 });

  it.each([
    [sum(10), null, "only A"],
    [null, sum(10), "only B"],
    [sum(10), sum(10, 1), "fails"],
    [sum(10), sum(50), "slower"],
    [sum(50), sum(10), "faster"],
    [sum(10), sum(10.5), ""],
  ] as const)("changed by what it is: %j to %j is %s", (a, b, change) => {
    expect(changeOf({ a, b }, 100)).toBe(change);
  });
});

describe("the table of operations", () => {
  const row = (service: string | null, name: string, count: number, errors: number, self: number) => ({
    service,
    name,
    count,
    errors,
    p50: 1,
    p95: 1,
    p99: 1,
    perSecond: null,
    self,
    selfShare: 0,
  });
  const rows = [row("web", "GET /", 10, 1, 5), row("pay", "charge", 4, 4, 9), row(null, "job", 90, 0, 1)];
  const names = (typed: string, column: string, descending: boolean): string[] =>
    shownRows(rows, typed, { column, descending }).map(({ name }) => name);

  it("sorts by any column, what worked the most first among equals", () => {
    expect(names("", "self", true)).toEqual(["charge", "GET /", "job"]);
    expect(names("", "errors", true)).toEqual(["charge", "GET /", "job"]);
    expect(names("", "service", false)).toEqual(["job", "charge", "GET /"]);
    expect(names("", "p50", true)).toEqual(["charge", "GET /", "job"]);
  });

  it("keeps the rows that have every word, in the service or the name", () => {
    expect(names("WEB get", "self", true)).toEqual(["GET /"]);
    expect(names("pay get", "self", true)).toEqual([]);
  });

  it("begins with the largest number and the first name", () => {
    expect([firstSort("p99").descending, firstSort("name").descending]).toEqual([true, false]);
  });
});

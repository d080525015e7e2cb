import { describe, expect, it } from "vitest";
import { childrenOf } from "../../../src/main/engine/traces/children.ts";
import { traceFindings } from "../../../src/main/engine/traces/findings/findings.ts";
import type { TraceView } from "../../../src/main/engine/traces/findings/finding.ts";
import type { Normal } from "../../../src/main/engine/traces/normal.ts";
import { selfTimes } from "../../../src/main/engine/traces/self-time.ts";
import { written, type WrittenSpan } from "./trace-columns.ts";

interface Span extends WrittenSpan {
  readonly name?: string;
  readonly failed?: boolean;
}

const MILLISECOND = 1_000;

/** Times are milliseconds; `usual` gives the median of operations in milliseconds, each steady and seen 100 times. */
function viewOf(spans: readonly Span[], usual: Readonly<Record<string, number>> = {}, failing = 0): TraceView {
  const inMicros = spans.map((span) => ({ ...span, at: span.at * MILLISECOND, for: span.for * MILLISECOND }));
  const { start, duration, parent } = written(inMicros);
  const names = spans.map(({ name, id }) => name ?? id);
  const codes = new Map([...new Set(names)].map((name, code) => [name, code]));
  const normal = (name: string): Normal | undefined =>
    usual[name] === undefined
      ? undefined
      : { count: 100, median: Math.log(usual[name] * MILLISECOND), sigma: 0.1, failing };
  return {
    spans: spans.map(({ service = "shop", failed = false }, at) => ({ service, name: names[at] ?? "", failed })),
    start,
    duration,
    self: selfTimes({ start, duration, parent }),
    parent,
    children: childrenOf(parent, start),
    operation: Uint32Array.from(names, (name) => codes.get(name) ?? 0),
    normalOf: (span) => normal(names[span] ?? ""),
  };
}

const findingsOf = (...of: Parameters<typeof viewOf>) => traceFindings(viewOf(...of));
const kinds = (...of: Parameters<typeof viewOf>): string[] => findingsOf(...of).map(({ kind }) => kind);

/** `count` children of root, each `length` long, one beginning `step` after the other. */
const calls = (count: number, step: number, length: number, failed: readonly number[] = []): Span[] =>
  Array.from({ length: count }, (_, at) => ({
    id: `call${at}`,
    name: "get item",
    parent: "root",
    at: at * step,
    for: length,
    failed: failed.includes(at),
  }));

describe("slow spans", () => {
  it("are those that take far longer than their operation does, where the time was lost", () => {
    const [finding, ...others] = findingsOf(
      [
        { id: "root", at: 0, for: 1_000 },
        { id: "query", parent: "root", at: 0, for: 950, service: "db" },
      ],
      { root: 60, query: 10 },
    );
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ kind: "slow", spans: [1], micros: 940_000 });
    expect(finding?.text).toBe("query of db took 950 ms, 95 times its usual 10 ms (median of 100 spans).");
  });

  it("are none where an operation always takes long, or too few spans tell what is usual", () => {
    expect(kinds([{ id: "report", at: 0, for: 60_000 }], { report: 55_000 })).toEqual([]);
    expect(kinds([{ id: "report", at: 0, for: 60_000 }])).toEqual([]);
  });
});

describe("failures", () => {
  it("are told where they began, with how far up they went", () => {
    const [finding, ...others] = findingsOf([
      { id: "root", at: 0, for: 9, failed: true },
      { id: "pay", parent: "root", at: 1, for: 5, failed: true },
      { id: "charge", parent: "pay", at: 2, for: 3, failed: true, service: "bank" },
      { id: "fine", parent: "root", at: 7, for: 1 },
    ]);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ kind: "failed", spans: [2, 1, 0] });
    expect(finding?.text).toBe("charge of bank failed. The failure went up to root of shop.");
  });

  it("say so where the operation fails all the time", () => {
    const [finding] = findingsOf([{ id: "lookup", at: 0, for: 9, failed: true }], { lookup: 9 }, 0.4);
    expect(finding?.text).toBe("lookup of shop failed, as it does in 40 % of its calls.");
  });
});

describe("failures of a deep trace", () => {
  it("are told without holding the way up of each", () => {
    const comb = Array.from({ length: 10_000 }, (_, at): Span[] => [
      { id: `c${at}`, ...(at > 0 ? { parent: `c${at - 1}` } : {}), at: 0, for: 9, failed: true },
      { id: `leaf${at}`, parent: `c${at}`, at: 0, for: 1, failed: true },
    ]).flat();
    const findings = findingsOf(comb).filter(({ kind }) => kind === "failed");
    expect(findings.length).toBe(50);
    expect(findings.every(({ spans }) => spans.length <= 21)).toBe(true);
    expect(findings[0]?.text).toContain("went up to c0 of shop");
  });
});

describe("repeated calls", () => {
  it("are an N+1 where one span makes them one after the other", () => {
    const [finding] = findingsOf([{ id: "root", at: 0, for: 100 }, ...calls(8, 10, 9)]);
    expect(finding).toMatchObject({ kind: "n-plus-one", micros: 72_000 });
    expect(finding?.spans).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(kinds([{ id: "root", at: 0, for: 45 }, ...calls(4, 10, 9)])).toEqual([]);
  });

  it("are a fan-out where they run side by side, with the slowest next to the span that made them", () => {
    const slow: Span = { id: "slow", name: "get item", parent: "root", at: 7, for: 80 };
    const [finding] = findingsOf([{ id: "root", at: 0, for: 100 }, ...calls(7, 1, 50), slow, ...calls(4, 3, 50)]);
    expect(finding).toMatchObject({ kind: "fan-out", micros: 87_000 });
    expect(finding?.spans.slice(0, 2)).toEqual([0, 8]);
  });

  it("are retries where each follows on a failure", () => {
    const [failure, second, third] = findingsOf([{ id: "root", at: 0, for: 40 }, ...calls(3, 10, 9, [0, 1])]);
    expect([failure?.kind, second?.kind]).toEqual(["failed", "failed"]);
    expect(third).toMatchObject({ kind: "retry", spans: [1, 2, 3, 0], micros: 29_000 });
    expect(third?.text).toContain("3 times over 29 ms, each time after a failure; attempt 3 went well.");
  });

  it("are no retries where a loop of many has one failure", () => {
    expect(kinds([{ id: "root", at: 0, for: 100 }, ...calls(9, 10, 9, [4])])).toEqual(["failed", "n-plus-one"]);
  });
});

describe("gaps", () => {
  it("are stretches of a span in which none of its children ran", () => {
    const [finding, ...others] = findingsOf([
      { id: "root", at: 0, for: 100 },
      { id: "reserve", parent: "root", at: 0, for: 20 },
      { id: "pay", parent: "root", at: 70, for: 30 },
    ]);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ kind: "gap", spans: [0, 1, 2], micros: 50_000 });
    expect(finding?.text).toContain("50 ms (50 % of the trace) between reserve of shop and pay of shop");
  });

  it("are stretches between roots in which nothing ran, and not the work of a span without children", () => {
    expect(
      findingsOf([
        { id: "send", at: 0, for: 10 },
        { id: "receive", parent: "gone", at: 80, for: 20 },
      ]),
    ).toMatchObject([{ kind: "gap", spans: [0, 1], micros: 70_000 }]);
    expect(kinds([{ id: "root", at: 0, for: 100 }])).toEqual([]);
  });
});

describe("clocks", () => {
  it("that are behind show by children that begin before what called them, taken in the middle of what is possible", () => {
    const findings = findingsOf([
      { id: "root", at: 1_000, for: 100, service: "web" },
      { id: "a", parent: "root", at: 500, for: 80, service: "pay" },
      { id: "b", parent: "root", at: 510, for: 80, service: "pay" },
    ]);
    const skew = findings.find(({ kind }) => kind === "clock-skew");
    // a may have begun 500 to 520 ms later, b 490 to 510.
    expect(skew).toMatchObject({ micros: 505_000, spans: [1, 2, 0] });
    expect(skew?.text).toContain("The clock of pay is some 505 ms behind that of web: 2 spans begin");
  });

  it("are not blamed for a millisecond, nor for children that outlive their parent", () => {
    expect(
      kinds([
        { id: "root", at: 10, for: 100, service: "web" },
        { id: "near", parent: "root", at: 9.5, for: 60, service: "pay" },
        { id: "async", parent: "root", at: 80, for: 60, service: "mail" },
      ]),
    ).not.toContain("clock-skew");
  });
});

import { describe, expect, it } from "vitest";
import { criticalPathOf, writtenIds } from "../../../src/main/engine/query/critical-path.ts";
import { tracesWith } from "../../../src/main/engine/query/filtered-traces.ts";
import type { OpenCase } from "../../../src/main/engine/query/open-case.ts";
import { spanTable } from "../../../src/main/engine/query/span-table.ts";
import { compareTwoTraces, compareTwoWindows } from "../../../src/main/engine/query/trace-comparisons.ts";
import { callGraph, operationTable } from "../../../src/main/engine/query/trace-figures.ts";
import { findingsOf } from "../../../src/main/engine/query/trace-findings.ts";
import { recordsOfTrace } from "../../../src/main/engine/query/trace-records.ts";
import { spansOf } from "../../../src/main/engine/query/traces.ts";
import type { Selection } from "../../../src/shared/contract.ts";
import { Level } from "../../../src/shared/model/level.ts";
import { allSpans, spanAt, spanCount } from "../../../src/shared/model/trace-columns.ts";
import { durationMicros } from "../../../src/shared/units.ts";
import { at, jsonStub, noCheck, testCase, type TestRecord } from "./cases.ts";

const SECOND = 1_000_000;

const span = (
  traceId: string,
  spanId: string,
  parentId: string | null,
  start: number,
  duration: number,
  extra: TestRecord = {},
): TestRecord => ({
  kind: "span",
  time: at(start),
  duration: durationMicros(duration),
  traceId,
  spanId,
  ...(parentId === null ? {} : { parentId }),
  service: "web",
  name: spanId,
  level: Level.none,
  message: spanId,
  ...extra,
});

const selection = (extra: Partial<Selection> = {}): Selection => ({
  filter: "",
  from: null,
  to: null,
  samples: false,
  ...extra,
});
const operationsOf = (open: OpenCase, wanted: Selection) =>
  operationTable(open, open.selections.select(wanted, noCheck), wanted, noCheck);

/** Two traces of web calling pay, in two sources with a segment for each span. */
function shop(): OpenCase {
  const made = testCase();
  made.add(
    made.source("web"),
    [
      span("t1", "root", null, 0, 100, { name: "GET /" }),
      span("t2", "root", null, 10 * SECOND, 400, { name: "GET /" }),
    ],
    1,
  );
  made.add(
    made.source("pay"),
    [
      span("t1", "p", "root", 20, 50, { service: "pay", name: "charge" }),
      span("t2", "p", "root", 10 * SECOND + 20, 350, { service: "pay", name: "charge", level: Level.error }),
      span("t2", "q", "p", 10 * SECOND + 30, 300, { service: "pay", name: "ask bank" }),
    ],
    1,
  );
  return made.open();
}

describe("questions over many traces", () => {
  it("see the spans of all sources linked, whatever segments they stand in", () => {
    const table = spanTable(shop(), noCheck);
    expect(table.count).toBe(5);
    const named = (index: number): string =>
      `${table.traces[table.trace[index] ?? 0]} ${table.operations[table.operation[index] ?? 0]?.name}`;
    const links = Array.from({ length: table.count }, (_, index) => [
      named(index),
      (table.parent[index] ?? 0) < table.count ? named(table.parent[index] ?? 0) : "–",
    ]);
    expect(links).toEqual([
      ["t1 GET /", "–"],
      ["t2 GET /", "–"],
      ["t1 charge", "t1 GET /"],
      ["t2 charge", "t2 GET /"],
      ["t2 ask bank", "t2 charge"],
    ]);
  });

  it("tell of operations in the looked-at range and filter, with the rate over that range", () => {
    const open = shop();
    const all = operationsOf(open, selection());
    expect(all.spans).toBe(5);
    expect(all.operations.map(({ name, count, errors, self }) => [name, count, errors, self])).toEqual([
      ["GET /", 2, 0, 100],
      ["charge", 2, 1, 100],
      ["ask bank", 1, 0, 300],
    ]);
    const late = selection({ filter: "service:pay", from: 10 * SECOND, to: 12 * SECOND });
    expect(operationsOf(open, late).operations).toMatchObject([
      { service: "pay", name: "charge", count: 1, errors: 1, perSecond: 0.5 },
      { service: "pay", name: "ask bank", count: 1 },
    ]);
  });

  it("know the traces that a filter finds something in: a span of it, a line of its log, an event of it", () => {
    const made = testCase();
    made.add(
      made.source("web"),
      [span("t1", "a", null, 0, 1), span("t2", "a", null, 5, 1), span("t3", "a", null, 9, 1)],
      2,
    );
    made.add(made.source("log"), [
      { time: at(7), traceId: "t2", service: "pay", message: "card refused", raw: "card refused" },
      { time: at(8), service: "pay", message: "card refused", raw: "card refused" },
    ]);
    made.event({ time: 9, title: "slow", service: "bank", traceId: "t3" });
    const open = made.open();
    const found = (filter: string) =>
      tracesWith(open, open.selections.select(selection({ filter }), noCheck), noCheck).toSorted();
    expect(found("refused")).toEqual(["t2"]);
    expect(found("kind:span -trace:t1")).toEqual(["t2", "t3"]);
    expect(found("service:bank")).toEqual(["t3"]);
    expect(found("service:nobody")).toEqual([]);
  });

  it("tell which services called which", () => {
    const open = shop();
    const graph = callGraph(open, open.selections.select(selection(), noCheck), selection(), noCheck);
    expect(graph.calls).toEqual([{ from: "web", to: "pay", count: 2, errors: 1, p50: 200, p95: 335, p99: 347 }]);
    expect(graph.services.map(({ service, count }) => [service, count])).toEqual([
      ["web", 2],
      ["pay", 2],
    ]);
  });

  it("see what was committed since", () => {
    const made = testCase();
    const source = made.source("web");
    made.add(source, [span("t", "a", null, 0, 10)]);
    const open = made.open();
    expect(spanTable(open, noCheck).count).toBe(1);
    made.add(source, [span("t", "b", "a", 1, 5)]);
    open.refresh(noCheck);
    expect(spanTable(open, noCheck).count).toBe(2);
    expect(spanCount(spansOf(open, "t", noCheck).spans)).toBe(2);
  });
});

describe("comparisons", () => {
  it("show what one of two traces has alone, with a record to look at", () => {
    const { a, b, rows } = compareTwoTraces(shop(), ["t1", "t2"], noCheck);
    expect([a.spans, b.spans, b.failed, b.duration]).toEqual([2, 3, 1, 400]);
    expect(rows.map(({ name, a: left, b: right }) => [name, left?.duration ?? null, right?.duration ?? null])).toEqual([
      ["GET /", 100, 400],
      ["charge", 50, 350],
      ["ask bank", null, 300],
    ]);
    expect(rows[2]).toMatchObject({ refA: null, refB: expect.stringMatching(/^s\d+:0$/u) as string });
  });

  it("fail in words for a trace that has no spans and for a window that is none", () => {
    const open = shop();
    expect(() => compareTwoTraces(open, ["t1", "no"], noCheck)).toThrow('no spans of a trace "no"');
    const empty = { from: 5, to: 5 };
    expect(() => compareTwoWindows(open, { before: empty, after: { from: 5, to: 6 } }, noCheck)).toThrow(
      "must end after it begins",
    );
  });

  it("halve the time that has spans where no windows are given", () => {
    const { windows, operations } = compareTwoWindows(shop(), null, noCheck);
    expect(windows).toEqual({
      before: { from: 0, to: 5_000_015 },
      after: { from: 5_000_015, to: 10_000_031 },
    });
    expect(operations.find(({ name }) => name === "charge")).toMatchObject({
      before: { count: 1, errors: 0 },
      after: { count: 1, errors: 1 },
    });
    expect(compareTwoWindows(testCase().open(), null, noCheck)).toEqual({ windows: null, operations: [] });
  });
});

describe("one trace", () => {
  const asked = (open: OpenCase, traceId: string) => spansOf(open, traceId, noCheck);

  it("is odd against what its operations take in the whole case", () => {
    const made = testCase();
    const usual = Array.from({ length: 50 }, (_, i) => span(`u${i}`, "a", null, i * SECOND, 1_000, { name: "GET /" }));
    made.add(made.source("web"), [...usual, span("odd", "a", null, 0, 90_000, { name: "GET /" })]);
    const open = made.open();
    expect(findingsOf(open, asked(open, "odd"), noCheck)).toMatchObject([{ kind: "slow", spans: [0], micros: 89_000 }]);
    expect(findingsOf(open, asked(open, "u7"), noCheck)).toEqual([]);
  });

  it("has its log records on the spans that they name, else on the innermost of their service that ran then", () => {
    const made = testCase();
    made.add(made.source("spans"), [
      span("t", "root", null, 0, 100),
      span("t", "inner", "root", 20, 30),
      span("t", "pay", "root", 60, 20, { service: "pay" }),
    ]);
    const log = (time: number, message: string, extra: TestRecord = {}): TestRecord => ({
      kind: "log",
      time: at(time),
      traceId: "t",
      service: "web",
      level: Level.info,
      message,
      ...extra,
    });
    made.add(made.source("logs"), [
      log(25, "within"),
      log(10, "around"),
      log(70, "named", { spanId: "root", service: "pay" }),
      log(900, "after"),
      log(25, "of another", { traceId: "other" }),
      { ...log(1, "no time"), time: null },
    ]);
    const open = made.open();
    const { spans } = asked(open, "t");
    const { records, total } = recordsOfTrace(open, { traceId: "t", spans, limit: 3 }, noCheck);
    const shown = records.map(({ message, span: of }) => [message, of === null ? null : spanAt(spans, of)?.spanId]);
    expect(shown).toEqual([
      ["around", "root"],
      ["within", "inner"],
      ["named", "root"],
    ]);
    expect(total).toBe(4);
    const all = recordsOfTrace(open, { traceId: "t", spans, limit: 10 }, noCheck).records;
    expect(all.at(-1)).toMatchObject({ message: "after", span: null });
  });

  it("waits for no consumer of a producer and for nothing that only follows, and has its ids as they are written", () => {
    const told: Record<string, { kind: "producer" | "consumer" | null; followsFrom: boolean }> = {
      send: { kind: "producer", followsFrom: false },
      receive: { kind: "consumer", followsFrom: false },
      after: { kind: null, followsFrom: true },
    };
    const format = {
      ...jsonStub,
      span: (raw: Uint8Array) => {
        const { message } = JSON.parse(Buffer.from(raw).toString()) as { message: string };
        if (message === "broken") throw new SyntaxError("no span");
        return { id: message.toUpperCase(), kind: null, followsFrom: false, ...told[message] };
      },
    };
    const made = testCase();
    made.add(made.source("spans"), [
      span("t", "root", null, 0, 100),
      span("t", "send", "root", 10, 80),
      span("t", "receive", "send", 20, 60),
      span("t", "after", "root", 50, 45),
      span("t", "broken", "root", 95, 4),
    ]);
    const open = made.open([format]);
    const spans = asked(open, "t");
    const { sections } = criticalPathOf(open, spans, noCheck);
    const ids = writtenIds(open, spans, noCheck);
    expect(sections.map(({ span: of, start, end }) => [ids[of], start, end])).toEqual([
      ["ROOT", 99_000, 100_000],
      ["broken", 95_000, 99_000],
      ["ROOT", 90_000, 95_000],
      ["SEND", 10_000, 90_000],
      ["ROOT", 0, 10_000],
    ]);
  });

  it("reads the text of the spans on its path alone, and of all where span after span turns out not to be waited for", () => {
    const read: string[] = [];
    const format = {
      ...jsonStub,
      span: (raw: Uint8Array) => {
        const { message } = JSON.parse(Buffer.from(raw).toString()) as { message: string };
        read.push(message);
        return { id: message, kind: null, followsFrom: message.startsWith("after") };
      },
    };
    const made = testCase();
    made.add(made.source("spans"), [
      span("short", "root", null, 0, 100),
      span("short", "aside", "root", 10, 20),
      span("short", "waited", "root", 5, 90),
    ]);
    const late = Array.from({ length: 20 }, (_, i) => span("long", `after${i}`, "root", 50 + i, 10));
    made.add(made.source("more"), [span("long", "root", null, 0, 100), span("long", "waited", "root", 5, 20), ...late]);
    const open = made.open([format]);
    expect(criticalPathOf(open, asked(open, "short"), noCheck).sections).toHaveLength(3);
    expect(read.toSorted()).toEqual(["root", "waited"]);
    read.length = 0;
    const { sections } = criticalPathOf(open, asked(open, "long"), noCheck);
    expect(sections.map(({ span: of, start, end }) => [of, start, end])).toEqual([
      [0, 25_000, 100_000],
      [1, 5_000, 25_000],
      [0, 0, 5_000],
    ]);
    expect(read).toHaveLength(22);
    expect(new Set(read).size).toBe(22);
  });

  it("holds a span that two sources have once, and says so", () => {
    const made = testCase();
    const spans = [span("t", "root", null, 0, 100), span("t", "a", "root", 10, 5)];
    made.add(made.source("one"), spans);
    made.add(made.source("two"), spans);
    const { spans: found, copies } = spansOf(made.open(), "t", noCheck);
    expect([spanCount(found), copies]).toEqual([2, 2]);
    expect(allSpans(found).map(({ parent }) => parent)).toEqual([null, 0]);
  });
});

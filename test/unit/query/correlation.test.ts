import { describe, expect, it } from "vitest";
import { listClocks } from "../../../src/main/engine/query/correlation/clocks.ts";
import { recordsOfId, relatedTo } from "../../../src/main/engine/query/correlation/related.ts";
import { placedSpans } from "../../../src/main/engine/query/correlation/placed-spans.ts";
import { sampledCodes } from "../../../src/main/engine/query/correlation/stored-rows.ts";
import type { OpenCase } from "../../../src/main/engine/query/open-case.ts";
import { readerMethods } from "../../../src/main/engine/query/reader-methods.ts";
import { spanTable } from "../../../src/main/engine/query/span-table.ts";
import { clockText } from "../../../src/shared/clock-text.ts";
import { Level } from "../../../src/shared/model/level.ts";
import { durationMicros } from "../../../src/shared/units.ts";
import { at, noCheck, testCase, type TestRecord } from "./cases.ts";

const SECOND = 1_000_000;
const MILLI = 1_000;
const hex = (value: number, digits: number): string => (value + 2 ** 32).toString(16).padStart(digits, "a");
/** Deterministic and even, 0–1. */
const even = (place: number): number => (place * 0.618_033_988_75) % 1;

interface Skews {
  readonly log?: number;
  readonly pay?: number;
}

/** 60 traces of web calling pay: spans of each in a file of its own, log lines of web that name the trace and its span. */
function shop({ log = 0, pay = 0 }: Skews = {}, logTime = (time: number): number => time): OpenCase {
  const made = testCase();
  const web: TestRecord[] = [];
  const payments: TestRecord[] = [];
  const logs: TestRecord[] = [];
  for (let trace = 0; trace < 60; trace += 1) {
    const start = trace * SECOND + Math.round(even(trace) * 400 * MILLI) + 17;
    const ids = { traceId: hex(trace, 32), service: "web" };
    const took = 200 * MILLI + Math.round(even(trace + 7) * 100 * MILLI);
    web.push({
      kind: "span",
      time: at(start),
      duration: durationMicros(took),
      ...ids,
      spanId: hex(trace, 16),
      name: "GET",
      message: "GET",
    });
    const inner = start + 20 * MILLI + Math.round(even(trace + 3) * 30 * MILLI);
    payments.push({
      kind: "span",
      time: at(inner + pay),
      duration: durationMicros(took - 80 * MILLI),
      ...ids,
      service: "pay",
      spanId: hex(1_000 + trace, 16),
      parentId: hex(trace, 16),
      name: "charge",
      message: "charge",
    });
    logs.push({
      time: at(logTime(start + Math.round(even(trace + 5) * took) + log)),
      ...ids,
      spanId: hex(trace, 16),
      level: Level.info,
      message: `asking pay ${trace}`,
    });
  }
  made.add(made.source("web.json"), web);
  made.add(made.source("pay.json"), payments);
  made.add(made.source("web.log"), logs);
  return made.open();
}

const clockOf = (open: OpenCase, path: string) => listClocks(open, noCheck).clocks.find((clock) => clock.path === path);

describe("clocks of sources", () => {
  it.each([0, 2_300_000, -740_000, 150_000])("are told from log lines in spans: %d µs", (log) => {
    const clock = clockOf(shop({ log }), "web.log");
    expect(clock).toMatchObject({ referencePath: "web.json", ids: 60, basis: "spans", differs: log !== 0 });
    expect(Math.abs((clock?.offset ?? Number.NaN) - log)).toBeLessThan(25 * MILLI);
    expect(clock?.low).toBeLessThan(log);
    expect(clock?.high).toBeGreaterThan(log);
  });

  it.each([900_000, -65_000])("are told from spans of callers and called: %d µs", (pay) => {
    const clock = clockOf(shop({ pay }), "pay.json");
    expect(clock).toMatchObject({ referencePath: "web.json", differs: true });
    expect(Math.abs((clock?.offset ?? Number.NaN) - pay)).toBeLessThan(20 * MILLI);
  });

  it("are not blamed for times that are written in whole seconds or minutes", () => {
    expect(
      clockOf(
        shop({}, (time) => Math.floor(time / SECOND) * SECOND),
        "web.log",
      )?.differs,
    ).toBe(false);
    expect(
      clockOf(
        shop({}, (time) => Math.floor(time / (60 * SECOND)) * 60 * SECOND),
        "web.log",
      )?.differs,
    ).toBe(false);
  });

  it("are told from records alone where there are no spans, which might just come later", () => {
    const made = testCase();
    const of = (path: string, lag: number): void => {
      const records = Array.from({ length: 40 }, (_, request): TestRecord => {
        const jitter = Math.round(even(request) * 900);
        return { time: at(request * SECOND + jitter + lag), requestId: `r-${request}`, message: `did ${request}` };
      });
      made.add(made.source(path), records);
    };
    of("gate.log", 0);
    of("app.log", 4 * SECOND);
    const [clock] = listClocks(made.open(), noCheck).clocks;
    expect(clock).toMatchObject({ path: "app.log", basis: "records", differs: true, ids: 40 });
    expect(Math.abs((clock?.offset ?? Number.NaN) - 4 * SECOND)).toBeLessThan(2 * MILLI);
    expect(clock === undefined ? "" : clockText(clock, (path) => path)).toMatch(
      /^Clock about 4 s ahead of that of gate\.log \(±.+\), from 40 shared ids; or what it writes comes that much later$/u,
    );
  });

  it("are told without the index of records, which a second reader would hold a second time", () => {
    const made = testCase();
    for (const path of ["a.log", "b.log"]) {
      const records = Array.from({ length: 40 }, (_, id): TestRecord => {
        return { time: at(id * SECOND), requestId: `request-number-${id}`, message: "m" };
      });
      made.add(made.source(path), records, 7);
    }
    const open = made.openUnread();
    open.refresh(noCheck, () => true);
    expect(listClocks(open, noCheck).clocks).toMatchObject([{ path: "b.log", referencePath: "a.log", ids: 40 }]);
    expect(open.index.count).toBe(0);
    made.add(made.source("c.log"), [{ time: at(5), requestId: "request-number-1", message: "m" }]);
    open.refresh(noCheck, () => true);
    expect(listClocks(open, noCheck).revision).toBe(open.revision);
  });

  it("are told from the spans and parents that traces are drawn from", () => {
    const open = shop();
    const table = spanTable(open, noCheck);
    const spans = placedSpans({ segments: open.index.known, reader: open.reader }, noCheck);
    expect(spans.start).toEqual([...table.start]);
    expect(spans.duration).toEqual([...table.duration]);
    expect(spans.parent).toEqual(table.parent);
    expect(spans.trace.map((trace) => spans.traces[trace])).toEqual(
      [...table.trace].map((trace) => table.traces[trace]),
    );
    expect(new Set(spans.source).size).toBe(2);
  });

  it("of very many ids are told from a sample, the same one of each source", () => {
    const texts = Array.from({ length: 3_000 }, (_, id) => `request-${id}`);
    const column = { dictionary: texts, index: new Uint16Array(0) };
    const turned = { dictionary: texts.toReversed(), index: new Uint16Array(0) };
    const sampled = sampledCodes(column, 3);
    const count = sampled.reduce((sum, one) => sum + one, 0);
    expect(sampled[0]).toBe(0);
    expect(count).toBeGreaterThan(900);
    expect(count).toBeLessThan(1_100);
    expect([...sampledCodes(turned, 3).subarray(1)].toReversed()).toEqual([...sampled.subarray(1)]);
    expect(sampledCodes(column, 1).reduce((sum, one) => sum + one, 0)).toBe(texts.length);
  });

  it("are not compared where no ids are shared, and never move a stored time", () => {
    const made = testCase();
    made.add(made.source("a"), [{ time: at(0), requestId: "r-1", message: "m" }]);
    made.add(made.source("b"), [{ time: at(5), requestId: "r-2", message: "m" }]);
    expect(listClocks(made.open(), noCheck).clocks).toEqual([]);
    const open = shop({ log: SECOND });
    const timesOf = (): number[] =>
      Array.from({ length: open.index.count }, (_, ordinal) => open.index.time.at(ordinal));
    const times = timesOf();
    listClocks(open, noCheck);
    expect(timesOf()).toEqual(times);
  });
});

describe("records that belong together", () => {
  const trace = "4bf92f3577b34da6a3ce929d0e0e4736";
  const uuid = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";

  function mixed(): OpenCase {
    const made = testCase();
    made.add(made.source("app.json"), [
      {
        time: at(10),
        traceId: trace,
        requestId: "req-77ab1",
        message: "begin",
        fields: { message: "begin", trace_id: trace, request: "req-77ab1", host: "node-a-17" },
      },
      { time: at(20), message: "else", fields: { message: "else", host: "node-b-4" } },
    ]);
    made.add(made.source("old.log", null), [
      { time: at(5), raw: `5 handling REQ-77AB1 now`, message: "" },
      { time: at(15), raw: `15 job ${uuid} for trace ${trace.toUpperCase()}`, message: "" },
      { time: at(16), raw: `16 on node-a-17 nothing`, message: "" },
    ]);
    made.add(made.source("queue.log", null), [
      { time: at(30), raw: `30 took job ${uuid.replaceAll("-", "")}`, message: "" },
    ]);
    return made.open();
  }

  it("meet by their fields and by ids that stand in text, in whatever source and case", () => {
    const open = mixed();
    const [first] = open.index.segments;
    const { links, searched } = relatedTo(open, { ref: `s${first?.id}:0`, limit: 5 }, noCheck);
    expect(searched).toBe(1);
    expect(links.map(({ kind, value, total }) => [kind, value, total])).toEqual([
      ["trace", trace, 1],
      ["request", "req-77ab1", 1],
      ["host", "node-a-17", 1],
    ]);
    expect(links[0]?.rows.map(({ message }) => message)).toEqual([`15 job ${uuid} for trace ${trace.toUpperCase()}`]);
    const again = open.selections.select(
      { filter: links[1]?.filter ?? "", from: null, to: null, samples: false },
      noCheck,
    );
    expect(again.ordinals).toHaveLength(2);
  });

  it("meet by an id that is found in the text of a plain line, with or without its dashes", () => {
    const open = mixed();
    const old = open.index.segments[1];
    const { links } = relatedTo(open, { ref: `s${old?.id}:1`, limit: 5 }, noCheck);
    expect(links.map(({ kind, value, total }) => [kind, value.toLowerCase(), total])).toEqual([
      ["text", uuid, 1],
      ["text", trace, 1],
    ]);
    expect(links[0]?.sources).toEqual([{ sourceId: 3, count: 1 }]);
  });

  it("are found by an id that somebody types", () => {
    const { link } = recordsOfId(mixed(), { value: trace, limit: 5 }, noCheck);
    expect(link).toMatchObject({
      total: 2,
      sources: [
        { sourceId: 1, count: 1 },
        { sourceId: 2, count: 1 },
      ],
    });
  });

  it("fail with what to do for a record that is gone", () => {
    expect(() => relatedTo(mixed(), { ref: "s99:0", limit: 5 }, noCheck)).toThrow("Reload the list");
  });

  it("of a sample are the failed traces of its service at that time, named as what they are", () => {
    const made = testCase();
    const span = (second: number, millis: number, level: Level, service = "pay"): TestRecord => ({
      kind: "span",
      time: at(second * SECOND),
      duration: durationMicros(millis * MILLI),
      traceId: `t${second}`,
      spanId: `s${second}`,
      service,
      name: "charge",
      message: "charge",
      level,
    });
    made.add(made.source("metrics"), [
      { kind: "sample", time: at(100 * SECOND), service: "pay", name: "errors", value: 9, message: "errors" },
    ]);
    made.add(made.source("traces"), [
      span(1, 900, Level.error),
      span(80, 50, Level.none),
      span(90, 10, Level.error),
      span(110, 30, Level.error),
      span(111, 70, Level.error, "web"),
    ]);
    const open = made.open();
    const { links } = relatedTo(open, { ref: `s${open.index.segments[0]?.id}:0`, limit: 5 }, noCheck);
    expect(links.map(({ kind, value, total }) => [kind, value, total])).toEqual([["failed-near", "pay", 2]]);
    const found = open.selections.select(
      { filter: links[0]?.filter ?? "", from: null, to: null, samples: false },
      noCheck,
    );
    expect(found.ordinals).toHaveLength(2);
  });
});

describe("what every opened case is asked for", () => {
  it("is answered without the index of its records where there is nothing to find in them", () => {
    const made = testCase();
    const source = made.source("app.jsonl");
    made.add(source, [{ message: "a", time: at(1) }]);
    const open = made.open();
    const methods = readerMethods(() => open);
    const context = { isCancelled: () => false, checkpoint: () => {}, emit: () => {} };
    methods.open({ file: "a.faultline" }, context);
    made.add(source, [{ message: "b", time: at(2) }]);
    expect(methods["clocks.list"](null, context)).toMatchObject({ clocks: [] });
    expect(methods["templates.muted"](undefined, context)).toEqual([]);
    expect(open.index.pending).toBe(1);
  });
});

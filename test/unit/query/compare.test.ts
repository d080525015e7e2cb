import { describe, expect, it } from "vitest";
import type { CallInput } from "../../../src/shared/contract.ts";
import { compareSides } from "../../../src/main/engine/query/compare/compare.ts";
import type { OpenCase } from "../../../src/main/engine/query/open-case.ts";
import { Level } from "../../../src/shared/model/level.ts";
import { durationMicros } from "../../../src/shared/units.ts";
import { at as moment, noCheck, testCase, type TestRecord } from "./cases.ts";

const SECOND = 1_000_000;
const at = (offset: number) => moment(offset)?.micros ?? 0;
const HALF = 600;
const before = { from: at(0), to: at(HALF * SECOND) };
const after = { from: at(HALF * SECOND), to: at(2 * HALF * SECOND) };

/**
 * Twenty minutes. In the second half: a new error on host b-2 of pay, "retrying" three times as often, POST /pay four
 * times slower and failing, a queue that grows; "heartbeat" is gone. "served" and GET / go on as they were.
 */
function incident(): OpenCase {
  const made = testCase();
  const logs: TestRecord[] = [];
  const spans: TestRecord[] = [];
  const samples: TestRecord[] = [];
  for (let second = 0; second < 2 * HALF; second += 1) {
    const time = moment(second * SECOND);
    const late = second >= HALF;
    const host = `b-${second % 4}`;
    const log = (message: string, extra: TestRecord = {}): void => {
      logs.push({ time, service: "web", message, ...extra, fields: { message, host, ...extra.fields } });
    };
    log(`served request ${second}`);
    if (second % 20 === 0 || (late && second % 20 < 3)) log("retrying upstream");
    if (!late && second % 5 === 0) log("heartbeat");
    if (late && second % 3 === 0)
      log("card refused by bank", { service: "pay", level: Level.error, fields: { host: "b-2", rack: "r-9" } });
    const span = (name: string, millis: number, failed: boolean): TestRecord => ({
      kind: "span",
      time,
      service: "pay",
      name,
      message: name,
      traceId: `${name}-${second}`,
      spanId: `s-${second}`,
      duration: durationMicros((millis + (second % 10)) * 1_000),
      level: failed ? Level.error : Level.none,
    });
    spans.push(span("GET /", 20, second % 50 === 0), span("POST /pay", late ? 160 : 40, late && second % 4 === 0));
    if (second % 10 === 0) {
      const sample = (name: string, value: number): TestRecord => ({
        kind: "sample",
        time,
        service: "pay",
        name,
        value,
        message: name,
      });
      samples.push(
        sample("queue_bytes", (late ? 900 : 100) + (second % 70)),
        sample("cpu_percent", 40 + (second % 70) / 10),
        sample("requests_total", 1_000 + second * 7 + (late ? (second - HALF) * 21 : 0)),
      );
    }
  }
  made.add(made.source("logs"), logs);
  made.add(made.source("spans"), spans);
  made.add(made.source("samples"), samples);
  return made.open();
}

const ask = (open: OpenCase, input: Partial<CallInput<"compare.find">> = {}) =>
  compareSides(open, { a: before, b: after, filter: "", against: "same", ...input }, noCheck);

describe("two windows", () => {
  const open = incident;

  it("differ by templates, attributes, operations and metrics, and in nothing else", () => {
    const { differences, a, b, notes } = ask(open());
    const told = differences.map(({ kind, field, name, doublings }) =>
      [kind, field, name, doublings > 0 ? "more" : "less"].filter((part) => part !== null).join(" "),
    );
    expect(new Set(told)).toEqual(
      new Set([
        "template card refused by bank more",
        "template retrying upstream more",
        "template heartbeat less",
        "attribute level error more",
        "attribute service pay more",
        "attribute host b-2 more",
        "attribute rack r-9 more",
        "errors pay POST /pay more",
        "latency pay POST /pay more",
        "metric pay queue_bytes more",
        "metric pay requests_total more",
      ]),
    );
    expect([a.records, b.records]).toEqual([1_950, 2_090]);
    expect(notes).toEqual([]);
  });

  it("put the new error and the failing operation before the talk", () => {
    const names = ask(open()).differences.map(({ name }) => name);
    expect(names.indexOf("card refused by bank")).toBeLessThan(names.indexOf("retrying upstream"));
    expect(names.indexOf("POST /pay")).toBeLessThan(names.indexOf("retrying upstream"));
  });

  it("carry the evidence of both sides, and a filter that leaves just it", () => {
    const opened = open();
    const { differences } = ask(opened);
    const found = differences.find(({ name }) => name === "card refused by bank");
    expect(found).toMatchObject({
      measure: "rate",
      level: Level.error,
      lift: null,
      a: { count: 0 },
      b: { count: 200 },
    });
    const { ordinals } = opened.selections.select({ filter: found?.filter ?? "", ...after, samples: false }, noCheck);
    expect(ordinals).toHaveLength(200);
    const slower = differences.find(({ kind }) => kind === "latency");
    expect(slower?.text).toMatch(
      /^p50 of pay POST \/pay: 16\d(?:\.\d)? ms in B, 4\d(?:\.\d)? ms in A; at least 3\.\d+ times$/,
    );
    const grown = differences.find(({ name }) => name === "requests_total");
    expect(grown).toMatchObject({ measure: "growth", a: { value: 7 }, b: { value: 28 } });
  });

  it("do not differ where nothing changed", () => {
    const calm = { a: { from: at(0), to: at(300 * SECOND) }, b: { from: at(300 * SECOND), to: before.to } };
    expect(ask(open(), calm).differences).toEqual([]);
  });

  it("of a filter tell only of its records", () => {
    const { differences } = ask(open(), { filter: "service:web" });
    expect(differences.map(({ name }) => name).toSorted()).toEqual(["heartbeat", "retrying upstream"]);
  });

  it("fail for a window that ends before it begins", () => {
    expect(() => ask(open(), { a: { from: after.to, to: after.from } })).toThrow("must end after it begins");
  });

  it("have nothing to say of a window that holds nothing", () => {
    const { differences, notes } = ask(open(), { a: { from: at(-10 * SECOND), to: at(-5 * SECOND) } });
    expect(differences).toEqual([]);
    expect(notes).toContain("A holds no record: there is nothing to compare.");
  });
});

describe("a selection against the rest", () => {
  const whole = { from: null, to: null };

  it("is set apart by what its records have in common, and not by what it was selected by", () => {
    const { differences } = ask(incident(), { a: whole, b: whole, filter: "kind:log level>=error", against: "rest" });
    const attributes = differences.filter(({ kind }) => kind === "attribute");
    expect(attributes.map(({ field, name }) => `${field} ${name}`)).toContain("rack r-9");
    expect(attributes.find(({ field }) => field === "host")).toMatchObject({ name: "b-2", b: { value: 1 } });
    expect(attributes.some(({ field }) => field === "level" || field === "kind")).toBe(false);
    expect(differences.some(({ kind }) => kind === "errors")).toBe(false);
  });

  it("names once what just the same records have", () => {
    const made = testCase();
    const records = Array.from({ length: 400 }, (_, index): TestRecord => {
      const zone = index % 4 === 0 ? "x" : "y";
      const level = index % 4 === 0 && index % 8 === 0 ? Level.error : Level.info;
      return { time: moment(index), level, message: "m", fields: { message: "m", zone, rack: `of-${zone}` } };
    });
    made.add(made.source("log"), records);
    const { differences } = ask(made.open(), { a: whole, b: whole, filter: "level:error", against: "rest" });
    const attribute = differences.find(({ kind }) => kind === "attribute");
    expect(attribute).toMatchObject({ field: "zone", name: "x", also: ["rack = of-x"] });
  });

  it("counts rates of a brush against all other times", () => {
    const { differences } = ask(incident(), { a: whole, b: after, against: "rest" });
    expect(differences.find(({ name }) => name === "heartbeat")).toMatchObject({
      measure: "rate",
      a: { count: 120, value: 0.2 },
      b: { count: 0 },
    });
  });
});

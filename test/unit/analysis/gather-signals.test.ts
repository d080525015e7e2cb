import { describe, expect, it } from "vitest";
import { gatherSignals } from "../../../src/main/engine/analysis/gather-signals.ts";
import { RecordTexts } from "../../../src/main/engine/analysis/record-texts.ts";
import { ServiceNames } from "../../../src/main/engine/analysis/service-names.ts";
import { StoredSegments } from "../../../src/main/engine/analysis/stored-segments.ts";
import type { Signals } from "../../../src/main/engine/suspects/signals.ts";
import { openCaseReader } from "../../../src/main/engine/store/case-reader.ts";
import { SegmentBuilder } from "../../../src/main/engine/store/segment/builder.ts";
import { Level } from "../../../src/shared/model/level.ts";
import { type RecordInput, kindName } from "../../../src/shared/model/record.ts";
import { durationMicros, micros } from "../../../src/shared/units.ts";
import { newCase, newSource, record, T0 } from "../store/support.ts";

type Row = readonly [record: Partial<RecordInput>, template?: string];

/** A case with one source a list of rows. */
function signalsOf(...sources: readonly (readonly Row[])[]): Signals {
  const { file, writer } = newCase();
  for (const [number, rows] of sources.entries()) {
    const { sourceId } = writer.addSource(newSource(`dump-${number}.json`));
    const builder = new SegmentBuilder();
    for (const [row, [more, template]] of rows.entries())
      builder.add(record(row, more), row * 10, 9, row + 1, template ?? null);
    const records = rows.length;
    writer.commit({
      sourceId,
      segments: [builder.encode()],
      blocks: [],
      deadLetters: [],
      change: { accounting: { read: records, records, deadLetters: 0, skipped: 0, skippedWhy: {} } },
    });
  }
  using reader = openCaseReader(file);
  const segments = new StoredSegments(reader, () => {});
  return { changes: [], alerts: [], ...gatherSignals(segments, ServiceNames.of(segments), new RecordTexts(reader)) };
}

const at = (time: number) => ({ time: { micros: micros(T0 + time), nanos: 0, digits: 6 } });
const span = (id: string, parent: string | undefined, start: number, length: number, service: string): Row => [
  {
    kind: "span",
    ...at(start),
    duration: durationMicros(length),
    level: Level.none,
    service,
    name: `${service} work`,
    traceId: "t1",
    spanId: id,
    parentId: parent,
  },
];
const sample = (service: string | null, name: string, time: number, value: number): Row => [
  { kind: "sample", ...at(time), service, name, value },
];

describe("spans", () => {
  it("come in the order of start, with parents and own time, once each where dumps overlap", () => {
    const web = span("a", undefined, 0, 1_000, "web");
    const cart = span("b", "a", 100, 600, "cart");
    const { spans, dependencies } = signalsOf([cart, web], [cart, span("c", "b", 200, 100, "cart")]);
    expect(spans.count).toBe(3);
    expect([...spans.start]).toEqual([T0, T0 + 100, T0 + 200]);
    expect([...spans.parent]).toEqual([0xffffffff, 0, 1]);
    expect([...spans.self]).toEqual([400, 500, 100]);
    expect([0, 1, 2].map((row) => spans.services[spans.service[row] ?? -1])).toEqual(["web", "cart", "cart"]);
    expect(spans.spanId(2)).toBe("c");
    expect(spans.place(0)).toMatchObject({ sourceId: 1, offset: 10 });
    expect(dependencies).toEqual([{ caller: "web", callee: "cart", calls: 1 }]);
  });

  it("of other traces with the same ids are no parents", () => {
    const other: Row = [{ ...span("b", "a", 10, 5, "cart")[0], traceId: "t2" }];
    const { spans } = signalsOf([span("a", undefined, 0, 100, "web"), other]);
    expect([...spans.parent]).toEqual([0xffffffff, 0xffffffff]);
  });
});

describe("logs", () => {
  const line = (time: number, more: Partial<RecordInput>): Row => [{ ...at(time), ...more }, "<*> items of <*>"];

  it("of one service, level and template are one, in the order of time, in the spans that they name", () => {
    const { logs } = signalsOf([
      span("a", undefined, 0, 1_000, "web"),
      span("b", "a", 100, 600, "cart"),
      line(300, { service: "cart", traceId: "t1", spanId: "b" }),
      line(200, { service: "cart", traceId: "t1" }),
      line(900, { service: "cart", traceId: "t1" }),
      line(250, { service: "cart", level: Level.error }),
    ]);
    const [info, error] = logs;
    expect(logs).toHaveLength(2);
    expect(info).toMatchObject({ service: "cart", level: Level.info, template: "<*> items of <*>" });
    expect([0, 1, 2, 3].map((row) => info?.times.at(row))).toEqual([T0 + 200, T0 + 300, T0 + 900, undefined]);
    // The second line names the trace alone: the span of its service that ran at its time, where one did.
    expect([...(info?.spans ?? [])]).toEqual([1, 1, 0xffffffff]);
    expect(error?.spans).toBeUndefined();
    expect(error?.templateId).toBe(info?.templateId);
  });

  it("of a pod are those of its workload", () => {
    const { logs } = signalsOf([line(0, { service: "cart-6f6cfc45b-h5m2n" }), line(1, { service: "cart-0" })]);
    expect(logs.map(({ service }) => service)).toEqual(["cart", "cart-0"]);
  });
});

describe("metrics", () => {
  it("are series in the order of time over all files, with gaps as NaN", () => {
    const { metrics } = signalsOf(
      [sample("cart", "cpu", 2, 20), sample("cart", "cpu", 1, 10), sample("cart", "mem", 1, 5)],
      [sample("cart", "cpu", 0, Number.NaN)],
    );
    expect(metrics.map(({ service, name }) => `${service} ${name}`)).toEqual(["cart cpu", "cart mem"]);
    expect([...(metrics[0]?.times ?? [])]).toEqual([T0, T0 + 1, T0 + 2]);
    expect([...(metrics[0]?.values ?? [])]).toEqual([Number.NaN, 10, 20]);
  });

  it.each([
    ["a service of the case before the metric", [["log", "shop_cart"]], "shop_cart_cpu", "shop_cart", "cpu"],
    ["two halves that cross with others", [], "cart_latency-50", "cart", "latency-50"],
    ["nothing that crosses", [], "up", null, "up"],
  ] as const)("without a service belong to %s", (_, known, written, service, name) => {
    const others = ["cart_cpu", "web_cpu", "web_latency-50"].map((other) => sample(null, other, 0, 1));
    const rows: Row[] = known.map(([kind, owner]): Row => [{ kind, service: owner }, "x"]);
    const { metrics } = signalsOf([...rows, sample(null, written, 0, 1), ...others]);
    expect(metrics[0]).toMatchObject({ service, name });
  });

  it("whose name was cut into a bare number are put together again", () => {
    const { metrics } = signalsOf([sample("cart", "cpu", 0, 1), sample("cart_lat", "50", 0, 1)]);
    expect(metrics.map(({ service, name }) => [service, name])).toEqual([
      ["cart", "cpu"],
      ["cart", "lat_50"],
    ]);
  });
});

it("adds calls that records name to those of spans", () => {
  const named: Row = [{ kind: "dependency", service: "web", parentId: "cart", value: 4, time: null }];
  const { dependencies } = signalsOf([
    named,
    span("a", undefined, 0, 10, "web"),
    span("b", "a", 1, 5, "cart"),
    [{ kind: "dependency", service: "cart", parentId: "db", time: null }],
  ]);
  expect(dependencies).toEqual([
    { caller: "web", callee: "cart", calls: 5 },
    { caller: "cart", callee: "db", calls: null },
  ]);
});

it("leaves records without a time aside, whatever their kind", () => {
  const kinds = Array.from({ length: 12 }, (_, code) => kindName(code)).filter((kind) => kind !== "dependency");
  const { metrics, logs, spans } = signalsOf(kinds.map((kind): Row => [{ kind, time: null, value: 1 }, "x"]));
  expect([metrics.length, logs.length, spans.count]).toEqual([0, 0, 0]);
});

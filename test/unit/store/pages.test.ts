import { describe, expect, it } from "vitest";
import { listDeadLetters } from "../../../src/main/engine/store/dead-letters/list.ts";
import { countTraces, getTrace, listTraces, type TraceFilter } from "../../../src/main/engine/store/traces.ts";
import type { DeadLetterInput } from "../../../src/shared/model/dead-letter.ts";
import type { TraceSummary } from "../../../src/shared/model/trace.ts";
import { durationMicros, micros } from "../../../src/shared/units.ts";
import { newCase, newSource, T0 } from "./support.ts";

const trace = (traceId: string, more: Partial<TraceSummary> = {}): TraceSummary => ({
  traceId,
  service: "web",
  name: "GET /",
  start: micros(T0),
  duration: durationMicros(1_000.25),
  spanCount: 3,
  errorCount: 0,
  services: ["web", "pay"],
  slowestSpanId: "s",
  slowestSpanName: "SELECT",
  slowestSpanService: "pay",
  severity: null,
  ...more,
});
const all: TraceFilter = {
  from: null,
  to: null,
  service: null,
  among: null,
  only: "all",
  slowFrom: durationMicros(5_000),
  order: "duration",
};

describe("traces", () => {
  it("are only those that are named, counted as such", () => {
    const { writer } = newCase();
    writer.replaceDetections({ events: [], anomalies: [], traces: ["a", 'quoted"', "c"].map((id) => trace(id)) });
    const named = listTraces(writer.db, { ...all, among: ['quoted"', "c", "gone"] }, { limit: 1, after: null });
    expect([named.total, named.items.length]).toEqual([2, 1]);
    expect(listTraces(writer.db, { ...all, among: [] }, { limit: 1, after: null })).toMatchObject({
      total: 0,
      items: [],
    });
  });

  it("come in every order, filtered, in pages that neither repeat nor leave out", () => {
    const { writer } = newCase();
    const traces = Array.from({ length: 500 }, (_, index) =>
      trace(`t${index}`, {
        duration: durationMicros((index * 7) % 50),
        errorCount: index % 3,
        start: micros(T0 + (index % 11)),
      }),
    );
    writer.replaceDetections({ events: [], anomalies: [], traces });
    const keyOf = {
      duration: (t: TraceSummary) => 0 - t.duration,
      errors: (t: TraceSummary) => -t.errorCount * 1_000 - t.duration,
      start: (t: TraceSummary) => t.start,
    };
    for (const order of ["duration", "errors", "start"] as const) {
      const seen: TraceSummary[] = [];
      let after: string | null = null;
      do {
        const page = listTraces(writer.db, { ...all, order }, { limit: 33, after });
        expect(page.total).toBe(500);
        seen.push(...page.items);
        after = page.next;
      } while (after !== null && seen.length < 1_000);
      expect([seen.length, new Set(seen.map(({ traceId }) => traceId)).size]).toStrictEqual([500, 500]);
      const keys = seen.map(keyOf[order]);
      expect(keys).toStrictEqual(keys.toSorted((a, b) => a - b));
    }
  });

  it("are filtered by range, by any service that took part, and by being slow or failed", () => {
    const { writer } = newCase();
    const slow = trace("slow", { duration: durationMicros(5_000), services: ["web", "db"], severity: "HIGH" });
    const failed = trace("failed", { errorCount: 2, start: micros(T0 + 50), severity: "MEDIUM" });
    writer.replaceDetections({
      events: [],
      anomalies: [],
      traces: [slow, failed, trace("usual", { services: ["old"] }), trace("usual", { name: "again" })],
    });
    const ids = (filter: Partial<TraceFilter>) =>
      listTraces(writer.db, { ...all, ...filter }, { limit: 10, after: null }).items.map(({ traceId }) => traceId);
    expect(ids({})).toStrictEqual(["slow", "usual", "failed"]);
    expect([ids({ only: "slow" }), ids({ only: "failed" }), ids({ service: "db" })]).toStrictEqual([
      ["slow"],
      ["failed"],
      ["slow"],
    ]);
    expect([ids({ service: "pay" }), ids({ service: "old" })]).toStrictEqual([["usual", "failed"], []]);
    expect(ids({ from: T0 + 1, to: T0 + 51 })).toStrictEqual(["failed"]);
    expect(ids({ to: T0 })).toStrictEqual([]);
    expect(getTrace(writer.db, "slow")).toStrictEqual(slow);
    expect([getTrace(writer.db, "usual")?.name, getTrace(writer.db, "none")]).toStrictEqual(["again", null]);
    expect(countTraces(writer.db, durationMicros(5_000))).toStrictEqual({ count: 3, slow: 1, failed: 1 });
    writer.replaceDetections({ events: [], anomalies: [], traces: [trace("next", { services: ["cart"] })] });
    expect([ids({ service: "web" }), ids({ service: "cart" })]).toStrictEqual([[], ["next"]]);
  });
});

describe("dead letters", () => {
  const letter = (line: number, reason: string): DeadLetterInput => ({
    offset: line * 10,
    length: 5,
    line,
    stage: "parse",
    reason,
    message: `line ${line} is no JSON`,
    raw: Uint8Array.of(0, 255, line),
  });
  const skipped = { skipped: 0, skippedWhy: {}, records: 0 };

  it("are kept with their bytes, in pages, counted by reason", () => {
    const { writer } = newCase();
    const { sourceId } = writer.addSource(newSource());
    const { sourceId: other } = writer.addSource(newSource("b.log"));
    const deadLetters = [letter(1, "invalid-json"), letter(2, "line-too-long"), letter(3, "invalid-json")];
    const change = { format: "json-lines", formatVersion: 3, accounting: { read: 3, deadLetters: 3, ...skipped } };
    writer.commit({ sourceId, segments: [], blocks: [], deadLetters, change });
    writer.commit({
      sourceId: other,
      segments: [],
      blocks: [],
      deadLetters: [letter(9, "no-time")],
      change: { accounting: { read: 1, deadLetters: 1, ...skipped } },
    });

    const first = listDeadLetters(writer.db, { sourceId, reason: null }, { limit: 2, after: null });
    expect(first.items[0]).toMatchObject({
      ...deadLetters[0],
      sourceId,
      path: "app.jsonl",
      format: "json-lines",
      attempts: 1,
    });
    expect([first.total, first.reasons]).toStrictEqual([
      3,
      [
        { reason: "invalid-json", count: 2 },
        { reason: "line-too-long", count: 1 },
      ],
    ]);
    const second = listDeadLetters(writer.db, { sourceId, reason: null }, { limit: 2, after: first.next });
    expect([second.items.map(({ line }) => line), second.next]).toStrictEqual([[3], null]);
    const byReason = listDeadLetters(writer.db, { sourceId: null, reason: "no-time" }, { limit: 9, after: null });
    expect([byReason.total, byReason.items[0]?.path, byReason.items[0]?.format, byReason.reasons.length]).toStrictEqual(
      [1, "b.log", "", 3],
    );
    expect(
      writer.db
        .prepare("SELECT connector, format_version, length(raw_hash) AS bytes FROM dead_letter WHERE line = 1")
        .get(),
    ).toStrictEqual({
      connector: "file",
      format_version: 3,
      bytes: 32,
    });
    writer.clearSource({ sourceId });
    expect(listDeadLetters(writer.db, { sourceId: null, reason: null }, { limit: 9, after: null }).total).toBe(1);
  });
});

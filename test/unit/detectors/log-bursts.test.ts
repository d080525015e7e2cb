import { describe, expect, it } from "vitest";
import detector from "../../../src/main/engine/detectors/log-bursts.ts";
import { inputOf, type Row } from "./segment-of.ts";

const error = (at: number, template = "connection to <*> refused", extra: Partial<Row> = {}): Row => ({
  kind: "log",
  at,
  level: 5,
  service: "checkout",
  template,
  message: "connection to db-3 refused",
  ...extra,
});
const eventsOf = (...segments: Row[][]) => detector.run(inputOf(segments)).events ?? [];

describe("bursts of log errors", () => {
  it("makes ten thousand lines of one message one event with a count and its span of time", () => {
    const rows = Array.from({ length: 10_000 }, (_, index) => error(1_000 + index / 100));
    const [event, ...others] = eventsOf(rows);
    expect(others).toEqual([]);
    expect(event).toMatchObject({
      kind: "error-burst",
      severity: "HIGH",
      time: 1_000_000_000,
      endTime: 1_099_990_000,
      service: "checkout",
      title: "connection to <*> refused",
      metadata: { count: 10_000 },
      reference: { sourceId: 1, offset: 0, length: 99, record: "s1:0" },
    });
  });

  it("starts a new burst after the quiet gap", () => {
    const events = eventsOf([error(100), error(400), error(701)]);
    expect(events.map((event) => [event.time, event.metadata["count"]])).toEqual([
      [100_000_000, 2],
      [701_000_000, 1],
    ]);
  });

  it("joins lines of several sources in the order of their times", () => {
    const [event, ...others] = eventsOf([error(150), error(100)], [error(120)]);
    expect(others).toEqual([]);
    expect(event).toMatchObject({ time: 100_000_000, endTime: 150_000_000, reference: { record: "s1:1" } });
  });

  it("shows a single line as it was written", () => {
    expect(eventsOf([error(1)])[0]).toMatchObject({ title: "connection to db-3 refused", endTime: null });
  });

  it.each([
    [6, "CRITICAL", "error-burst"],
    [5, "HIGH", "error-burst"],
    [4, "MEDIUM", "warning-burst"],
    [3, "MEDIUM", "warning-burst"],
  ])("gives level %i the severity %s", (level, severity, kind) => {
    expect(eventsOf([error(1, "request timed out", { level })])[0]).toMatchObject({ severity, kind });
  });

  it("keeps severities and services apart", () => {
    expect(
      eventsOf([error(1), error(1, undefined, { level: 6 }), error(1, undefined, { service: "payment" })]),
    ).toHaveLength(3);
  });

  it.each([
    "Deadlock found",
    "read timed out",
    "gateway time-out",
    "java.lang.OutOfMemoryError",
    "Out of memory: killed <*>",
    "oom-killer invoked",
  ])("takes a line for trouble by its wording: %s", (template) => {
    expect(eventsOf([error(1, template, { level: 3 })])).toHaveLength(1);
  });

  it("leaves lines that tell of nothing unusual to the list of records", () => {
    expect(eventsOf([error(1, "zoom room booked, timeline ready", { level: 3 })])).toEqual([]);
  });

  it("leaves lines without a template or a time to the list of records", () => {
    const plain: Row = { kind: "log", at: 1, level: 3, message: "all well" };
    const timeless: Row = { kind: "log", level: 5, template: "no time", message: "no time" };
    expect(eventsOf([plain, timeless])).toEqual([]);
  });

  it("tags stack traces, wording and ids", () => {
    const message = "deadlock found\n    at com.shop.Pay.charge(Pay.java:12)";
    const [event] = eventsOf([error(1, "deadlock found", { message, traceId: "abc", requestId: "r1" })]);
    expect(event?.tags).toEqual(["deadlock", "stack-trace", "has-trace", "has-request"]);
    expect(event).toMatchObject({ traceId: "abc", requestId: "r1", title: "deadlock found" });
  });

  it("folds what is too much to tell apart without losing a line", () => {
    const rows = Array.from({ length: 2_500 }, (_, index) => error(index, `message ${index}`));
    const events = eventsOf(rows);
    expect(events).toHaveLength(2_001);
    const lines = events.reduce((sum, event) => sum + Number(event.metadata["count"]), 0);
    expect(lines).toBe(2_500);
  });

  it("finds the same under the same fingerprints", () => {
    const fingerprints = (): string[] => eventsOf([error(1), error(500)]).map((event) => event.fingerprint);
    expect(fingerprints()).toEqual(fingerprints());
    expect(new Set(fingerprints()).size).toBe(2);
  });
});

import { describe, expect, it } from "vitest";
import { listAnomalies } from "../../../src/main/engine/store/anomalies.ts";
import { countEvents, getEvent, listEvents } from "../../../src/main/engine/store/events.ts";
import type { EventFilter } from "../../../src/shared/contract.ts";
import type { NewAnomaly } from "../../../src/shared/model/anomaly.ts";
import type { NewEvent } from "../../../src/shared/model/event.ts";
import { SEVERITIES } from "../../../src/shared/model/severity.ts";
import { micros } from "../../../src/shared/units.ts";
import { newCase, newEvent, newSource, T0 } from "./support.ts";

const detected = (fingerprint: string, more: Partial<NewEvent> = {}): NewEvent =>
  newEvent({ source: "LOGS", kind: "error-burst", severity: "HIGH", fingerprint, title: fingerprint, ...more });
const detections = (...events: NewEvent[]) => ({ events, anomalies: [] as NewAnomaly[], traces: [] });
const firstPage = { limit: 1_000, after: null };

function caseOf(...events: NewEvent[]) {
  const { writer } = newCase();
  for (const event of events) writer.createEvent({ event });
  const titles = (filter: EventFilter) => listEvents(writer.db, filter, firstPage).items.map(({ title }) => title);
  return { writer, db: writer.db, titles };
}

describe("events", () => {
  it("are created, read, changed and deleted", () => {
    const { writer, db } = caseOf();
    const { sourceId } = writer.addSource(newSource());
    const reference = { sourceId, offset: 2 ** 33, length: 12, record: "s1:4" };
    const event = newEvent({
      reference,
      traceId: "t",
      endTime: micros(T0 + 5),
      metadata: { n: 1, b: false },
      tags: ["x"],
    });
    const { event: created, revision } = writer.createEvent({ event });
    expect(created).toStrictEqual({ ...event, id: created.id });
    const changed = writer.updateEvent({
      id: created.id,
      change: { title: "deploy", severity: "CRITICAL", service: undefined! },
    });
    expect(changed).toMatchObject({
      event: { title: "deploy", severity: "CRITICAL", service: null, traceId: "t" },
      revision: revision + 1,
    });
    writer.deleteEvent({ id: created.id });
    expect(getEvent(db, created.id)).toBeNull();
    expect(() => writer.deleteEvent({ id: created.id })).toThrow(/has no event/);
    expect(() => writer.updateEvent({ id: 99, change: {} })).toThrow(/has no event 99/);
  });

  it("are found by source, severity, service, trace, kind and range", () => {
    const { titles } = caseOf(
      newEvent({ title: "a", source: "GIT", kind: "commit", severity: "INFO", time: micros(T0) }),
      newEvent({
        title: "b",
        source: "LOGS",
        kind: "error-burst",
        severity: "HIGH",
        service: "pay",
        time: micros(T0 + 10),
        endTime: micros(T0 + 30),
      }),
      newEvent({
        title: "c",
        source: "LOGS",
        kind: "error-burst",
        severity: "CRITICAL",
        traceId: "t1",
        time: micros(T0 + 20),
      }),
    );
    expect(titles({ source: "LOGS" })).toStrictEqual(["b", "c"]);
    expect(titles({ kind: "commit" })).toStrictEqual(["a"]);
    expect(titles({ severity: "HIGH" })).toStrictEqual(["b"]);
    expect(titles({ atLeast: "HIGH" })).toStrictEqual(["b", "c"]);
    expect(titles({ atLeast: "CRITICAL" })).toStrictEqual(["c"]);
    expect(titles({ service: "pay" })).toStrictEqual(["b"]);
    expect(titles({ traceId: "t1" })).toStrictEqual(["c"]);
    // b reaches into the range from before; the end of the range is exclusive.
    expect(titles({ from: T0 + 25, to: T0 + 40 })).toStrictEqual(["b"]);
    expect(titles({ from: T0, to: T0 + 10 })).toStrictEqual(["a"]);
    expect(titles({ order: "recent" })).toStrictEqual(["c", "b", "a"]);
  });

  it("are found by words of title, description and tags, whatever signs are typed", () => {
    const { titles, writer } = caseOf(
      newEvent({ title: "Deploy of checkout", description: "rolled out 4f2a1c", tags: ["canary"] }),
      newEvent({ title: "Überlast in pay-gateway", description: 'said "no" OR else' }),
    );
    const found = (text: string) => titles({ text }).length;
    expect([found("checkout"), found("CHECKOUT canary"), found("4f2a1c"), found("uberlast")]).toStrictEqual([
      1, 1, 1, 1,
    ]);
    expect([found("check"), found("check of"), found("pay-gateway"), found('"no" OR')]).toStrictEqual([1, 0, 1, 1]);
    expect([found(""), found("  "), found("!!! *"), found("NEAR("), found('"'), found("title:checkout")]).toStrictEqual(
      [2, 2, 0, 0, 0, 0],
    );
    for (const text of ["a\0b", "^x", "-", "a AND", "{a b}:c", "\ud800", "*", "col : x", "'; DROP TABLE event"])
      titles({ text });
    const { id } = listEvents(writer.db, { text: "canary" }, firstPage).items[0]!;
    writer.updateEvent({ id, change: { tags: ["blue"] } });
    expect([found("canary"), found("blue")]).toStrictEqual([0, 1]);
    writer.deleteEvent({ id });
    expect(found("blue")).toBe(0);
  });

  it(
    "come in pages that neither repeat nor leave out, 100,000 of them with many at the same time",
    { timeout: 60_000 },
    () => {
      const { writer, db } = caseOf();
      const events = Array.from({ length: 100_000 }, (_, index) =>
        detected(`f${index}`, { time: micros(T0 + Math.floor(index / 7) * 3), severity: SEVERITIES[index % 5]! }),
      );
      writer.replaceDetections(detections(...events));
      for (const order of ["time", "recent"] as const) {
        const seen: number[] = [];
        let after: string | null = null;
        do {
          const page = listEvents(db, { order, atLeast: "MEDIUM" }, { limit: 4_999, after });
          expect(page.total).toBe(60_000);
          for (const { id } of page.items) seen.push(id);
          after = page.next;
        } while (after !== null && seen.length < 200_000);
        expect([seen.length, new Set(seen).size]).toStrictEqual([60_000, 60_000]);
        expect(seen.every((id, index) => index === 0 || (order === "time" ? id > seen[index - 1]! : true))).toBe(true);
      }
      expect(() => listEvents(db, {}, { limit: 1, after: "nonsense" })).toThrow(/continues no page/);
    },
  );
});

describe("detections", () => {
  it("replace those of the pass before and keep the ids of what is found again", () => {
    const { writer, db, titles } = caseOf(newEvent({ title: "note" }));
    writer.replaceDetections(detections(detected("a"), detected("b")));
    const idOf = (title: string) => listEvents(db, {}, firstPage).items.find((event) => event.title === title)?.id;
    const before = idOf("b");
    writer.replaceDetections(detections(detected("c"), detected("b", { severity: "CRITICAL" })));
    expect(titles({}).toSorted()).toStrictEqual(["b", "c", "note"]);
    expect([idOf("b"), getEvent(db, before!)?.severity]).toStrictEqual([before, "CRITICAL"]);
    expect(titles({ text: "a" })).toStrictEqual([]);
  });

  it("are found by the words of the last pass, and are one where two have a fingerprint", () => {
    const { writer, db, titles } = caseOf();
    const passOf = (...names: string[]) =>
      detections(...names.map((title, at) => newEvent({ title, fingerprint: `f${at % 2}` })));
    const isIndexWhole = () =>
      db.prepare("INSERT INTO event_fts (event_fts, rank) VALUES ('integrity-check', 1)").run();
    writer.replaceDetections(passOf("disk", "memory"));
    writer.replaceDetections(passOf("network", "memory", "clock"));
    expect(titles({}).toSorted()).toStrictEqual(["clock", "memory"]);
    expect(["disk", "network", "clock", "memory"].map((text) => titles({ text }).length)).toStrictEqual([0, 0, 1, 1]);
    expect(isIndexWhole).not.toThrow();
  });

  it("leave alone what a person changed, and do not bring back what a person deleted", () => {
    const { writer, db, titles } = caseOf();
    writer.replaceDetections(detections(detected("kept"), detected("gone")));
    const [kept, gone] = listEvents(db, {}, firstPage).items;
    writer.updateEvent({ id: kept!.id, change: { title: "mine", fingerprint: "other" } });
    writer.deleteEvent({ id: gone!.id });
    writer.replaceDetections(detections(detected("kept", { title: "theirs" }), detected("gone")));
    expect(titles({})).toStrictEqual(["mine"]);
    writer.replaceDetections(detections());
    expect(titles({})).toStrictEqual(["mine"]);
    expect(countEvents(db, {})).toBe(1);
  });

  it("count as the events of the source that they refer to, and go when it is cleared", () => {
    const { writer, db } = caseOf();
    const { sourceId } = writer.addSource(newSource());
    const reference = { sourceId, offset: 0, length: 1, record: null };
    writer.replaceDetections(detections(detected("a", { reference }), detected("b")));
    expect(db.prepare("SELECT COUNT(*) AS n FROM event WHERE source_id = ?").get(sourceId)).toStrictEqual({ n: 1 });
    writer.clearSource({ sourceId });
    expect(listEvents(db, {}, firstPage).items.map(({ title }) => title)).toStrictEqual(["b"]);
  });

  it("are refused as a second event under a fingerprint that is there", () => {
    const { writer } = caseOf(newEvent({ fingerprint: "same" }));
    expect(() => writer.createEvent({ event: newEvent({ fingerprint: "same" }) })).toThrow(/is there already/);
  });

  it("hold anomalies, gravest first, within a range", () => {
    const { writer, db } = caseOf();
    const anomaly = (series: string, severity: NewAnomaly["severity"], at: number): NewAnomaly => ({
      time: micros(T0 + at),
      endTime: micros(T0 + at + 10),
      peakTime: micros(T0 + at + 5),
      service: null,
      series,
      method: "z-score",
      score: 4.5,
      threshold: 2,
      severity,
      baselineMean: 0.1,
      baselineDeviation: 0.01,
      bandLow: null,
      bandHigh: 0.5,
      peakValue: 0.9,
      perSecond: false,
      fingerprint: series,
    });
    writer.replaceDetections({
      events: [],
      anomalies: [anomaly("cpu", "MEDIUM", 0), anomaly("p99", "HIGH", 100)],
      traces: [],
    });
    const [p99, cpu] = listAnomalies(db, null, null);
    expect([p99?.series, cpu]).toStrictEqual(["p99", { ...anomaly("cpu", "MEDIUM", 0), id: cpu?.id }]);
    expect(listAnomalies(db, T0 + 5, T0 + 100).map(({ series }) => series)).toStrictEqual(["cpu"]);
    writer.replaceDetections({ events: [], anomalies: [anomaly("p99", "CRITICAL", 100)], traces: [] });
    expect(listAnomalies(db, null, null)).toStrictEqual([{ ...anomaly("p99", "CRITICAL", 100), id: p99?.id }]);
  });
});

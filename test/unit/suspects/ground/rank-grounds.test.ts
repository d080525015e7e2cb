// Machines and volumes as causes: full first, and nobody of those who stand on them filled them.
import { describe, expect, it } from "vitest";
import { type GroundBlame, rankGrounds } from "../../../../src/main/engine/suspects/ground/rank-grounds.ts";
import { groundsOf, placeSuspects } from "../../../../src/main/engine/suspects/place-suspects.ts";
import { findBeginning } from "../../../../src/main/engine/suspects/onset.ts";
import { rankServices } from "../../../../src/main/engine/suspects/services/rank-services.ts";
import type { CaseSignals, Suspect } from "../../../../src/main/engine/suspects/signals.ts";
import { micros } from "../../../../src/shared/units.ts";
import { MINUTE, System, windows } from "../services/support.ts";

const wobble = (minute: number): number => 1 + 0.05 * Math.sin(minute * 1.7);
/** A level, and another from a minute on. */
const step =
  (before: number, after: number, from = 20) =>
  (minute: number): number =>
    (minute < from ? before : after) * wobble(minute);

/** Two services that slow down in minute 21, and three nodes of which one fills up. */
const system = (fullFrom = 20, full = 93): System =>
  new System()
    .metric("web", "latency_p99_ms", step(80, 400, 21))
    .metric("cart", "latency_p99_ms", step(30, 150, 21))
    .ground("node a", 'node_cpu_utilization{node="a"}', step(30, full, fullFrom))
    .ground("node b", 'node_cpu_utilization{node="b"}', step(31, 31))
    .ground("node c", 'node_cpu_utilization{node="c"}', step(29, 29));

const grounds = (of: System): GroundBlame[] => {
  const { metrics } = of.signals();
  const blame = rankServices(of.signals(), windows);
  return rankGrounds(metrics, windows, { onset: micros(21 * MINUTE), slack: MINUTE / 2, blame });
};

const suspects = (of: System): Suspect[] => {
  const signals: CaseSignals = { ...of.signals(), quotes: [], reports: [] };
  const given = { baseline: null, incident: null };
  const beginning = findBeginning(
    signals,
    given,
    (range) => rankServices(signals, range),
    () => {},
  );
  return placeSuspects(beginning.blame, groundsOf(signals, beginning), signals, 1).toSorted(
    (a, b) => b.confidence - a.confidence,
  );
};

describe("a place", () => {
  it("is not sure of itself because it is alone", () => {
    const weak = new System().metric("web", "cpu_percent", (minute) => (minute < 20 ? 20 : 25) * wobble(minute));
    const signals: CaseSignals = { ...weak.signals(), quotes: [], reports: [] };
    const [web] = rankServices(signals, windows);
    expect(web?.score).toBeGreaterThan(0);
    expect(web?.score).toBeLessThan(1);
    expect(placeSuspects(web === undefined ? [] : [web], [], signals, 1)[0]?.confidence).toBeLessThan(0.2);
  });

  it("that is strong and alone is", () => {
    const [cart] = suspects(new System().metric("cart", "cpu_percent", step(10, 900)));
    expect(cart).toMatchObject({ service: "cart" });
    expect(cart?.confidence).toBeGreaterThan(0.8);
  });
});

describe("machines", () => {
  it("come first where one was full before anybody suffered", () => {
    const [first] = suspects(system());
    expect(first).toMatchObject({ kind: "resource", service: null, object: "node a", since: 20 * MINUTE });
    expect(first?.evidence[0]).toMatchObject({ for: true, series: 'node_cpu_utilization{node="a"}' });
  });

  it("are a symptom where they moved after services suffered", () => {
    expect(grounds(system(23))[0]).toMatchObject({ name: "node a", isFirst: false });
    expect(suspects(system(23))[0]?.service).not.toBeNull();
  });

  it("are a symptom while they have room left", () => {
    expect(grounds(system(20, 55))[0]).toMatchObject({ name: "node a", isFirst: false });
  });

  it("are a symptom of the service that did more of the same work", () => {
    const busy = system().metric("cart", "cpu_percent", step(20, 190));
    expect(grounds(busy)[0]).toMatchObject({ name: "node a", isFirst: false });
    expect(suspects(busy)[0]).toMatchObject({ service: "cart" });
  });

  it("say nothing where none moved", () => {
    expect(grounds(system(30))).toEqual([]);
  });
});

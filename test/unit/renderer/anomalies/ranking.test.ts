import { describe, expect, it } from "vitest";
import {
  methodsOf,
  neighbour,
  ranked,
  servicesOf,
  severitiesOf,
  type Anomaly,
} from "../../../../src/renderer/anomalies/ranking.ts";

const anomaly = (id: number, time: number, extra: Partial<Anomaly> = {}): Anomaly => ({
  id,
  time,
  endTime: time + 10,
  peakTime: time + 5,
  service: "checkout",
  series: "latency_ms",
  method: "z-score",
  score: 6,
  threshold: 3,
  severity: "MEDIUM",
  baselineMean: 50,
  baselineDeviation: 5,
  bandLow: null,
  bandHigh: 0.5,
  peakValue: 80,
  perSecond: false,
  fingerprint: `f${id}`,
  ...extra,
});
const everything = { order: "severity", atLeast: "INFO", service: null, method: null } as const;
const everywhere = { range: null, fits: () => true };
const inside = (
  all: readonly Anomaly[],
  choice: Parameters<typeof ranked>[1],
  looked: Partial<Parameters<typeof ranked>[2]> = {},
): number[] => ids(ranked(all, choice, { ...everywhere, ...looked }).inside);
const ids = (anomalies: readonly Anomaly[]): number[] => anomalies.map(({ id }) => id);

describe("the list of anomalies", () => {
  const all = [
    anomaly(1, 100),
    anomaly(2, 50, { severity: "CRITICAL", score: 10 }),
    anomaly(3, 200, { severity: "CRITICAL", score: 8, threshold: 2, service: null }),
    anomaly(4, 300, { severity: "HIGH", score: 9, service: "cart" }),
  ];

  it("has the gravest first, and of those the furthest beyond its own threshold", () => {
    expect(inside(all, everything)).toEqual([3, 2, 4, 1]);
  });

  it("can be ordered by score and by time", () => {
    expect(inside(all, { ...everything, order: "score" })).toEqual([3, 2, 4, 1]);
    expect(inside(all, { ...everything, order: "time" })).toEqual([2, 1, 3, 4]);
  });

  it("keeps a severity and graver ones, one service, and what overlaps the range", () => {
    expect(inside(all, { ...everything, atLeast: "HIGH" })).toEqual([3, 2, 4]);
    expect(inside(all, { ...everything, service: "cart" })).toEqual([4]);
    expect(inside(all, everything, { range: { from: 105, to: 200 } })).toEqual([1]);
    expect(inside(all, everything, { range: { from: 110, to: 201 } })).toEqual([3, 1]);
  });

  it("tells apart what lies outside of the range and the filter, and keeps the order of both", () => {
    const looked = { range: { from: 0, to: 250 }, fits: (one: { service: string | null }) => one.service !== "cart" };
    const found = ranked(all, { ...everything, atLeast: "HIGH" }, looked);
    expect([ids(found.inside), ids(found.outside)]).toEqual([[3, 2], [4]]);
  });

  it("keeps one method, and offers those that occur", () => {
    const mixed = [...all, anomaly(5, 400, { method: "level-shift" })];
    expect(inside(mixed, { ...everything, method: "level-shift" })).toEqual([5]);
    expect(methodsOf(mixed)).toEqual(["level-shift", "z-score"]);
  });

  it("offers the services and severities that occur", () => {
    expect(servicesOf(all)).toEqual(["cart", "checkout"]);
    expect(severitiesOf(all)).toEqual(["CRITICAL", "HIGH", "MEDIUM"]);
  });
});

describe("the next anomaly", () => {
  const all = [anomaly(1, 300), anomaly(2, 100), anomaly(3, 200)];

  it("follows in time and stays at the ends", () => {
    expect(neighbour(all, { id: 3, time: null }, 1)?.id).toBe(1);
    expect(neighbour(all, { id: 1, time: null }, 1)?.id).toBe(1);
    expect(neighbour(all, { id: 2, time: null }, -1)?.id).toBe(2);
  });

  it("is sought from the moment in focus when none is selected", () => {
    expect(neighbour(all, { id: null, time: 150 }, 1)?.id).toBe(3);
    expect(neighbour(all, { id: null, time: 150 }, -1)?.id).toBe(2);
    expect(neighbour(all, { id: null, time: 400 }, 1)).toBeNull();
  });

  it("is the first or the last without a place to start from", () => {
    expect(neighbour(all, { id: null, time: null }, 1)?.id).toBe(2);
    expect(neighbour(all, { id: 99, time: null }, -1)?.id).toBe(1);
    expect(neighbour([], { id: null, time: null }, 1)).toBeNull();
  });
});

import { describe, expect, it } from "vitest";
import detector from "../../../src/main/engine/detectors/metric-watch.ts";
import { inputOf, type Row } from "./segment-of.ts";

const MINUTE = 60;

/** The same noise at every run, within ±`size`. */
function noise(length: number, level: number, size: number, seed = 1): number[] {
  let state = seed;
  return Array.from({ length }, () => {
    state = (state * 16_807) % 2_147_483_647;
    return level + size * (state / 1_073_741_823.5 - 1);
  });
}
const samples = (service: string, name: string, values: readonly number[]): Row[] =>
  values.map((value, index) => ({ kind: "sample", at: 1_000 + index * MINUTE, service, name, value }));
const at = (index: number): number => (1_000 + index * MINUTE) * 1e6;

describe("metric watch", () => {
  it("tells a new level with its start, the band it left and how it was seen", () => {
    const values = [...noise(300, 50, 5), ...noise(40, 400, 5)];
    const { anomalies = [], events = [] } = detector.run(inputOf([samples("checkout", "latency_p99_ms", values)]));
    expect(anomalies).toHaveLength(1);
    expect(anomalies[0]).toMatchObject({
      service: "checkout",
      series: "latency_p99_ms",
      severity: "CRITICAL",
      time: at(300),
      endTime: at(339),
      perSecond: false,
    });
    expect(anomalies[0]?.bandLow).toBeGreaterThan(40);
    expect(anomalies[0]?.bandHigh).toBeLessThan(60);
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({
      kind: "metric-anomaly",
      time: at(300),
      endTime: at(339),
      fingerprint: anomalies[0]?.fingerprint,
    });
    expect(events[0]?.title).toMatch(/^checkout latency_p99_ms \d{3}.*, expected 4\d.* to 5\d/u);
  });

  it("makes one event of what a service's series show at one moment, and names how many agree", () => {
    const bad = (seed: number): number[] => [...noise(200, 10, 1, seed), ...noise(20, 90, 1, seed)];
    const rows = [
      ...samples("db", "cpu_percent", bad(3)),
      ...samples("db", "connections", bad(5)),
      ...samples("db", "wait_ms", bad(7)),
      ...samples("web", "cpu_percent", noise(220, 10, 1, 9)),
    ];
    const { anomalies = [], events = [] } = detector.run(inputOf([rows]));
    expect(anomalies.map(({ series }) => series).toSorted()).toEqual(["connections", "cpu_percent", "wait_ms"]);
    expect(events).toHaveLength(1);
    expect(events[0]?.title).toMatch(/and 2 more series$/u);
    expect(events[0]?.metadata).toMatchObject({ agreeing: 3 });
  });

  it("is calm about noise, about a daily rhythm, and about what eases", () => {
    const day = Array.from({ length: 6 * 288 }, (_, index) => 50 + 30 * Math.sin((2 * Math.PI * index) / 288));
    const rhythm = day.map((value, index) => value + (noise(1, 0, 2, index + 1)[0] ?? 0));
    const eased = [...noise(300, 500, 20), ...noise(60, 50, 5)];
    for (const rows of [
      samples("a", "requests", noise(2_000, 100, 10)),
      rhythm.map((value, index): Row => ({ kind: "sample", at: 300 * index, service: "a", name: "load", value })),
      samples("a", "latency_ms", eased),
    ]) {
      expect((detector.run(inputOf([rows])).events ?? []).map(({ title }) => title)).toEqual([]);
    }
  });

  it("leaves series that are too short to the plain z-score", () => {
    const values = [...noise(60, 50, 5), ...noise(20, 400, 5)];
    expect(detector.run(inputOf([samples("checkout", "latency_ms", values)])).anomalies).toEqual([]);
  });

  it("tells a service whose series all end while those of others go on", () => {
    const rows = [
      ...samples("db", "cpu", noise(200, 10, 1, 3)),
      ...samples("db", "mem", noise(200, 10, 1, 5)),
      ...samples("web", "cpu", noise(300, 10, 1, 7)),
      ...samples("cart", "cpu", noise(300, 10, 1, 9)),
    ];
    const { anomalies = [], events = [] } = detector.run(inputOf([rows]));
    expect(anomalies).toEqual([
      expect.objectContaining({
        service: "db",
        method: "missing-data",
        time: at(199),
        endTime: at(299),
        bandLow: null,
      }),
    ]);
    expect(events.map(({ title, severity }) => [title, severity])).toEqual([
      ["db fell silent: no more samples while others go on", "HIGH"],
    ]);
  });

  it("takes no end of a recording for silence, nor a series that comes and goes", () => {
    const sparse = samples("db", "errors", noise(200, 10, 1, 3)).filter((_, index) => index % 20 === 0);
    const rows = [
      ...sparse,
      ...samples("web", "cpu", noise(205, 10, 1, 7)),
      ...samples("cart", "cpu", noise(209, 10, 1, 9)),
    ];
    expect(detector.run(inputOf([rows])).anomalies).toEqual([]);
  });

  it("gives the same answer again", () => {
    const rows = samples("db", "cpu", [...noise(200, 10, 1), ...noise(30, 60, 9), ...noise(90, 10, 1)]);
    expect(detector.run(inputOf([rows]))).toEqual(detector.run(inputOf([rows])));
  });
});

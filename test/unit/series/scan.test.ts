import { describe, expect, it } from "vitest";
import { scanSeries } from "../../../src/main/engine/series/scan.ts";
import { MINUTE, minutes, noise } from "./support/noise.ts";

const scan = (values: readonly number[], name = "value", times: readonly number[] = minutes(values.length)) =>
  scanSeries(name, times, values);
const told = (values: readonly number[], times?: readonly number[]) =>
  scan(values, "value", times).anomalies.map(({ method, start, end }) => ({ method, start, end }));
/** A wave of `period` samples with a little noise. */
const wave = (length: number, period: number, size = 30): number[] =>
  noise(length, 100, 1).map((value, index) => value + size * Math.sin((2 * Math.PI * index) / period));

describe("a series watched sample by sample", () => {
  it("has a score in [0, 1] a sample, from that sample and the earlier ones alone", () => {
    const values = [...noise(300, 10, 1), 90, ...noise(99, 30, 4)];
    const whole = scan(values).scores;
    expect(whole).toHaveLength(400);
    expect(whole.every((score) => score >= 0 && score <= 1)).toBe(true);
    for (const cut of [1, 50, 301, 350]) {
      expect(scan(values.slice(0, cut)).scores).toEqual(whole.slice(0, cut));
    }
  });

  it("gives the same scores again, whatever the unit is", () => {
    const values = [...noise(300, 10, 1), 90, ...noise(99, 30, 4)];
    const scores = scan(values).scores;
    expect(scan(values).scores).toEqual(scores);
    const scaled = scan(values.map((value) => value * 1_024)).scores;
    expect(scaled.every((score, index) => Math.abs(score - (scores[index] ?? 0)) < 1e-9)).toBe(true);
  });

  it("scores news, not its lasting: it falls again while the series stays away", () => {
    const { scores } = scan([...noise(500, 10, 1), ...noise(200, 60, 1)]);
    expect(scores[500]).toBeGreaterThan(0.85);
    expect(scores[520]).toBeLessThan(0.5);
  });

  it("tells a spike, and a dip", () => {
    const values = noise(400, 50, 2);
    values[250] = 95;
    values[350] = 3;
    expect(told(values)).toEqual([
      { method: "spike", start: 250, end: 250 },
      { method: "spike", start: 350, end: 350 },
    ]);
  });

  it("sees three times the calls of a quiet hour, where busy hours leap as far every time", () => {
    const counts = noise(1_440 * 4, 1, 0.08).map(
      (factor, minute) => (Math.floor(minute / 60) % 2 === 0 ? 1_000 : 60) * factor,
    );
    const quiet = 1_440 * 3 + 90;
    const before = scan(counts).scores[quiet] ?? 0;
    counts[quiet] = 180;
    expect(scan(counts).scores[quiet]).toBeGreaterThan(before + 0.5);
  });

  it("tells of two scores which is the greater, however sure both are", () => {
    const [mild, wild] = [80, 8_000].map((value) => {
      const values = noise(400, 50, 2);
      values[300] = value;
      return scan(values).scores[300] ?? 0;
    });
    expect(mild).toBeGreaterThan(0.6);
    expect(wild).toBeGreaterThan(mild ?? 1);
  });

  it("tells a new level from its first sample to its last", () => {
    const [shift] = told([...noise(400, 50, 2), ...noise(60, 90, 2), ...noise(100, 50, 2)]);
    expect(shift).toMatchObject({ start: 400, end: 459 });
  });

  it("tells a level that creeps", () => {
    const values = noise(900, 50, 2).map((value, index) => value + Math.max(0, index - 700) * 0.4);
    const found = scan(values).anomalies.filter(({ start }) => start >= 700);
    expect(found.length).toBeGreaterThan(0);
    expect(found.some(({ method }) => method === "change-of-trend" || method === "level-shift")).toBe(true);
  });

  it("tells unsteadiness", () => {
    const values = [...noise(500, 50, 1), ...noise(60, 50, 12, 3)];
    const [found] = scan(values).anomalies;
    expect(found?.start).toBeGreaterThanOrEqual(500);
    expect(found?.start).toBeLessThan(510);
    expect(found?.method).toBe("change-of-variance");
  });

  it("tells a day that is missing from a daily rhythm, where no value is unusual", () => {
    const quarters = Array.from({ length: 96 * 14 }, (_, index) => index * 15 * MINUTE);
    const values = quarters.map((_, index) => (index % 96 >= 36 && index % 96 < 72 ? 80 : 20));
    const steady = noise(values.length, 0, 2).map((value, index) => value + (values[index] ?? 0));
    const broken = steady.map((value, index) => (index >= 96 * 11 && index < 96 * 12 ? 20 + (value % 2) : value));
    expect(told(steady.slice(0, 96 * 11), quarters).filter(({ start }) => start > 96 * 3)).toEqual([]);
    const first = told(broken, quarters).find(({ start }) => start > 96 * 3);
    expect(first?.start).toBe(96 * 11 + 36);
  });

  it("finds a period of its own, and tells when a beat is left out", () => {
    const values = wave(1_400, 40);
    for (let index = 1_210; index < 1_230; index++) values[index] = 100 + 30;
    const late = scan(values).anomalies.filter(({ start }) => start > 600);
    expect(late.length).toBeGreaterThan(0);
    expect(late.every(({ start }) => start >= 1_205 && start <= 1_240)).toBe(true);
  });

  it("tells a pause against the series' own cadence, and no jitter", () => {
    const times = minutes(300).map((time, index) => time + (index % 7) * 1_000_000 + (index >= 200 ? 30 * MINUTE : 0));
    expect(told(noise(300, 50, 2), times)).toEqual([{ method: "missing-data", start: 199, end: 200 }]);
  });

  it("tells a flat line of a series that never rests", () => {
    const values = [...noise(600, 50, 5), ...Array<number>(60).fill(51)];
    const found = scan(values).anomalies;
    expect(found).toHaveLength(1);
    expect(found[0]?.start).toBeGreaterThanOrEqual(602);
    expect(["flat-line", "change-of-variance"]).toContain(found[0]?.method);
  });

  it("watches the growth of a counter, takes its fall for a restart, and says so", () => {
    let sum = 0;
    const growing = noise(600, 10, 2).map((step) => (sum += step));
    const restarted = growing.map((value, index) => (index < 400 ? value : value - (growing[399] ?? 0)));
    expect(scan(restarted, "requests_total")).toMatchObject({ isCounter: true, anomalies: [] });
    const stalled = growing.map((value, index) => (index < 500 ? value : (growing[500] ?? 0)));
    const [found] = scan(stalled, "requests_total").anomalies;
    expect(found).toMatchObject({ perSecond: true, peakValue: 0 });
    expect(found?.start).toBeGreaterThanOrEqual(500);
    expect(found?.band?.center).toBeCloseTo(10 / 60, 1);
  });

  it("says nothing of a counter without a telling name that restarts regularly", () => {
    const restarting = Array.from({ length: 5_000 }, (_, index) => (index % 450) * 5);
    expect(scan(restarting)).toMatchObject({ isCounter: true, anomalies: [] });
  });

  it("tells once of the pause in which a counter restarted", () => {
    const times = minutes(600).map((time, index) => time + (index >= 400 ? 30 * MINUTE : 0));
    const counter = times.map((_, index) => (index < 400 ? index : index - 400) * 7);
    const pauses = scan(counter, "requests_total", times).anomalies.filter(({ method }) => method === "missing-data");
    expect(pauses).toMatchObject([{ start: 399, end: 400 }]);
  });

  it("tells once of a single event in months of zeros, not again each day at that hour", () => {
    const zeros = Array.from({ length: 10_000 }, (_, index) => Number(index === 5_000));
    const times = zeros.map((_, index) => index * 5 * MINUTE);
    const found = told(zeros, times);
    expect(found[0]).toMatchObject({ start: 5_000, end: 5_000 });
    expect(found.length).toBeLessThanOrEqual(3);
  });

  it("does not lose its measure over one absurd value", () => {
    const values = noise(600, 50, 2);
    values[200] = 1.8e19;
    values[400] = 95;
    const { anomalies } = scan(values);
    expect(anomalies.map(({ start, peakValue }) => [start, peakValue])).toEqual([
      [200, 1.8e19],
      [400, 95],
    ]);
  });

  it.each([
    ["tells a growth that doubles every hour once", (since: number) => 100 * 2 ** (since / 60), 1_000],
    ["tells a growth that doubles every seven minutes once", (since: number) => 100 * 2 ** (since / 7), 1_000],
    ["tells a fall to nothing once", (since: number) => 100 * 2 ** (-since / 60), 400],
    ["tells a slow rise in a straight line once", (since: number) => 100 + since, 400],
  ] as const)("%s", (_, valueAt, length) => {
    const values = noise(600 + length, 1, 0.1, 2).map((factor, index) => factor * valueAt(Math.max(0, index - 600)));
    const found = told(values);
    expect(found).toHaveLength(1);
    expect(found[0]?.start).toBeGreaterThanOrEqual(600);
    expect(found[0]?.end).toBeGreaterThan(595 + length);
  });

  it("tells a leap out of a level that has already left its place as another anomaly", () => {
    const found = told([...noise(500, 50, 2), ...noise(100, 90, 2), ...noise(100, 190, 2)]);
    expect(found.map(({ start }) => start)).toEqual([500, 600]);
  });

  it("says little of a series whose values are often far out", () => {
    const wild = noise(6_000, 0.5, 0.499).map((share) => 10 * (1 - share) ** -0.4);
    expect(scan(wild).anomalies.length).toBeLessThanOrEqual(3);
  });

  it("says where the series was expected", () => {
    const values = noise(400, 50, 2);
    values[300] = 95;
    const [found] = scan(values).anomalies;
    expect(found?.band?.low).toBeGreaterThan(44);
    expect(found?.band?.high).toBeLessThan(56);
    expect(found?.peakValue).toBe(95);
  });

  it.each([
    ["nothing", []],
    ["one sample", [5]],
    ["a flat line from the start", Array<number>(500).fill(0.1)],
    ["two values in turn", Array.from({ length: 500 }, (_, index) => index % 2)],
    ["plain noise", noise(5_000, 100, 10)],
    ["a daily wave", wave(1_440 * 4, 1_440)],
  ])("says nothing of %s", (_, values) => {
    expect(scan(values).anomalies).toEqual([]);
  });

  it.each([
    ["numbers as large as they get", [...noise(200, 0, 1e308), 1.7e308, -1.7e308]],
    ["numbers as small as they get", [...noise(200, 0, 1).map((value) => value * 5e-324), 1]],
    ["times that go back or stand still", noise(200, 5, 1)],
  ])("gives finite scores for %s", (_, values) => {
    const times = minutes(values.length).map((time, index) => (index % 5 === 0 ? 0 : time));
    const { scores, anomalies } = scan(values, "value", times);
    expect(scores.every((score) => score >= 0 && score <= 1)).toBe(true);
    const reaches = anomalies.map(({ band }) => (band === null ? 0 : band.high - band.low));
    expect(reaches.every(Number.isFinite)).toBe(true);
  });
});

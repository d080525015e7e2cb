import { describe, expect, it } from "vitest";
import { valueNear, valueRange } from "../../../../src/renderer/timeline/draw-strip.ts";
import { baselineOf, shownSeries, type AnomalyInfo } from "../../../../src/renderer/timeline/series.ts";

const series = [
  { service: "cart", name: "cpu", samples: 10, anomalies: 0 },
  { service: "pay", name: "p99", samples: 10, anomalies: 1 },
];
const anomaly = (over: Partial<AnomalyInfo>): AnomalyInfo => ({
  id: 1,
  time: 0,
  endTime: 1,
  peakTime: 0,
  service: "pay",
  series: "p99",
  method: "z-score",
  score: 9,
  threshold: 3,
  severity: "HIGH",
  baselineMean: 50,
  baselineDeviation: 2,
  bandLow: null,
  bandHigh: 0.5,
  peakValue: 900,
  perSecond: false,
  fingerprint: "f",
  ...over,
});

describe("the series of the strip", () => {
  it("is the one that left its baseline farthest, by its own threshold", () => {
    const lesser = anomaly({ service: "cart", series: "cpu", score: 10, threshold: 8 });
    expect(shownSeries(series, [lesser, anomaly({})], null)?.name).toBe("p99");
  });

  it("is the chosen one while the case has it", () => {
    expect(shownSeries(series, [anomaly({})], { service: "cart", name: "cpu" })?.name).toBe("cpu");
    expect(shownSeries(series, [anomaly({})], { service: "gone", name: "cpu" })?.name).toBe("p99");
  });

  it("is the first without any anomaly, and none without series", () => {
    expect(shownSeries(series, [], null)?.name).toBe("cpu");
    expect(shownSeries([], [], null)).toBeNull();
  });

  it("has a baseline where an anomaly tells it", () => {
    expect(baselineOf({ service: "pay", name: "p99" }, [anomaly({})])).toEqual({ mean: 50, deviation: 2 });
    expect(baselineOf({ service: "cart", name: "cpu" }, [anomaly({})])).toBeNull();
  });
});

describe("the strip's values", () => {
  const data = {
    times: Float64Array.of(0, 10, 20),
    values: Float64Array.of(1, Number.NaN, 5),
    unit: "none",
    baseline: null,
  } as const;

  it("span what is in the window, and zero where it is near", () => {
    expect(valueRange(data, 0, 20)).toEqual({ least: 0, most: 5 });
    expect(valueRange({ ...data, values: Float64Array.of(900, 910, 920) }, 0, 20)).toEqual({ least: 900, most: 920 });
    expect(valueRange(data, 100, 200)).toBeNull();
  });

  it("have room above and below a flat line", () => {
    const flat = valueRange({ ...data, values: Float64Array.of(7, 7, 7) }, 0, 20);
    expect(flat?.least).toBeLessThan(7);
    expect(flat?.most).toBeGreaterThan(7);
  });

  it("are found by the nearest sample", () => {
    expect(valueNear(data, 14)?.time).toBe(10);
    expect(valueNear(data, 16)?.time).toBe(20);
    expect(valueNear({ ...data, times: new Float64Array(), values: new Float64Array() }, 5)).toBeNull();
  });
});

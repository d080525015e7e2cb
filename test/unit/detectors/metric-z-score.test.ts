import { describe, expect, it } from "vitest";
import detector, { abnormalRuns } from "../../../src/main/engine/detectors/metric-z-score.ts";
import { baselineOf } from "../../../src/main/engine/detectors/support/baseline.ts";
import { familyOf } from "../../../src/main/engine/series/metric-family.ts";
import { DEFAULT_SETTINGS } from "../../../src/shared/settings.ts";
import { inputOf, type Row } from "./segment-of.ts";

/** A small repeating wobble around `level`: mean `level`, known deviation, no randomness. */
const wobble = (count: number, level: number, size: number): number[] =>
  Array.from({ length: count }, (_, index) => level + size * Math.sin(index * 1.7));
const samples = (name: string, values: readonly number[], service = "checkout"): Row[] =>
  values.map((value, index) => ({ kind: "sample", at: 1_000 + index * 60, service, name, value }));
const anomaliesOf = (rows: readonly Row[]) => detector.run(inputOf([rows])).anomalies ?? [];

describe("metric z-score", () => {
  it("finds a latency that leaves its baseline, from first to last abnormal sample", () => {
    const values = [...wobble(60, 50, 2), 400, 900, 700, ...wobble(20, 50, 2)];
    const [anomaly, ...others] = anomaliesOf(samples("http_p99_ms", values));
    expect(others).toEqual([]);
    expect(anomaly).toMatchObject({
      service: "checkout",
      series: "http_p99_ms",
      method: "z-score",
      severity: "CRITICAL",
      threshold: 2.5,
      time: (1_000 + 60 * 60) * 1e6,
      peakTime: (1_000 + 61 * 60) * 1e6,
      endTime: (1_000 + 62 * 60) * 1e6,
      peakValue: 900,
    });
    expect(anomaly?.baselineMean).toBeCloseTo(50, 0);
  });

  it("says nothing of a series that keeps to its normal", () => {
    expect(anomaliesOf(samples("cpu_usage", wobble(110, 40, 5)))).toEqual([]);
  });

  it("does not call falling latency or fewer errors an incident, but a fall in traffic it does", () => {
    const fall = [...wobble(60, 50, 1), ...wobble(8, 5, 1)];
    expect(anomaliesOf(samples("latency_ms", fall))).toEqual([]);
    expect(anomaliesOf(samples("error_ratio", fall))).toEqual([]);
    expect(anomaliesOf(samples("requests_per_second", fall))).toHaveLength(1);
  });

  it("measures a flat baseline by its own height", () => {
    const flat = [...Array<number>(50).fill(0), 7, 8, 9];
    const [anomaly] = anomaliesOf(samples("error_count", flat));
    expect(anomaly).toMatchObject({ baselineMean: 0, severity: "CRITICAL", peakValue: 9 });
    expect(Number.isFinite(anomaly?.score)).toBe(true);
    expect(anomaliesOf(samples("disk_used", Array<number>(50).fill(3)))).toEqual([]);
  });

  it("looks at the growth of a counter and takes its fall for a restart", () => {
    const growing = Array.from({ length: 100 }, (_, index) => 10 * index + Math.sin(index));
    expect(anomaliesOf(samples("jobs_total", growing))).toEqual([]);
    const restarted = [...growing.slice(0, 60), ...growing.slice(1, 50)];
    expect(anomaliesOf(samples("jobs_total", restarted))).toEqual([]);
  });

  it("takes bursts that come and go for the normal of a series that rests at one value", () => {
    const bursty = Array.from({ length: 100 }, (_, index) => (index % 4 === 0 ? 5 : 0));
    expect(anomaliesOf(samples("network_bytes", bursty))).toEqual([]);
  });

  it("ignores a lone sample just beyond the limit", () => {
    const baseline = { mean: 0, deviation: 1 };
    expect(abnormalRuns(Float64Array.of(0, 0, 2.2, 0, 0, 0, 0), baseline, 2, "resource")).toEqual([]);
    expect(abnormalRuns(Float64Array.of(0, 0, 4.1, 0, 0, 0, 0), baseline, 2, "resource")).toHaveLength(1);
    expect(abnormalRuns(Float64Array.of(0, 2.2, 0, 2.3, 0, 2.4, 0), baseline, 2, "resource")).toMatchObject([
      { first: 1, last: 5, peak: 5 },
    ]);
  });

  it.each([
    [2.3, "MEDIUM"],
    [3.3, "HIGH"],
    [4.3, "CRITICAL"],
  ])("grades %f deviations of a resource %s", (height, severity) => {
    const base = wobble(110, 100, 1);
    const { mean, deviation } = baselineOf(Float64Array.from(base));
    const values = [...base, ...Array<number>(3).fill(mean + height * deviation)];
    const after = baselineOf(Float64Array.from(values));
    const settings = { ...DEFAULT_SETTINGS, detection: { ...DEFAULT_SETTINGS.detection } };
    const [anomaly] = detector.run(inputOf([samples("cpu", values)], settings)).anomalies ?? [];
    expect(anomaly?.severity).toBe(severity);
    expect(anomaly?.score).toBeCloseTo((mean + height * deviation - after.mean) / after.deviation, 5);
  });

  it("obeys the limits of the settings", () => {
    const values = [...wobble(60, 50, 2), 400, 900, 700];
    const strict = {
      ...DEFAULT_SETTINGS,
      detection: {
        ...DEFAULT_SETTINGS.detection,
        metricSigma: { ...DEFAULT_SETTINGS.detection.metricSigma, latency: 99 },
      },
    };
    expect(
      detector.run(inputOf([samples("latency", wobble(60, 50, 2).concat([60, 60, 60]))], strict)).anomalies,
    ).toEqual([]);
    expect(detector.run(inputOf([samples("latency", values)])).anomalies).toHaveLength(1);
  });

  it("is one step less sure of a series that is sparse among longer ones", () => {
    const sparse = samples("latency_ms", [...wobble(60, 50, 2), 400, 900, 700]);
    const long = samples("cpu", wobble(300, 40, 5), "other");
    expect(anomaliesOf(sparse)[0]?.severity).toBe("CRITICAL");
    expect(anomaliesOf([...sparse, ...long])[0]?.severity).toBe("HIGH");
  });

  it("joins a series that stands in several files, in the order of time", () => {
    const rows = samples("latency_ms", [...wobble(60, 50, 2), 400, 900, 700]);
    const halves = detector.run(inputOf([rows.slice(30), rows.slice(0, 30)]));
    expect(halves.anomalies?.map((anomaly) => anomaly.peakValue)).toEqual([900]);
    expect(halves.events?.[0]).toMatchObject({ kind: "metric-anomaly", source: "METRICS", reference: { sourceId: 1 } });
  });

  it("skips samples without a time or with a value that is not finite", () => {
    const values = wobble(40, 50, 2);
    values[20] = Infinity;
    const rows = samples("latency_ms", values);
    expect(anomaliesOf([...rows, { kind: "sample", name: "latency_ms", service: "checkout", value: 1e9 }])).toEqual([]);
  });
});

describe("metric families", () => {
  it.each([
    ["http_server_duration_p99_ms", "latency"],
    ["latency_Average", "latency"],
    ["outbound_call_error_ratio", "errorRate"],
    ["http_401_unauthorized_ratio", "errorRate"],
    ["CpuUsageRate(%)", "resource"],
    ["disk_used_pct", "resource"],
    ["db_pool_in_use", "resource"],
    ["requests_per_sec", "other"],
  ])("%s is %s", (name, family) => {
    expect(familyOf(name)).toBe(family);
  });
});

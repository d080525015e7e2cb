import { describe, expect, it } from "vitest";
import { excessOf } from "../../../src/main/engine/series/excess.ts";
import { severityOf } from "../../../src/main/engine/series/severity.ts";
import type { SeriesAnomaly } from "../../../src/main/engine/series/stretch.ts";

const anomaly = (peakValue: number, extra: Partial<SeriesAnomaly> = {}): SeriesAnomaly => ({
  start: 500,
  peak: 501,
  end: 510,
  method: "spike",
  score: 0.9,
  evidence: 30,
  peakValue,
  band: { low: 40, center: 50, high: 60 },
  perSecond: false,
  ...extra,
});

describe("the severity of an anomaly", () => {
  it.each([
    ["far outside of the band", anomaly(200), "CRITICAL"],
    ["outside", anomaly(85), "HIGH"],
    ["just outside", anomaly(65), "MEDIUM"],
    ["far outside, on weak evidence", anomaly(200, { evidence: 6 }), "HIGH"],
    ["far outside, on hardly any evidence", anomaly(200, { evidence: 3.6 }), "MEDIUM"],
    ["just outside, on hardly any evidence", anomaly(65, { evidence: 3.6 }), "LOW"],
    ["before the series is known", anomaly(200, { start: 20 }), "LOW"],
    ["a pause", anomaly(50, { band: null, method: "missing-data" }), "HIGH"],
  ] as const)("%s", (_, one, severity) => {
    expect(severityOf(one, "requests")).toBe(severity);
  });

  it("is low for what eases: latency that falls, errors that vanish", () => {
    expect(severityOf(anomaly(1), "latency_ms")).toBe("LOW");
    expect(severityOf(anomaly(1), "requests")).not.toBe("LOW");
  });

  it("is low for a change of a few hundredths, but of a share of a whole", () => {
    const slight = anomaly(98, { band: { low: 99.9, center: 100, high: 100 } });
    expect(severityOf(slight, "memory_bytes")).toBe("LOW");
    expect(severityOf(slight, "availability")).toBe("CRITICAL");
    expect(severityOf(slight, "success_percent")).toBe("CRITICAL");
  });

  it("counts in reaches of the band to that side", () => {
    expect(excessOf({ low: 40, center: 50, high: 60 }, 90)).toBe(4);
    expect(excessOf({ low: 40, center: 50, high: 50 }, 90)).toBe(4);
    expect(excessOf({ low: 50, center: 50, high: 50 }, 90)).toBe(Infinity);
    expect(excessOf(null, 90)).toBe(0);
  });
});

// Services that are gone show nothing: they are told by the silence, and by callers that go on without them.
import { describe, expect, it } from "vitest";
import { rankServices } from "../../../../src/main/engine/suspects/services/rank-services.ts";
import { Level } from "../../../../src/shared/model/level.ts";
import { MINUTE, System, windows } from "./support.ts";

const wobble = (minute: number): number => 1 + 0.05 * Math.sin(minute * 1.7);
const step =
  (before: number, after: number) =>
  (minute: number): number =>
    (minute < 20 ? before : after) * wobble(minute);

const ranked = (system: System): string[] => rankServices(system.signals(), windows).map(({ service }) => service);

/** "store" fails whoever calls it; what is measured of it itself is left to each test. */
const failing = (): System =>
  new System()
    .metric("web", "error_ratio", step(0.001, 0.3))
    .metric("cart", "error_ratio", step(0.001, 0.4))
    .metric("ads", "error_ratio", step(0.001, 0.001))
    .metric("ads", "cpu", step(0.2, 0.2));

describe("a service of which nothing is measured any more", () => {
  /** Measured every 15 seconds: twenty samples are missing, where none ever was. */
  const silent = (): System =>
    failing()
      .samples("store", "error_ratio", 0.25, 80, step(0.001, 0.001))
      .samples("store", "cpu", 0.25, 80, step(0.3, 0.3));

  it("is blamed before its callers, which fail", () => {
    expect(ranked(silent().calls("web", "cart", "ads").calls("cart", "store"))[0]).toBe("store");
  });

  it("counts where nobody knows who calls whom", () => {
    const store = rankServices(silent().signals(), windows).find(({ service }) => service === "store");
    expect(store?.score).toBeGreaterThan(2);
  });

  it("is not blamed where it logs all the same: then its measuring stopped", () => {
    const system = silent()
      .calls("web", "cart", "ads")
      .calls("cart", "store")
      .log("store", Level.info, "served", [21, 22, 23]);
    expect(ranked(system)[0]).toBe("cart");
  });

  it("says little where those who call it suffer nothing", () => {
    const system = new System()
      .calls("web", "cart", "ads")
      .metric("web", "error_ratio", step(0.001, 0.001))
      .metric("ads", "error_ratio", step(0.001, 0.001))
      .metric("cart", "error_ratio", step(0.001, 0.001), 20);
    const [first] = rankServices(system.signals(), windows);
    expect(first?.service).toBe("cart");
    expect(first?.score).toBeLessThan(0.5);
  });

  it("is not blamed before its caller, which failed while it was measured still", () => {
    const system = failing()
      .samples("store", "error_ratio", 0.25, 88, step(0.001, 0.001))
      .samples("store", "cpu", 0.25, 88, step(0.3, 0.3))
      .calls("web", "cart", "ads")
      .calls("cart", "store");
    expect(ranked(system)[0]).toBe("cart");
  });

  it("is not blamed where the recording ended for most", () => {
    const system = new System();
    for (const service of ["web", "cart", "store"]) system.metric(service, "cpu", step(0.3, 0.3), 20);
    system.metric("ads", "cpu", step(0.2, 0.2));
    expect(rankServices(system.signals(), windows).every(({ score }) => score === 0)).toBe(true);
  });

  it("may have lost a sample or two as it did before", () => {
    const system = failing().metric("store", "error_ratio", step(0.001, 0.001)).metric("store", "cpu", step(0.3, 0.3));
    const signals = system.signals();
    const isLost = (time: number): boolean => [5, 6, 12, 22, 23].includes(time / MINUTE);
    const metrics = signals.metrics.map((metric) =>
      metric.service === "store"
        ? { ...metric, values: metric.values.map((value, at) => (isLost(metric.times[at] ?? 0) ? Number.NaN : value)) }
        : metric,
    );
    const store = rankServices({ ...signals, metrics }, windows).find(({ service }) => service === "store");
    expect(store?.score).toBe(0);
  });
});

describe("a service that nobody reaches any more", () => {
  const unreached = (): System =>
    failing()
      .calls("web", "cart", "ads")
      .calls("cart", "store", "prices")
      .metric("web", "requests_per_second", step(100, 100))
      .metric("cart", "requests_per_second", step(60, 60))
      .metric("prices", "requests_per_second", step(50, 50))
      .metric("store", "requests_per_second", step(40, 0));

  it("is blamed where it does nothing, and its callers go on", () => {
    expect(ranked(unreached().metric("store", "cpu", step(0.3, 0)))[0]).toBe("store");
  });

  it("is not blamed for being asked less", () => {
    expect(ranked(unreached().metric("store", "cpu", step(0.3, 0.06)))[0]).toBe("cart");
  });
});

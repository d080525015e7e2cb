import fc from "../../support/properties.ts";
import { describe, expect, it } from "vitest";
import { LatencyHistogram } from "../../../src/main/engine/resilience/latency-histogram.ts";

const of = (...durations: number[]): LatencyHistogram => {
  const histogram = new LatencyHistogram();
  for (const duration of durations) histogram.record(duration);
  return histogram;
};
const duration = fc.double({ min: 0, max: 86_400_000, noNaN: true });

describe("a latency histogram", () => {
  it("knows no percentile of nothing", () => {
    expect(of().percentile(0.5)).toBeNull();
    expect(of().snapshot()).toEqual({ buckets: [], minMs: null, maxMs: null });
  });

  it("gives a single duration back exactly", () => {
    for (const share of [0, 0.5, 0.95, 0.99, 1]) expect(of(123.456).percentile(share)).toBe(123.456);
  });

  it("takes the nearest rank", () => {
    const histogram = of(1, 10, 100, 1_000);
    const nearest = (share: number): number => Math.round(Math.log10(histogram.percentile(share) ?? 0));
    expect([0, 0.25, 0.26, 0.5, 0.51, 0.75, 0.76, 1].map(nearest)).toEqual([0, 0, 1, 1, 2, 2, 3, 3]);
  });

  it("takes what is below a microsecond for a microsecond", () => {
    expect(of(0).percentile(0.5)).toBe(0.001);
    expect(of(-5).percentile(0.5)).toBe(0.001);
  });

  it("is right within 1 % of what sorting gives, at every percentile", () => {
    fc.assert(
      fc.property(fc.array(duration, { minLength: 1, maxLength: 300 }), (durations) => {
        const histogram = of(...durations);
        const sorted = durations.map((one) => Math.max(one, 0.001)).toSorted((a, b) => a - b);
        for (const share of [0.01, 0.5, 0.9, 0.95, 0.99, 1]) {
          const exact = sorted[Math.max(1, Math.ceil(share * sorted.length)) - 1] ?? 0;
          const estimate = histogram.percentile(share) ?? 0;
          expect(Math.abs(estimate - exact)).toBeLessThanOrEqual(exact * 0.01 + 1e-9);
        }
      }),
    );
  });

  it("of two parts is the one of the whole, in either order, also after being written down", () => {
    fc.assert(
      fc.property(fc.array(duration), fc.array(duration), (first, second) => {
        const whole = of(...first, ...second).snapshot();
        const forth = of(...first);
        forth.merge(of(...second));
        const back = LatencyHistogram.of(of(...second).snapshot());
        back.merge(LatencyHistogram.of(of(...first).snapshot()));
        expect(forth.snapshot()).toEqual(whole);
        expect(back.snapshot()).toEqual(whole);
        expect(forth.count).toBe(first.length + second.length);
      }),
    );
  });

  it("stays small whatever it is given", () => {
    const histogram = new LatencyHistogram();
    for (let call = 0; call < 20_000; call += 1) histogram.record(1.001 ** call % 86_400_000);
    expect(histogram.snapshot().buckets.length).toBeLessThan(1_300);
  });
});

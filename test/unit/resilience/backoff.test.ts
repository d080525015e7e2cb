import fc from "../../support/properties.ts";
import { describe, expect, it } from "vitest";
import { type BackoffOptions, backoffMs } from "../../../src/main/engine/resilience/backoff.ts";
import { RETRY_PRESETS } from "../../../src/main/engine/resilience/defaults.ts";
import { seededRandom } from "../../../src/main/engine/resilience/random.ts";
import { chances, middle } from "./support.ts";

const delays = (options: BackoffOptions, retries: number): number[] =>
  Array.from({ length: retries }, (_, retry) => backoffMs(options, retry, middle));
const plain: BackoffOptions = { strategy: "exponential", baseMs: 400, factor: 2, capMs: 60_000, jitter: 0.2 };

describe("the delay before a retry", () => {
  it("grows by its factor", () => {
    expect(delays(plain, 4)).toEqual([400, 800, 1_600, 3_200]);
    expect(delays({ ...plain, factor: 3 }, 3)).toEqual([400, 1_200, 3_600]);
  });
  it("grows by its base when it is linear", () => {
    expect(delays({ ...plain, strategy: "linear" }, 4)).toEqual([400, 800, 1_200, 1_600]);
  });
  it("stays the same when it is constant", () => {
    expect(delays({ ...plain, strategy: "constant" }, 3)).toEqual([400, 400, 400]);
  });
  it("ends at its cap", () => {
    expect(delays({ ...plain, capMs: 1_000 }, 4)).toEqual([400, 800, 1_000, 1_000]);
  });
  it("varies by its jitter in both directions", () => {
    expect(backoffMs(plain, 0, chances(0))).toBe(320);
    expect(backoffMs(plain, 0, chances(0.75))).toBeCloseTo(440);
    expect(backoffMs(plain, 0, chances(1))).toBe(480);
  });
  it("does not pass its cap by its jitter", () => {
    expect(backoffMs({ ...plain, capMs: 420 }, 0, chances(1))).toBe(420);
  });
  it("is a number from nothing to the cap, whatever the options and however many retries", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("exponential" as const, "linear" as const, "constant" as const),
        fc.double({ min: 0, max: 1e6, noNaN: true }),
        fc.double({ min: 1, max: 100, noNaN: true }),
        fc.double({ min: 0, max: 1e6, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.nat(10_000),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (strategy, baseMs, factor, capMs, jitter, retry, chance) => {
          const delay = backoffMs({ strategy, baseMs, factor, capMs, jitter }, retry, () => chance);
          expect(delay).toBeGreaterThanOrEqual(0);
          expect(delay).toBeLessThanOrEqual(capMs);
        },
      ),
    );
  });
  it("is no broken number when jitter takes all of an endless delay", () => {
    expect(backoffMs({ ...plain, jitter: 1 }, 5_000, chances(0))).toBe(0);
    expect(backoffMs({ ...plain, jitter: 1, baseMs: 0 }, 5_000, chances(0))).toBe(0);
  });
});

describe("the presets", () => {
  it.each([
    ["default", 3, 400, 60_000, 0.2, false],
    ["local", 3, 50, 2_000, 0.2, false],
    ["http", 3, 1_000, 10_000, 0.2, true],
    ["database", 3, 500, 5_000, 0.2, false],
    ["patient", 3, 1_000, 30_000, 0.1, false],
    ["once", 1, 400, 60_000, 0.2, false],
  ] as const)("%s: %i attempts from %i ms to %i ms, jitter %f", (name, maxAttempts, baseMs, capMs, jitter, honours) => {
    expect(RETRY_PRESETS[name]).toEqual({
      maxAttempts,
      honourRetryAfter: honours,
      backoff: { strategy: "exponential", factor: 2, baseMs, capMs, jitter },
    });
  });
});

describe("seeded chance", () => {
  it("is the same for the same seed and another for another", () => {
    const draw = (seed: number): number[] => Array.from({ length: 5 }, seededRandom(seed));
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
  });
  it("begins as the generator's own numbers do", () => {
    // The published values of mulberry32 for the seed 1.
    const random = seededRandom(1);
    expect([random(), random(), random()]).toEqual([0.6270739405881613, 0.002735721180215478, 0.5274470399599522]);
  });
  it("is spread evenly", () => {
    const random = seededRandom(42);
    const tenths = new Array<number>(10).fill(0);
    for (let draw = 0; draw < 10_000; draw += 1) {
      const tenth = Math.floor(random() * 10);
      tenths[tenth] = (tenths[tenth] ?? 0) + 1;
    }
    for (const count of tenths) expect(Math.abs(count - 1_000)).toBeLessThan(150);
  });
});

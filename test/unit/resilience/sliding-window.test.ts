import fc from "../../support/properties.ts";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { monotonicMs } from "../../../src/main/engine/resilience/clock.ts";
import { SlidingWindow } from "../../../src/main/engine/resilience/sliding-window.ts";

const at = monotonicMs;

describe("a sliding window", () => {
  it("counts what is younger than its length, each kind by itself", () => {
    const window = new SlidingWindow<"good" | "bad">(() => 60_000);
    window.add("bad", at(0));
    window.add("good", at(0));
    window.add("bad", at(30_000));
    expect(window.count("bad", at(59_999))).toBe(2);
    expect(window.count("bad", at(60_000))).toBe(1);
    expect(window.count("good", at(60_000))).toBe(0);
    expect(window.count("bad", at(89_999))).toBe(1);
    expect(window.count("bad", at(90_000))).toBe(0);
  });

  it("slides, where a window that begins anew each minute would forget", () => {
    const window = new SlidingWindow<"bad">(() => 60_000);
    for (const moment of [58_000, 59_000, 61_000, 62_000]) window.add("bad", at(moment));
    expect(window.count("bad", at(62_000))).toBe(4);
  });

  it("forgets everything when it is cleared, what had left too", () => {
    const window = new SlidingWindow<"bad">(() => 100);
    for (const moment of [0, 1, 2, 3, 101]) window.add("bad", at(moment));
    window.clear();
    expect(window.count("bad", at(102))).toBe(0);
    window.add("bad", at(103));
    expect(window.count("bad", at(104))).toBe(1);
  });

  it("counts as a plain list does", () => {
    const step = fc.record({ waitMs: fc.integer({ min: 0, max: 60 }), name: fc.constantFrom("a", "b") });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const window = new SlidingWindow<string>(() => 100);
        const list: { name: string; moment: number }[] = [];
        let now = 0.25;
        for (const { waitMs, name } of steps) {
          now += waitMs;
          window.add(name, at(now));
          list.push({ name, moment: now });
          for (const kind of ["a", "b"]) {
            const expected = list.filter((entry) => entry.name === kind && now - entry.moment < 100).length;
            expect(window.count(kind, at(now))).toBe(expected);
          }
        }
      }),
    );
  });
});

describe("a sliding window over long use", () => {
  it("lets each moment leave exactly at its age, whatever was cut off before it", () => {
    const window = new SlidingWindow<"bad">(() => 10);
    for (let moment = 0; moment < 1_000; moment += 1) {
      window.add("bad", at(moment));
      window.add("bad", at(moment));
      // Ten milliseconds, twice each: the count is the same at every length that the list had on its way.
      expect(window.count("bad", at(moment))).toBe(2 * Math.min(moment + 1, 10));
    }
    for (let left = 10; left >= 0; left -= 1) expect(window.count("bad", at(1_009 - left))).toBe(2 * left);
  });

  it("counts what comes after all has left, and after a clear in the middle of what is leaving", () => {
    const window = new SlidingWindow<"bad">(() => 10);
    for (const moment of [0, 1, 2, 3, 4]) window.add("bad", at(moment));
    expect(window.count("bad", at(11))).toBe(3);
    window.clear();
    expect(window.count("bad", at(11))).toBe(0);
    window.add("bad", at(12));
    window.add("bad", at(13));
    expect([window.count("bad", at(21)), window.count("bad", at(22)), window.count("bad", at(23))]).toEqual([2, 1, 0]);
    window.add("bad", at(500));
    expect(window.count("bad", at(500))).toBe(1);
  });

  it("cuts off what has left in bulk, not with every entry that leaves", () => {
    const window = new SlidingWindow<"bad">(() => 10);
    const spliced = vi.spyOn(Array.prototype, "splice");
    onTestFinished(() => spliced.mockRestore());
    for (let moment = 0; moment < 100; moment += 1) window.add("bad", at(moment));
    expect(spliced.mock.calls.length).toBeGreaterThan(2);
    expect(spliced.mock.calls.length).toBeLessThan(30);
    expect(spliced.mock.calls.every(([, count]) => count >= 5)).toBe(true);
  });

  it("goes by the length that holds now", () => {
    const length = { ms: 100 };
    const window = new SlidingWindow<"bad">(() => length.ms);
    window.add("bad", at(0));
    window.add("bad", at(60));
    length.ms = 50;
    expect(window.count("bad", at(70))).toBe(1);
    length.ms = 100;
    expect(window.count("bad", at(75))).toBe(1);
  });
});

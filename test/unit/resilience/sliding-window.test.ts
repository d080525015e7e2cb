import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { monotonicMs } from "../../../src/main/engine/resilience/clock.ts";
import { SlidingWindow } from "../../../src/main/engine/resilience/sliding-window.ts";

const at = monotonicMs;

describe("a sliding window", () => {
  it("counts what is younger than its length, each kind by itself", () => {
    const window = new SlidingWindow<"good" | "bad">(60_000);
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
    const window = new SlidingWindow<"bad">(60_000);
    for (const moment of [58_000, 59_000, 61_000, 62_000]) window.add("bad", at(moment));
    expect(window.count("bad", at(62_000))).toBe(4);
  });

  it("forgets everything when it is cleared, what had left too", () => {
    const window = new SlidingWindow<"bad">(100);
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
        const window = new SlidingWindow<string>(100);
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

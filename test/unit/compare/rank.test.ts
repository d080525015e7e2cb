import { describe, expect, it } from "vitest";
import type { Difference } from "../../../src/main/engine/compare/difference.ts";
import { compareRates } from "../../../src/main/engine/compare/effect.ts";
import { keptOf } from "../../../src/main/engine/compare/false-discovery.ts";
import { FieldTally } from "../../../src/main/engine/compare/field-tally.ts";
import { rankDifferences } from "../../../src/main/engine/compare/rank.ts";
import { sentenceOf } from "../../../src/main/engine/compare/sentence.ts";
import { Level } from "../../../src/shared/model/level.ts";

const template = (name: string, before: number, after: number, level: number = Level.info): Difference => ({
  kind: "template",
  field: null,
  name,
  measure: "rate",
  unit: null,
  a: { count: before, of: 1_000, value: before / 600 },
  b: { count: after, of: 1_000, value: after / 600 },
  effect: compareRates({ count: before, time: 600 }, { count: after, time: 600 }),
  level,
  term: null,
});

describe("the ranked list", () => {
  it("puts first what differs most for certain", () => {
    const ranked = rankDifferences([
      template("doubled, often", 10_000, 20_000),
      template("new, rare", 0, 6),
      template("new, often", 0, 4_000),
      template("the same", 500, 510),
      template("once", 0, 1),
    ]);
    expect(ranked.map(({ difference }) => difference.name)).toEqual(["new, often", "doubled, often"]);
  });

  it("puts errors that came before messages that came, and not errors that went", () => {
    const ranked = rankDifferences([
      template("more talk", 100, 900),
      template("fewer errors", 900, 100, Level.error),
      template("more errors", 100, 900, Level.error),
    ]);
    expect(ranked[0]?.difference.name).toBe("more errors");
    expect(ranked[0]?.score).toBeCloseTo(2 * (ranked[1]?.score ?? 0), 6);
    expect(ranked[1]?.score).toBeCloseTo(ranked[2]?.score ?? 0, 6);
  });

  it("puts a series that stopped before one that began", () => {
    const series = (name: string, before: number, after: number): Difference => ({
      ...template(name, before, after),
      kind: "metric",
    });
    const ranked = rankDifferences([series("began", 0, 60), series("stopped", 60, 0)]);
    expect(ranked.map(({ difference }) => difference.name)).toEqual(["stopped", "began"]);
    expect(ranked[1]?.score).toBeCloseTo((ranked[0]?.score ?? 0) / 4, 6);
  });

  it("leaves out what differs for certain, but by next to nothing", () => {
    expect(rankDifferences([template("a tenth more", 1_000_000, 1_100_000)])).toEqual([]);
  });
});

describe("many comparisons", () => {
  it("keep what stands out of all, as Benjamini and Hochberg's own example has it", () => {
    const published = [
      0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1,
    ];
    expect(keptOf(published, 0.05).filter(Boolean)).toHaveLength(4);
  });

  it("keep nothing of evenly spread chances", () => {
    expect(
      keptOf(
        Array.from({ length: 1_000 }, (_, at) => (at + 1) / 1_001),
        0.01,
      ),
    ).not.toContain(true);
  });
});

describe("fields of samples", () => {
  it("are counted by value, and those that say the same have one mark", () => {
    const tally = new FieldTally();
    for (let at = 0; at < 40; at += 1) {
      const fields = [
        ["host", at % 2 === 0 ? "a" : "b"],
        ["pod", at % 2 === 0 ? "pod-a" : "pod-b"],
        ["zone", at < 20 ? "x" : "y"],
        ["id", `r-${at}`],
        ["took", at + 0.5],
        ["trace", at < 20 ? "4bf92f3577b34da6a3ce929d0e0e4736" : "00f067aa0ba902b7"],
        ["text", "hello"],
      ] as const;
      tally.add(at < 10 ? 0 : 1, fields, "hello");
    }
    const found = tally.values(5);
    const of = (key: string) => found.find((one) => one.key === key);
    expect(of("host")).toMatchObject({ value: "a", a: 5, b: 15 });
    expect(of("host")?.mark).toBe(of("pod")?.mark);
    expect(of("host")?.mark).not.toBe(of("zone")?.mark);
    expect(["id", "took", "text", "trace"].flatMap((key) => of(key) ?? [])).toEqual([]);
  });

  it("stay bounded, whatever comes", () => {
    const tally = new FieldTally();
    for (let at = 0; at < 5_000; at += 1)
      tally.add(
        0,
        [
          [`key-${at}`, "v"],
          ["n", at],
          ["__proto__", "p"],
        ],
        "m",
      );
    const found = tally.values(1);
    expect(found.length).toBeLessThan(3_000);
    expect(found).toContainEqual(expect.objectContaining({ key: "__proto__", a: 5_000 }));
  });
});

describe("a difference in words", () => {
  it.each([
    [template("started <*>", 60, 600), "started <*>: 1/s in B, 0.1/s in A; at least 7.07 times"],
    [template("panic", 0, 600), "panic: new, 600 in B (1/s) and none in A"],
    [template("ready", 600, 0), "ready: gone, 600 in A (1/s) and none in B"],
  ])("is a sentence: %#", (difference, words) => {
    expect(sentenceOf(difference)).toBe(words);
  });
});

import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { chooseThreshold, countEvents, f1, rollingZScore } from "../../../scripts/eval/event-f1.mjs";
import { findCorpus, readCorpus } from "../../../scripts/eval/nab-corpus.mjs";
import { PROFILES, probation, scoreCorpus } from "../../../scripts/eval/nab.mjs";

type Window = [number, number];
const ROWS = 1_000;
const scoresAt = (...rows: number[]): Float64Array => {
  const scores = new Float64Array(ROWS);
  for (const row of rows) scores[row] = 0.9;
  return scores;
};
const file = (scores: Float64Array, ...windows: Window[]) => ({ scores, windows });
const standard = (...files: ReturnType<typeof file>[]) => scoreCorpus(files, PROFILES.standard);

describe("the score of the Numenta benchmark", () => {
  it.each(Object.entries(PROFILES))("is 0 for silence and 100 for the start of every window: %s", (_, profile) => {
    const windows: Window[] = [
      [300, 350],
      [700, 799],
    ];
    expect(scoreCorpus([file(scoresAt(), ...windows)], profile).score).toBe(0);
    expect(scoreCorpus([file(scoresAt(300, 700), ...windows)], profile).score).toBeCloseTo(100, 10);
  });

  it("counts a window once, at its earliest detection", () => {
    const late = standard(file(scoresAt(340), [300, 350]));
    expect(late.score).toBeLessThan(95);
    expect(standard(file(scoresAt(300, 310, 340), [300, 350])).score).toBeCloseTo(100, 10);
    // Half way into a window: (2 σ(2.5) − 1) / (2 σ(5) − 1) of the gain.
    const half = standard(file(scoresAt(350), [300, 399])).score;
    expect(half).toBeCloseTo(50 * (1 + 0.848_28 / 0.986_61), 2);
  });

  it("takes .11 of a window for a false detection, less just behind a window, nothing within the probation", () => {
    // One threshold for all: the false detection cannot be left out.
    const alone = standard(file(scoresAt(300, 900), [300, 349])).score;
    expect(alone).toBeCloseTo(100 - (100 * 0.11) / 2, 4);
    const near = standard(file(scoresAt(300, 355), [300, 349])).score;
    expect(near).toBeGreaterThan(alone);
    expect(standard(file(scoresAt(20, 300), [300, 349])).score).toBeCloseTo(100, 10);
    expect([probation(1_000), probation(20_000)]).toEqual([150, 750]);
  });

  it("chooses one threshold for the whole corpus", () => {
    const clear = scoresAt(300);
    const noisy = Float64Array.from({ length: ROWS }, () => 0.5);
    expect(standard(file(clear, [300, 349]), file(noisy, [600, 649]))).toMatchObject({
      threshold: 0.9,
      found: 1,
      windows: 2,
      falseDetections: 0,
    });
  });

  it("reads the benchmark's folder, whose windows are times with fractions", () => {
    const folder = mkdtempSync(join(tmpdir(), "numenta-"));
    mkdirSync(join(folder, "labels"));
    mkdirSync(join(folder, "data", "realThings"), { recursive: true });
    writeFileSync(
      join(folder, "labels", "combined_windows.json"),
      JSON.stringify({ "realThings/a.csv": [["2014-04-01 00:05:00.000000", "2014-04-01 00:10:00.000000"]] }),
    );
    const rows = ["00:00", "00:05", "00:10", "00:15"].map((clock, at) => `2014-04-01 ${clock}:00,${at}`);
    writeFileSync(join(folder, "data", "realThings", "a.csv"), `timestamp,value\n${rows.join("\n")}\n`);
    expect(findCorpus(folder)).toBe(folder);
    expect(readCorpus(folder)).toMatchObject([{ name: "realThings/a.csv", rows: 4, windows: [[1, 2]] }]);
  });
});

describe("the F1 of events", () => {
  const segments: Window[] = [
    [10, 19],
    [60, 64],
  ];
  const scores = new Float64Array(100);
  scores.set([1, 1], 12);
  scores.set([1], 18);
  scores.set([1, 1, 1], 40);
  const all = { from: 0, to: 100, threshold: 1 };

  it("counts a segment once, and a run of samples outside as one false alarm", () => {
    expect(countEvents(scores, segments, all)).toEqual({ found: 1, missed: 1, falseAlarms: 1 });
    expect(f1({ found: 1, missed: 1, falseAlarms: 1 })).toBe(0.5);
  });

  it("looks at one half only", () => {
    expect(countEvents(scores, segments, { ...all, from: 50 })).toEqual({ found: 0, missed: 1, falseAlarms: 0 });
  });

  it("chooses the threshold on the first half, and keeps silent where nothing is labelled there", () => {
    const rising = Float64Array.from({ length: 100 }, (_, at) => (at === 15 ? 0.8 : at === 30 ? 0.5 : 0.1));
    // Half way between what must alarm and what must not.
    expect(chooseThreshold(rising, segments, 50)).toBeCloseTo(0.65);
    expect(chooseThreshold(rising, [[60, 64]], 50)).toBeGreaterThan(0.8);
  });

  it("knows the plain rival", () => {
    const values = Array.from({ length: 50 }, (_, at) => at % 2);
    values[40] = 10;
    const plain = rollingZScore(values);
    expect(plain.indexOf(Math.max(...plain))).toBe(40);
    expect(plain[40]).toBeCloseTo(19, 0);
  });
});

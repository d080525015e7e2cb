import { describe, expect, it } from "vitest";
import { parseBenchOptions, parseWindowOptions } from "../../../scripts/bench/options.mjs";

const folders = { from: "/home/ada", out: "/checkout/out/bench.json" };
const parsed = (...args: string[]) => parseBenchOptions(args, folders);

describe("npm run bench", () => {
  it("measures 100,000 and 1,000,000 lines in five runs unless told otherwise", () => {
    expect(parsed()).toEqual({
      runs: 5,
      sizes: [1e5, 1e6],
      out: "/checkout/out/bench.json",
      installPeers: false,
      help: false,
    });
  });

  it("takes a quick look with --quick and ten million lines with --full, but not both", () => {
    expect(parsed("--quick")).toMatchObject({ runs: 3, sizes: [1e5] });
    expect(parsed("--full").sizes).toEqual([1e5, 1e6, 1e7]);
    expect(() => parsed("--full", "--quick")).toThrow("exclude");
  });

  it("lets --runs and --lines decide, and writes --out where the person is", () => {
    expect(parsed("--quick", "--runs", "7", "--lines", "2000", "--out", "a/b.json")).toMatchObject({
      runs: 7,
      sizes: [2000],
      out: "/home/ada/a/b.json",
    });
  });

  it("refuses what is no number of runs, and options it does not know", () => {
    expect(() => parsed("--runs", "0")).toThrow("--runs must be a whole number from 1");
    expect(() => parsed("--runs", "2.5")).toThrow("--runs must be");
    expect(() => parsed("--lines", "many")).toThrow("--lines must be a whole number from 1000");
    expect(() => parsed("--frobnicate")).toThrow("frobnicate");
  });
});

describe("npm run bench:window", () => {
  const ofWindow = (...args: string[]) => parseWindowOptions(args, folders);

  it("measures everything at 1,000,000 records unless told otherwise", () => {
    expect(ofWindow()).toEqual({
      parts: new Set(["starts", "drops", "analysis", "frames", "trace", "memory"]),
      runs: 5,
      sizes: [1e6],
      memory: 2e6,
      out: "/checkout/out/bench.json",
      help: false,
    });
  });

  it("takes ten million records too, or just so many, or just one part of it", () => {
    expect(ofWindow("--full").sizes).toEqual([1e6, 1e7]);
    expect(ofWindow("--lines", "10000000", "--only", "frames")).toMatchObject({
      sizes: [1e7],
      parts: new Set(["frames"]),
    });
    expect(() => ofWindow("--only", "beauty")).toThrow(
      "--only is one of starts, drops, analysis, frames, trace, memory",
    );
  });
});

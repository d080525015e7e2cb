import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { mergeLines } from "../../../scripts/bench/merge-lines.mjs";
import { zooms } from "../../../scripts/bench/questions.mjs";

describe("merging log files", () => {
  let folder = "";
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "bench-"))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it("writes every line in the order of time, and a line without one behind the line before it", async () => {
    const files = [["1 a", "3 b", "broken", "7 c"], ["2 d", "5 e"], []].map((lines, i) => {
      const path = join(folder, `${i}.log`);
      writeFileSync(path, lines.map((line) => `${line}\n`).join(""));
      return path;
    });
    const seen: string[] = [];
    const target = join(folder, "merged");
    const count = await mergeLines(
      files,
      target,
      (line) => /^\d/.exec(line)?.[0] ?? null,
      (line) => seen.push(line),
    );
    const merged = readFileSync(target, "utf8");
    expect(merged).toBe("1 a\n2 d\n3 b\nbroken\n5 e\n7 c\n");
    expect(seen.map((line) => `${line}\n`).join("")).toBe(merged);
    expect(count).toBe(6);
  });
});

describe("the ranges that are zoomed into", () => {
  it("lie within the whole, in whole microseconds, and no two are the same", () => {
    const ranges = zooms(1_000_000, 9_000_000);
    expect(ranges).toHaveLength(20);
    for (const { from, to } of ranges) {
      expect(from).toBeGreaterThanOrEqual(1_000_000);
      expect(to).toBeLessThanOrEqual(9_000_000);
      expect(to).toBeGreaterThan(from);
      expect(Number.isInteger(from) && Number.isInteger(to)).toBe(true);
    }
    expect(new Set(ranges.map(({ from, to }) => `${from}-${to}`)).size).toBe(20);
  });
});

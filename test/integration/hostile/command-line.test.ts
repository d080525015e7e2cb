import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Analysis } from "../../../src/main/cli/analysis.ts";
import { cliFile, faultline } from "../cli/support.ts";
import { temporaryFolder } from "../ingest/support.ts";
import { lines } from "./corpus.ts";

/** Enough to be still reading when somebody interrupts. */
function manyDumps(folder: string): string {
  const dumps = join(folder, "dumps");
  mkdirSync(dumps);
  const content = lines(10_000);
  for (let index = 0; index < 30; index += 1) writeFileSync(join(dumps, `${index}.jsonl`), content);
  return dumps;
}

const accountingHolds = ({ sources }: Analysis): boolean =>
  sources.every(({ read, records, deadLetters, skipped }) => read === records + deadLetters + skipped);

describe("an interrupted analysis", () => {
  it.each([0, 30, 100])(
    "leaves a whole case that can be added to, whenever it was (%i ms after the start)",
    async (delay) => {
      const folder = temporaryFolder();
      const dumps = manyDumps(folder);
      const file = join(folder, "outage.faultline");
      const child = spawn(process.execPath, [cliFile, "analyze", dumps, "--case", file, "--json"], {
        stdio: ["ignore", "pipe", "pipe"],
      });
      let stdout = "";
      child.stdout.on("data", (data: Buffer) => (stdout += data.toString()));
      while (!readdirSync(folder).some((name) => name.includes(".faultline")))
        await new Promise((resolve) => setTimeout(resolve, 2));
      await new Promise((resolve) => setTimeout(resolve, delay));
      child.kill("SIGINT");
      const [code] = (await once(child, "close")) as [number];
      expect(code).toBe(1);
      const told = JSON.parse(stdout) as Analysis;
      expect(accountingHolds(told)).toBe(true);
      expect(told.totals.records).toBeLessThan(300_000);
      expect(readdirSync(folder).toSorted()).toEqual(["dumps", "outage.faultline"]);
      const shown = (await faultline(["analyze", "--case", file, "--json"])).json() as Analysis;
      expect(shown.totals).toEqual(told.totals);
      const again = await faultline(["analyze", dumps, "--case", file, "--json"]);
      expect((again.json() as Analysis).totals).toMatchObject({ records: 300_000, deadLetters: 0 });
    },
  );
});

describe("a case", () => {
  it("that another process writes is refused for writing, and still shows its accounting", async () => {
    const folder = temporaryFolder();
    const dumps = manyDumps(folder);
    const file = join(folder, "outage.faultline");
    const first = faultline(["analyze", dumps, "--case", file, "--json"]);
    while (!existsSync(file)) await new Promise((resolve) => setTimeout(resolve, 2));
    const second = await faultline(["analyze", join(dumps, "1.jsonl"), "--case", file, "--json"]);
    const shown = await faultline(["analyze", "--case", file, "--json"]);
    expect([second.code, second.stderr]).toEqual([1, expect.stringContaining("open in another Faultline")]);
    expect(accountingHolds(shown.json() as Analysis)).toBe(true);
    expect(((await first).json() as Analysis).totals.records).toBe(300_000);
  });

  it("among the dumps that are read into it is left out, and one of its own is named for what it is", async () => {
    const folder = temporaryFolder();
    const other = temporaryFolder();
    writeFileSync(join(folder, "app.jsonl"), lines(10));
    const file = join(folder, "outage.faultline");
    await faultline(["analyze", folder, "--case", join(other, "other.faultline")]);
    copyFileSync(join(other, "other.faultline"), join(folder, "other.faultline"));
    for (let turn = 0; turn < 2; turn += 1) {
      const { sources } = (await faultline(["analyze", folder, "--case", file, "--json"])).json() as Analysis;
      expect(sources).toMatchObject([
        { path: join(folder, "app.jsonl"), records: 10 },
        {
          path: join(folder, "other.faultline"),
          messages: expect.arrayContaining([expect.stringContaining("a Faultline case")]),
        },
      ]);
    }
    const itself = await faultline(["analyze", file, "--case", file]);
    expect([itself.code, itself.stderr]).toEqual([2, expect.stringContaining("is the case itself")]);
  });

  it.each([
    ["cut off", (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
    ["overwritten in the middle", (bytes: Buffer) => Buffer.from(bytes).fill(0x5a, 4_096, 12_288)],
    [
      "of a newer Faultline",
      (bytes: Buffer) => {
        const newer = Buffer.from(bytes);
        newer.writeUInt32BE(999, 60);
        return newer;
      },
    ],
    ["no case at all", () => Buffer.from("2026-03-01 INFO a log\n".repeat(100))],
  ])("that is %s is refused by name and left untouched", async (_what, damage) => {
    const folder = temporaryFolder();
    const file = join(folder, "outage.faultline");
    const log = join(folder, "app.jsonl");
    writeFileSync(log, lines(2_000));
    await faultline(["analyze", log, "--case", file]);
    const damaged = damage(readFileSync(file));
    writeFileSync(file, damaged);
    const ran = await faultline(["analyze", log, "--case", file, "--json"]);
    expect([ran.code, ran.stdout]).toEqual([1, ""]);
    expect(ran.stderr).toContain(file);
    expect(readFileSync(file).equals(damaged)).toBe(true);
    expect(readdirSync(folder).toSorted()).toEqual(["app.jsonl", "outage.faultline"]);
  });
});

describe("the command line", () => {
  it.each([
    ["an empty path", ["analyze", ""], /path.* empty/u],
    ["an empty file name", ["parse", ""], /path is empty/u],
    ["a zone that does not exist", ["parse", "x", "--tz", "Mars/Olympus"], /Mars\/Olympus/u],
    ["an empty zone", ["analyze", "x", "--tz", ""], /zone ""/u],
    ["a time that is none", ["parse", "x", "--now", "tomorrow"], /"tomorrow" is no time/u],
  ])("refuses %s as wrong usage", async (_what, args, says) => {
    const { code, stdout, stderr } = await faultline(args);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(says);
  });

  it("refuses a filter that is none with the place of the mistake", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "app.jsonl"), lines(3));
    const file = join(folder, "outage.faultline");
    await faultline(["analyze", join(folder, "app.jsonl"), "--case", file]);
    for (const filter of ["((((", '"open', "level>=", "'; DROP TABLE event; --", "duration>1e999", "(".repeat(5_000)]) {
      const { code, stderr } = await faultline(["query", file, filter, "--count"]);
      expect([code, stderr]).toEqual([2, expect.stringMatching(/^faultline: Filter, character \d+: /u)]);
    }
  });

  it("ends quietly when whoever reads its output leaves", async () => {
    const file = join(temporaryFolder(), "app.jsonl");
    writeFileSync(file, lines(50_000));
    const child = spawn(process.execPath, [cliFile, "parse", file, "--json"], { stdio: ["ignore", "pipe", "pipe"] });
    let stderr = "";
    child.stderr.on("data", (data: Buffer) => (stderr += data.toString()));
    child.stdout.once("data", () => child.stdout.destroy());
    const [code] = (await once(child, "close")) as [number];
    expect([code, stderr]).toEqual([0, ""]);
  });
});

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { faultline, type Ran } from "../cli/support.ts";
import { temporaryFolder } from "../ingest/support.ts";
import { checkAccounts, good, goodLines } from "./support.ts";

const cut = good(3, "cut short").slice(0, -1);

/** A case with two lines that are no JSON and one row without a number. */
async function newCase(): Promise<{ file: string; dlq: (...args: string[]) => Promise<Ran> }> {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "app.jsonl"), `${goodLines(3)}${cut}\nnoise\n`);
  writeFileSync(
    join(folder, "rps.csv"),
    "timestamp,service,metric,value\n2026-03-01T10:00:00Z,pay,rps,oops\n2026-03-01T10:00:01Z,pay,rps,2\n",
  );
  const file = join(temporaryFolder(), "case.faultline");
  const { code, stderr } = await faultline(["analyze", folder, "--case", file]);
  expect([code, stderr]).toEqual([0, ""]);
  return { file, dlq: (command, ...args) => faultline(["dlq", command ?? "", file, ...args]) };
}

describe("faultline dlq", () => {
  it("lists letters, their groups, and one with its bytes and history", async () => {
    const { file, dlq } = await newCase();
    const letters = (await dlq("list", "--json")).json() as Record<string, unknown>[];
    expect(letters).toHaveLength(3);
    const [first, second] = letters.filter(({ source }) => String(source).endsWith("app.jsonl"));
    expect(first).toEqual({
      id: expect.any(Number) as number,
      source: expect.stringMatching(/app\.jsonl$/u) as string,
      line: 4,
      offset: Buffer.byteLength(goodLines(3)),
      stage: "parse",
      reason: "invalid-json",
      message: expect.stringContaining("Line 4") as string,
      attempts: 1,
      firstAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/u) as string,
      lastAt: first?.["firstAt"],
      bytes: cut.length,
    });
    expect((await dlq("list", "--source", "rps.csv", "--json")).json()).toMatchObject([{ reason: "no-value" }]);
    expect((await dlq("list", "--reason", "no-value", "--json")).json()).toHaveLength(1);
    expect((await dlq("list", "--group", "--json")).json()).toMatchObject([
      { reason: "invalid-json", count: 2, examples: [{ text: cut }, { text: "noise" }] },
      { reason: "no-value", count: 1 },
    ]);
    const id = String(second?.["id"]);
    const shown = await dlq("show", id);
    expect(shown.stdout).toContain("000000  6e  6f  69  73  65");
    expect((await faultline(["dlq", "show", id, "--case", file, "--json"])).json()).toMatchObject({
      text: "noise",
      history: [{ action: "read" }],
    });
    expect((await dlq("list")).stdout).toMatch(/invalid-json/u);
    // In the folder of the one case its name need not be typed.
    const inFolder = await faultline(["dlq", "show", id, "--json"], dirname(file));
    expect(inFolder.json()).toMatchObject({ id: Number(id), text: "noise", edited: false });
    const nowhere = await faultline(["dlq", "show", id], temporaryFolder());
    expect([nowhere.code, nowhere.stderr]).toEqual([2, expect.stringContaining("This folder holds no case")]);
  });

  it("replays one with another text, so that query finds the record and the accounting adds up", async () => {
    const { file, dlq } = await newCase();
    // The files are read side by side: either one's letters may come first.
    const [letter] = (await dlq("list", "--source", "app.jsonl", "--json")).json() as { id: number }[];
    const replayed = await dlq("replay", "--id", String(letter?.id), "--set-text", `${cut}}`, "--json");
    expect([replayed.code, replayed.json()]).toEqual([0, { replayed: 1, failed: 0, skipped: 0 }]);
    expect((await faultline(["query", file, '"cut short"', "--json"])).lines()).toMatchObject([
      { message: "cut short", line: 4, service: "pay" },
    ]);
    const { totals } = (await faultline(["analyze", "--case", file, "--json"])).json() as { totals: object };
    expect(totals).toMatchObject({ read: 8, records: 5, deadLetters: 2, skipped: 1 });
    checkAccounts(file);
    const again = await dlq("replay", "--id", String(letter?.id), "--json");
    expect([again.code, again.json()]).toEqual([0, { replayed: 0, failed: 0, skipped: 1 }]);
    const failed = await dlq("replay", "--all", "--json");
    expect([failed.code, failed.json()]).toEqual([1, { replayed: 0, failed: 2, skipped: 0 }]);
    const group = await dlq(
      "replay",
      "--group",
      "invalid-json",
      "--format",
      "plain-text",
      "--tz",
      "Europe/Berlin",
      "--json",
    );
    expect([group.code, group.json()]).toEqual([0, { replayed: 1, failed: 0, skipped: 0 }]);
  });

  it("discards, exports and imports", async () => {
    const { file, dlq } = await newCase();
    const out = join(temporaryFolder(), "letters.jsonl");
    expect((await dlq("export", "--out", out)).code).toBe(0);
    expect((await dlq("export", "--group", "no-value")).lines()).toMatchObject([{ schema: "faultline.dead-letter/1" }]);
    expect(readFileSync(out, "utf8").trimEnd().split("\n")).toHaveLength(3);
    expect((await dlq("discard", "--group", "invalid-json", "--reason", "noise", "--json")).json()).toEqual({
      discarded: 2,
      skipped: 0,
    });
    expect(checkAccounts(file)).toEqual({ read: 8, records: 4, deadLetters: 1, skipped: 3 });
    expect((await dlq("import", out, "--json")).json()).toEqual({ imported: 2, edited: 0, skipped: 1, refused: [] });
    expect(checkAccounts(file)).toEqual({ read: 8, records: 4, deadLetters: 3, skipped: 1 });
  });

  it("says what is wrong by its exit code and in a sentence", async () => {
    const { file, dlq } = await newCase();
    const before = (await dlq("list", "--json")).stdout;
    for (const args of [
      ["replay"],
      ["replay", "--all", "--id", "1"],
      ["replay", "--id", "x"],
      ["replay", "--all", "--set-text", "x"],
      ["replay", "--all", "--format", "nonsense"],
      ["replay", "--all", "--tz", "Mars/Olympus"],
      ["replay", "--all", "--encoding", "klingon"],
      ["discard", "--all"],
      ["discard", "--all", "--reason", " "],
      ["show"],
    ]) {
      const { code, stderr } = await dlq(...args);
      expect([args, code]).toEqual([args, 2]);
      expect(stderr).not.toBe("");
    }
    const unknown = await dlq("replay", "--id", "99");
    expect([unknown.code, unknown.stderr]).toEqual([1, expect.stringMatching(/has no dead letter 99/u)]);
    expect((await dlq("list", "--source", "nowhere.log")).code).toBe(1);
    expect((await dlq("import", join(file, "none"))).code).toBe(1);
    expect((await faultline(["dlq", "list", `${file}.none`])).code).toBe(1);
    expect(existsSync(`${file}.none`)).toBe(false);
    expect((await dlq("list", "--json")).stdout).toBe(before);
  });

  it("goes on counting when there are more letters than are kept, and says so", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "bad.jsonl"), goodLines(200) + "broken\n".repeat(50));
    const file = join(temporaryFolder(), "case.faultline");
    const most = ["--set", "deadLetters.maxCount=10"];
    const { code, json, stderr } = await faultline(["analyze", folder, "--case", file, "--json", ...most]);
    expect(code).toBe(0);
    expect(stderr).toMatch(/more dead letters than are kept of a source \(10 or \d+ MiB\)/u);
    expect(json()).toMatchObject({ sources: [{ read: 250, records: 200, deadLetters: 50, deadLettersDropped: 40 }] });
  });
});

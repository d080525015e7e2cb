import { spawn } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openCaseReader } from "../../../src/main/engine/store/case-reader.ts";
import { caseOf, checkAccounts, goodLines, openCase } from "./support.ts";

const LETTERS = 20_000;
const cli = join(import.meta.dirname, "../../../out/main/cli.js");

const lettersOf = (file: string): number => {
  using reader = openCaseReader(file);
  return reader.db.prepare<[], { count: number }>("SELECT COUNT(*) AS count FROM dead_letter").get()?.count ?? 0;
};

/** Kills a replay of the whole case once it has taken a letter, or when it ends by itself. */
async function replayUntilKilled(file: string): Promise<void> {
  const before = lettersOf(file);
  const args = [cli, "dlq", "replay", file, "--all", "--format", "plain-text"];
  const child = spawn(process.execPath, args, { stdio: "ignore" });
  const closed = new Promise((resolve) => child.on("close", resolve));
  while (child.exitCode === null && lettersOf(file) === before) await new Promise((resolve) => setTimeout(resolve, 2));
  child.kill("SIGKILL");
  await closed;
}

/** Every line is a record or a letter, and none is both. */
function linesOf(file: string): { records: number; letters: number } {
  using reader = openCaseReader(file);
  const lines: number[] = [];
  for (const { id } of reader.segments()) lines.push(...reader.columns(id).line);
  const records = lines.length;
  const rows = reader.db.prepare<[], { line: number }>("SELECT line FROM dead_letter").all();
  lines.push(...rows.map(({ line }) => line));
  expect(new Set(lines).size).toBe(lines.length);
  expect(Math.max(...lines.slice(-10))).toBeLessThanOrEqual(lines.length);
  return { records, letters: rows.length };
}

describe("a process killed while it replays", () => {
  it("leaves each letter either as it was or as a record, time after time", async () => {
    const bad = Array.from({ length: LETTERS }, (_, index) => `broken ${index}\n`).join("");
    const made = await caseOf({ "app.jsonl": goodLines(9_000) + bad });
    const before = checkAccounts(made.file);
    expect(before).toMatchObject({ records: 9_000, deadLetters: LETTERS });
    await made.session[Symbol.asyncDispose]();
    for (let kills = 1; kills <= 4; kills += 1) {
      await replayUntilKilled(made.file);
      const again = await openCase(made.file);
      await again.session[Symbol.asyncDispose]();
      const { records, deadLetters, read } = checkAccounts(made.file);
      expect(read).toBe(before.read);
      expect(deadLetters).toBeLessThan(LETTERS);
      expect(linesOf(made.file)).toEqual({ records, letters: deadLetters });
    }
    expect(checkAccounts(made.file).deadLetters).toBeGreaterThan(0);
    const last = await openCase(made.file);
    await last.replay({ format: "plain-text" });
    expect(checkAccounts(made.file)).toEqual({ ...before, records: before.read, deadLetters: 0 });
  });
});

// A bad file with more dead letters than are kept; "npm run torture -- letters" makes them ten million.
import { closeSync, openSync, statSync, writeSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { faultline } from "../cli/support.ts";
import { temporaryFolder } from "../ingest/support.ts";
import { checkAccounts, goodLines } from "./support.ts";

const LINES = Number(process.env["FAULTLINE_LETTERS"] ?? 100_000);
const KEPT = LINES / 10;
const GOOD = 9_000;
const CHUNK = 50_000;

it(
  "a file of lines that cannot be read is read to its end, counted to the last, and kept as far as allowed",
  { timeout: 60_000 + LINES / 10 },
  async () => {
    const file = join(temporaryFolder(), "bad.jsonl");
    const out = openSync(file, "w");
    writeSync(out, goodLines(GOOD));
    for (let line = 0; line < LINES; line += CHUNK) writeSync(out, "{1\n".repeat(Math.min(CHUNK, LINES - line)));
    closeSync(out);
    const test = join(temporaryFolder(), "bad.faultline");
    const { code, json } = await faultline([
      "--set",
      `deadLetters.maxCount=${KEPT}`,
      "analyze",
      file,
      "--case",
      test,
      "--json",
    ]);
    expect(code).toBe(0);
    expect(json()).toMatchObject({
      sources: [{ state: "done", records: GOOD, deadLetters: LINES, deadLettersDropped: LINES - KEPT }],
    });
    expect(checkAccounts(test)).toEqual({ read: GOOD + LINES, records: GOOD, deadLetters: LINES, skipped: 0 });
    // The case grows with what is kept, not with what was lost.
    expect(statSync(test).size).toBeLessThan(4_000_000 + KEPT * 1_000 + statSync(file).size);
  },
);

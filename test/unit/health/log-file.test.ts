import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { LogFile } from "../../../src/main/engine/log/log-file.ts";

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "faultline-test-"));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

const NOON = Date.UTC(2026, 0, 15, 12);

describe("the log file", () => {
  it("takes one JSON object a line, with the time first", async () => {
    const log = new LogFile(join(folder(), "logs", "app.jsonl"), { now: () => NOON });
    log.write({ level: "warn", name: "file:/x" });
    log.write({ level: "info", name: "a\nb" });
    await log.flush();
    expect(readFileSync(log.file, "utf8")).toBe(
      '{"time":"2026-01-15T12:00:00.000Z","level":"warn","name":"file:/x"}\n' +
        '{"time":"2026-01-15T12:00:00.000Z","level":"info","name":"a\\nb"}\n',
    );
  });

  it("begins a new file when it is large, and keeps so many old ones", async () => {
    const made = folder();
    const log = new LogFile(join(made, "app.jsonl"), { maxBytes: 100, kept: 2, now: () => NOON });
    for (let number = 0; number < 8; number += 1) {
      log.write({ number, text: "x".repeat(60) });
      await log.flush();
    }
    expect(readdirSync(made).toSorted()).toEqual(["app.jsonl", "app.jsonl.1", "app.jsonl.2"]);
    expect(readFileSync(log.file, "utf8")).toContain('"number":7');
    expect(readFileSync(`${log.file}.2`, "utf8")).toContain('"number":5');
  });

  it("goes on where another process left off", async () => {
    const file = join(folder(), "app.jsonl");
    writeFileSync(file, "before\n");
    const log = new LogFile(file, { now: () => NOON });
    log.write({ number: 1 });
    await log.flush();
    expect(readFileSync(file, "utf8")).toMatch(/^before\n\{"time"/u);
  });

  it("that cannot be written stops nothing, and says later how much is missing", async () => {
    const made = folder();
    const blocked = join(made, "logs");
    writeFileSync(blocked, "a file where the folder should be");
    const log = new LogFile(join(blocked, "app.jsonl"), { now: () => NOON });
    log.write({ number: 1 });
    await log.flush();
    rmSync(blocked);
    log.write({ number: 2 });
    await log.flush();
    expect(readFileSync(log.file, "utf8")).toContain('"event":"log-lines-lost"');
  });
});

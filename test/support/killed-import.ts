/**
 * Kills a real import (the command line, in its own process) with SIGKILL at a moment that a seed decides, and looks at
 * what is left: the case is whole, adds up, and holds everything that a reader had seen in it before.
 */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { openCaseReader } from "../../src/main/engine/store/case-reader.ts";

const CLI = join(import.meta.dirname, "..", "..", "out", "main", "cli.js");
const SERVICES = ["checkout", "payment", "cart", "search"];
const LINES_A_FILE = 15_000;
/** Small files are read many at a time. */
const SMALL_FILES = 600;
const LINES_A_SMALL_FILE = 25;

/** What a case holds, in numbers that only grow during an import. */
export interface Held {
  readonly records: number;
  readonly deadLetters: number;
  readonly read: number;
}

export interface KilledImport {
  /** Seen by a reader while the import ran: acknowledged. Null when it was killed before the case existed. */
  readonly seen: Held | null;
  /** In the case afterwards. */
  readonly left: Held | null;
  /** What is wrong with it, in sentences; empty when it is whole. */
  readonly faults: readonly string[];
  readonly file: string;
}

/** Some megabytes of dumps whose counts are known: large and small files of JSON lines, a line in a thousand damaged. */
export function makeDumps(): { readonly folder: string; readonly whole: Held; [Symbol.dispose](): void } {
  const folder = mkdtempSync(join(tmpdir(), "faultline-dumps-"));
  const linesOf = (service: string, from: number, to: number): string[] =>
    Array.from({ length: to - from }, (_, line) => {
      const index = from + line;
      const time = new Date(Date.UTC(2026, 2, 17, 13) + index * 100).toISOString();
      const level = index % 50 === 0 ? "error" : "info";
      if (index % 1_000 === 999) return `{"time":"${time}","level":"${level}","msg":"cut he`;
      return `{"time":"${time}","level":"${level}","service":"${service}","msg":"request ${index} took ${index % 97} ms"}`;
    });
  const write = (name: string, lines: readonly string[]): void =>
    writeFileSync(join(folder, `${name}.jsonl`), `${lines.join("\n")}\n`);
  for (const service of SERVICES) write(service, linesOf(service, 0, LINES_A_FILE));
  for (let file = 0; file < SMALL_FILES; file += 1) {
    const from = file * LINES_A_SMALL_FILE;
    write(`worker-${file}`, linesOf("worker", from, from + LINES_A_SMALL_FILE));
  }
  const read = LINES_A_FILE * SERVICES.length + LINES_A_SMALL_FILE * SMALL_FILES;
  const deadLetters = Math.floor(LINES_A_FILE / 1_000) * SERVICES.length + (LINES_A_SMALL_FILE * SMALL_FILES) / 1_000;
  return {
    folder,
    whole: { records: read - deadLetters, deadLetters, read },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** `moment` in milliseconds after the start. The caller removes the folder of the case. */
export async function killImport(dumps: string, moment: number): Promise<KilledImport> {
  const folder = mkdtempSync(join(tmpdir(), "faultline-killed-import-"));
  const file = join(folder, "killed.faultline");
  mkdirSync(join(folder, "data"));
  const child = spawn(
    process.execPath,
    [CLI, "analyze", dumps, "--case", file, "--data-folder", join(folder, "data")],
    {
      stdio: ["ignore", "ignore", "inherit"],
    },
  );
  const ended = new Promise((resolve) => child.once("close", resolve));
  const deadline = performance.now() + moment;
  let seen: Held | null = null;
  while (performance.now() < deadline && child.exitCode === null) {
    seen = look(file) ?? seen;
    await sleep(5);
  }
  child.kill("SIGKILL");
  await ended;
  const left = look(file);
  const { exitCode } = child;
  // Null when it was killed; one that ended by itself must have gone well.
  const failed = exitCode === null || exitCode === 0 ? [] : [`the import ended with code ${exitCode}`];
  return { seen, left, faults: [...failed, ...faultsOf(file), ...lostSince(seen, left)], file };
}

/** Ends the import that was killed: reads what is missing into the same case. */
export async function finishImport(dumps: string, file: string): Promise<Held | null> {
  const child = spawn(
    process.execPath,
    [CLI, "analyze", dumps, "--case", file, "--data-folder", join(file, "..", "data")],
    {
      stdio: ["ignore", "ignore", "inherit"],
    },
  );
  const code = await new Promise((resolve) => child.once("close", resolve));
  if (code !== 0) throw new Error(`the import ended with code ${String(code)}`);
  return look(file);
}

/** Null while there is no case, or none that can be opened yet. */
function look(file: string): Held | null {
  if (!existsSync(file)) return null;
  try {
    using reader = openCaseReader(file);
    const sources = reader.sources();
    const sum = (key: keyof Held): number => sources.reduce((total, source) => total + source[key], 0);
    return { records: sum("records"), deadLetters: sum("deadLetters"), read: sum("read") };
  } catch {
    return null;
  }
}

function faultsOf(file: string): string[] {
  if (!existsSync(file)) return [];
  const faults: string[] = [];
  try {
    using reader = openCaseReader(file);
    const integrity: unknown = reader.db.pragma("integrity_check", { simple: true });
    if (integrity !== "ok") faults.push(`integrity_check says ${String(integrity)}`);
    const segments = reader.segments();
    for (const source of reader.sources()) {
      const own = segments.filter((segment) => segment.sourceId === source.id);
      const stored = own.reduce((total, segment) => total + segment.count, 0);
      if (stored !== source.records) faults.push(`${source.path}: ${source.records} records counted, ${stored} stored`);
      if (source.records + source.deadLetters + source.skipped !== source.read) {
        faults.push(
          `${source.path}: ${source.records} + ${source.deadLetters} + ${source.skipped} is not ${source.read}`,
        );
      }
      const last = own.at(-1);
      if (last !== undefined && reader.raw(source.id, last.lastOffset, 1).length === 0) {
        faults.push(`${source.path}: the text of its last record is missing`);
      }
    }
  } catch (thrown) {
    // Killed before the case was made: nothing was acknowledged.
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    if (!/empty|no tables|not a case|not-a-case/i.test(reason)) faults.push(`the case cannot be opened: ${reason}`);
  }
  return faults;
}

function lostSince(seen: Held | null, left: Held | null): string[] {
  if (seen === null) return [];
  if (left === null) return ["the case that was seen is gone"];
  const keys = ["records", "deadLetters", "read"] as const;
  return keys
    .filter((key) => left[key] < seen[key])
    .map((key) => `${seen[key]} ${key} were seen, ${left[key]} are left`);
}

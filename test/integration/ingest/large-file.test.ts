// A file that is larger than what may be held of it in memory; "npm run torture -- size" makes it two gigabytes.
import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it, onTestFinished } from "vitest";
import type { ReaderMethods } from "../../../src/main/engine/query/protocol.ts";
import { WorkerClient } from "../../../src/main/engine/threads/rpc.ts";
import { checkAccounts } from "../dead-letters/support.ts";
import { temporaryFolder } from "./support.ts";

const MEGABYTES = Number(process.env["FAULTLINE_MEGABYTES"] ?? 24);
/** From here on the import lasts long enough to be looked at, and memory says something of the file. */
const IS_LARGE = MEGABYTES >= 1_000;
/** What an import, the analysis of it, or a search for suspects may hold above a process that has read next to nothing. */
const MOST_ABOVE_IDLE = 400e6;
const LINE_BYTES = 250;
const LINES = Math.ceil((MEGABYTES * 1e6) / LINE_BYTES);
const CHUNK = 20_000;
/** One line in so many holds the word that is looked for. */
const RARE = 1_000;

const out = join(import.meta.dirname, "..", "..", "..", "out", "main");

function writeLines(file: string, lines: number): void {
  const target = openSync(file, "w");
  for (let first = 0; first < lines; first += CHUNK) {
    const chunk = Array.from({ length: Math.min(CHUNK, lines - first) }, (_, i) => lineOf(first + i));
    writeSync(target, `${chunk.join("\n")}\n`);
  }
  closeSync(target);
}

function lineOf(index: number): string {
  const time = new Date(Date.UTC(2026, 2, 17, 13) + index).toISOString();
  const text = index % RARE === 0 ? "needle in the pool" : `request ${index} took ${index % 97} ms`;
  const line = { time, level: index % 50 === 0 ? "error" : "info", service: `service-${index % 12}`, msg: text };
  const id = ((index * 2_654_435_761) % 2 ** 32).toString(16);
  const filler = LINE_BYTES - JSON.stringify(line).length - 20;
  return JSON.stringify({
    ...line,
    id,
    stack: id.repeat(Math.ceil(filler / id.length)).slice(0, Math.max(0, filler - 20)),
  });
}

function faultline(...args: readonly string[]): ChildProcess {
  const data = join(temporaryFolder(), "data");
  return spawn(process.execPath, [join(out, "cli.js"), ...args, "--data-folder", data], { stdio: "ignore" });
}

/** Reads the file and runs the detectors over it. */
const analyse = (file: string, test: string): ChildProcess => faultline("analyze", file, "--case", test);

/** Peak of the resident set in bytes, as the kernel keeps it; null where it does not. */
function peakOf({ pid }: ChildProcess): number | null {
  try {
    const kilobytes = /^VmHWM:\s+(\d+) kB/mu.exec(readFileSync(`/proc/${pid}/status`, "latin1"))?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) * 1_024;
  } catch {
    return null;
  }
}

interface Watched {
  readonly code: number | null;
  readonly peak: number | null;
  /** Records with the word that a search found, one answer after the other. */
  readonly found: readonly number[];
}

/** Searches the growing case until the import has ended; `onRecords` is called once the first are there. */
async function watch(child: ChildProcess, test: string, onRecords: () => void = () => {}): Promise<Watched> {
  const reader = new WorkerClient<ReaderMethods>(join(out, "reader.worker.js"));
  onTestFinished(() => reader.end());
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  const found: number[] = [];
  let peak: number | null = null;
  let isOpen = false;
  while (child.exitCode === null && child.signalCode === null) {
    peak = peakOf(child) ?? peak;
    try {
      if (!isOpen && existsSync(test)) {
        await reader.call("open", { file: test });
        isOpen = true;
      }
      if (isOpen) {
        const selection = { filter: "needle", from: null, to: null, samples: false };
        const { records } = await reader.call("records.count", { selection });
        if (records > 0 && found.length === 0) onRecords();
        if (records > 0) found.push(records);
      }
    } catch {
      // The case is being made.
    }
    await sleep(20);
  }
  return { code: await ended, peak, found };
}

it(
  "a large file is searched while it is read and analysed in bounded memory, and every line of it is there at the end",
  { timeout: 60_000 + MEGABYTES * 300 },
  async () => {
    const file = join(temporaryFolder(), "large.jsonl");
    writeLines(file, LINES);
    const few = join(temporaryFolder(), "few.jsonl");
    writeLines(few, 100);
    const fewTest = join(temporaryFolder(), "few.faultline");
    const idle = (await watchPeak(analyse(few, fewTest))) ?? 0;

    const test = join(temporaryFolder(), "large.faultline");
    const { code, peak, found } = await watch(analyse(file, test), test);
    expect(code).toBe(0);
    expect(checkAccounts(test)).toEqual({ read: LINES, records: LINES, deadLetters: 0, skipped: 0 });
    expect(found).toEqual(found.toSorted((a, b) => a - b));
    if (!IS_LARGE) return;
    expect(found.length).toBeGreaterThan(10);
    if (peak === null) return;
    process.stdout.write(
      `${MEGABYTES} MB: peak ${Math.round((peak - idle) / 1e6)} MB above ${Math.round(idle / 1e6)} MB\n`,
    );
    expect(peak - idle).toBeLessThanOrEqual(MOST_ABOVE_IDLE);

    const idleSearch = (await watchPeak(faultline("suspects", fewTest))) ?? 0;
    const search = faultline("suspects", test);
    const searchPeak = (await watchPeak(search)) ?? 0;
    expect(search.exitCode).toBe(0);
    process.stdout.write(
      `its suspects: peak ${Math.round((searchPeak - idleSearch) / 1e6)} MB above ${Math.round(idleSearch / 1e6)} MB\n`,
    );
    expect(searchPeak - idleSearch).toBeLessThanOrEqual(MOST_ABOVE_IDLE);
  },
);

it(
  "its import ends when it is told to, and leaves a case that adds up",
  { timeout: 60_000 + MEGABYTES * 300 },
  async () => {
    const file = join(temporaryFolder(), "large.jsonl");
    writeLines(file, LINES);
    const test = join(temporaryFolder(), "large.faultline");
    const child = analyse(file, test);
    await watch(child, test, () => child.kill("SIGINT"));
    const { read, records, deadLetters, skipped } = checkAccounts(test);
    expect(records + deadLetters + skipped).toBe(read);
    expect(read).toBeGreaterThan(0);
    // A small file may have been read to its end before.
    expect(read).toBeLessThanOrEqual(IS_LARGE ? LINES - 1 : LINES);
  },
);

async function watchPeak(child: ChildProcess): Promise<number | null> {
  let peak: number | null = null;
  while (child.exitCode === null && child.signalCode === null) {
    peak = peakOf(child) ?? peak;
    await sleep(10);
  }
  return peak;
}

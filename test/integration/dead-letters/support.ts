// A case with real threads whose dead letters are worked on, and its accounting as an independent reader counts it.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished } from "vitest";
import { CaseSession, type SessionOptions } from "../../../src/main/engine/case-session.ts";
import type { ReplayRequest } from "../../../src/main/engine/ingest/replay/replay-run.ts";
import { runDirectly } from "../../../src/main/engine/resilience/run.ts";
import { openCaseReader } from "../../../src/main/engine/store/case-reader.ts";
import type { DeadLetterInfo, ReplayOutcome } from "../../../src/shared/contract.ts";
import type { Failure } from "../../../src/shared/failure.ts";
import type { DeadLetterChoice } from "../../../src/shared/model/dead-letter.ts";
import type { Source } from "../../../src/shared/model/source.ts";
import { DEFAULT_SETTINGS, type Settings } from "../../../src/shared/settings.ts";
import { temporaryFolder, workersFolder } from "../ingest/support.ts";

export const ALL: DeadLetterChoice = { which: "all", sourceId: null };
export const everything = { filter: "", from: null, to: null, samples: true };

export const good = (second: number, msg = `order ${second}`, level = "info"): string =>
  JSON.stringify({ time: new Date(1_772_360_000_000 + second * 1_000).toISOString(), level, service: "pay", msg });

export const goodLines = (count: number): string =>
  Array.from({ length: count }, (_, second) => `${good(second)}\n`).join("");

export interface TestCase {
  readonly file: string;
  readonly session: CaseSession;
  readonly failures: Failure[];
  letters(): Promise<readonly DeadLetterInfo[]>;
  replay(request?: Partial<ReplayRequest>): Promise<ReplayOutcome>;
  source(name: string): Source;
}

export function sessionOptions(
  more: Partial<SessionOptions> = {},
  settings: Settings = DEFAULT_SETTINGS,
): SessionOptions {
  return {
    workersFolder,
    run: runDirectly,
    stallMs: 10_000,
    settings: () => settings,
    onChanged: () => {},
    onProgress: () => {},
    onFailure: () => {},
    ...more,
  };
}

/** A case of these files, read to its end. */
export async function caseOf(
  files: Readonly<Record<string, string | Uint8Array>>,
  more: Partial<SessionOptions> = {},
  settings: Settings = DEFAULT_SETTINGS,
): Promise<TestCase> {
  const folder = temporaryFolder();
  const paths = Object.entries(files).map(([name, content]) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  });
  const file = join(temporaryFolder(), "test.faultline");
  const test = await openCase(file, { title: "Test" }, more, settings);
  if (paths.length > 0) await test.session.importer.add(paths);
  await test.session.importer.idle();
  return test;
}

export async function openCase(
  file: string,
  create: { title: string } | null = null,
  more: Partial<SessionOptions> = {},
  settings: Settings = DEFAULT_SETTINGS,
): Promise<TestCase> {
  const failures: Failure[] = [];
  const options = sessionOptions({ onFailure: (failure) => void failures.push(failure), ...more }, settings);
  const session = await CaseSession.open(file, create, options);
  onTestFinished(() => session[Symbol.asyncDispose]());
  return {
    file,
    session,
    failures,
    letters: async () => {
      const found: DeadLetterInfo[] = [];
      let after: string | null = null;
      do {
        const request = { sourceId: null, reason: null, limit: 1_000, after };
        const page: { items: readonly DeadLetterInfo[]; next: string | null } = await session.reader.call(
          "deadLetters.list",
          request,
        );
        found.push(...page.items);
        after = page.next;
      } while (after !== null);
      return found;
    },
    replay: (request = {}) =>
      session.replayer.replay({ choice: ALL, format: null, zone: null, encoding: null, text: null, ...request }),
    source: (name) => {
      using reader = openCaseReader(file);
      const found = reader.sources().find(({ path }) => path.endsWith(name));
      if (found === undefined) throw new Error(`no source ${name}`);
      return found;
    },
  };
}

/** Every source adds up, and the case holds exactly what is counted. Answers with the sums. */
export function checkAccounts(file: string): { read: number; records: number; deadLetters: number; skipped: number } {
  using reader = openCaseReader(file);
  expect(reader.db.pragma("integrity_check", { simple: true })).toBe("ok");
  expect(reader.db.pragma("foreign_key_check")).toStrictEqual([]);
  const sum = { read: 0, records: 0, deadLetters: 0, skipped: 0 };
  for (const source of reader.sources()) {
    const { id, read, records, deadLetters, deadLettersDropped, skipped, skippedWhy } = source;
    expect(records + deadLetters + skipped).toBe(read);
    expect(Object.values(skippedWhy).reduce((total, units) => total + units, 0)).toBe(skipped);
    const segments = reader.segments().filter(({ sourceId }) => sourceId === id);
    expect(segments.reduce((total, { count }) => total + count, 0)).toBe(records);
    const kept = reader.db
      .prepare<[number], { count: number }>("SELECT COUNT(*) AS count FROM dead_letter WHERE source_id = ?")
      .get(id)?.count;
    expect((kept ?? 0) + deadLettersDropped).toBe(deadLetters);
    for (const key of ["read", "records", "deadLetters", "skipped"] as const) sum[key] += source[key];
  }
  return sum;
}

/** Messages of all records, in the order of the list. */
export async function messages({ session }: TestCase, filter = ""): Promise<string[]> {
  const page = await session.reader.call("export", {
    selection: { ...everything, filter },
    cursor: 0,
    limit: 5_000,
  });
  return page.rows.flatMap((row) => (row.type === "record" ? [row.record.message] : []));
}

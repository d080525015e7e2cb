// Whichever call to the file system fails, for every call of an import: what failed is said, what was read counts
// exactly, and the rest is read whole.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { Source } from "../../../src/shared/model/source.ts";
import type { RunCall } from "../../../src/shared/run.ts";
import { tarOf, zipOf } from "../../support/archives.ts";
import { faultyFiles, type FileFault } from "../../support/fault-fs.ts";
import { storedOf, temporaryFolder, testImport } from "../ingest/support.ts";
import { layer } from "./support.ts";

const LINES = 50;
const SOURCES = 7;
const text = (service: string): string =>
  Array.from(
    { length: LINES },
    (_, index) => `{"time":${1_772_373_600 + index},"service":"${service}","msg":"request"}\n`,
  ).join("");

interface Imported {
  readonly sources: readonly Source[];
  readonly file: string;
  /** Calls that were made, retries among them. */
  readonly calls: number;
  readonly said: readonly string[];
}

/** A folder with a plain file, a compressed one, one in a folder of its own, and two in an archive of each kind. */
async function imported(plan: (call: RunCall, attempt: number) => FileFault | null): Promise<Imported> {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "app.jsonl"), text("app"));
  writeFileSync(join(folder, "pay.jsonl.gz"), gzipSync(text("pay")));
  mkdirSync(join(folder, "more"));
  writeFileSync(join(folder, "more", "web.jsonl"), text("web"));
  const entries = ["api", "db"].map((service) => ({ name: `${service}.jsonl`, content: text(service) }));
  writeFileSync(join(folder, "old.zip"), zipOf(entries));
  writeFileSync(join(folder, "older.tgz"), gzipSync(tarOf(entries)));
  const policies = layer();
  let calls = 0;
  const files = faultyFiles((call) => plan(call, (calls += 1)));
  const one = await testImport({ run: files.through(policies.run) });
  await policies.finish(one.read(folder));
  const said = [...one.sources().flatMap(({ messages }) => messages), ...one.failures.map(({ message }) => message)];
  return { sources: one.sources(), file: one.file, calls, said };
}

function expectExact({ sources, file }: Imported, n: number): void {
  for (const source of sources) {
    const { path, read, records, deadLetters, skipped } = source;
    expect({ n, path, read }).toEqual({ n, path, read: records + deadLetters + skipped });
    expect({ n, path, stored: storedOf(file, source.id).records }).toEqual({ n, path, stored: records });
  }
}

const total = ({ sources }: Imported): number => sources.reduce((sum, { records }) => sum + records, 0);

describe("every call of an import to the file system", { timeout: 120_000 }, () => {
  it("may fail once: nothing is missing then", async () => {
    const { calls } = await imported(() => null);
    expect(calls).toBeGreaterThan(8);
    for (let n = 1; n <= calls; n++) {
      const one = await imported((_call, attempt) => (attempt === n ? { type: "error", code: "EBUSY" } : null));
      expectExact(one, n);
      expect({ n, records: total(one) }).toEqual({ n, records: SOURCES * LINES });
    }
  });

  it("may fail for good: it is said, and what is in the case is exact", async () => {
    const { calls } = await imported(() => null);
    for (let n = 1; n <= calls; n++) {
      let broken: RunCall | null = null;
      const one = await imported((call, attempt) => {
        if (attempt === n) broken = call;
        const isBroken = broken !== null && call.target === broken.target && call.operation === broken.operation;
        return isBroken ? { type: "error", code: "EACCES" } : null;
      });
      expectExact(one, n);
      const isSilent = total(one) < SOURCES * LINES && one.said.length === 0;
      expect({ n, isSilent }).toEqual({ n, isSilent: false });
    }
  });
});

import { execFileSync } from "node:child_process";
import { symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import type { Analysis, AnalysedSource } from "../../../src/main/cli/analysis.ts";
import { faultline, type Ran } from "../cli/support.ts";
import { FILES, makeCorpus } from "./corpus.ts";

const NOTHING = { state: "", records: 0, deadLetters: 0, says: undefined };

describe.skipIf(process.platform === "win32")("a folder of everything that is wrong", () => {
  let corpus = "";
  let ran: Ran;
  let analysis: Analysis;
  const source = (name: string): AnalysedSource => {
    const found = analysis.sources.find(({ path }) => path === join(corpus, name));
    if (found === undefined) throw new Error(`${name} is not listed`);
    return found;
  };

  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), "faultline-hostile-"));
    corpus = makeCorpus(folder);
    ran = await faultline(["analyze", corpus, "--json"]);
    analysis = ran.json() as Analysis;
    return () => rmSync(folder, { recursive: true, force: true });
  });

  it("is read to its end, and nothing is complained of but on its source", () => {
    expect([ran.code, ran.stderr]).toEqual([0, ""]);
  });

  it.each(Object.keys(FILES))("reads what can be read of %j and says what cannot", (name) => {
    const { state, records, deadLetters, says = /^$/u } = FILES[name]?.expected ?? NOTHING;
    const found = source(name);
    const said = found.messages.filter((text) => !text.startsWith("No known format")).join("\n");
    expect([found.state, said]).toEqual([state, expect.stringMatching(says)]);
    const counts = Object.entries({ records, deadLetters }).filter(([, count]) => count !== null);
    expect(found).toMatchObject(Object.fromEntries(counts));
  });

  it("accounts for every unit of every source", () => {
    for (const { path, read, records, deadLetters, skipped } of analysis.sources)
      expect([path, records + deadLetters + skipped]).toEqual([path, read]);
  });

  it("takes 100 MB of zeros for what they are", () => {
    expect(source("zeros")).toMatchObject({ state: "not-recognised", bytes: 100 * 1024 * 1024, read: 0 });
  });

  it("reads a file of two names once, and says so", () => {
    expect(source("named.log")).toMatchObject({ records: 4 });
    expect(source("other-name.log")).toMatchObject({
      records: 0,
      messages: [expect.stringContaining("under another name")],
    });
  });

  it("says which links lead back or outside and what is no file", () => {
    const said = source("").messages.join("\n");
    expect(said).toMatch(/pipe or device was skipped: pipe/u);
    expect(said).toMatch(/outside of the folder was skipped: outside/u);
    expect(said).toMatch(/lead back to a folder above them were not followed: deep\/deeper\/up, itself/u);
  });

  it("finds events in what is sound", () => {
    expect(analysis.events.bySource).toMatchObject({ TRACES: 1 });
    expect(analysis.events.bySource.LOGS).toBeGreaterThan(0);
    expect(analysis.traces).toMatchObject({ count: 2, failed: 1 });
  });
});

describe.skipIf(process.platform === "win32")("a path that is no file", () => {
  const folder = mkdtempSync(join(tmpdir(), "faultline-hostile-"));
  beforeAll(() => {
    execFileSync("mkfifo", [join(folder, "pipe")]);
    symlinkSync("itself", join(folder, "itself"));
    symlinkSync("nowhere", join(folder, "broken"));
    writeFileSync(join(folder, "app.log"), "2026-03-01T10:00:00Z INFO up\n2026-03-01T10:00:01Z INFO up\n");
    return () => rmSync(folder, { recursive: true, force: true });
  });

  it.each([
    ["/dev/zero", /is a device/u],
    [join(folder, "pipe"), /is a named pipe/u],
    [join(folder, "itself"), /lead back to themselves/u],
    [join(folder, "broken"), /there is no such file/u],
  ])("is refused by name, and the next is read: %s", async (path, says) => {
    const ran = await faultline(["analyze", path, join(folder, "app.log"), "--json"]);
    const { sources } = ran.json() as Analysis;
    expect(ran.code).toBe(1);
    expect(sources.find((source) => source.path === path)).toMatchObject({
      state: "failed",
      messages: [expect.stringMatching(says)],
    });
    expect(sources.find((source) => source.path.endsWith("app.log"))).toMatchObject({ state: "done", records: 2 });
    const parsed = await faultline(["parse", path, "--json"]);
    expect([parsed.code, parsed.stdout]).toEqual([1, ""]);
    expect(parsed.stderr).toMatch(says);
  });
});

// Archives as sources of a case: what is stored of their entries, read again, and read at once.
import { randomBytes } from "node:crypto";
import { mkdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { Source } from "../../../src/shared/model/source.ts";
import { tarOf, zipOf } from "../../support/archives.ts";
import { logLines, storedOf, temporaryFolder, testImport } from "./support.ts";

const written = (name: string, bytes: Uint8Array): string => {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, bytes);
  return path;
};

const shown = ({ path, state, records, deadLetters }: Source, archive: string): readonly unknown[] => [
  path.replace(archive, "A"),
  state,
  records,
  deadLetters,
];

const damaged = `${logLines(5)}{"time": broken\n`;
const FILES = [
  { name: "app.jsonl", content: logLines(3_000) },
  { name: "logs/pay.jsonl", content: damaged },
  { name: "logs/web.jsonl.gz", content: gzipSync(logLines(7)) },
  { name: "photo.png", content: Buffer.concat([Buffer.from("89504e470d0a1a0a", "hex"), randomBytes(100)]) },
  { name: "logs/bz.bz2", content: Buffer.concat([Buffer.from("BZh91AY&SY"), randomBytes(100)]) },
  { name: "logs/x.lz4", content: Buffer.concat([Buffer.from("04224d18", "hex"), randomBytes(100)]) },
  { name: "nothing", content: "" },
];
const EXPECTED = [
  ["A › app.jsonl", "done", 3_000, 0],
  ["A › logs/bz.bz2", "empty", 0, 0],
  ["A › logs/pay.jsonl", "done", 5, 1],
  ["A › logs/web.jsonl.gz", "done", 7, 0],
  ["A › logs/x.lz4", "not-recognised", 0, 0],
  ["A › nothing", "empty", 0, 0],
  ["A › photo.png", "not-recognised", 0, 0],
];

describe("the entries of an archive", () => {
  it.each([
    ["a zip", "a.zip", zipOf(FILES), "zip"],
    ["a tar", "a.tar", tarOf(FILES), "tar"],
    ["a compressed tar", "a.tgz", gzipSync(tarOf(FILES)), "tar"],
    ["a zip in a zip", "a.zip", zipOf([{ name: "b.zip", content: zipOf(FILES) }]), "zip"],
  ])("of %s are sources of their own, each with its accounting", async (_, name, bytes, connector) => {
    const path = written(name, bytes);
    const one = await testImport();
    await one.read(path);
    const sources = one.sources();
    const archive = bytes.includes("b.zip") ? `${path} › b.zip` : path;
    expect(sources.map((source) => shown(source, archive))).toEqual(EXPECTED);
    expect(new Set(sources.map((source) => source.connector))).toEqual(new Set([connector]));
    for (const source of sources) {
      expect([source.path, source.read]).toEqual([source.path, source.records + source.deadLetters + source.skipped]);
      expect(storedOf(one.file, source.id).records).toBe(source.records);
    }
    expect(one.source("x.lz4").messages.join()).toMatch(/an lz4 file; unpack it/u);
    expect(one.source("bz.bz2").messages.join()).toMatch(/is damaged before byte \d+/u);
  });

  it("are opened in a folder as well", async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "more"));
    writeFileSync(join(folder, "more", "a.zip"), zipOf(FILES.slice(0, 2)));
    writeFileSync(join(folder, "b.jsonl"), logLines(3));
    const one = await testImport();
    await one.read(folder);
    expect(one.sources().map(({ path, records }) => [path.slice(folder.length + 1), records])).toEqual([
      ["b.jsonl", 3],
      ["more/a.zip › app.jsonl", 3_000],
      ["more/a.zip › logs/pay.jsonl", 5],
    ]);
  });

  it("are not read again while nothing of them changed, and only those are that did", async () => {
    const path = written("a.zip", zipOf(FILES));
    const one = await testImport();
    await one.read(path);
    const before = one.sources();
    writeFileSync(path, zipOf([{ name: "app.jsonl", content: logLines(9) }, ...FILES.slice(1)]));
    utimesSync(path, new Date(), new Date(Date.now() + 5_000));
    await one.read(path);
    const after = one.sources();
    expect(after.map(({ records }) => records)).toEqual([9, 0, 5, 7, 0, 0, 0]);
    expect(after.slice(1).map(({ readAt }) => readAt)).toEqual(before.slice(1).map(({ readAt }) => readAt));
  });

  it("can be read again as another format, each on its own", async () => {
    const path = written("a.tgz", gzipSync(tarOf([...FILES, { name: "odd.txt", content: "no time at all\nnone\n" }])));
    const one = await testImport();
    await one.read(path);
    expect(one.source("odd.txt").state).toBe("not-recognised");
    await one.importer.readAs(one.source("odd.txt"), "plain-text", null);
    await one.importer.idle();
    expect(one.source("odd.txt")).toMatchObject({ state: "done", records: 2, format: "plain-text" });
  });

  it("keep what the case holds when their archive is gone", async () => {
    const path = written("a.zip", zipOf(FILES));
    const one = await testImport();
    await one.read(path);
    writeFileSync(path, "another file\n");
    await expect(one.importer.readAs(one.source("app.jsonl"), null, null)).rejects.toThrow(/app\.jsonl/u);
    expect(one.source("app.jsonl")).toMatchObject({ state: "done", records: 3_000 });
  });

  it("of a compressed archive are all read, however many and whatever is cancelled of them", async () => {
    const files = Array.from({ length: 300 }, (_, index) => ({
      name: `${index}.jsonl`,
      content: logLines((index * 37) % 90),
    }));
    const one = await testImport();
    const path = written("many.tar.gz", gzipSync(tarOf(files)));
    await one.importer.add([path]);
    const waiting = one.sources().filter(({ state }) => state === "waiting");
    // The last ones: the first may have been read by now.
    for (const source of waiting.slice(-3)) await one.importer.cancel(source.id);
    await one.importer.idle();
    const states = Map.groupBy(one.sources(), ({ state }) => state);
    expect(states.get("cancelled")).toHaveLength(3);
    const countOf = (entry: string): number => (Number.parseInt(entry.replace(/^.* › /u, ""), 10) * 37) % 90;
    const read = one.sources().filter(({ state }) => state !== "cancelled");
    expect(read.map(({ records }) => records)).toEqual(read.map((source) => countOf(source.path)));
    await one.read(path);
    expect(one.sources().reduce((sum, { records }) => sum + records, 0)).toBe(
      files.reduce((sum, _, index) => sum + ((index * 37) % 90), 0),
    );
  });

  it("that fail stop no other, and all can be cancelled", async () => {
    const path = written(
      "a.zip",
      zipOf([{ name: "secret", content: "x", flags: 1 }, { name: "bad", content: logLines(10), crc: 1 }, ...FILES]),
    );
    const one = await testImport();
    await one.read(path);
    expect(one.source("secret")).toMatchObject({
      connector: "zip",
      state: "failed",
      messages: [expect.stringContaining("is encrypted")],
    });
    expect(one.source("bad")).toMatchObject({ state: "done", messages: [expect.stringContaining("checksum")] });
    expect(one.source("app.jsonl")).toMatchObject({ state: "done", records: 3_000 });
    await one.importer.add([written("b.tgz", gzipSync(tarOf(FILES)))]);
    await one.importer.cancel(null);
    expect(one.importer.isIdle).toBe(true);
  });
});

import { randomBytes } from "node:crypto";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { RunCall } from "../../../src/shared/run.ts";
import { runDirectly } from "../../../src/main/engine/resilience/run.ts";
import { paxRecord, tarEntry, tarOf, type TarFile, zipOf } from "../../support/archives.ts";
import { type Found, plain, readArchive, written } from "./read-archive.ts";
import { bytesOf, contextOf, located, onlySource } from "./support.ts";

const DUMPS = "dumps.tar";
const read = (bytes: Uint8Array): Promise<Found> => readArchive(written(DUMPS, bytes));
const readTar = (files: readonly TarFile[]): Promise<Found> => read(tarOf(files));

const long = `${"long/".repeat(60)}app.log`;

describe("the tar connector", () => {
  it("reads each file as a source of its own", async () => {
    expect(
      await readTar([
        { name: "./logs/", type: "5" },
        { name: "./logs/app.log", content: "app\n" },
        { name: "logs/empty.log" },
        { name: "old.log", content: "old\n", type: "\0" },
        { name: "b.log", prefix: "a/long/prefix", content: "ustar\n" },
      ]),
    ).toEqual(
      plain({ "logs/app.log": "app\n", "logs/empty.log": "", "old.log": "old\n", "a/long/prefix/b.log": "ustar\n" }),
    );
  });

  it("is chosen by the first header, not by the name", async () => {
    expect((await onlySource(written("dumps.log", tarOf([{ name: "a", content: "a" }])))).connector).toBe("tar");
    expect((await onlySource(written("text.tar", Buffer.alloc(2_048, "text\n")))).connector).toBe("file");
  });

  it("takes names of any length, as pax and as GNU write them, for the one entry behind", async () => {
    const pax = paxRecord("path", long) + paxRecord("mtime", "1772373726.5") + paxRecord("comment", "a=b\nc");
    expect(
      await readTar([
        { name: "PaxHeaders/x", type: "x", content: pax },
        { name: "long/cut", content: "pax\n" },
        { name: "short.log", content: "short\n" },
      ]),
    ).toEqual(plain({ [long]: "pax\n", "short.log": "short\n" }));
    expect(
      await readTar([
        { name: "././@LongLink", type: "K", content: `${long}\0`, gnu: true },
        { name: "././@LongLink", type: "L", content: `${long}\0`, gnu: true },
        { name: "long/cut", content: "gnu\n", gnu: true },
        { name: "short.log", content: "short\n", gnu: true },
      ]),
    ).toEqual(plain({ [long]: "gnu\n", "short.log": "short\n" }));
  });

  it("takes sizes from pax records and in binary", async () => {
    const binary = Buffer.alloc(12);
    binary[0] = 0x80;
    binary[11] = 5;
    expect(
      await readTar([
        { name: "g", type: "g", content: paxRecord("comment", "for all") },
        { name: "x", type: "x", content: paxRecord("size", "5") },
        { name: "pax.log", content: "12345", size: 0 },
        { name: "binary.log", content: "54321", size: binary },
      ]),
    ).toEqual(plain({ "pax.log": "12345", "binary.log": "54321" }));
  });

  it("leaves out links and devices, and says so; a sparse file fails", async () => {
    const found = await readTar([
      { name: "to-etc", type: "2" },
      { name: "hard", type: "1", size: 5 },
      { name: "null", type: "3" },
      { name: "x", type: "x", content: paxRecord("GNU.sparse.major", "1") + paxRecord("GNU.sparse.name", "holes.log") },
      { name: "GNUSparseFile.0/holes.log", content: "map" },
      { name: "old-holes.log", content: "data", type: "S", gnu: true },
      { name: "good.log", content: "good\n" },
    ]);
    expect(found.texts).toEqual({ "good.log": "good\n" });
    expect(found.failures).toEqual({ "holes.log": "sparse", "old-holes.log": "sparse" });
    expect(found.notes).toEqual([
      "2 links in the archive were not followed: to-etc, hard.",
      "1 socket, pipe or device was skipped: null.",
    ]);
  });

  it("knows how old an entry is at the most", async () => {
    const one = await onlySource(written(DUMPS, tarOf([{ name: "a", content: "a" }])));
    expect(one.opening.modified).toBe(1_772_373_726_000);
  });

  it("opens archives in it, and files that are compressed in it", async () => {
    const inner = zipOf([{ name: "in.log", content: "in zip\n" }]);
    expect(
      await readTar([
        { name: "a.zip", content: inner },
        { name: "b.log.gz", content: gzipSync("gz\n") },
      ]),
    ).toEqual(plain({ "a.zip › in.log": "in zip\n", "b.log.gz": "gz\n" }));
  });
});

describe("a tar archive that is damaged", () => {
  const entries = [
    { name: "a.log", content: "a".repeat(600) },
    { name: "b.log", content: "b".repeat(600) },
    { name: "c.log", content: "c".repeat(600) },
  ];

  it("is read on behind a header that is none, and says where that was", async () => {
    const bytes = tarOf(entries);
    bytes.fill(0x7f, 1_536, 1_600);
    const { texts, notes } = await read(bytes);
    expect(Object.keys(texts)).toEqual(["a.log", "c.log"]);
    expect(notes).toEqual([
      "The archive is damaged: from byte 1536 to 3072 no header of an entry stands. What follows was read.",
    ]);
  });

  it.each([
    [1_536 + 512 + 100, "b.log", 100],
    [3_072, null, 0],
  ])("keeps what stands before byte %i, where it was cut", async (length, cut, bytes) => {
    const { texts, notes, said } = await read(tarOf(entries).subarray(0, length));
    expect(Object.keys(texts)).toEqual(["a.log", "b.log"]);
    expect(texts["b.log"]?.length).toBe(cut === null ? 600 : bytes);
    expect(notes.join()).toBe(`The archive is cut at byte ${length}: what stood behind it is missing.`);
    expect(said).toEqual(
      cut === null ? [] : [`Its archive ends in the middle of it: ${bytes} of 600 bytes are there.`],
    );
  });

  it("does not believe sizes that cannot be", async () => {
    const bytes = Buffer.concat([
      tarEntry({ name: "a.log", content: "a" }),
      tarEntry({ name: "huge", content: "x", size: 0o77777777777 }),
    ]);
    const { texts, said } = await read(bytes);
    expect(texts["a.log"]).toBe("a");
    expect(said.join()).toMatch(/ends in the middle of it/u);
  });
});

describe("a compressed tar archive", () => {
  const contents = Array.from({ length: 40 }, () => randomBytes(40_000).toString("hex"));
  const files = contents.map((content, index) => ({ name: `${index}.log`, content }));

  it("gives the same as one that is not", async () => {
    expect(await read(gzipSync(tarOf(files)))).toEqual(
      plain(Object.fromEntries(files.map(({ name, content }) => [name, content]))),
    );
  });

  it("is unpacked once for the list and once for all entries, when these are read in their order", async () => {
    const path = written("dumps.tgz", gzipSync(tarOf(files)));
    const calls: RunCall[] = [];
    const context = contextOf((call, ...rest) => {
      calls.push(call);
      return runDirectly(call, ...rest);
    });
    const found = await located([path], context);
    for (const item of found) {
      if (item.type === "source") await bytesOf(item.opening.chunks(context));
    }
    const opened = calls.filter(({ operation, connector }) => operation === "open" && connector === "tar");
    expect(found).toHaveLength(files.length);
    // Each way through opens the file and looks at it.
    expect(opened.length).toBeLessThanOrEqual(2 * 2);
    const series = new Set(found.map((item) => (item.type === "source" ? item.opening.series : null)));
    expect(series.size).toBe(1);
    expect([...series][0]).toBeTruthy();
  });

  it("is listed once for entries that are looked for one after the other", async () => {
    const path = written(DUMPS, gzipSync(tarOf(files)));
    const calls: RunCall[] = [];
    const context = contextOf((call, ...rest) => {
      calls.push(call);
      return runDirectly(call, ...rest);
    });
    for (const [index, content] of contents.entries()) {
      const { opening } = await onlySource(`${path} › ${index}.log`, context);
      expect((await bytesOf(opening.chunks(context))).toString()).toBe(content);
    }
    const opened = calls.filter(({ operation, connector }) => operation === "open" && connector === "tar");
    expect(opened.length).toBeLessThanOrEqual(2 * 2);
  });

  it("gives any entry at any time", async () => {
    const found = await located([written(DUMPS, gzipSync(tarOf(files)))]);
    for (const index of [39, 0, 20, 20, 7]) {
      const item = found[index];
      if (item?.type !== "source") throw new Error("expected a source");
      expect((await bytesOf(item.opening.chunks(contextOf()))).toString()).toBe(contents[index]);
    }
  });

  it("gives entries to several readers at once", async () => {
    const found = await located([written(DUMPS, gzipSync(tarOf(files)))]);
    const texts = await Promise.all(
      found.map(async (item) =>
        item.type === "source" ? (await bytesOf(item.opening.chunks(contextOf()))).toString() : null,
      ),
    );
    expect(texts).toEqual(contents);
  });

  it("keeps what stands before damage, and says so with the entry that ends there", async () => {
    const bytes = gzipSync(tarOf(files));
    const { texts, notes, said } = await read(bytes.subarray(0, bytes.byteLength * 0.51));
    const names = Object.keys(texts);
    expect(names.length).toBeGreaterThan(15);
    for (const name of names.slice(0, -1)) expect(texts[name]).toBe(contents[Number.parseInt(name, 10)]);
    expect(notes.join()).toMatch(/archive is cut at byte/u);
    expect(said.join("\n")).toMatch(/truncated at byte \d+.*\nIts archive ends in the middle of it/u);
  });
});

import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { deflateRawSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { zipOf, type ZipFile, type ZipOptions } from "../../support/archives.ts";
import { type Found, plain, readArchive, written } from "./read-archive.ts";
import { bytesOf, contextOf, located, onlySource, temporaryFolder } from "./support.ts";

const DUMPS = "dumps.zip";
const read = (bytes: Uint8Array): Promise<Found> => readArchive(written(DUMPS, bytes));
const readZip = (files: readonly ZipFile[], options?: ZipOptions): Promise<Found> => read(zipOf(files, options));

describe("the zip connector", () => {
  it("reads each entry as a source of its own, stored or deflated", async () => {
    const files = [
      { name: "logs/app.log", content: "app\n" },
      { name: "web.log", content: "web\n", method: 0 },
    ];
    expect(await readZip(files)).toEqual(plain({ "logs/app.log": "app\n", "web.log": "web\n" }));
  });

  it("is chosen by the first bytes, not by the name", async () => {
    const one = await onlySource(written("dumps.log", zipOf([{ name: "a", content: "a" }])));
    expect(one.connector).toBe("zip");
    expect((await onlySource(written("text.zip", Buffer.from("text\n")))).connector).toBe("file");
  });

  it.each<[string, ZipFile, ZipOptions]>([
    ["sizes behind the bytes", { name: "a", content: "text", flags: 8 }, {}],
    ["64-bit sizes and places", { name: "a", content: "text", zip64: true }, { zip64: true }],
    ["a 64-bit directory", { name: "a", content: "text" }, { zip64: true }],
    ["a comment at its end", { name: "a", content: "text" }, { comment: "made by PK\u0005\u0006, as they say" }],
    ["an empty file", { name: "a", content: "" }, {}],
  ])("reads an archive with %s", async (_, file, options) => {
    expect(await readZip([file], options)).toEqual(plain({ a: String(file.content) }));
  });

  it("reads large entries in pieces, and counts what was read of the archive", async () => {
    const content = Buffer.from(randomBytes(2_000_000).toString("hex"));
    const { opening } = await onlySource(written(DUMPS, zipOf([{ name: "big.log", content }])));
    const context = contextOf();
    let last = 0;
    const parts: Uint8Array[] = [];
    for await (const { bytes, bytesRead } of opening.chunks(context)) {
      parts.push(bytes);
      expect(bytesRead).toBeGreaterThanOrEqual(last);
      last = bytesRead;
    }
    expect(Buffer.concat(parts).equals(content)).toBe(true);
    expect(last).toBe(opening.bytes);
    expect(parts.length).toBeGreaterThan(2);
    expect(context.said).toEqual([]);
  });

  it("takes names in UTF-8 and in code page 437, as they say or as they look", async () => {
    const umlaut = Buffer.from([0x81, 0x62, 0x65, 0x72]);
    const better = Buffer.from("日本.log");
    const field = Buffer.alloc(9);
    field.writeUInt16LE(0x7075, 0);
    field.writeUInt16LE(5 + better.byteLength, 2);
    field[4] = 1;
    field.writeUInt32LE(0x8c736521, 5);
    expect(
      await readZip([
        { name: umlaut, content: "cp437" },
        { name: "ä.log", content: "utf8, told", flags: 0x800 },
        { name: "ö.log", content: "utf8, not told" },
        { name: "???", content: "extra field of another name", extra: Buffer.concat([field, better]) },
        { name: "logs\\win.log", content: "backslash" },
      ]),
    ).toEqual(
      plain({
        über: "cp437",
        "ä.log": "utf8, told",
        "ö.log": "utf8, not told",
        "???": "extra field of another name",
        "logs/win.log": "backslash",
      }),
    );
  });

  it("shows names as they are, writes out what would not be seen, and takes each once", async () => {
    const { texts } = await readZip([
      { name: "../../etc/passwd", content: "1" },
      { name: "/etc/shadow", content: "2" },
      { name: "a\u202egol.exe", content: "3" },
      { name: "new\nline\0", content: "4" },
      { name: "twice.log", content: "5" },
      { name: "twice.log", content: "6" },
      { name: "", content: "7" },
    ]);
    expect(Object.keys(texts)).toEqual([
      "../../etc/passwd",
      "/etc/shadow",
      String.raw`a\u{202e}gol.exe`,
      String.raw`new\u{a}line\u{0}`,
      "twice.log",
      "twice.log (2)",
      "(no name)",
    ]);
  });

  it("leaves out what is no dump, and says so", async () => {
    const { texts, notes } = await readZip([
      { name: "logs/", content: "" },
      { name: "logs/app.log", content: "app" },
      { name: "__MACOSX/logs/._app.log", content: "x" },
      { name: "logs/.DS_Store", content: "x" },
      { name: "logs/.hidden", content: "x" },
      { name: "repo/.git/config", content: "x" },
      { name: "bare.git/HEAD", content: "x" },
      { name: "bare.git/objects/ab/cd", content: "x" },
      { name: "to-etc", content: "/etc/passwd", mode: 0xa1ff },
    ]);
    expect(Object.keys(texts)).toEqual(["logs/app.log"]);
    expect(notes).toEqual([
      "2 entries that macOS adds to archives were skipped: __MACOSX/logs/._app.log, logs/.DS_Store.",
      "1 hidden entry was skipped: logs/.hidden.",
      "3 entries of a git repository were skipped (unpack the archive to read the history): repo/.git/config, bare.git/HEAD, bare.git/objects/ab/cd.",
      "1 link in the archive was not followed: to-etc.",
    ]);
  });

  it("says of an empty archive that it is empty", async () => {
    expect(await readZip([])).toMatchObject({ texts: {}, notes: ["The archive holds no file that could be read."] });
  });

  it("reads no Office document as an archive", async () => {
    expect(
      (
        await readZip([
          { name: "xl/sheet.xml", content: "x" },
          { name: "[Content_Types].xml", content: "x" },
        ])
      ).notes,
    ).toEqual(["It is an Office document; export its text, as CSV for a table, and open that."]);
  });

  it("reads an entry that is compressed in itself", async () => {
    const content = gzipSync("packed twice\n");
    expect(await readZip([{ name: "a.log.gz", content, method: 0 }])).toEqual(plain({ "a.log.gz": "packed twice\n" }));
  });
});

describe("a zip archive that is damaged or made to hurt", () => {
  const good = { name: "good.log", content: "good\n" };

  it("fails for an entry that cannot be read, with why, and for no other", async () => {
    expect(
      await readZip([
        { name: "secret.log", content: "x", flags: 1 },
        { name: "aes.log", content: "x", method: 99 },
        { name: "old.log", content: "x", method: 9 },
        { name: "odd.log", content: "x", method: 77 },
        good,
      ]),
    ).toMatchObject({
      texts: { "good.log": "good\n" },
      failures: {
        "secret.log": "encrypted",
        "aes.log": "encrypted",
        "old.log": "unsupported-compression",
        "odd.log": "unsupported-compression",
      },
    });
  });

  it("tells bytes that do not fit their checksum or their size", async () => {
    const { texts, said } = await readZip([{ ...good, crc: 1 }]);
    expect(texts).toEqual({ "good.log": "good\n" });
    expect(said).toEqual(["Its checksum is not the one that its archive states: its bytes were damaged."]);
    const longer = await readZip([{ ...good, size: 2 }]);
    expect(longer.texts).toEqual({ "good.log": "go" });
    expect(longer.said).toEqual([
      "It unpacks to more than the 2 bytes that its archive states: the rest was not read.",
    ]);
    expect((await readZip([{ ...good, size: 9 }])).said).toEqual([
      "It unpacks to 5 bytes where its archive states 9: it is damaged, or was cut.",
    ]);
  });

  it("keeps what an entry with damaged bytes still gives", async () => {
    const content = Buffer.from(randomBytes(200_000).toString("hex"));
    const packed = deflateRawSync(content);
    packed.fill(0, 100_000, 100_200);
    const { texts, said } = await readZip([{ name: "app.log", content, packed }, good]);
    expect(texts["app.log"]?.length).toBeGreaterThan(50_000);
    expect(texts["good.log"]).toBe("good\n");
    expect(said.join()).toMatch(/damaged|more than the 400000 bytes/u);
  });

  it.each([8, 0])("reads what is whole of one that was cut (flags %i)", async (flags) => {
    const content = Buffer.from(randomBytes(30_000).toString("hex"));
    const whole = zipOf([
      { ...good, flags },
      { name: "cut.log", content, flags },
      { name: "gone.log", content, flags },
    ]);
    const { texts, notes, said } = await read(whole.subarray(0, 20_000));
    expect(texts["good.log"]).toBe("good\n");
    expect(texts["cut.log"]?.length).toBeGreaterThan(20_000);
    expect(content.toString().startsWith(texts["cut.log"] ?? "-")).toBe(true);
    expect(notes.join()).toMatch(/archive is cut: .*2 entries were found before byte 20000/u);
    expect(said.join()).toMatch(/ends in the middle of it|truncated at byte/u);
  });

  it("reads what stands behind other bytes, as in an archive that unpacks itself", async () => {
    const bytes = zipOf([good], { before: Buffer.from("PK\u0003\u0004".padEnd(100, "\0"), "latin1") });
    expect((await read(bytes)).texts).toEqual({ "good.log": "good\n" });
  });

  it("says where a directory is damaged, and reads what it lists before", async () => {
    const bytes = zipOf([good, { name: "lost.log", content: "lost" }]);
    bytes.writeUInt32LE(0, bytes.lastIndexOf("PK\u0001\u0002", undefined, "latin1"));
    const { texts, notes } = await read(bytes);
    expect(texts).toEqual({ "good.log": "good\n" });
    expect(notes.join()).toMatch(/directory of the archive is damaged at byte \d+/u);
  });

  it("fails for an entry whose place holds none", async () => {
    expect((await readZip([good, { name: "a.log", content: "a", at: 3 }])).failures).toEqual({
      "a.log": "damaged-archive",
    });
    expect((await readZip([good, { name: "a.log", content: "a", at: 1e9 }])).failures).toEqual({
      "a.log": "damaged-archive",
    });
  });

  it("refuses entries that share their bytes", async () => {
    const bytes = zipOf([
      good,
      { name: "again.log", content: "good\n", at: 0 },
      { name: "within.log", content: "", at: 10 },
    ]);
    const { texts, failures } = await read(bytes);
    expect(texts).toEqual({ "good.log": "good\n" });
    expect(failures).toEqual({ "again.log": "decompression-bomb", "within.log": "damaged-archive" });
  });

  it("refuses entries by which it would unpack to a thousand times its size", async () => {
    const large = 700 * 1_024 * 1_024;
    const { failures } = await readZip([
      { name: "1", content: "a", size: large },
      { name: "2", content: "a", size: large },
    ]);
    expect(failures).toEqual({ 2: "decompression-bomb" });
  });

  it("asks for the other parts of one that is split", async () => {
    const bytes = zipOf([good]);
    bytes.writeUInt16LE(1, bytes.lastIndexOf("PK\u0005\u0006", undefined, "latin1") + 4);
    const [failure] = await located([written(DUMPS, bytes)]);
    expect(failure).toMatchObject({ type: "failure", failure: { reason: "split-archive" } });
  });

  it("opens archives in archives three deep, and says so of a deeper one", async () => {
    const nest = (depth: number): Buffer =>
      depth === 0
        ? Buffer.from("deep\n")
        : zipOf([
            { name: `level${depth}.log`, content: nest(depth - 1) },
            { ...good, method: depth % 2 === 0 ? 0 : 8 },
          ]);
    const found = await located([written(DUMPS, nest(4))]);
    const paths = found.map((item) =>
      (item.type === "source" ? item.opening.path : item.path).replace(/^.*dumps\.zip › /u, ""),
    );
    expect(paths).toEqual([
      "level4.log › level3.log › level2.log",
      "level4.log › level3.log › good.log",
      "level4.log › good.log",
      "good.log",
    ]);
    expect(found[0]).toMatchObject({ failure: { reason: "nested-too-deep" } });
    for (const item of found.slice(1)) {
      if (item.type !== "source") throw new Error("expected a source");
      expect((await bytesOf(item.opening.chunks(contextOf()))).toString()).toBe("good\n");
    }
  });
});

describe("one entry of an archive", () => {
  it("is found again by its path, also in an archive within", async () => {
    const inner = zipOf([{ name: "a › b.log", content: "inner" }]);
    const path = written(
      DUMPS,
      zipOf([
        { name: "in.zip", content: inner },
        { name: "../up.log", content: "up" },
      ]),
    );
    for (const [name, text] of [
      ["in.zip › a › b.log", "inner"],
      ["../up.log", "up"],
    ]) {
      const one = await onlySource(`${path} › ${name}`);
      expect(one.opening.path).toBe(`${path} › ${name}`);
      expect((await bytesOf(one.opening.chunks(contextOf()))).toString()).toBe(text);
    }
  });

  it("is said to be missing when it is", async () => {
    const path = written(DUMPS, zipOf([{ name: "a", content: "a" }]));
    const [failure, ...more] = await located([`${path} › b`]);
    expect(failure).toMatchObject({ type: "failure", path: `${path} › b`, failure: { reason: "not-found" } });
    expect(more).toEqual([]);
  });

  it("never leads to a file on disk by what it is called", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "secret.log"), "secret\n");
    writeFileSync(join(folder, "a.zip"), zipOf([{ name: "../secret.log", content: "mine" }]));
    const one = await onlySource(`${join(folder, "a.zip")} › ../secret.log`);
    expect((await bytesOf(one.opening.chunks(contextOf()))).toString()).toBe("mine");
    const [failure] = await located([`${join(folder, "a.zip")} › x/../../secret.log`]);
    expect(failure).toMatchObject({ failure: { reason: "not-found" } });
  });

  it("is a file on disk when one is called so", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "a.zip"), zipOf([{ name: "b", content: "entry" }]));
    writeFileSync(join(folder, "a.zip › b"), "file");
    const one = await onlySource(join(folder, "a.zip › b"));
    expect(one.connector).toBe("file");
  });
});

it("an archive in an archive can be opened by its path, with all it holds", async () => {
  const inner = zipOf([
    { name: "a.log", content: "a" },
    { name: "b.log", content: "b" },
  ]);
  const path = written(
    DUMPS,
    zipOf([
      { name: "in.zip", content: inner },
      { name: "other.log", content: "other" },
    ]),
  );
  const found = await located([`${path} › in.zip`]);
  expect(found.map((item) => (item.type === "source" ? item.opening.path : item.type))).toEqual([
    `${path} › in.zip › a.log`,
    `${path} › in.zip › b.log`,
  ]);
});

// bzip2 and xz, of which the runtime has neither. The fixtures were written by bzip2 1.0.8 and xz 5.4.1.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "../../support/properties.ts";
import { describe, expect, it } from "vitest";
import { bunzip2 } from "../../../src/main/engine/connectors/support/bzip2/bunzip2.ts";
import { unpackedChunks } from "../../../src/main/engine/connectors/support/unpack.ts";
import { unxz } from "../../../src/main/engine/connectors/support/xz/unxz.ts";
import { zipOf } from "../../support/archives.ts";
import { bytesOf, contextOf, located, onlySource, temporaryFolder } from "./support.ts";

const folder = join(import.meta.dirname, "../../fixtures/compressed");
const fixture = (name: string): Buffer => readFileSync(join(folder, name));

/** What the fixtures hold: lines that come again after so many of them. */
const lines = (count: number, kinds: number): Buffer =>
  Buffer.from(
    Array.from(
      { length: count },
      (_, index) => `order ${index % kinds} of ${((index % kinds) * 7919) % 10_007} was placed\n`,
    ).join(""),
  );
const text = lines(9_000, 500);
const longText = lines(120_000, 40);
const nothing = Buffer.alloc(0);

interface Unpacked {
  readonly text: Buffer;
  readonly failure: string | null;
}

async function unpacked(name: string, bytes: Uint8Array, size = 64 * 1_024): Promise<Unpacked> {
  const inflater = name.endsWith("bz2") ? bunzip2() : unxz();
  const parts: Uint8Array[] = [];
  for (let at = 0; at < bytes.byteLength; at += size) {
    for await (const part of inflater.write(bytes.subarray(at, at + size))) parts.push(part.slice());
  }
  for await (const part of inflater.end()) parts.push(part.slice());
  inflater.close();
  return { text: Buffer.concat(parts), failure: inflater.failure?.message ?? null };
}

const flipped = (bytes: Buffer, at: number): Buffer => {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ 0x10;
  return copy;
};

describe("our own decompressors", () => {
  it.each([
    ["a checksum of 64 bits", "crc64.xz", text],
    ["a checksum of 32 bits", "crc32.xz", text],
    ["SHA-256", "sha256.xz", text],
    ["no checksum", "none.xz", text],
    ["blocks that state their size", "blocks.xz", text],
    ["streams with zeros behind them", "streams.xz", Buffer.concat([text, text])],
    ["a dictionary that is smaller than the text", "small-dictionary.xz", longText],
    ["places of bytes that count", "positions.xz", longText],
    ["nothing in it", "empty.xz", nothing],
    ["blocks", "blocks.bz2", text],
    ["streams", "streams.bz2", Buffer.concat([text, text])],
    ["runs", "runs.bz2", Buffer.alloc(300_000, "x")],
    ["nothing in it", "empty.bz2", nothing],
  ])("read a file with %s: %s", async (_, name, expected) => {
    for (const size of [7, 4_096, 1_000_000]) {
      const found = await unpacked(name, fixture(name), size);
      expect(found.failure).toBeNull();
      expect(found.text.equals(expected)).toBe(true);
    }
  });

  it.each(["blocks.bz2", "blocks.xz", "crc64.xz"])("keep what %s gives where it is cut, and say so", async (name) => {
    const whole = fixture(name);
    const half = await unpacked(name, whole.subarray(0, whole.byteLength * 0.6));
    expect(half.failure).toMatch(/unexpected end/u);
    expect(half.text.byteLength).toBeGreaterThan(5_000);
    for (let length = 1; length < whole.byteLength; length += 37) {
      const found = await unpacked(name, whole.subarray(0, length));
      expect([length, found.failure]).toEqual([length, "unexpected end of file"]);
      expect(text.subarray(0, found.text.byteLength).equals(found.text)).toBe(true);
    }
  });

  it.each(["blocks.bz2", "blocks.xz", "sha256.xz", "crc32.xz"])(
    "notice each byte of %s that is damaged, and give nothing that is not so",
    async (name) => {
      const whole = fixture(name);
      for (let at = 0; at < whole.byteLength; at += 101) {
        const found = await unpacked(name, flipped(whole, at));
        expect([at, found.failure]).not.toEqual([at, null]);
        expect([at, text.subarray(0, found.text.byteLength).equals(found.text)]).toEqual([at, true]);
      }
      // The last bytes hold checksums of checksums.
      for (let at = whole.byteLength - 24; at < whole.byteLength - 1; at += 1)
        expect([at, (await unpacked(name, flipped(whole, at))).failure]).not.toEqual([at, null]);
    },
  );

  it("say what stands behind a stream, and ignore zeros there", async () => {
    const zeros = await unpacked("a.bz2", Buffer.concat([fixture("blocks.bz2"), Buffer.alloc(1_000)]));
    expect([zeros.failure, zeros.text.equals(text)]).toEqual([null, true]);
    for (const name of ["blocks.bz2", "crc64.xz"]) {
      const found = await unpacked(name, Buffer.concat([fixture(name), Buffer.from("something else")]));
      expect(found.failure).toMatch(/no (?:bzip2|xz) stream stands there/u);
      expect(found.text.equals(text)).toBe(true);
    }
  });

  it("say what they do not read", async () => {
    expect((await unpacked("x", fixture("filtered.xz"))).failure).toBe(
      "a block is packed with a filter that is not read (x86)",
    );
    expect((await unpacked("x", fixture("large-dictionary.xz"))).failure).toMatch(/needs 268435456 bytes of memory/u);
  });

  it("bear any bytes", { timeout: 60_000 }, async () => {
    const change = fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 }));
    const names = fc.constantFrom("blocks.xz", "crc32.xz", "runs.bz2", "empty.bz2", "logs.tar.bz2", "positions.xz");
    await fc.assert(
      fc.asyncProperty(
        names,
        fc.array(change, { minLength: 1, maxLength: 8 }),
        fc.nat(),
        async (name, changes, cut) => {
          const bytes = fixture(name);
          for (const [at, byte] of changes) bytes[at % bytes.byteLength] = byte;
          const found = await unpacked(name, bytes.subarray(0, (cut % bytes.byteLength) + 1));
          expect(found.text.byteLength).toBeLessThan(10_000_000);
        },
      ),
      { numRuns: 150 },
    );
  });

  it("let others have their turn while they work", async () => {
    for (const name of ["positions.xz", "streams.bz2"]) {
      let turns = 0;
      let timer = setImmediate(function next() {
        turns += 1;
        timer = setImmediate(next);
      });
      await unpacked(name, fixture(name), 1_000_000);
      clearImmediate(timer);
      expect([name, turns]).not.toEqual([name, 0]);
    }
  });

  it("are stopped where they unpack a bomb", async () => {
    const bytes = new Uint8Array(fixture("positions.xz"));
    const chunks = async function* () {
      yield await Promise.resolve({ bytes, bytesRead: bytes.byteLength });
    };
    const reading = bytesOf(
      unpackedChunks(chunks(), { path: "a.xz", inflater: unxz(), bombBytes: 100_000 }, contextOf()),
    );
    await expect(reading).rejects.toMatchObject({ failure: { reason: "decompression-bomb" } });
  });
});

describe("the bzip2 and xz connectors", () => {
  it.each([
    ["bzip2", "blocks.bz2"],
    ["xz", "crc64.xz"],
  ])("are chosen by the first bytes: %s", async (id, name) => {
    const { connector, opening } = await onlySource(join(folder, name));
    expect(connector).toBe(id);
    const context = contextOf();
    expect((await bytesOf(opening.chunks(context))).equals(text)).toBe(true);
    expect(context.said).toEqual([]);
  });

  it.each(["logs.tar.bz2", "logs.tar.xz"])("leave what is a tar archive inside to its connector: %s", async (name) => {
    const texts: string[] = [];
    for (const item of await located([join(folder, name)])) {
      if (item.type !== "source") throw new Error("expected a source");
      texts.push(`${item.connector} ${(await bytesOf(item.opening.chunks(contextOf()))).toString()}`);
    }
    expect(texts).toEqual([
      "tar 2026-03-01T10:00:00Z ERROR first failed\n",
      "tar 2026-03-01T10:00:01Z WARN second is slow\n",
    ]);
  });

  it("are not the only way to what is packed so: entries of a zip are read, too", async () => {
    const path = join(temporaryFolder(), "a.zip");
    const entries = [
      { name: "a.log", content: text, method: 12, packed: fixture("blocks.bz2") },
      { name: "b.log", content: text, method: 95, packed: fixture("crc64.xz") },
    ];
    writeFileSync(path, zipOf(entries));
    for (const item of await located([path])) {
      if (item.type !== "source") throw new Error("expected a source");
      const context = contextOf();
      expect((await bytesOf(item.opening.chunks(context))).equals(text)).toBe(true);
      expect(context.said).toEqual([]);
    }
  });
});

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import zlib from "node:zlib";
import { describe, expect, it } from "vitest";
import type { Inflater } from "../../../src/main/engine/connectors/support/inflater.ts";
import { unzstd, unzstdPortably } from "../../../src/main/engine/connectors/support/zstd.ts";
import { tarOf, zipOf } from "../../support/archives.ts";
import { bytesOf, contextOf, located, onlySource, temporaryFolder } from "./support.ts";

const hasZstd = typeof zlib.zstdCompressSync === "function";
const CHECKSUM = { params: { [zlib.constants.ZSTD_c_checksumFlag]: 1 } };

const written = (bytes: Uint8Array, name = "app.log.zst"): string => {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, bytes);
  return path;
};

const lines = (count: number): Buffer =>
  Buffer.from(
    Array.from({ length: count }, (_, index) => `order ${index} of ${(index * 7919) % 10_007} was placed\n`).join(""),
  );

async function unpacked(
  inflater: Inflater,
  bytes: Uint8Array,
  size: number,
): Promise<{ text: Buffer; failure: string | null }> {
  const parts: Uint8Array[] = [];
  for (let at = 0; at < bytes.byteLength; at += size) {
    for await (const part of inflater.write(bytes.subarray(at, at + size))) parts.push(part.slice());
  }
  for await (const part of inflater.end()) parts.push(part.slice());
  inflater.close();
  return { text: Buffer.concat(parts), failure: inflater.failure?.message ?? null };
}

const skipped = Buffer.concat([Buffer.from([0x5a, 0x2a, 0x4d, 0x18, 5, 0, 0, 0]), Buffer.from("notes")]);

describe.skipIf(!hasZstd).each([
  ["of the runtime", unzstd],
  ["that runs everywhere", unzstdPortably],
])("the Zstandard decompressor %s", (_, inflater) => {
  it.each([1, 3, 1_000, 1_000_000])("reads all frames, handed over %i bytes at a time", async (size) => {
    const texts = [lines(500), Buffer.alloc(0), lines(20), Buffer.alloc(3_000, "x")];
    const frames = texts.map((text) => zlib.zstdCompressSync(text, CHECKSUM));
    const file = Buffer.concat([skipped, ...frames.flatMap((frame) => [frame, skipped])]);
    const { text, failure } = await unpacked(inflater(), file, size);
    expect(failure).toBeNull();
    expect(text.equals(Buffer.concat(texts))).toBe(true);
  });

  it("reads large frames", async () => {
    const content = lines(100_000);
    const { text, failure } = await unpacked(inflater(), zlib.zstdCompressSync(content), 64 * 1_024);
    expect(failure).toBeNull();
    expect(text.equals(content)).toBe(true);
  });

  it("keeps what a file that is cut gives, and says so", async () => {
    const content = lines(100_000);
    const whole = zlib.zstdCompressSync(content);
    const { text, failure } = await unpacked(inflater(), whole.subarray(0, whole.byteLength / 2), 64 * 1_024);
    expect(failure).toMatch(/unexpected end/u);
    expect(text.byteLength).toBeGreaterThan(content.byteLength / 4);
    expect(text.equals(content.subarray(0, text.byteLength))).toBe(true);
  });

  it("says that something else stands behind a frame", async () => {
    const file = Buffer.concat([zlib.zstdCompressSync("text\n"), Buffer.from("something else")]);
    const { text, failure } = await unpacked(inflater(), file, 1_000);
    expect(text.toString()).toBe("text\n");
    expect(failure).toBe("no Zstandard frame stands there");
  });

  it("refuses a frame that wants more memory than zstd itself gives it", async () => {
    const { failure } = await unpacked(inflater(), Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0xf8, 1, 0, 0]), 100);
    expect(failure).toMatch(/needs \d+ bytes of memory/u);
  });
});

describe.skipIf(!hasZstd)("the zstd connector", () => {
  it("is chosen by the first bytes, and gives the text", async () => {
    const content = lines(50_000);
    const { connector, opening } = await onlySource(written(zlib.zstdCompressSync(content), "app.log"));
    expect(connector).toBe("zstd");
    expect((await bytesOf(opening.chunks(contextOf()))).equals(content)).toBe(true);
    const parallel = await onlySource(written(Buffer.concat([skipped, zlib.zstdCompressSync("text\n")])));
    expect((await bytesOf(parallel.opening.chunks(contextOf()))).toString()).toBe("text\n");
  });

  it("opens what is a tar archive inside, and entries of a zip that are compressed so", async () => {
    const tar = zlib.zstdCompressSync(tarOf([{ name: "a.log", content: "a" }]));
    const zip = zipOf([{ name: "b.log", content: "b", method: 93, packed: zlib.zstdCompressSync("b") }]);
    const texts: string[] = [];
    for (const item of await located([written(tar), written(zip)])) {
      if (item.type !== "source") throw new Error("expected a source");
      texts.push(`${item.connector} ${(await bytesOf(item.opening.chunks(contextOf()))).toString()}`);
    }
    expect(texts).toEqual(["tar a", "zip b"]);
  });
});

import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { Chunk } from "../../../src/main/engine/connectors/connector.ts";
import { gunzip } from "../../../src/main/engine/connectors/support/inflater.ts";
import { readFileChunks } from "../../../src/main/engine/connectors/support/read-file.ts";
import { unpackedChunks, type UnpackOptions } from "../../../src/main/engine/connectors/support/unpack.ts";
import { bytesOf, contextOf, gathered, onlySource, temporaryFolder, type TestContext } from "./support.ts";

const gunzipChunks = (
  path: string,
  context: TestContext,
  options: Partial<UnpackOptions> = {},
): AsyncGenerator<Chunk> =>
  unpackedChunks(
    readFileChunks({ connector: "gzip", path }, context),
    { path, inflater: gunzip(), ...options },
    context,
  );

/** Text that compresses about as logs do. */
const text = (bytes: number): Buffer => {
  const noise = randomBytes(Math.ceil(bytes / 8)).toString("hex");
  const lines: string[] = [];
  for (let at = 0; lines.length * 40 < bytes; at += 8)
    lines.push(`2026-03-01 ERROR request ${noise.slice(at % noise.length, (at % noise.length) + 8)} failed\n`);
  return Buffer.from(lines.join("").slice(0, bytes));
};

const written = (content: Uint8Array, name = "app.log.gz"): string => {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, content);
  return path;
};

describe("the gzip connector", () => {
  it("is chosen by the first bytes, not by the name", async () => {
    expect((await onlySource(written(gzipSync("a\n"), "app.log"))).connector).toBe("gzip");
    expect((await onlySource(written(Buffer.from("plain\n"), "app.log.gz"))).connector).toBe("file");
  });

  it("gives the decompressed bytes, and how many compressed bytes were read", async () => {
    const content = text(5_000_000);
    const packed = gzipSync(content);
    const { opening } = await onlySource(written(packed));
    const chunks = await gathered(opening.chunks(contextOf()));
    expect(Buffer.concat(chunks.map((chunk) => chunk.bytes)).equals(content)).toBe(true);
    expect(chunks.at(-1)?.bytesRead).toBe(packed.byteLength);
    expect(new Set(chunks.map((chunk) => chunk.bytes.buffer)).size).toBe(chunks.length);
  });

  it.each([1, 7, 4_096, 65_536])("reads all members of a file, handed over %i bytes at a time", async (size) => {
    const parts = [text(20_000), Buffer.from("second\n"), Buffer.alloc(0), text(3_000)];
    const path = written(Buffer.concat(parts.map((part) => gzipSync(part))));
    const read = await bytesOf(gunzipChunks(path, contextOf(), { compressedChunkBytes: size }));
    expect(read.equals(Buffer.concat(parts))).toBe(true);
  });

  it("ignores zeros that pad the file", async () => {
    const path = written(Buffer.concat([gzipSync("a\nb\n"), Buffer.alloc(100_000)]));
    const context = contextOf();
    expect((await bytesOf(gunzipChunks(path, context))).toString()).toBe("a\nb\n");
    expect(context.said).toEqual([]);
  });

  it.each([30, 40_000, 200_000])("keeps what a file that ends at byte %i still gives, and says so", async (length) => {
    const content = text(3_000_000);
    const packed = gzipSync(content);
    const context = contextOf();
    const read = await bytesOf(gunzipChunks(written(packed.subarray(0, length)), context));
    expect(read.equals(content.subarray(0, read.byteLength))).toBe(true);
    expect(read.byteLength).toBeGreaterThan((length / packed.byteLength) * content.byteLength * 0.9 - 2_000);
    expect(context.said).toEqual([
      `The compressed file is truncated at byte ${length}; what could be decompressed is kept.`,
    ]);
  });

  it("keeps what stands before damage, and says where that is", async () => {
    const content = text(3_000_000);
    const packed = Buffer.from(gzipSync(content));
    packed.fill(0xff, 300_000, 300_100);
    const context = contextOf();
    const read = await bytesOf(gunzipChunks(written(packed), context));
    expect(read.byteLength).toBeGreaterThan(100_000);
    expect(read.subarray(0, 100_000).equals(content.subarray(0, 100_000))).toBe(true);
    expect(context.said.join()).toMatch(/damaged before byte \d+ \(.+\); what could be decompressed is kept/u);
  });

  it.each([
    ["in the middle", 0.5, 0.4],
    ["in its checksum", 1, 1],
  ])("keeps what a small file holds before damage %s", async (_, place, share) => {
    const content = text(60_000);
    const packed = Buffer.from(gzipSync(content));
    const at = Math.round((packed.byteLength - 8) * place);
    packed.fill(0xff, at, at + 8);
    const context = contextOf();
    const read = await bytesOf(gunzipChunks(written(packed), context));
    const kept = Math.round(content.byteLength * share);
    expect(read.subarray(0, kept).equals(content.subarray(0, kept))).toBe(true);
    expect(context.said.join()).toMatch(/damaged before byte \d+ \(.+\); what could be decompressed is kept/u);
  });

  it("refuses a bomb by name", async () => {
    const path = written(gzipSync(Buffer.alloc(64 * 1_024 * 1_024)));
    const reading = bytesOf(gunzipChunks(path, contextOf(), { bombBytes: 1_024 * 1_024 }));
    await expect(reading).rejects.toMatchObject({ failure: { reason: "decompression-bomb" } });
  });
});

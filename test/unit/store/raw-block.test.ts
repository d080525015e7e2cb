import fc from "../../support/properties.ts";
import { describe, expect, it } from "vitest";
import { unzstdPortably } from "../../../src/main/engine/store/compression.ts";
import {
  compressBlock,
  cutRange,
  decompressBlock,
  RawBlockCutter,
  BLOCK_BYTES,
} from "../../../src/main/engine/store/raw-block.ts";

describe("raw blocks", () => {
  it("give back any range of the stream, however it came in chunks", () => {
    const stream = Uint8Array.from({ length: 3 * BLOCK_BYTES + 977 }, (_, index) => (index * index) >> 7);
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 2 * BLOCK_BYTES }), { maxLength: 30 }),
        fc.nat(stream.length),
        fc.nat(600_000),
        (sizes, from, length) => {
          const cutter = new RawBlockCutter();
          const blocks = [];
          let at = 0;
          for (const size of [...sizes, stream.length]) {
            const chunk = stream.slice(at, at + size);
            at += chunk.length;
            blocks.push(...cutter.push(chunk));
            chunk.fill(0);
          }
          blocks.push(...cutter.flush());
          let end = 0;
          for (const block of blocks) {
            expect(block.offset).toBe(end);
            expect(block.length).toBeLessThanOrEqual(BLOCK_BYTES);
            end += block.length;
          }
          expect(end).toBe(stream.length);
          const range = cutRange(
            blocks.map((block) => ({ offset: block.offset, bytes: decompressBlock(block) })),
            from,
            length,
          );
          expect(Buffer.compare(range, stream.subarray(from, from + length))).toBe(0);
        },
      ),
      { numRuns: 15 },
    );
  });

  it("keep noise as it is and shrink text", () => {
    expect(compressBlock(0, crypto.getRandomValues(new Uint8Array(5_000))).codec).toBe("none");
    expect(compressBlock(0, Buffer.from("timeout ".repeat(999))).data.length).toBeLessThan(500);
  });

  it("refuse a block that holds more or less than it says", () => {
    const block = compressBlock(0, Buffer.from("timeout ".repeat(999)));
    expect(() => decompressBlock({ ...block, length: block.length - 1 })).toThrow(/larger than 7991 bytes|buffer/i);
    expect(() => decompressBlock({ ...block, length: block.length + 1 })).toThrow(/holds 7992 bytes/);
    expect(() => decompressBlock({ ...block, codec: "none" })).toThrow(/where 7992 are announced/);
  });

  it("are read where the runtime has no zstd of its own, and refused there too when their length lies", () => {
    const text = Uint8Array.from({ length: 300_000 }, (_, index) => (index * index) >> 9);
    const { codec, data } = compressBlock(0, text);
    if (codec !== "zstd") return;
    expect(Buffer.compare(unzstdPortably(data, text.length), text)).toBe(0);
    expect(unzstdPortably(data, text.length + 9).length).toBe(text.length);
    expect(() => unzstdPortably(data, text.length - 1)).toThrow(/holds more than the 299999 bytes/);
    expect(() => unzstdPortably(data.subarray(0, 100), text.length)).toThrow(/EOF/);
  });
});

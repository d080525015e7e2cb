import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { bytesOf, contextOf, onlySource, temporaryFolder } from "./support.ts";

const TEXT = Array.from({ length: 20_000 }, (_, index) => `2026-03-01T10:00:00Z ERROR order ${index} – ñ 💥\n`).join(
  "",
);
const little = (text: string): Buffer => Buffer.from(text, "utf16le");
const big = (text: string): Buffer => little(text).swap16();

async function read(content: Uint8Array): Promise<{ text: string; said: string }> {
  const path = join(temporaryFolder(), "app.log");
  writeFileSync(path, content);
  const context = contextOf();
  const { opening } = await onlySource(path);
  return { text: (await bytesOf(opening.chunks(context))).toString(), said: context.said.join() };
}

describe("a file in UTF-16", () => {
  it.each([
    ["little-endian with a mark", little(`\ufeff${TEXT}`)],
    ["big-endian with a mark", big(`\ufeff${TEXT}`)],
    ["little-endian without a mark", little(TEXT)],
    ["big-endian without a mark", big(TEXT)],
    ["compressed", gzipSync(little(`\ufeff${TEXT}`))],
  ])("that is %s reads as UTF-8, and says so", async (_what, content) => {
    const { text, said } = await read(content);
    expect(text === TEXT).toBe(true);
    expect(said).toContain("UTF-16");
  });

  it("that is cut in the middle of a character ends with a replacement character", async () => {
    expect((await read(little("\ufeffERROR x").subarray(0, -1))).text).toBe("ERROR \ufffd");
  });

  it.each([
    ["UTF-8", Buffer.from(`\ufeff${TEXT}`)],
    ["Latin-1", Buffer.from("caf\u00e9\n".repeat(100), "latin1")],
    ["UTF-32", Buffer.from("fffe00004100000042000000", "hex")],
    ["zeros", Buffer.alloc(4_096)],
    ["empty", Buffer.alloc(0)],
  ])("is not what %s is taken for", async (_what, content) => {
    const path = join(temporaryFolder(), "app.log");
    writeFileSync(path, content);
    const { opening } = await onlySource(path);
    expect((await bytesOf(opening.chunks(contextOf()))).equals(content)).toBe(true);
  });
});

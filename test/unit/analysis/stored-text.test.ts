import { expect, it } from "vitest";
import { StoredText } from "../../../src/main/engine/analysis/stored-text.ts";
import { openCaseReader } from "../../../src/main/engine/store/case-reader.ts";
import type { CaseWriter } from "../../../src/main/engine/store/case-writer.ts";
import { compressBlock } from "../../../src/main/engine/store/raw-block.ts";
import { newCase, newSource } from "../store/support.ts";

/** Stores a source of so many blocks of different lengths, and gives its id and its bytes in all. */
function sourceOf(writer: CaseWriter, path: string, blocks: number): { sourceId: number; bytes: number } {
  const { sourceId } = writer.addSource(newSource(path));
  let bytes = 0;
  const stored = Array.from({ length: blocks }, (_, block) => {
    const text = `${path} ${block} `.repeat(3 + ((block * 7) % 5));
    bytes += text.length;
    return compressBlock(bytes - text.length, Buffer.from(text));
  });
  writer.commit({ sourceId, segments: [], blocks: stored, deadLetters: [], change: {} });
  return { sourceId, bytes };
}

it("reads what the case reads, of any sources in any order, also over more blocks than it holds", () => {
  const { file, writer } = newCase();
  const sources = ["a.log", "b.log", "c.log"].map((path) => sourceOf(writer, path, 40));
  using reader = openCaseReader(file);
  const text = new StoredText(reader);
  const texts: [read: Uint8Array, stored: Uint8Array][] = [];
  for (let step = 0; step < 600; step++) {
    const { sourceId, bytes } = sources[(step * 5) % 3] ?? { sourceId: 0, bytes: 0 };
    const offset = (step * 131) % (bytes + 5);
    const length = step % 50 === 0 ? bytes : (step * 17) % 90;
    texts.push([text.read(sourceId, offset, length), reader.raw(sourceId, offset, length)]);
  }
  // Compared at the end: what was read is not written over by what is read later.
  for (const [read, stored] of texts) expect(Buffer.from(read)).toEqual(Buffer.from(stored));
});

it("reads nothing where a source was cleared", () => {
  const { file, writer } = newCase();
  const { sourceId } = sourceOf(writer, "a.log", 2);
  using reader = openCaseReader(file);
  const text = new StoredText(reader);
  writer.clearSource({ sourceId });
  expect(text.read(sourceId, 0, 10)).toHaveLength(0);
});

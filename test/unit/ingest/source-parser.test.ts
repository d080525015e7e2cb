import fc from "../../support/properties.ts";
import { describe, expect, it } from "vitest";
import type { ParsedPart } from "../../../src/main/engine/ingest/protocol.ts";
import { SAMPLE_BYTES } from "../../../src/main/engine/ingest/source-format.ts";
import { SourceParser } from "../../../src/main/engine/ingest/source-parser.ts";
import { decompressBlock } from "../../../src/main/engine/store/raw-block.ts";
import { micros } from "../../../src/shared/units.ts";

const NOW = micros(1_772_368_000_000_000);
const start = (format: string | null = null) => ({ name: "app.jsonl", format, zone: "UTC", now: NOW });

const logLine = (index: number): string =>
  `${JSON.stringify({ time: new Date(1_772_360_000_000 + index).toISOString(), level: "info", service: "checkout", msg: `order ${index} placed` })}\n`;
const logLines = (count: number): Buffer =>
  Buffer.from(Array.from({ length: count }, (_, index) => logLine(index)).join(""));

/** All parts of a source that arrives in pieces of these sizes, repeated. */
function parse(content: Buffer, sizes: readonly number[] = [1_000_000], options = start(), cut = false): ParsedPart[] {
  const parser = new SourceParser(options, undefined, () => 0);
  const parts: (ParsedPart | null)[] = [];
  for (let at = 0, turn = 0; at < content.byteLength; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    parts.push(parser.push(new Uint8Array(content.subarray(at, at + size))));
    while (parts.at(-1)?.isMore === true) parts.push(parser.readOn());
    at += size;
  }
  return [...parts, parser.end(cut)].filter((part) => part !== null);
}

const recordsOf = (parts: readonly ParsedPart[]): number =>
  parts.flatMap((part) => part.segments).reduce((sum, segment) => sum + segment.count, 0);

describe("a source that is parsed", () => {
  it("is recognised, and every line becomes a record", () => {
    const parts = parse(logLines(100));
    expect(parts[0]?.recognition).toMatchObject({ format: "json-lines" });
    expect(parts.at(-1)?.accounting).toMatchObject({ read: 100, records: 100, deadLetters: 0, skipped: 0 });
    expect(recordsOf(parts)).toBe(100);
  });

  it("needs no chunk any more once it is read, unless what it is has to be found out or it is read in parts", () => {
    const parser = new SourceParser(start());
    parser.push(logLines(10));
    expect(parser.holdsChunk).toBe(true);
    parser.push(logLines(10_000));
    expect(parser.holdsChunk).toBe(false);
    parser.push(new Uint8Array(Buffer.from("1\n".repeat(40_000))));
    expect(parser.holdsChunk).toBe(true);
    parser.end(false);
    expect(parser.holdsChunk).toBe(false);
  });

  it("gives its first part with the first bytes, and full segments after it", () => {
    const parts = parse(logLines(200_000), [SAMPLE_BYTES, 1_048_576]);
    const [first, ...rest] = parts.flatMap((part) => part.segments).map((segment) => segment.count);
    expect(first).toBeLessThan(5_000);
    expect(rest.slice(0, -1).every((count) => count > 50_000)).toBe(true);
  });

  it("has in each part what its accounting counts, and the text of all its records", () => {
    const content = Buffer.concat([
      logLines(40_000),
      Buffer.from('{"broken": \n'),
      logLines(40_000),
      Buffer.from("\n\n"),
    ]);
    let records = 0;
    let letters = 0;
    let text = 0;
    for (const part of parse(content, [300_000])) {
      records += recordsOf([part]);
      letters += part.deadLetters.length;
      for (const block of part.blocks) {
        expect(block.offset).toBe(text);
        text += block.length;
      }
      const { accounting } = part;
      expect([accounting.records, accounting.deadLetters]).toEqual([records, letters]);
      expect(accounting.records + accounting.deadLetters + accounting.skipped).toBe(accounting.read);
      for (const segment of part.segments) expect(segment.lastOffset).toBeLessThan(text);
    }
    expect(text).toBe(content.byteLength);
    expect(records).toBe(80_000);
  });

  it("hands a chunk that is full of dead letters over in parts that stay small", () => {
    const content = Buffer.concat([logLines(3_000), Buffer.from("{1\n".repeat(60_000))]);
    const parts = parse(content, [content.byteLength]);
    for (const part of parts) expect(part.deadLetters.length).toBeLessThan(35_000);
    expect(parts.length).toBeGreaterThan(2);
    expect(parts.at(-1)?.accounting).toMatchObject({ read: 63_000, records: 3_000, deadLetters: 60_000 });
    expect(parts.flatMap(({ deadLetters }) => deadLetters).map(({ line }) => line)).toEqual(
      Array.from({ length: 60_000 }, (_, index) => 3_001 + index),
    );
    // One buffer for all of a part: a buffer each is what a thread that takes them over runs out of memory with.
    const some = parts.find(({ deadLetters }) => deadLetters.length > 0);
    expect(new Set(some?.deadLetters.map(({ raw }) => raw.buffer)).size).toBe(1);
  });

  it("counts dead letters without keeping them, once that is asked for", () => {
    const parser = new SourceParser(start(), undefined, () => 0);
    const bad = Buffer.from("{1\n".repeat(5_000));
    parser.push(new Uint8Array(logLines(3_000)));
    expect(parser.push(new Uint8Array(bad))).toMatchObject({ droppedLetters: 0 });
    parser.keepsLetters = false;
    parser.push(new Uint8Array(bad));
    const last = parser.end(false);
    expect(last).toMatchObject({ deadLetters: [], droppedLetters: 5_000 });
    expect(last.accounting).toMatchObject({ read: 13_000, records: 3_000, deadLetters: 10_000, skipped: 0 });
  });

  it("stores exactly the bytes it was given, however they arrive", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 4_000 }), { minLength: 1, maxLength: 5 }),
        fc.nat(300),
        (sizes, lines) => {
          const content = Buffer.concat([logLines(lines), Buffer.from("half a li")]);
          const parts = parse(content, sizes);
          const blocks = parts.flatMap((part) => part.blocks).map((block) => decompressBlock(block));
          expect(Buffer.concat(blocks).equals(content)).toBe(parts[0]?.recognition?.format !== null);
          expect(recordsOf(parts)).toBe(parts.at(-1)?.accounting.records);
        },
      ),
      { numRuns: 50 },
    );
  });

  it("that is empty is not recognised as anything", () => {
    const [part] = parse(Buffer.alloc(0));
    expect(part).toMatchObject({ recognition: null, bytes: 0, accounting: { read: 0 } });
  });

  it("that is binary says so and tells what was tried", () => {
    const [part] = parse(
      Buffer.from(Array.from({ length: 5_000 }, (_, index) => ((index * 7) % 256 >= 128 ? 0 : (index * 31) % 256))),
    );
    expect(part?.recognition?.format).toBeNull();
    expect(part?.recognition?.tried.length).toBeGreaterThan(3);
    expect(part?.warnings.map(({ message }) => message).join()).toMatch(/looks binary/u);
  });

  it.each([50, 3_000])("that is cut files its half unit as a dead letter, in chunks of %i bytes", (size) => {
    const whole = logLines(10);
    const half = Buffer.from('{"time":"2026-');
    const parts = parse(Buffer.concat([whole, half]), [size], start("json-lines"), true);
    expect(parts.at(-1)?.accounting).toMatchObject({ read: 11, records: 10, deadLetters: 1 });
    expect(parts.flatMap((part) => part.deadLetters)).toMatchObject([
      { reason: "truncated", offset: whole.length, length: half.length, line: 11, raw: new Uint8Array(half) },
    ]);
  });

  it.each([
    ["times of ISO 8601", 5, (day: number) => `2026-11-${day} 10:00:00 INFO begin`],
    ["dates whose order has to be found out", 5, (day: number) => `${day}/11/2026 10:00:00 INFO begin`],
    ["such dates, for more than a chunk", 5_000, (day: number) => `${day}/11/2026 10:00:00 INFO begin`],
  ])("that is cut keeps the records before its half unit, of a text log with %s", (_, count, lineOf) => {
    const lines = Array.from({ length: count }, (_line, at) => `${lineOf(10 + (at % 19))}\n`);
    const half = Buffer.from(`${lineOf(29)} of som`);
    const whole = Buffer.from(lines.join(""));
    const parts = parse(Buffer.concat([whole, half]), [50_000], start("text"), true);
    expect(parts.at(-1)?.accounting).toMatchObject({ read: count, records: count - 1, deadLetters: 1 });
    const from = whole.length - (lines.at(-1)?.length ?? 0);
    const raw = new Uint8Array(Buffer.concat([whole.subarray(from), half]));
    expect(parts.flatMap(({ deadLetters }) => deadLetters)).toMatchObject([
      { reason: "truncated", offset: from, length: raw.length, line: count, raw },
    ]);
  });

  it("that is cut behind a whole line has no half unit", () => {
    const parts = parse(logLines(10), [50], start("json-lines"), true);
    expect(parts.at(-1)?.accounting).toMatchObject({ read: 10, records: 10, deadLetters: 0 });
  });

  it.each([
    ["bzip2", Buffer.from("BZh9")],
    ["SQLite database", Buffer.from("SQLite format 3\0")],
    ["Faultline case", Buffer.concat([Buffer.from("SQLite format 3\0"), Buffer.alloc(52), Buffer.from("FLTL")])],
    ["gzip file inside of a gzip file", Buffer.of(0x1f, 0x8b, 8, 0)],
    ["PNG image", Buffer.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)],
    ["network capture", Buffer.of(0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0)],
  ])("that is a %s says so", (what, head) => {
    const [part] = parse(Buffer.concat([head, Buffer.from("some more, which might be text")]));
    expect(part?.recognition?.format).toBeNull();
    expect(part?.warnings.map(({ message }) => message).join()).toContain(what);
  });

  it("can be read as a format that would not be chosen", () => {
    const parts = parse(logLines(5), [1_000], start("plain-text"));
    expect(parts[0]?.recognition).toMatchObject({ format: "plain-text" });
    expect(parts.at(-1)?.accounting.records).toBe(5);
  });

  it("refuses a format that is not known, by name", () => {
    expect(() => parse(logLines(1), [1_000], start("klingon"))).toThrow(/There is no format "klingon"/u);
  });
});

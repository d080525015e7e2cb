import fc from "../../../support/properties.ts";
import { describe, expect, it } from "vitest";
import type { RecordSink } from "../../../../src/main/engine/formats/format.ts";
import { LineReader, LONGEST_LINE } from "../../../../src/main/engine/formats/support/lines.ts";
import type { DeadLetterInput } from "../../../../src/shared/model/dead-letter.ts";

interface Found {
  readonly lines: [text: string, offset: number, length: number, line: number][];
  readonly letters: DeadLetterInput[];
  readonly warnings: string[];
  read: number;
}

function reading(): { readonly reader: LineReader; readonly found: Found } {
  const found: Found = { lines: [], letters: [], warnings: [], read: 0 };
  const sink: RecordSink = {
    read: (units = 1) => (found.read += units),
    record: () => undefined,
    deadLetter: (letter) => found.letters.push(letter),
    skip: () => undefined,
    warn: (key) => found.warnings.push(key),
    tests: () => undefined,
  };
  return {
    reader: new LineReader(sink, { line: (...line) => found.lines.push([line[0], line[1], line[2], line[3]]) }),
    found,
  };
}

function split(bytes: Uint8Array, chunk = bytes.length || 1): Found {
  const { reader, found } = reading();
  for (let from = 0; from < bytes.length; from += chunk) reader.push(bytes.slice(from, from + chunk));
  reader.end();
  return found;
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe("lines", () => {
  it("leaves out line ends of both kinds and keeps a last line without one", () => {
    expect(split(bytes("a\r\n\nbc\nd")).lines).toEqual([
      ["a", 0, 1, 1],
      ["", 3, 0, 2],
      ["bc", 4, 2, 3],
      ["d", 7, 1, 4],
    ]);
  });

  it("finds no line in an empty source", () => expect(split(bytes("")).read).toBe(0));

  it("drops a byte order mark, even one that chunks cut", () => {
    for (const chunk of [1, 2, 100])
      expect(split(bytes("\ufeffab\nc"), chunk).lines).toEqual([
        ["ab", 3, 2, 1],
        ["c", 6, 1, 2],
      ]);
  });

  it("reads bad UTF-8 and NUL as U+FFFD and says so", () => {
    const found = split(Uint8Array.of(0x61, 0xff, 0x0a, 0x62, 0x00));
    expect(found.lines.map(([text]) => text)).toEqual(["a\ufffd", "b\ufffd"]);
    expect(found.warnings).toEqual(["bad-utf8", "nul-bytes"]);
  });

  it("splits the same whatever the chunks are", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom("a", "ü", "\r", "\n", "\r\n", "{}")),
        fc.integer({ min: 1, max: 9 }),
        (parts, chunk) => {
          const input = bytes(parts.join(""));
          expect(split(input, chunk)).toEqual(split(input));
        },
      ),
    );
  });

  it("measures a line that is too long without holding it, and reads on", () => {
    const { reader, found } = reading();
    const chunk = new Uint8Array(1024 * 1024).fill(0x78);
    reader.push(bytes("first\n"));
    for (let count = 0; count < 200; count += 1) reader.push(chunk);
    reader.push(bytes("\r\nlast\n"));
    reader.end();
    expect(found.lines).toEqual([
      ["first", 0, 5, 1],
      ["last", 6 + 200 * chunk.length + 2, 4, 3],
    ]);
    expect(
      found.letters.map(({ reason, offset, length, line, raw }) => ({
        reason,
        offset,
        length,
        line,
        kept: raw.length,
      })),
    ).toEqual([{ reason: "line-too-long", offset: 6, length: 200 * chunk.length, line: 2, kept: 65_536 }]);
    expect(found.read).toBe(3);
  });

  it("still reads a line of the greatest length", () => {
    const found = split(new Uint8Array(LONGEST_LINE).fill(0x78), 1024 * 1024);
    expect([found.lines.length, found.letters.length]).toEqual([1, 0]);
  });
});

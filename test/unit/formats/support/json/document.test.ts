import fc from "../../../../support/properties.ts";
import { describe, expect, it } from "vitest";
import { JsonDocumentScanner, VALUE_LIMIT } from "../../../../../src/main/engine/formats/support/json/document.ts";

interface Scanned {
  readonly values: { path: string; text: string; offset: number; line: number }[];
  readonly left: string[];
  readonly faults: { reason: string; message: string; offset: number; length: number; line: number; text: string }[];
  readonly cuts: number[];
}

function scan(text: string | Uint8Array, paths: string[], chunkSizes: readonly number[] = []): Scanned {
  const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
  const scanned: Scanned = { values: [], left: [], faults: [], cuts: [] };
  const decode = (raw: Uint8Array): string => new TextDecoder().decode(raw);
  const scanner = new JsonDocumentScanner(paths, {
    value: (path, raw, offset, line) => scanned.values.push({ path, text: decode(raw), offset, line }),
    leave: (path) => scanned.left.push(path),
    fault: ({ raw, ...fault }) => scanned.faults.push(Object.assign(fault, { text: decode(raw) })),
    cut: (line) => scanned.cuts.push(line),
  });
  let at = 0;
  for (let turn = 0; at < bytes.length; turn++) {
    const size = chunkSizes.length === 0 ? bytes.length : (chunkSizes[turn % chunkSizes.length] ?? 1);
    // The caller reuses its buffer: what is kept must have been copied.
    const chunk = bytes.slice(at, at + size);
    scanner.push(chunk);
    chunk.fill(0);
    at += size;
  }
  scanner.end();
  return scanned;
}

const texts = (scanned: Scanned): string[] => scanned.values.map((value) => value.text);

describe("a JSON document", () => {
  it("gives each element with its offset and line", () => {
    const { values, faults } = scan('[\n  {"a": "]"},\n  2,\n  "x\\"y"\n]\n', ["[*]"]);
    expect(values).toEqual([
      { path: "[*]", text: '{"a": "]"}', offset: 4, line: 2 },
      { path: "[*]", text: "2", offset: 18, line: 3 },
      { path: "[*]", text: '"x\\"y"', offset: 23, line: 4 },
    ]);
    expect(faults).toEqual([]);
  });

  it("walks several paths at once and tells when a container is closed", () => {
    const text = '{"total":1,"data":[{"spans":[{"id":1},{"id":2}],"processes":{"p1":{}}},{"spans":[]}]}';
    const { values, left } = scan(text, ["data[*]", "data[*].spans[*]", "data[*].processes"]);
    expect(values.map((value) => `${value.path} ${value.text}`)).toEqual([
      'data[*].spans[*] {"id":1}',
      'data[*].spans[*] {"id":2}',
      'data[*].processes {"p1":{}}',
    ]);
    expect(left).toEqual(["data[*]", "data[*]"]);
  });

  it("hands over what stands where a container was asked for", () => {
    expect(scan('{"data":[7,{"spans":[1]}]}', ["data[*]", "data[*].spans[*]"]).values).toMatchObject([
      { path: "data[*]", text: "7" },
      { path: "data[*].spans[*]", text: "1" },
    ]);
  });

  it("knows a key that is written with escapes, and is not misled by its prefix", () => {
    expect(texts(scan('{"d\\u0061ta":[1],"dat":[2],"__proto__":[3]}', ["data[*]"]))).toEqual(["1"]);
  });

  it("reads documents that follow each other, on lines or not", () => {
    expect(texts(scan('\uFEFF{"a":1}\n{"a":2}{"a":3}\n\n\u001e{"a":4},\n[5]', [""]))).toEqual([
      '{"a":1}',
      '{"a":2}',
      '{"a":3}',
      '{"a":4}',
      "[5]",
    ]);
  });

  it("gives what stands before a cut, and the cut value as truncated", () => {
    const { values, faults, cuts } = scan('[{"a":1},{"b":"x', ["[*]"]);
    expect(values.map((value) => value.text)).toEqual(['{"a":1}']);
    expect(faults).toMatchObject([{ reason: "truncated", offset: 9, length: 7, line: 1, text: '{"b":"x' }]);
    expect(cuts).toEqual([1]);
  });

  it("says that a document is cut between its values", () => {
    const { values, faults, cuts } = scan('{"data":[{"a":1},\n', ["data[*]"]);
    expect([values.length, faults.length, cuts]).toEqual([1, 0, [2]]);
  });

  it("loses one line to a half-written one, not the rest", () => {
    const { values, faults } = scan('{"a":1}\n{"a":"2\n{"a":3}\n{"a":[4\n{"a":5}\n', [""]);
    expect(values.map((value) => value.text)).toEqual(['{"a":1}', '{"a":3}', '{"a":5}']);
    expect(faults).toMatchObject([
      { reason: "truncated", line: 2, offset: 8, length: 8 },
      { reason: "truncated", line: 4 },
    ]);
  });

  it("goes on with the next element after a mismatched bracket", () => {
    const { values, faults } = scan('[\n  {"a":[1}},\n  {"b":2}\n]', ["[*]"]);
    expect(values).toMatchObject([{ text: '{"b":2}', line: 3 }]);
    expect(faults).toMatchObject([
      {
        reason: "invalid-json",
        message: 'unexpected "}" at byte 11 (line 2, column 10)',
        offset: 4,
        length: 13,
        line: 2,
      },
    ]);
  });

  it("reports garbage after the end", () => {
    const { values, faults } = scan("[1]\nTraceback (most recent call last):\n  boom\n", ["[*]"]);
    expect(values).toHaveLength(1);
    expect(faults).toMatchObject([{ reason: "invalid-json", offset: 4, line: 2, length: 42 }]);
  });

  it("forgives trailing and forgotten commas", () => {
    expect(texts(scan('{"data":[{"a":1}\n{"a":2},],}', ["data[*]"]))).toEqual(['{"a":1}', '{"a":2}']);
  });

  it("reads 100,000 levels", () => {
    const deep = "[".repeat(100_000) + "]".repeat(100_000);
    expect(texts(scan(`[${deep},{"a":1}]`, ["[*]"], [4096]))).toEqual([deep, '{"a":1}']);
  });

  it("reports a value over the limit without holding it, and goes on", () => {
    const scanned: string[] = [];
    const scanner = new JsonDocumentScanner(["[*]"], {
      value: (_path, bytes, offset) => scanned.push(`${bytes.length} at ${offset}`),
      fault: ({ reason, offset, length, raw }) => scanned.push(`${reason} ${length} at ${offset}, ${raw.length} kept`),
    });
    const piece = new Uint8Array(1024 * 1024).fill(0x61);
    scanner.push(new TextEncoder().encode('["'));
    for (let written = 0; written <= VALUE_LIMIT; written += piece.length) scanner.push(piece);
    scanner.push(new TextEncoder().encode('",1]'));
    scanner.end();
    const length = VALUE_LIMIT + piece.length + 2;
    expect(scanned).toEqual([`too-large ${length} at 1, 65536 kept`, `1 at ${length + 2}`]);
  });

  it("equals JSON.parse for any document in any chunks", () => {
    const document = fc.array(fc.record({ spans: fc.array(fc.jsonValue()), tag: fc.jsonValue(), z: fc.string() }));
    fc.assert(
      fc.property(document, fc.nat(4), fc.array(fc.integer({ min: 1, max: 9 })), (value, indent, sizes) => {
        const text = JSON.stringify({ before: value, data: value, after: "]}" }, null, indent);
        const bytes = new TextEncoder().encode(text);
        const { values, faults, left } = scan(bytes, ["data[*]", "data[*].spans[*]", "data[*].tag"], sizes);
        expect(faults).toEqual([]);
        expect(left).toHaveLength(value.length);
        const parsed = JSON.parse(text) as { data: { spans: unknown[]; tag: unknown }[] };
        expect(values.map((item) => JSON.parse(item.text) as unknown)).toEqual(
          parsed.data.flatMap((element) => element.spans.concat([element.tag])),
        );
        for (const { text: slice, offset, line } of values) {
          const length = new TextEncoder().encode(slice).length;
          expect(new TextDecoder().decode(bytes.subarray(offset, offset + length))).toBe(slice);
          expect(new TextDecoder().decode(bytes.subarray(0, offset)).split("\n")).toHaveLength(line);
        }
      }),
    );
  });

  it("gives the same for damaged bytes whatever the chunks, and accounts for each byte once", () => {
    const pieces = fc.constantFrom(
      "{",
      "}",
      "[",
      "]",
      '"',
      ",",
      ":",
      "\\",
      "\n",
      " ",
      "1",
      "a",
      '"data"',
      '{"data":[1]}',
    );
    fc.assert(
      fc.property(fc.array(pieces), fc.array(fc.integer({ min: 1, max: 5 })), (parts, sizes) => {
        const text = parts.join("");
        const whole = scan(text, ["data[*]", "[*]"]);
        expect(scan(text, ["data[*]", "[*]"], sizes)).toEqual(whole);
        const ranges = whole.values.map((value) => ({ offset: value.offset, length: value.text.length }));
        ranges.push(...whole.faults);
        ranges.sort((one, other) => one.offset - other.offset);
        ranges.forEach(({ offset, length }, index) => {
          const next = ranges[index + 1]?.offset ?? text.length;
          expect(offset + length).toBeLessThanOrEqual(next);
        });
      }),
      { numRuns: 2000 },
    );
  });
});

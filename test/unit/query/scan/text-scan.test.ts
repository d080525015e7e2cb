// A scan keeps just the records that a look at the text of each one would, wherever its blocks are cut.
import fc from "../../../support/properties.ts";
import { describe, expect, it } from "vitest";
import { regex } from "../../../../src/shared/query/regex.ts";
import { flags as someFlags, pattern } from "../../../support/regex-arbitraries.ts";
import { isCaseSensitive } from "../../../../src/shared/query/ast.ts";
import type { CaseReader, RawPlace } from "../../../../src/main/engine/store/protocol.ts";
import type { ColumnCache } from "../../../../src/main/engine/query/segment-columns.ts";
import { TextMemory } from "../../../../src/main/engine/query/scan/text-memory.ts";
import { textScan, type TextCondition } from "../../../../src/main/engine/query/scan/text-scan.ts";

interface Place {
  readonly offset: number;
  readonly length: number;
}

interface Stored {
  readonly bytes: Buffer;
  /** Lengths of blocks; what is left over is a block of its own. */
  readonly blocks: readonly number[];
  /** In any order; they may overlap, have gaps between them and go on behind the stored text. */
  readonly records: readonly Place[];
}

/** Scans stored text; also says how many blocks were decompressed. */
function scan(
  { bytes, blocks, records }: Stored,
  condition: TextCondition,
  mask: Uint8Array,
): { kept: number[]; read: number } {
  const places: RawPlace[] = [];
  let at = 0;
  for (const size of [...blocks, bytes.length]) {
    const length = Math.min(size, bytes.length - at);
    if (length > 0) places.push({ id: places.length, offset: at, length });
    at += length;
  }
  let read = 0;
  const reader = {
    rawPlaces: (_source: number, from: number, to: number) =>
      places.filter(({ offset, length }) => offset < to && offset + length > from),
    rawInto: ({ offset, length }: RawPlace, target: Uint8Array) => {
      read += 1;
      target.set(bytes.subarray(offset, offset + length));
      return true;
    },
  } as unknown as CaseReader;
  const columns = {
    get: (_id: number, name: string) =>
      name === "offset"
        ? Float64Array.from(records, ({ offset }) => offset)
        : Uint32Array.from(records, ({ length }) => length),
  } as unknown as ColumnCache;
  const found = mask.slice();
  const context = { reader, columns, memory: new TextMemory(), formatById: () => undefined };
  textScan(condition, context)({ id: 1, sourceId: 1, format: null }, found, () => {});
  return { kept: [...found], read };
}

/** Each record for itself, as people would read it. */
function expected({ bytes, records }: Stored, condition: TextCondition, mask: Uint8Array): number[] {
  return records.map(({ offset, length }, row) => {
    const text = bytes.toString("utf8", Math.min(offset, bytes.length), Math.min(offset + length, bytes.length));
    if (condition.type === "regex")
      return mask[row] === 1 && regex(condition.pattern, condition.flags).test(text) ? 1 : 0;
    if (condition.type !== "text") throw new Error("no such condition here");
    const term = condition.text;
    const isAscii = /^[\0-\x7f]*$/.test(term);
    const fold = (one: string): string =>
      isAscii ? one.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase()) : one.toLowerCase();
    const holds = isCaseSensitive(term) ? text.includes(term) : fold(text).includes(fold(term));
    return mask[row] === 1 && holds ? 1 : 0;
  });
}

const PARTS = ["a", "B", "ab", "k", "\u212a", "İ", "i", "é", "É", "日", "本", "\r\n", "\0", " ", "ſ", "s", "."];
const anyBytes = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.string({ unit: fc.constantFrom(...PARTS), maxLength: 80 }).map((text) => Buffer.from(text)),
  },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 60 }).map((array) => Buffer.from(array)) },
);
const place = fc.record({ offset: fc.nat(100), length: fc.nat(60) });
const stored: fc.Arbitrary<Stored> = fc.record({
  bytes: anyBytes,
  blocks: fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 8 }),
  records: fc.oneof(
    fc.array(place, { maxLength: 12 }),
    // One behind the other, as lines are.
    fc.array(fc.nat(30), { maxLength: 12 }).map((lengths) => {
      let end = 0;
      return lengths.map((length) => {
        end += length + 1;
        return { offset: end - length - 1, length };
      });
    }),
  ),
});
const term = fc.string({ unit: fc.constantFrom(...PARTS), maxLength: 4 });
const condition: fc.Arbitrary<TextCondition> = fc.oneof(
  term.map((text) => ({ type: "text", text }) as const),
  fc
    .tuple(
      fc.constantFrom(
        "ab",
        "a.B",
        "(ab|k)",
        "s+",
        "a|é",
        "é[ab]",
        "[aB][.k][ab]",
        "日",
        "[ab]k",
        "(?i)S.b",
        "ab?",
        "\\.",
        "^a",
        "B$",
        "K",
      ),
      fc.constantFrom("", "i", "s", "m"),
    )
    .map(([one, flags]) => ({ type: "regex", pattern: one, flags }) as const),
  fc.tuple(pattern, someFlags).map(([one, flags]) => ({ type: "regex", pattern: one, flags }) as const),
);

describe("a scan of text", () => {
  it("keeps just the records that a look at each of them would", { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(stored, condition, fc.infiniteStream(fc.boolean()), (text, question, asked) => {
        const mask = Uint8Array.from(text.records, () => (asked.next().value ? 1 : 0));
        expect(scan(text, question, mask).kept).toEqual(expected(text, question, mask));
      }),
      { numRuns: 2_500 },
    );
  });

  it("keeps the right ones of any two records of a short text, wherever they begin and end", () => {
    const bytes = Buffer.from("xabx.ab");
    const all = Array.from(bytes).flatMap((_byte, offset) =>
      Array.from({ length: bytes.length - offset + 1 }, (_, length) => ({ offset, length })),
    );
    const questions: readonly TextCondition[] = [
      { type: "text", text: "ab" },
      { type: "regex", pattern: "ab", flags: "" },
    ];
    const wrong = questions.flatMap((question) =>
      all.flatMap((one) =>
        all.filter((other) => {
          const text = { bytes, blocks: [3], records: [one, other] };
          const mask = Uint8Array.of(1, 1);
          return String(scan(text, question, mask).kept) !== String(expected(text, question, mask));
        }),
      ),
    );
    expect(wrong).toEqual([]);
  });

  it("finds what begins in one block and ends two blocks later", () => {
    const bytes = Buffer.from("one needle here\nnext line");
    const records = [
      { offset: 0, length: 15 },
      { offset: 16, length: 9 },
    ];
    const text = { bytes, blocks: [6, 2, 4], records };
    expect(scan(text, { type: "text", text: "NeEdLe".toLowerCase() }, Uint8Array.of(1, 1)).kept).toEqual([1, 0]);
    expect(scan(text, { type: "regex", pattern: "ne+d(le) h", flags: "" }, Uint8Array.of(1, 1)).kept).toEqual([1, 0]);
  });

  it("reads no block that holds nothing of the records asked for", () => {
    const records = Array.from({ length: 10 }, (_, i) => ({ offset: i * 10, length: 9 }));
    const text = { bytes: Buffer.alloc(100, "x"), blocks: Array.from({ length: 10 }, () => 10), records };
    const mask = Uint8Array.from(records, (_, i) => (i === 1 || i === 7 ? 1 : 0));
    expect(scan(text, { type: "text", text: "y" }, mask)).toEqual({ kept: Array(10).fill(0), read: 2 });
    expect(scan(text, { type: "regex", pattern: "x", flags: "" }, mask)).toEqual({ kept: [...mask], read: 2 });
  });

  it("reads each block once, and a record of many blocks too", () => {
    const bytes = Buffer.alloc(4_000, "a quite ordinary line ");
    const text = { bytes, blocks: Array.from({ length: 400 }, () => 10), records: [{ offset: 0, length: 4_000 }] };
    for (const question of [
      { type: "text", text: "absent" },
      { type: "regex", pattern: "quite.*absent", flags: "" },
    ] as const)
      expect(scan(text, question, Uint8Array.of(1))).toEqual({ kept: [0], read: 400 });
  });
});

import { describe, expect, it, vi } from "vitest";
import type { Format } from "../../../src/main/engine/formats/format.ts";
import { SourceParser } from "../../../src/main/engine/ingest/source-parser.ts";
import { micros } from "../../../src/shared/units.ts";

/** One record a byte; what it does with "!" and "?" is a fault. */
const faulty = vi.hoisted((): Format => ({
  id: "faulty",
  title: "Faulty",
  version: 3,
  unit: "line",
  detect: () => ({ confidence: 1, reason: "always" }),
  decode: () => ({ message: "", fields: [] }),
  parser: (_options, sink) => {
    let offset = 0;
    return {
      push: (chunk) => {
        for (const byte of chunk) {
          if (byte === 0x21) throw new Error("met an exclamation mark");
          sink.read();
          if (byte !== 0x3f) {
            sink.record({ kind: "log", time: null, level: 0, service: null, message: "" }, offset, 1, offset + 1);
          }
          offset += 1;
        }
      },
      end: () => {},
    };
  },
}));
vi.mock("../../../src/main/engine/formats/registry.ts", () => ({
  formatById: () => faulty,
  detectFormat: () => ({ best: { format: faulty, confidence: 1, reason: "always" }, tried: [] }),
}));

const parse = (text: string) => {
  const parser = new SourceParser({ name: "a.log", format: null, zone: "UTC", now: micros(0) }, undefined, () => 0);
  parser.push(new TextEncoder().encode(text));
  return parser.end(false);
};

describe("a format with a fault", () => {
  it("that throws keeps what it had read; the rest becomes one dead letter that says what happened", () => {
    const part = parse("abc!def");
    expect(part.accounting).toEqual({ read: 4, records: 3, deadLetters: 1, skipped: 0, skippedWhy: {} });
    expect(part.failure).toMatchObject({ reason: "parser-failed" });
    const [letter] = part.deadLetters;
    expect(letter).toMatchObject({ offset: 3, length: 4, line: 4, stage: "parse", reason: "parser-failed" });
    expect(letter?.message).toMatch(/The format faulty failed after byte 3: met an exclamation mark/u);
    expect(new TextDecoder().decode(letter?.raw)).toBe("!def");
  });

  it("that loses a unit is caught by the accounting", () => {
    const part = parse("ab?c");
    expect(part.accounting).toMatchObject({ read: 3, records: 3 });
    expect(part.failure).toMatchObject({ reason: "accounting", message: expect.stringMatching(/read 1 units more/u) });
  });
});

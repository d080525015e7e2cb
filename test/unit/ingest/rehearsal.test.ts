import { expect, it } from "vitest";
import { rehearsal } from "../../../src/main/engine/ingest/rehearsal.ts";
import { SourceParser } from "../../../src/main/engine/ingest/source-parser.ts";

it("is of the commonest dialects, and read as any source is", () => {
  const read = rehearsal().map(({ start, chunks, cut, keepsLetters }) => {
    const parts = new SourceParser(start).readWhole(chunks, cut, keepsLetters);
    const { read: lines, records, deadLetters } = parts.at(-1)?.accounting ?? {};
    return { format: parts[0]?.recognition?.format, lines, records, deadLetters };
  });
  const whole = { lines: 120, records: 120, deadLetters: 0 };
  expect(read).toEqual([
    { format: "json-lines", ...whole },
    { format: "text", ...whole },
    { format: "logfmt", ...whole },
  ]);
});

/** A source that is read in stretches is what it is when it is read in one piece. */
import fc from "../../support/properties.ts";
import { describe, expect, it } from "vitest";
import { Stretches, type StretchReader } from "../../../src/main/engine/ingest/stretches.ts";
import { contents, JSON_LINES, Reader, readIn } from "./stretch-reading.ts";

const line = fc.oneof(
  fc
    .tuple(fc.nat(3), fc.nat(59), fc.constantFrom("ok", "tea für dich", "failed: timeout after 30 s"))
    .map(([service, second, text]) =>
      JSON.stringify({
        time: `2026-06-09T12:13:${String(second).padStart(2, "0")}Z`,
        level: second % 2 ? "info" : "error",
        service: `s${service}`,
        msg: text,
        trace_id: `${second}`.padStart(32, "a"),
      }),
    ),
  fc.constantFrom(
    "",
    "# a comment",
    "{broken",
    '{"time":"1066-10-14T09:00:00Z","msg":"too old"}',
    "[1]",
    "\ufeff{}",
    "x".repeat(300),
  ),
);

describe("a source in stretches", () => {
  it("holds the same records, dead letters, text and accounting as in one piece", async () => {
    const content = fc
      .tuple(fc.array(line, { maxLength: 60 }), fc.constantFrom("\n", "\r\n"), fc.boolean(), fc.boolean())
      .map(([lines, end, ended, bad]) =>
        Buffer.concat([
          Buffer.from(lines.join(end) + (ended ? end : "")),
          bad ? Buffer.from([0x22, 0xff, 0x00, 0x0a]) : Buffer.alloc(0),
        ]),
      );
    const sizes = fc.integer({ min: 1, max: 2_000 });
    const chunk = fc.integer({ min: 1, max: 1_500 });
    await fc.assert(
      fc.asyncProperty(content, sizes, chunk, fc.constantFrom("source", "cut"), async (lines, size, each, how) => {
        const bytes = how === "cut" ? Buffer.concat([lines, Buffer.from('\n{"msg":"whole"}\n{"msg":"ha')]) : lines;
        const inPieces = await readIn(size, bytes, each, how);
        const whole = await readIn(Number.MAX_SAFE_INTEGER, bytes, Math.max(bytes.length, 1), how);
        expect(contents(inPieces)).toEqual(contents(whole));
      }),
      { numRuns: 60 },
    );
  });

  it("cuts only behind a line, and goes on without one for as long as it takes", async () => {
    const { stretches } = await readIn(10, Buffer.from(`{"a":1}\n${"x".repeat(100)}\n{}\n{}\n`), 7, "source");
    expect(stretches.map(({ from }) => from)).toEqual([
      { offset: 0, line: 0 },
      { offset: 8, line: 1 },
      { offset: 112, line: 3 },
    ]);
  });

  it("stores nothing behind a stretch that failed, and says why it did", async () => {
    const stored: number[] = [];
    const reader: StretchReader = {
      async read(stretch, turn, taken) {
        for (let chunk = await stretch.next(); chunk !== null; chunk = await stretch.next())
          taken(chunk.bytes.byteLength);
        if (stretch.number === 2) throw new Error("the third stretch fails");
        await turn;
        stored.push(stretch.number);
      },
    };
    const stretches = new Stretches(reader, true, { first: 1, others: 1 });
    stretches.split(JSON_LINES);
    for (let at = 0; at < 6 && !stretches.isOver; at += 1)
      await stretches.put({ bytes: new Uint8Array([0x7b, 0x0a]), bytesRead: at });
    await expect(stretches.end("source")).rejects.toThrow("the third stretch fails");
    expect(stored).toEqual([0, 1]);
    expect(stretches.isOver).toBe(true);
  });

  it("stays in one piece while nobody has said that its lines stand alone", async () => {
    const reader = new Reader("json-lines");
    const stretches = new Stretches(reader, true, { first: 1, others: 1 });
    for (const text of ["{}\n", "{}\n", "{}\n"])
      await stretches.put({ bytes: new Uint8Array(Buffer.from(text)), bytesRead: 0 });
    await stretches.end("source");
    expect(reader.stretches).toHaveLength(1);
  });
});

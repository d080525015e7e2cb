import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "../../support/properties.ts";
import { describe, expect, it } from "vitest";
import { formats } from "../../../src/main/engine/formats/registry.ts";
import { LineShapes } from "../../../src/main/engine/formats/support/log-object/line-shapes.ts";
import { LikeBefore } from "../../../src/main/engine/ingest/like-before.ts";
import type { ParsedPart } from "../../../src/main/engine/ingest/protocol.ts";
import { RecordTemplates } from "../../../src/main/engine/ingest/record-templates.ts";
import { SourceParser } from "../../../src/main/engine/ingest/source-parser.ts";
import { SegmentBuilder } from "../../../src/main/engine/store/segment/builder.ts";
import { micros } from "../../../src/shared/units.ts";

const FIXTURES = join(import.meta.dirname, "../../fixtures/formats");
const start = { name: "app.jsonl", format: null, zone: "Pacific/Kiritimati", now: micros(1_772_368_000_000_000) };

const builder = new SegmentBuilder();
const parserOf = (shapes = new LineShapes()): SourceParser =>
  new SourceParser(start, { builder, templates: new RecordTemplates(), shapes }, () => 0);

const whole = (text: string) => ({ start, chunks: [new TextEncoder().encode(text)], cut: false, keepsLetters: true });
const alone = (text: string): readonly ParsedPart[] => parserOf().readWhole(whole(text).chunks, false, true);

/** What is made of each of the sources, one after the other, and how many parsers each of them took. */
function inTurn(texts: readonly string[]): { parts: readonly ParsedPart[]; parsers: number }[] {
  const shapes = new LineShapes();
  let parsers = 0;
  const like = new LikeBefore(() => {
    parsers += 1;
    return parserOf(shapes);
  });
  return texts.map((text) => {
    const before = parsers;
    return { parts: like.read(whole(text)), parsers: parsers - before };
  });
}

const lines = (...objects: readonly unknown[]): string =>
  objects.map((object) => `${JSON.stringify(object)}\n`).join("");
const log = (index: number, more: object = {}): object => ({
  time: new Date(1_772_360_000_000 + index).toISOString(),
  level: "info",
  msg: `order ${index} placed`,
  ...more,
});
const LOGS = lines(...Array.from({ length: 5 }, (_, index) => log(index)));
/** The first file teaches the shapes, the second shows that its records tell what it is. */
const BEFORE = [LOGS, LOGS];

describe("a source that is read as the one before it", () => {
  it("is recognised without asking the formats where its records tell what it is", () => {
    const [, , third] = inTurn([...BEFORE, lines(log(1), log(2))]);
    expect(third?.parsers).toBe(1);
    expect(third?.parts).toEqual(alone(lines(log(1), log(2))));
    expect(third?.parts[0]?.recognition).toMatchObject({ format: "json-lines", confidence: 0.9 });
  });

  it("is so where a line of it has keys that no source before it had", () => {
    const text = lines(log(1), log(2, { attempt: 3, peer: "db-1" }), log(3));
    const [, , third] = inTurn([...BEFORE, text]);
    expect(third?.parsers).toBe(1);
    expect(third?.parts).toEqual(alone(text));
  });

  it("counts the lines that have no time as recognition does", () => {
    const text = lines(log(1), { ...log(2), time: "soon" }, log(3));
    const [, , third] = inTurn([...BEFORE, text]);
    expect(third?.parts).toEqual(alone(text));
  });

  it.each([
    ["a line is damaged", `${LOGS}{"time":\n`],
    ["a line is blank", `${LOGS}\n${LOGS}`],
    ["it has one line alone", lines(log(1))],
    ["it is empty", ""],
    ["a line of it holds a list", lines(log(1), log(2, { tags: ["a"] }))],
    ["its keys are those of another format", lines(log(1, { localEndpoint: "a" }), log(2, { localEndpoint: "b" }))],
    ["a line begins with a byte order mark", `${lines(log(1))}\ufeff${lines(log(2), log(3))}`],
    ["its times are out of range in some zone", lines({ ...log(1), time: "1970-01-01T03:00:00" }, log(2))],
    ["it is text", "2026-03-01T10:00:00Z INFO ready\n2026-03-01T10:00:01Z INFO done\n"],
  ])("is asked about as any other where %s", (_, text) => {
    const [, , third] = inTurn([...BEFORE, text]);
    expect(third?.parts).toEqual(alone(text));
    expect(third?.parsers).toBe(2);
  });

  it("is not read twice for ever where the sources after it are different", () => {
    const text = "2026-03-01T10:00:00Z INFO ready\n2026-03-01T10:00:01Z INFO done\n";
    const parsers = inTurn([...BEFORE, text, text, text, text]).map((source) => source.parsers);
    expect(parsers.slice(2)).toEqual([2, 2, 1, 1]);
  });

  it("is what recognition says of it, whatever stands in the files of all formats", () => {
    const texts = fixtureTexts();
    expect(texts.length).toBeGreaterThan(100);
    for (const text of texts) {
      const [, , , again] = inTurn([LOGS, text, LOGS, text]);
      expect(again?.parts).toEqual(alone(text));
    }
  });

  it("is what recognition says of it, whatever the objects of its lines have", () => {
    const keys = [
      ...new Set(formats.flatMap(({ objectLines }) => objectLines?.unless ?? [])),
      "time",
      "level",
      "msg",
      "status",
      "spans",
      "data",
      "resourceLogs",
      "result",
      "ingestionTime",
      "log",
      "@t",
    ];
    const value = fc.oneof(
      fc.constantFrom<unknown>("2026-03-01T10:00:00Z", "1970-01-01 02:00:00", "info", 1_772_360_000_000, 30, null),
      fc.string(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.constantFrom<unknown>([], [1], [{ spans: [{}] }], {}, { id: "a", resultType: "matrix", result: [] }, "{}"),
    );
    const own = fc.dictionary(fc.constantFrom("time", "status", "msg", "level", "attempt"), value, { maxKeys: 3 });
    const object = fc.dictionary(fc.constantFrom(...keys), value, { maxKeys: 5 });
    const line = fc.oneof(
      { weight: 90, arbitrary: own.map((found) => JSON.stringify({ ...log(1), ...found })) },
      { weight: 4, arbitrary: object.map((found) => JSON.stringify({ ...log(1), ...found })) },
      { weight: 2, arbitrary: object.map((found) => JSON.stringify(found)) },
      { weight: 2, arbitrary: fc.constantFrom("", " {}", "{}", "# a comment", "{", "prose", '{"a":1} ') },
    );
    const content = fc.array(line, { minLength: 1, maxLength: 4 }).map((list) => list.join("\n"));
    let proven = 0;
    fc.assert(
      fc.property(content, (text) => {
        const [, , , again] = inTurn([text, LOGS, LOGS, text]);
        if (again?.parsers === 1) proven += 1;
        expect(again?.parts).toEqual(alone(text));
      }),
      { numRuns: 200 },
    );
    expect(proven).toBeGreaterThan(0);
  });
});

function fixtureTexts(): string[] {
  return readdirSync(FIXTURES, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.startsWith("input"))
    .map(({ parentPath, name }) => readFileSync(join(parentPath, name), "utf8"));
}

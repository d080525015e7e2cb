/**
 * Checks a format against its fixtures: test/fixtures/formats/<id>/<case>/input.* and expected.jsonl, one line a record or dead
 * letter, as `faultline parse --json` prints them. A case may hold case.json: {"zone", "now", "detected": false}.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Format, ParseOptions } from "../../../src/main/engine/formats/format.ts";
import { detectFormat, formatById } from "../../../src/main/engine/formats/registry.ts";
import { makeSample } from "../../../src/main/engine/formats/sample.ts";
import { deadLetterJson, parsedJson } from "../../../src/main/cli/parsed-json.ts";
import type { RecordInput } from "../../../src/shared/model/record.ts";
import { micros } from "../../../src/shared/units.ts";

const FIXTURES = join(import.meta.dirname, "../../fixtures/formats");
/** Fixtures without a year are placed before this. */
const NOW = Date.UTC(2026, 5, 30) * 1_000;

interface Case {
  readonly name: string;
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly expected: readonly unknown[];
  readonly options: ParseOptions;
  readonly detected: boolean;
}

export interface Parsed {
  /** Records and dead letters in the order of their offsets, as they are printed. */
  readonly lines: readonly unknown[];
  readonly read: number;
  readonly records: number;
  readonly deadLetters: number;
  readonly skipped: number;
}

/** Runs a parser over chunks; each chunk is overwritten afterwards, as a caller that reuses its buffer would. */
export function parse(format: Format, bytes: Uint8Array, options: ParseOptions, chunkSize: () => number): Parsed {
  const found: { offset: number; line: unknown }[] = [];
  let read = 0;
  let records = 0;
  let deadLetters = 0;
  let skipped = 0;
  const parser = format.parser(
    { ...options, head: bytes.slice() },
    {
      read: (units = 1) => (read += units),
      record(input: RecordInput, offset, length, line) {
        records += 1;
        const decoded = format.decode(bytes.slice(offset, offset + length), input.context ?? null);
        found.push({ offset, line: parsedJson(input, { line, offset, length }, decoded) });
      },
      deadLetter(letter) {
        deadLetters += 1;
        expect(letter.message).toMatch(/\d/);
        expect(letter.raw.length).toBeGreaterThan(0);
        found.push({ offset: letter.offset, line: deadLetterJson(letter) });
      },
      skip: (_reason, units = 1) => (skipped += units),
      warn: () => undefined,
      tests: () => undefined,
    },
  );
  for (let from = 0; from < bytes.length;) {
    const chunk = bytes.slice(from, from + chunkSize());
    from += chunk.length;
    parser.push(chunk);
    chunk.fill(0x21);
  }
  parser.end();
  const ordered = found.toSorted((a, b) => a.offset - b.offset);
  const lines = ordered.map(({ line }) => JSON.parse(JSON.stringify(line)) as unknown);
  return { lines, read, records, deadLetters, skipped };
}

/** Every check that any format has to pass, over every fixture that it has. */
export function testFormat(id: string): void {
  const format = formatById(id);
  if (format === undefined) throw new Error(`no format "${id}" is registered`);
  describe(`format ${id}`, () => {
    for (const fixture of casesOf(id)) {
      const { bytes, expected, options } = fixture;
      it.runIf(fixture.detected)(`${fixture.name}: is recognised by its content`, () => {
        const choice = detectFormat(makeSample("unnamed", bytes, true));
        expect(choice.best?.format.id).toBe(id);
      });
      it(`${fixture.name}: gives the expected records and dead letters`, () => {
        expect(parse(format, bytes, options, () => bytes.length).lines).toEqual(expected);
      });
      it(`${fixture.name}: gives the same whatever the chunks are`, () => {
        for (const size of [() => 1, () => 7, randomSizes()]) {
          expect(parse(format, bytes, options, size).lines).toEqual(expected);
        }
      });
      const objects = linesOfObjects(bytes);
      it.runIf(objects.length > 0)(`${fixture.name}: names the keys without which JSON lines are not its own`, () => {
        const unless = format.objectLines?.unless ?? [];
        // Of the format that reads such lines, what it read tells.
        if (id === "json-lines" || objects.some((object) => unless.some((key) => key in object))) return;
        const text = [...objects, ...objects].map((object) => JSON.stringify(object)).join("\n");
        const says = format.detect(makeSample("unnamed", new TextEncoder().encode(text), true));
        expect(says).toEqual(format.objectLines?.says ?? null);
      });
      it(`${fixture.name}: accounts for everything read`, () => {
        const parsed = parse(format, bytes, options, () => 64);
        expect(parsed.records + parsed.deadLetters + parsed.skipped).toBe(parsed.read);
      });
      const splitsLines = format.unit === "line" || format.unit === "row";
      it.runIf(splitsLines)(`${fixture.name}: reads the same with CRLF line ends`, () => {
        const text = Buffer.from(bytes).toString("latin1").replaceAll(/\r?\n/g, "\r\n");
        const parsed = parse(format, new Uint8Array(Buffer.from(text, "latin1")), options, () => 5);
        expect(parsed.lines.map(withoutPlace)).toEqual(expected.map(withoutPlace));
      });
    }
  });
}

function casesOf(id: string): Case[] {
  const folder = join(FIXTURES, id);
  return readdirSync(folder).map((name) => {
    const files = readdirSync(join(folder, name));
    const file = files.find((entry) => entry.startsWith("input."));
    if (file === undefined) throw new Error(`${id}/${name} has no input file`);
    const settings = files.includes("case.json")
      ? (JSON.parse(readFileSync(join(folder, name, "case.json"), "utf8")) as {
          zone?: string;
          now?: string;
          detected?: boolean;
        })
      : {};
    const now = settings.now === undefined ? NOW : Date.parse(settings.now) * 1_000;
    const expected = readFileSync(join(folder, name, "expected.jsonl"), "utf8")
      .split("\n")
      .filter(Boolean);
    return {
      name,
      file,
      bytes: new Uint8Array(readFileSync(join(folder, name, file))),
      expected: expected.map((line) => JSON.parse(line) as unknown),
      options: { zone: settings.zone ?? "UTC", now: micros(now) },
      detected: settings.detected ?? true,
    };
  });
}

/** The lines that are JSON objects without a list. */
const linesOfObjects = (bytes: Uint8Array): readonly object[] =>
  makeSample("unnamed", bytes, true).lineObjects.flatMap((object) =>
    object === null || JSON.stringify(object).includes("[") ? [] : [object],
  );

/** A fixed sequence, so that a failure can be repeated. */
function randomSizes(): () => number {
  let state = 42;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return 1 + (state % 97);
  };
}

/** Offsets and lengths grow with longer line ends. */
function withoutPlace(line: unknown): unknown {
  const { offset: _offset, length: _length, ...rest } = line as Record<string, unknown>;
  const letter = rest["deadLetter"];
  if (typeof letter !== "object" || letter === null) return rest;
  return { deadLetter: { ...letter, offset: 0 } };
}

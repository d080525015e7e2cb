/** What is read by a known shape is what a full parse reads: on every fixture, on random lines, on hostile ones. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "../../../../support/properties.ts";
import { describe, expect, it, vi } from "vitest";
import type { ParseOptions } from "../../../../../src/main/engine/formats/format.ts";
import jsonLines from "../../../../../src/main/engine/formats/logs/json-lines.ts";
import { FieldValues } from "../../../../../src/main/engine/formats/support/log-object/field-values.ts";
import { LineShapes } from "../../../../../src/main/engine/formats/support/log-object/line-shapes.ts";
import { micros } from "../../../../../src/shared/units.ts";
import { type Said, saidOf } from "../../said.ts";

const FIXTURES = join(import.meta.dirname, "../../../../fixtures/formats");
const OPTIONS: ParseOptions = { zone: "Europe/Berlin", now: micros(Date.UTC(2026, 5, 30) * 1_000) };

/** Shapes are learned only once a source has had some lines. */
const BEFORE = Buffer.from("{}\n".repeat(200));

function withoutBefore(unit: unknown): unknown {
  const { offset, line, ...rest } = unit as { offset?: number; line?: number };
  if (offset === undefined || line === undefined) return rest;
  return { ...rest, offset: offset - BEFORE.length, line: line - 200 };
}

/** What a parser says of bytes that come after enough lines for it to learn shapes. */
function saidLater(bytes: Uint8Array, chunk?: number): Said {
  const { units, warned } = said(Buffer.concat([BEFORE, bytes]), chunk, true);
  return { units: units.slice(200).map(withoutBefore), warned };
}

const said = (bytes: Uint8Array, chunk = bytes.length, views = false): Said =>
  saidOf(jsonLines, OPTIONS, bytes, chunk, views);

/** The same by parsers that have met no line before, and therefore know no shape. */
function saidOfEach(lines: readonly Uint8Array[]): Said {
  const units: unknown[] = [];
  const warned = new Set<string>();
  let offset = 0;
  for (const [index, line] of lines.entries()) {
    const alone = said(line);
    for (const unit of alone.units) {
      const placed = unit as { offset?: number; line?: number };
      units.push("offset" in placed ? { ...placed, offset: (placed.offset ?? 0) + offset, line: index + 1 } : unit);
    }
    for (const key of alone.warned) warned.add(key);
    offset += line.length;
  }
  return { units, warned: [...warned].toSorted() };
}

function bothWays(lines: readonly Uint8Array[], chunk?: number): { readonly known: Said; readonly alone: Said } {
  // Each line three times: the first teaches its shape, the others are read by it.
  const thrice = lines.flatMap((line) => [line, line, line]);
  return { known: saidLater(Buffer.concat(thrice), chunk), alone: saidOfEach(thrice) };
}

const bytesOf = (...lines: readonly string[]): Uint8Array[] => lines.map((line) => Buffer.from(`${line}\n`));

function isKnown(taught: string, line: string): boolean {
  const shapes = new LineShapes();
  shapes.learn(taught, JSON.parse(taught) as Record<string, unknown>);
  const bytes = Buffer.from(line);
  return shapes.read(bytes, 0, bytes.length, new FieldValues()) !== null;
}

describe("lines of a known shape", () => {
  const files = readdirSync(FIXTURES, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.startsWith("input."))
    .map((entry) => join(entry.parentPath, entry.name));

  it.each(files)("reads %s as a full parse does", (file) => {
    const bytes = readFileSync(file);
    const lines: Uint8Array[] = [];
    for (let from = 0; from < bytes.length;) {
      const end = bytes.indexOf(0x0a, from);
      lines.push(bytes.subarray(from, end < 0 ? bytes.length : end + 1));
      from = end < 0 ? bytes.length : end + 1;
    }
    const last = lines.pop();
    if (last !== undefined) lines.push(last.at(-1) === 0x0a ? last : Buffer.concat([last, Buffer.from("\n")]));
    const { known, alone } = bothWays(lines);
    expect(known).toEqual(alone);
  });

  it("reads random objects as a full parse does, however the chunks are cut", { timeout: 30_000 }, () => {
    const key = fc.oneof(
      fc.constantFrom(
        "time",
        "@timestamp",
        "level",
        "msg",
        "message",
        "service",
        "log",
        "trace_id",
        "spanId",
        "request_id",
        "correlation_id",
        "traceparent",
        "attributes",
      ),
      fc.constantFrom(
        "instant",
        "dd",
        "status",
        "@mt",
        "@t",
        "c",
        "ctx",
        "s",
        "severity",
        "name",
        "pod",
        "err",
        "1",
        "__proto__",
      ),
      fc.string({ unit: "binary" }),
    );
    const scalar = fc.oneof(
      fc.constantFrom(
        "2026-06-09T12:13:14.5Z",
        "0af7651916cd43dd8448eb211c80319c",
        "projects/shop/traces/0AF7651916cd43dd8448eb211c80319c",
        "00000000000000000000",
        "1-5759e988-bd862e3fe1be46a994272793",
        "00f067aa0ba902b7",
        "None",
        " r-17 ",
        "2026-06-09 12:13:59,123",
        "1749470000",
        "info",
        "WARN",
        "",
        "-",
        "request_id=r-17",
      ),
      fc.constantFrom(1749470000123, 30, 1.5, -0, 1e21, 2 ** 53 + 2, 2 ** 60, true, false, null),
      fc.string({ unit: "binary" }),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
    );
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { depthSize: "small", withCrossShrink: true },
        scalar,
        fc.array(tie("tree"), { maxLength: 3 }),
        fc.dictionary(key, tie("tree"), { maxKeys: 4 }),
      ),
    }));
    const shape = fc.array(fc.tuple(key, tree), { maxLength: 6 });
    const blank = fc.constantFrom("", " ", "\t");
    const line = fc.tuple(shape, blank, fc.constantFrom("", "\r", " ", "}", ",", "x")).map(([members, gap, rest]) => {
      const text = members
        .map(([name, value]) => `${JSON.stringify(name)}:${gap}${JSON.stringify(value)}`)
        .join(`,${gap}`);
      return `{${gap}${text}}${rest}`;
    });
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), fc.integer({ min: 1, max: 400 }), (lines, chunk) => {
        const { known, alone } = bothWays(bytesOf(...lines), chunk);
        expect(known).toEqual(alone);
      }),
      { numRuns: 120 },
    );
  });

  it("reads a damaged line as a full parse does, wherever one byte differs", () => {
    const taught =
      '{"time":"2026-06-09T12:13:14.123Z","level":"info","msg":"sch\\u00f6n \\"x\\" ü","n":-1.5e3,"ok":true,"no":null,"a":[1,{"b":"c"}]}';
    const whole = Buffer.from(`${taught}\n`);
    const others = [
      0x00, 0x01, 0x09, 0x0d, 0x20, 0x22, 0x2c, 0x2d, 0x30, 0x3a, 0x5c, 0x65, 0x7b, 0x7d, 0x80, 0xc3, 0xff,
    ];
    for (let at = 0; at < whole.length - 1; at += 1) {
      const damaged = others.map((byte) => {
        const line = Buffer.from(whole);
        line[at] = byte;
        return line;
      });
      const lines = [whole, ...damaged];
      expect(saidLater(Buffer.concat(lines))).toEqual(saidOfEach(lines));
    }
  });

  it("reads a line that is cut anywhere as a full parse does", () => {
    const whole = '{"ts":1749470000.5,"lvl":"warn","message":"a\\nb","trace_id":"00000000000000000000000000000abc"}';
    const cut = [whole, ...Array.from(whole, (_, at) => whole.slice(0, at))];
    expect(saidLater(Buffer.concat(bytesOf(...cut)))).toEqual(saidOfEach(bytesOf(...cut)));
  });

  it("minds what a key that is there twice, a prototype or an escape would change", () => {
    const { known, alone } = bothWays(
      bytesOf(
        '{"level":"info","level":"error","msg":"a"}',
        '{"__proto__":{"level":"error"},"msg":"a","time":"2026-06-09T12:13:14Z"}',
        '{"l\\u0065vel":"error","msg":"a"}',
        '{"msg":{"a":1},"time":"2026-06-09T12:13:14Z"}',
        '{"msg":["a",1],"time":"2026-06-09T12:13:14Z"}',
        '{"log":"{\\"level\\":\\"warn\\",\\"msg\\":\\"inner\\"}\\n","stream":"stdout","time":"2026-06-09T12:13:14.1Z"}',
        '{"msg":"lone \\ud800 surrogate","level":30,"name":"api","time":1749470000123}',
        '{"time":1749470000123456789,"msg":"exact"}',
        '{"@t":"2026-06-09T12:13:14Z","@mt":"{User} came","User":"ann"}',
        '{"t":{"$date":"2026-06-09T12:13:14.1+02:00"},"s":"E","c":"NETWORK","ctx":"conn1","msg":"gone"}',
      ),
    );
    expect(known).toEqual(alone);
  });

  it("parses a line only as long as its shape is new", () => {
    const parse = vi.spyOn(JSON, "parse");
    const lines = Array.from(
      { length: 50 },
      (_, n) => `{"time":"2026-06-09T12:13:14Z","level":"info","msg":"no ${n}"}`,
    );
    saidLater(Buffer.concat(bytesOf(...lines)));
    expect(parse).toHaveBeenCalledTimes(201);
    parse.mockRestore();
  });

  it("knows a line by its shape whatever its values are", () => {
    const taught = '{"time":"2026-06-09T12:13:14Z","level":"info","n":1,"msg":"a"}';
    expect(isKnown(taught, '{"time":null,"level":50,"n":"x \\" y","msg":"another, longer message: {}[]"}')).toBe(true);
    expect(isKnown(taught, '{"time":"2026-06-09T12:13:14Z","level":"info","n":01,"msg":"a"}')).toBe(false);
    expect(isKnown(taught, '{"time":"2026-06-09T12:13:14Z","level":"info","n":{},"msg":"a"}')).toBe(false);
    expect(isKnown(taught, '{"time":"2026-06-09T12:13:14Z","level":"info","n":1,"msg":"a"} ')).toBe(false);
  });

  it("stops to learn before keys without end fill the memory", () => {
    const shapes = new LineShapes();
    const found = new FieldValues();
    const lineOf = (id: number): string => `{"id-${id}":1,"msg":"a"}`;
    for (let id = 0; id < 10_000; id += 1) shapes.learn(lineOf(id), { [`id-${id}`]: 1, msg: "a" });
    const isRead = (id: number): boolean => shapes.read(Buffer.from(lineOf(id)), 0, lineOf(id).length, found) !== null;
    expect(isRead(0)).toBe(true);
    expect(isRead(9_999)).toBe(false);
  });
});

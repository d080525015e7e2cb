/** Pairs that are read as bytes say what the same line says as a text: random pairs, damaged ones, and hostile ones. */
import fc from "../../../../support/properties.ts";
import { expect, it } from "vitest";
import logfmt from "../../../../../src/main/engine/formats/logs/logfmt.ts";
import { FieldValues } from "../../../../../src/main/engine/formats/support/log-object/field-values.ts";
import { LogfmtBytes } from "../../../../../src/main/engine/formats/support/logfmt/bytes.ts";
import { micros } from "../../../../../src/shared/units.ts";
import { type Said, saidOf } from "../../said.ts";

const OPTIONS = { zone: "Europe/Berlin", now: micros(Date.UTC(2026, 5, 30) * 1_000) };

const said = (lines: readonly (string | Uint8Array)[], chunk: number, views: boolean): Said => {
  const bytes = Buffer.concat(lines.flatMap((line) => [Buffer.from(line), Buffer.from("\n")]));
  return saidOf(logfmt, OPTIONS, bytes, chunk, views);
};

function isRead(line: string): boolean {
  const bytes = Buffer.from(line);
  return new LogfmtBytes().read(bytes, 0, bytes.length, new FieldValues());
}

const USUAL = 'time=2026-06-09T12:13:14.123Z level=warn svc=cart msg="no room left" trace_id=0af7651916cd43dd retry n=';

it("reads random pairs as a text is read, however the chunks are cut", { timeout: 60_000 }, () => {
  const key = fc.oneof(
    fc.constantFrom("time", "ts", "level", "lvl", "msg", "message", "service", "app", "name", "log", "pod", "severity"),
    fc.constantFrom(
      "trace_id",
      "span_id",
      "request_id",
      "correlation_id",
      "traceparent",
      "__proto__",
      "error.msg",
      "k",
    ),
    fc.string({ unit: "binary", maxLength: 6 }),
  );
  const value = fc.oneof(
    fc.constantFrom(
      "2026-06-09T12:13:14.5Z",
      '"2026-06-09 12:13:59,123"',
      "1749470000",
      "1749470000.25",
      "info",
      '"W"',
    ),
    fc.constantFrom(
      "0af7651916cd43dd8448eb211c80319c",
      "0AF7",
      "0000",
      "-",
      "null",
      '" r-17 "',
      "a/b/0af7651916cd43dd",
    ),
    fc.constantFrom(
      "",
      '""',
      '"a \\" b"',
      '"\ttab"',
      '"{\\"level\\":\\"error\\"}"',
      '"level=error msg=inner"',
      '"open',
    ),
    fc.string({ unit: "binary", maxLength: 12 }),
    fc.string({ unit: "binary", maxLength: 12 }).map((text) => `"${text}"`),
  );
  const pair = fc.oneof(
    { weight: 6, arbitrary: fc.tuple(key, value).map((both) => both.join("=")) },
    { weight: 1, arbitrary: key },
  );
  const line = fc
    .tuple(fc.array(pair, { maxLength: 8 }), fc.constantFrom(" ", "  ", "\t", ""), fc.constantFrom("", " ", "\r", "="))
    .map(([pairs, gap, rest]) => pairs.join(gap) + rest);
  fc.assert(
    fc.property(fc.array(line, { maxLength: 8 }), fc.integer({ min: 1, max: 200 }), (lines, chunk) => {
      expect(said(lines, chunk, true)).toEqual(said(lines, chunk, false));
    }),
    { numRuns: 400 },
  );
});

it("reads a damaged line as a text is read, wherever one byte differs", () => {
  const whole = Buffer.from(`${USUAL}17`);
  const lines = [whole];
  for (let at = 0; at < whole.length; at += 1)
    for (const byte of [0x00, 0x01, 0x09, 0x20, 0x22, 0x27, 0x2f, 0x3d, 0x5c, 0x7b, 0x80, 0xc3, 0xff]) {
      const line = Buffer.from(whole);
      line[at] = byte;
      lines.push(line);
    }
  // One slice of lines each: a byte that is no UTF-8 has all of a slice read as texts.
  for (const line of lines) expect(said([line, whole], 4_096, true)).toEqual(said([line, whole], 4_096, false));
});

it("reads the lines that most are without a text, and leaves others alone", () => {
  expect(isRead(`${USUAL}17`)).toBe(true);
  expect([`${USUAL}"17`, `${USUAL}\u00fc`, 'msg="a \\" b"', "<a=b", "retry", ""].map(isRead)).toEqual(
    [0, 1, 2, 3, 4, 5].map(() => false),
  );
});

it("tells keys apart that lie in one slot of the table", () => {
  const lines = Array.from({ length: 2_000 }, (_, n) => `k${n}=${n} level=info level${n}=error msg=m${n} msg${n}=x`);
  expect(said(lines, 65_536, true)).toEqual(said(lines, 65_536, false));
});

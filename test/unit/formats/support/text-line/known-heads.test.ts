/** A head that came before is read as if it had not: whatever follows it, and whatever its digits are. */
import fc from "../../../../support/properties.ts";
import { expect, it } from "vitest";
import { SAMPLE_OPTIONS } from "../../../../../src/main/engine/formats/support/sample-options.ts";
import { TextLineReader } from "../../../../../src/main/engine/formats/support/text-line/reader.ts";
import { TimeReader } from "../../../../../src/main/engine/formats/support/time/reader.ts";

const TIMES = [
  "2026-03-17 13:00:07,086",
  "2026-03-17T13:00:07Z",
  "2026-03-17T13:00:07.123456789Z",
  "[2026-03-17 13:00:07]",
  "[2026-03-17 13:00:07",
  "[Sun Dec 04 04:47:44 2005]",
  "17/06/09 20:10:40",
  "081109 203615",
  "Jun 14 15:16:01",
  "13:00:07",
  "1716723772",
];
const PARTS =
  " |INFO| INFO | ERROR: |[main]| [main] |[INFO]| [error] | a.b.C: | a.b.C - | - |: | \u007c |\u007c| 12 | [exec-4] | local.ERROR: | [core:error] | [pid 12:tid 34] | 12#34: | host | prog[12] | prog[12]: | -- | --- | 1 --- | x.go:12: | (info) | warn1 | e12 | D |\t| trace_| id: | é | [app,,] | [app2,,] | {"
    .replaceAll("\u007c", "|")
    .split("|");
const MESSAGES = [
  "Started server",
  "a.b.C: text",
  "a.b.C - text",
  "a|b",
  "a | b",
  "Foo[12]: x",
  "sshd[12]: hello",
  "web sshd[12]: hello",
  "kernel: x",
  "web kernel: x",
  "12 --- [main] a.B : x",
  "[a,b,c] 12 --- [main] a.B : x",
  "[main] a.b.C: x",
  "[main] com.acme.cart.Shop text",
  "[pid 12:tid 3] [client 10.0.0.1] x",
  "[client 10.0.0.1] x",
  "12#34: *5 open",
  "*5 open",
  "-- prog: text",
  "x.go:12: text",
  "[x.cc:61] text",
  "mod:func:12 - text",
  '{"level":"error","msg":"text"}',
  "ERROR in text",
  "  two blanks",
  "] bracket",
  "trace_id=abcdef123456 x",
  "id=abcdef123456 x",
  "é first",
  "12 files",
  "stdout F x",
  "#12] x",
  "/process] x",
  "PM x",
  "+0200 x",
  "(paren) x",
  "a  b",
  "a - b",
  "a : b",
  "",
];

const head = fc
  .tuple(fc.constantFrom(...TIMES), fc.array(fc.constantFrom(...PARTS), { minLength: 1, maxLength: 5 }))
  .map(([time, parts]) => time + parts.join(""));
/** The same digits, or others in their place. */
const otherDigits = (text: string, add: number): string =>
  text.slice(0, 20) + text.slice(20).replaceAll(/\d/g, (digit) => String((Number(digit) + add) % 10));

function readBy(reader: TextLineReader, line: string): object {
  reader.read(line);
  const { time, timed, dated, zoned, outOfRange, leading, wraps, message, level, service, ids } = reader;
  const stated = timed && { dated, zoned, leading };
  return { time, timed, stated, outOfRange, wraps, message, level, service, ids: { ...ids } };
}

it("reads a line after others as it reads it alone", () => {
  const heads = fc.array(head, { minLength: 1, maxLength: 6 });
  const line = fc.tuple(fc.nat(5), fc.constantFrom(...MESSAGES), fc.constantFrom(0, 0, 3));
  fc.assert(
    fc.property(heads, fc.array(line, { minLength: 2, maxLength: 40, size: "max" }), (known, lines) => {
      const remembers = new TextLineReader(new TimeReader(SAMPLE_OPTIONS));
      for (const [which, message, add] of lines) {
        const text = otherDigits(known[which % known.length] ?? "", add) + message;
        const alone = new TextLineReader(new TimeReader(SAMPLE_OPTIONS));
        expect({ text, ...readBy(remembers, text) }).toEqual({ text, ...readBy(alone, text) });
      }
    }),
    { numRuns: 400 },
  );
});

it("still reads heads that are known once many came that were not", () => {
  const reader = new TextLineReader(new TimeReader(SAMPLE_OPTIONS));
  for (let line = 0; line < 1_000; line += 1)
    reader.read(`2026-03-17 13:00:07 INFO [${"x".repeat(line % 50)}] shop.Cart${"y".repeat(line % 30)}: added`);
  reader.read("2026-03-17 13:00:07 WARN [main] shop.Cart: request_id=r-12 added");
  expect(reader).toMatchObject({ level: 4, message: "request_id=r-12 added", ids: { requestId: "r-12" } });
});

it("does not take one service for another that is written with other digits", () => {
  const reader = new TextLineReader(new TimeReader(SAMPLE_OPTIONS));
  const services = [1, 2].map((app) => {
    reader.read(`2026-03-17 13:00:07 INFO [app${app},,] 7 --- [main] c.acme.Cart : added`);
    return reader.service;
  });
  expect(services).toEqual(["app1", "app2"]);
});

it("does not take a head for known whose level was told by the message", () => {
  const reader = new TextLineReader(new TimeReader(SAMPLE_OPTIONS));
  const levels = ["] bracket", "Started server", "Started server"].map((message) => {
    reader.read(`2026-03-17 13:00:07,086 12 :  warn1  ${message}`);
    return reader.level;
  });
  expect(levels).toEqual([4, 0, 0]);
});

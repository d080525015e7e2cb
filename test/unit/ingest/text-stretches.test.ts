/** A text log that is read in stretches is what it is when it is read in one piece: no stack trace loses its record. */
import fc from "../../support/properties.ts";
import { describe, expect, it } from "vitest";
import type { TimePlace } from "../../../src/main/engine/formats/format.ts";
import type { Divisible } from "../../../src/main/engine/ingest/stretch-cut.ts";
import { SourceParser } from "../../../src/main/engine/ingest/source-parser.ts";
import { micros } from "../../../src/shared/units.ts";
import { contents, readIn } from "./stretch-reading.ts";

const text = (timePlace: TimePlace | null): Divisible => ({ format: "text", linesStandAlone: false, timePlace });

const second = fc.nat(59).map((value) => String(value).padStart(2, "0"));
const leading = fc.oneof(
  second.map((at) => `2026-06-09 12:13:${at},072 ERROR [main] shop.tasks: failed trace_id=${"ab".repeat(16)}`),
  second.map((at) => `Jun  9 12:13:${at} web sshd(pam_unix)[19939]: session opened`),
  second.map((at) => `web-1  | 2026-06-09T12:13:${at}Z INFO started`),
  second.map((at) => `[Tue Jun 09 12:13:${at} 2026] [error] \u001b[31mred\u001b[0m tea für dich`),
  second.map((at) => `INFO 2026-06-09 12:13:${at} level first`),
);
const inner = fc.oneof(
  second.map((at) => `10.0.0.1 - - [09/Jun/2026:12:13:${at} +0000] "GET / HTTP/1.1" 200 12`),
  second.map((at) => `took long, since 2026-06-09 12:13:${at} in fact`),
);
const untimed = fc.oneof(
  fc.constantFrom(
    "",
    "   ",
    "#Date: 2026-06-09 12:00:00",
    "\tat shop.Cart.add(Cart.java:12)",
    "Caused by: java.io.IOException: closed",
    "web-1  |     at the container's",
    "web-2  | no time",
    '{"level":"info","msg":"an object between"}',
    '{"time":"2026-06-09T12:13:14Z","msg":"with a time"}',
    "{broken",
    "WARNING: of java.util.logging",
    "\ufeff2026-06-09 12:13:14 joined file",
    "12:13:14 a clock alone",
    "2026-06-09",
    "bad \ufffd bytes",
    "x".repeat(700),
  ),
  fc.nat(400).map((lines) => "\tat shop.Cart.add(Cart.java:12)\n".repeat(lines)),
);
const JUNK = Buffer.from([0x00, 0xff, 0xfe, 0x0a, 0xc3, 0x28, 0x1b, 0x5b, 0x0a]);

const content = (place: TimePlace): fc.Arbitrary<Buffer> =>
  fc
    .tuple(
      place === "leading" ? leading : inner,
      fc.array(
        fc.oneof({ weight: 3, arbitrary: leading }, { weight: 3, arbitrary: inner }, { weight: 4, arbitrary: untimed }),
        {
          minLength: 10,
          maxLength: 60,
          size: "max",
        },
      ),
      fc.constantFrom("\n", "\r\n"),
      fc.boolean(),
      fc.nat(50),
    )
    .map(([first, lines, end, ended, junkAt]) => {
      const all = [first, ...lines].map((line) => Buffer.from(line + end));
      const bytes = Buffer.concat([...all.slice(0, junkAt), ...(junkAt < 40 ? [JUNK] : []), ...all.slice(junkAt)]);
      return ended ? bytes : bytes.subarray(0, bytes.length - end.length);
    });

describe("a text log in stretches", () => {
  it.each<TimePlace>(["leading", "inner"])(
    "holds the same records, text and accounting as in one piece, its times being %s ones",
    async (place) => {
      const sizes = fc.integer({ min: 1, max: 1_500 });
      const chunk = fc.integer({ min: 1, max: 2_500 });
      let cuts = 0;
      await fc.assert(
        fc.asyncProperty(
          content(place),
          sizes,
          chunk,
          fc.constantFrom("source", "cut"),
          async (bytes, size, each, how) => {
            const inPieces = await readIn(size, bytes, each, how, text(place));
            const whole = await readIn(Number.MAX_SAFE_INTEGER, bytes, bytes.length, how, text(place));
            expect(contents(inPieces)).toEqual(contents(whole));
            cuts += inPieces.stretches.length - 1;
          },
        ),
        { numRuns: 40 },
      );
      expect(cuts).toBeGreaterThan(20);
    },
  );

  it("keeps what stands before its half record where the source ends early, be it short and of one piece", async () => {
    const bytes = Buffer.concat([
      JUNK,
      Buffer.from("took long, since 2026-06-09 12:13:00 in fact\nJun  9 12:13:01 web sshd[19939]: session opened\n"),
      Buffer.from('10.0.0.1 - - [09/Jun/2026:12:13:02 +0000] "GET / HTTP/1.1" 200 12\n'),
      Buffer.from("took long, since 2026-06-09 12:13:03"),
    ]);
    const whole = await readIn(Number.MAX_SAFE_INTEGER, bytes, bytes.length, "cut", text("inner"));
    const inPieces = await readIn(1, bytes, 80, "cut", text("inner"));
    expect(whole.ledger.accounting).toMatchObject({ read: 5, records: 4, deadLetters: 1 });
    expect(inPieces.stretches.length).toBeGreaterThan(1);
    expect(contents(inPieces)).toEqual(contents(whole));
  });

  it("leaves a stack trace to its record, however many chunks it goes over", async () => {
    const trace = `2026-06-09 12:13:14 ERROR failed\n${"\tat shop.Cart.add(Cart.java:12)\n".repeat(900)}`;
    const bytes = Buffer.from(trace.repeat(4));
    const { stretches } = await readIn(1_000, bytes, 2_048, "source", text("leading"));
    expect(stretches.map(({ from }) => from)).toEqual(
      [0, 1, 2, 3].map((record) => ({ offset: record * trace.length, line: record * 901 })),
    );
  });

  it("is read in one piece where no line of it begins a record for certain", async () => {
    const bytes = Buffer.from("no time here\n".repeat(1_000));
    const { stretches } = await readIn(100, bytes, 512, "source", text("leading"));
    expect(stretches).toHaveLength(1);
    expect((await readIn(100, bytes, 512, "source", text(null))).stretches).toHaveLength(1);
  });

  it("tells where its times stand with its first part", () => {
    const placeOf = (line: string): TimePlace | null | undefined => {
      const parser = new SourceParser({ name: "x", format: "text", zone: "UTC", now: micros(0) });
      parser.push(Buffer.from(`${line}\n`));
      return parser.end(false).recognition?.timePlace;
    };
    expect(placeOf("2026-06-09 12:13:14 INFO begin")).toBe("leading");
    expect(placeOf('10.0.0.1 - - [09/Jun/2026:12:13:14 +0000] "GET /"')).toBe("inner");
    expect(placeOf("no time here")).toBe(null);
  });
});

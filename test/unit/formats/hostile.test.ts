/** Input that no logger means to write and every incident has: what each format makes of it, and that all of it is counted. */
import { expect, it } from "vitest";
import { detectFormat } from "../../../src/main/engine/formats/registry.ts";
import { makeSample } from "../../../src/main/engine/formats/sample.ts";
import { LONGEST_DURATION, micros } from "../../../src/shared/units.ts";
import { parse, type Parsed } from "./harness.ts";

const SAMPLE_BYTES = 256 * 1024;
const NOW = micros(Date.UTC(2026, 0, 1, 10) * 1_000);

interface Read extends Parsed {
  readonly format: string;
}

/** Recognises `content` by its first bytes and reads all of it; the counts must add up whatever it is. */
function read(content: string | Uint8Array, zone = "UTC"): Read {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  const complete = bytes.length <= SAMPLE_BYTES;
  const format = detectFormat(makeSample("dump", bytes.subarray(0, SAMPLE_BYTES), complete)).best?.format;
  if (format === undefined) throw new Error("not recognised");
  const parsed = parse(format, bytes, { zone, now: NOW }, () => 64 * 1024);
  expect(parsed.read).toBe(parsed.records + parsed.deadLetters + parsed.skipped);
  return { ...parsed, format: format.id };
}

const line = (index: number, fields: object = {}): string =>
  JSON.stringify({
    time: new Date(1_767_225_600_000 + index).toISOString(),
    level: "info",
    msg: `n ${index}`,
    ...fields,
  });
const lines = (count: number): string[] => Array.from({ length: count }, (_, index) => line(index));
const deep = (open: string, close: string): string => open.repeat(100_000) + "1" + close.repeat(100_000);

it("reads a line of JSON that is 100,000 deep, and goes on behind it", () => {
  const { format, records, deadLetters } = read(
    [...lines(3), deep('{"a":', "}"), deep("[", "]"), ...lines(3)].join("\n"),
  );
  expect({ format, records, deadLetters }).toEqual({ format: "json-lines", records: 7, deadLetters: 1 });
});

it.each([deep("[", "]"), deep('{"a":', "}"), "[".repeat(100_000)])(
  "ends a document that is 100,000 deep",
  (document) => {
    expect(read(document)).toMatchObject({ format: "json", read: 1 });
  },
);

it("reads an element that is 100,000 deep as one record", () => {
  const { records, deadLetters } = read(
    `[${[line(0), line(1), `{"x":${deep("[", "]")},"time":"2026-01-01"}`, line(3)].join()}]`,
  );
  expect({ records, deadLetters }).toEqual({ records: 4, deadLetters: 0 });
});

it("takes __proto__ and constructor for fields like any other", () => {
  const hostile =
    '{"time":"2026-01-01T00:00:00Z","level":"error","msg":"m","service":"__proto__","__proto__":{"polluted":1},"constructor":"x"}';
  const { lines: found } = read(`${hostile}\n${hostile}`);
  expect(found[0]).toMatchObject({ service: "__proto__" });
  expect(JSON.stringify(found[0])).toContain("polluted");
  expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
});

it.each([1, 30, 60, 95])("knows JSON lines of which %i in a hundred are damaged, wherever they stand", (percent) => {
  const damaged = lines(200).map((text, index) =>
    (index * 37) % 100 < percent ? text.slice(0, 40 - (index % 30)) : text,
  );
  const { format, records, deadLetters } = read(damaged.join("\n"));
  expect(format).toBe("json-lines");
  expect({ records, deadLetters }).toEqual({ records: 200 - 2 * percent, deadLetters: 2 * percent });
});

it("leaves a byte order mark in the middle out of the line that it starts", () => {
  const { lines: found, deadLetters } = read(`\ufeff${line(0)}\n\ufeff${line(1)}\r\n${line(2)}`);
  expect(deadLetters).toBe(0);
  expect(found[1]).toMatchObject({ offset: 3 + line(0).length + 1 + 3, length: line(1).length });
});

it.each(["0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999999Z", "2026-02-30T00:00:00Z", -86_400, 0, 1e300])(
  "keeps a record whose time is %j, without a time",
  (time) => {
    const { lines: found } = read([line(0), line(1, { time }), line(2)].join("\n"));
    expect(found[1]).toMatchObject({ time: null, message: "n 1" });
  },
);

it("reads a leap second and the outermost offsets", () => {
  const times = ["2016-12-31T23:59:60Z", "2026-01-01T12:00:00+14:00", "2026-01-01T12:00:00-12:00"];
  const { lines: found } = read(times.map((time) => line(0, { time })).join("\n"));
  expect(found).toMatchObject([
    { time: "2017-01-01T00:00:00Z" },
    { time: "2025-12-31T22:00:00Z" },
    { time: "2026-01-02T00:00:00Z" },
  ]);
});

it("places a log without years right around New Year, in a zone that is ahead too", () => {
  const log = ["Dec 31 23:59:58 web app[1]: a", "Jan  1 00:00:02 web app[1]: b", "Jan  2 08:00:00 web app[1]: c"];
  expect(read(log.join("\n")).lines).toMatchObject([
    { time: "2025-12-31T23:59:58Z" },
    { time: "2026-01-01T00:00:02Z" },
    { time: "2026-01-02T08:00:00Z" },
  ]);
});

it.each([-5, 1e30, Number.MAX_SAFE_INTEGER])("keeps a span of %d ms without a duration", (duration_ms) => {
  const span = { trace_id: "t", span_id: "a", service: "s", name: "n", start: "2026-01-01T00:00:00Z", duration_ms };
  const { lines: found } = read(JSON.stringify([span]));
  expect(found).toHaveLength(1);
  expect(NOW + LONGEST_DURATION).toBeLessThan(Number.MAX_SAFE_INTEGER);
});

it("reads nanoseconds of OTLP as text, as numbers beyond 2^53, and refuses nonsense", () => {
  const spans = ['"1772359200123456789"', "1772359200123456789", '"18446744073709551615"', '"abc"', "-1", "null"];
  const text = spans.map(
    (time, index) =>
      `{"traceId":"${"ab".repeat(16)}","spanId":"${"0".repeat(15)}${index + 1}","name":"n","startTimeUnixNano":${time}}`,
  );
  const { lines: found, records } = read(`{"resourceSpans":[{"scopeSpans":[{"spans":[${text.join()}]}]}]}`);
  expect(records).toBe(6);
  expect((found as { time: unknown }[]).map(({ time }) => time)).toEqual([
    "2026-03-01T10:00:00.123456789Z",
    "2026-03-01T10:00:00.123456789Z",
    null,
    null,
    null,
    null,
  ]);
});

const row = (index: number, rest = ""): string =>
  `2026-01-01T00:00:${String(index).padStart(2, "0")}Z,web,cpu,${index}${rest}`;
const HEADER = "timestamp,service,metric,value";
const rows = (from: number): string[] => Array.from({ length: 20 }, (_, index) => row(from + index));

it("refuses the ragged rows of a CSV and the one whose quote never closes, and reads the rest", () => {
  const bad = [row(1, ",x,y"), "2026-01-01T00:00:00Z,web", '2026-01-01T00:00:00Z,"web,cpu,5', "a,b,c,d"];
  const { format, records, deadLetters } = read([HEADER, ...rows(0), ...bad, ...rows(20)].join("\n"));
  expect({ format, records, deadLetters }).toEqual({ format: "csv-metrics-long", records: 40, deadLetters: 4 });
});

it.each([
  ["a message", "timestamp,host,message,ms", (at: number) => `h${at % 2},started,${at}`],
  ["a level", "timestamp,host,level,ms", (at: number) => `h${at % 2},warn,${at}`],
  ["sentences", "timestamp,service,what,ms", (at: number) => `cart,the cart of a person was emptied,${at}`],
  ["a request that is of no other row", "timestamp,service,request,ms", (at: number) => `cart,r-${at},${at}`],
])("takes rows with %s for logs, not for metrics with labels", (_, header, rest) => {
  const many = Array.from({ length: 40 }, (__, at) => `2026-01-01T00:00:${10 + at}Z,${rest(at)}`);
  expect(read([header, ...many].join("\n")).format).toBe("csv-logs");
});

it("reads a header alone as a header", () => {
  expect(read(`${HEADER}\n`)).toMatchObject({ read: 1, records: 0, skipped: 1 });
});

it("reads a CSV of ten thousand columns, each cell as a record of its own bytes", () => {
  const names = Array.from({ length: 10_000 }, (_, index) => `s\u00e9rie_${index}`);
  const cells = names.map((_, index) => (index % 3 === 0 ? `"${index}"` : String(index)));
  const long = `2026-01-01T00:00:00Z,\u00fc,${cells.join()}`;
  const { format, records, skipped, lines: found } = read(`time,service,${names.join()}\n${long}\n`);
  expect({ format, records, skipped }).toEqual({ format: "csv-metrics-wide", records: 10_000, skipped: 1 });
  const before = Buffer.byteLength(
    `time,service,${names.join()}\n2026-01-01T00:00:00Z,\u00fc,${cells.slice(0, 9_999).join()},`,
  );
  expect(found.at(-1)).toMatchObject({
    offset: before,
    length: Buffer.byteLength('"9999"'),
    message: "s\u00e9rie_9999 9999",
    service: "\u00fc",
    fields: { "s\u00e9rie_9999": "9999" },
  });
});

it("reads events of Kubernetes, listed or on lines, at the time when they last happened", () => {
  const event = (index: number, times: object): object => ({
    kind: "Event",
    metadata: { name: `pod.${index}`, creationTimestamp: "2026-01-01T00:00:00Z" },
    type: "Warning",
    reason: "BackOff",
    message: "Back-off restarting failed container",
    involvedObject: { kind: "Pod", name: "checkout-7d4b9c6f5-x2x9z" },
    ...times,
  });
  const events = [
    event(0, { firstTimestamp: "2026-01-01T00:00:01Z", lastTimestamp: "2026-01-01T00:05:00Z", eventTime: null }),
    event(1, { firstTimestamp: null, lastTimestamp: null, eventTime: "2026-01-01T00:06:00.123456Z" }),
    event(2, { firstTimestamp: "2026-01-01T00:00:02Z" }),
  ];
  const expected = ["2026-01-01T00:05:00Z", "2026-01-01T00:06:00.123456Z", "2026-01-01T00:00:02Z"].map((time) => ({
    time,
    level: "warn",
    service: "checkout",
  }));
  expect(read(events.map((one) => JSON.stringify(one)).join("\n")).lines).toMatchObject(expected);
  expect(read(JSON.stringify({ kind: "List", items: events })).lines).toMatchObject(expected);
});

it("measures a line of 200 MB without holding it, and goes on behind it", () => {
  const format = detectFormat(makeSample("dump", Buffer.from(lines(10).join("\n")), true)).best?.format;
  const seen = { records: 0, letters: [] as { reason: string; length: number }[] };
  const parser = format?.parser(
    { zone: "UTC", now: NOW },
    {
      read: () => undefined,
      skip: () => undefined,
      warn: () => undefined,
      tests: () => undefined,
      deadLetter: ({ reason, length, raw }) => {
        expect(raw.length).toBeLessThan(1024 * 1024);
        seen.letters.push({ reason, length });
      },
      record: () => (seen.records += 1),
    },
  );
  parser?.push(Buffer.from(`${line(0)}\n{"msg":"`));
  const piece = Buffer.alloc(1024 * 1024, "x");
  for (let pushed = 0; pushed < 200; pushed += 1) parser?.push(piece);
  parser?.push(Buffer.from(`"}\n${line(1)}`));
  parser?.end();
  expect(seen).toEqual({ records: 2, letters: [{ reason: "line-too-long", length: 200 * 1024 * 1024 + 10 }] });
});

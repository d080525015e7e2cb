// A folder of everything that an incident's dumps should not hold and do, each file small and made on the spot.
import { execFileSync } from "node:child_process";
import { linkSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const START = Date.UTC(2026, 2, 1, 10);

export const line = (index: number, fields: object = {}): string =>
  JSON.stringify({
    time: new Date(START + index * 1_000).toISOString(),
    level: "info",
    service: "web",
    msg: `order ${index}`,
    ...fields,
  });
export const lines = (count: number): string =>
  Array.from({ length: count }, (_, index) => `${line(index)}\n`).join("");

const text = (count: number): string =>
  Array.from(
    { length: count },
    (_, index) => `${new Date(START + index * 1_000).toISOString()} ERROR no ${index}\n`,
  ).join("");

const span = (index: number, fields: object): object => ({
  trace_id: `t${index % 2}`,
  span_id: `s${index % 3}`,
  parent_id: "nobody",
  service: "web",
  name: "GET /",
  start: new Date(START + index).toISOString(),
  duration_ms: 20,
  status: "OK",
  ...fields,
});

const packed = gzipSync(lines(2_000));
const deep = (open: string, close: string): string => `${open.repeat(100_000)}1${close.repeat(100_000)}`;

/** What a source is to come to: its state, how many records and dead letters (null: any number), and what it says. */
export interface Expected {
  readonly state: string;
  readonly records: number | null;
  readonly deadLetters: number | null;
  readonly says?: RegExp | undefined;
}

interface Hostile {
  readonly content: string | Uint8Array;
  readonly expected: Expected;
}

const file = (
  content: string | Uint8Array,
  state: string,
  records: number | null,
  deadLetters: number | null,
  says?: RegExp,
): Hostile => ({ content, expected: { state, records, deadLetters, says } });

export const FILES: Readonly<Record<string, Hostile>> = {
  "empty.log": file("", "empty", 0, 0),
  "one-byte": file("x", "not-recognised", 0, 0),
  "half-written.jsonl": file(lines(20).slice(0, -10), "done", 19, 1),
  "half-written.json": file(
    `[${lines(20).trim().replaceAll("\n", ",")}`.slice(0, -10),
    "done",
    19,
    1,
    /ends before it is closed/u,
  ),
  "bad-utf8.log": file(Buffer.from(text(20).replaceAll("no", "caf\u00e9"), "latin1"), "done", 20, 0, /no UTF-8/u),
  "nul.log": file(text(20).replaceAll("no", "n\0"), "done", 20, 0, /NUL bytes/u),
  "blank.jsonl": file(`${line(0)}\n${"\n".repeat(100_000)}${line(1)}\n`, "done", 2, 0),
  "utf16.log": file(Buffer.from(`\ufeff${text(20)}`, "utf16le"), "done", 20, 0, /UTF-16/u),
  "deep-line.jsonl": file(`${lines(5)}${deep('{"a":', "}")}\n${deep("[", "]")}\n${lines(5)}`, "done", 11, 1),
  "deep.json": file(deep("[", "]"), "done", 1, 0),
  "proto.jsonl": file(
    `${line(0).replace("{", '{"__proto__":{"polluted":1},"constructor":1,')}\n${lines(5)}`,
    "done",
    6,
    0,
  ),
  "years.jsonl": file(
    `${line(0, { time: "0001-01-01T00:00:00Z" })}\n${line(1, { time: "9999-12-31T23:59:59Z" })}\n${lines(3)}`,
    "done",
    5,
    0,
    /outside of 1970/u,
  ),
  "spans.json": file(
    JSON.stringify([
      span(0, { duration_ms: -5 }),
      span(1, { duration_ms: 1e30 }),
      span(2, {}),
      span(3, { parent_id: "s0" }),
    ]),
    "done",
    4,
    0,
    /duration is below zero or over 50 years/u,
  ),
  "other-spans.json": file(JSON.stringify([span(0, { status: "ERROR" }), span(0, {})]), "done", 2, 0),
  "loops.json": file(
    JSON.stringify([
      span(0, { span_id: "a", parent_id: "b" }),
      span(0, { span_id: "b", parent_id: "a" }),
      span(2, { span_id: "c", parent_id: "c" }),
    ]),
    "done",
    3,
    0,
  ),
  "empty-array.json": file("[]", "done", 0, 0),
  "text.json": file('"hello"', "not-recognised", 0, 0),
  "damaged.jsonl": file(lines(200).replaceAll(/"msg"(?=[^\n]*[13579]"\})/gu, '"msg'), "done", 100, 100),
  "mixed.log": file(`${text(20)}${lines(5)}${text(20)}`, "done", 45, 0),
  "wide.csv": file(
    `time,${Array.from({ length: 10_000 }, (_, index) => `c${index}`).join()}\n2026-03-01T10:00:00Z${",1".repeat(10_000)}\n`,
    "done",
    10_000,
    0,
  ),
  "random.log": file(
    Buffer.from(Array.from({ length: 4_000 }, (_, index) => (index * index * 31 + (index >> 3) * 7) % 256)),
    "not-recognised",
    0,
    0,
    /looks binary/u,
  ),
  "cut.gz": file(packed.subarray(0, packed.length / 2), "done", null, null, /truncated at byte/u),
  "twice.gz": file(gzipSync(packed), "done", 2_000, 0),
  "four-times.gz": file(
    gzipSync(gzipSync(gzipSync(packed))),
    "not-recognised",
    0,
    0,
    /gzip file inside of a gzip file/u,
  ),
  "members.gz": file(Buffer.concat([gzipSync(lines(10)), gzipSync(lines(10))]), "done", 20, 0),
  "new\nline \u00fc\u4e2d.log": file(text(3), "done", 3, 0),
  [`${"l".repeat(100)}.log`]: file(text(3), "done", 3, 0),
};

/** Makes the folder; answers with its path. */
export function makeCorpus(folder: string): string {
  const corpus = join(folder, "dumps");
  mkdirSync(join(corpus, "deep", "deeper"), { recursive: true });
  for (const [name, { content }] of Object.entries(FILES)) writeFileSync(join(corpus, name), content);
  writeFileSync(join(corpus, "zeros"), "");
  truncateSync(join(corpus, "zeros"), 100 * 1024 * 1024);
  writeFileSync(join(corpus, "named.log"), text(4));
  linkSync(join(corpus, "named.log"), join(corpus, "other-name.log"));
  symlinkSync(corpus, join(corpus, "deep", "deeper", "up"));
  symlinkSync("itself", join(corpus, "itself"));
  symlinkSync("/dev/zero", join(corpus, "outside"));
  execFileSync("mkfifo", [join(corpus, "pipe")]);
  return corpus;
}

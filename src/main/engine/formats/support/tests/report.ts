/** What formats of XML test reports share: a record a test case, sums of the outcomes, what stands before damage. */
import { DEAD_LETTER_RAW_LIMIT } from "../../../../../shared/model/dead-letter.ts";
import type { DecodedRecord, FieldValue, RecordInput } from "../../../../../shared/model/record.ts";
import type { Detection, Format, ParseOptions, Parser, RecordSink, Sample } from "../../format.ts";
import { type TestCase, TestCaseReader } from "./cases.ts";
import type { TestDialect } from "./dialect.ts";
import { OutcomeSums, testMessage, testRecord } from "./result.ts";
import { warnOutOfRange } from "../log-object/record.ts";
import { TimeReader } from "../time/reader.ts";

/** Declarations, comments and a DOCTYPE may stand before the root; no more of them than this. */
const MOST_PROLOG = 16;
const PROLOG_LENGTH = 65_536;

function detect(sample: Sample, { roots }: TestDialect): Detection | null {
  const root = rootName(sample.text);
  return root !== null && roots.includes(root)
    ? { confidence: 0.97, reason: `an XML document whose root is ${root}` }
    : null;
}

/** Name of the root element; null when the text is no XML. By hand, for a pattern would try every way to end a comment. */
function rootName(text: string): string | null {
  let rest = text.slice(0, PROLOG_LENGTH).trimStart();
  for (let part = 0; part < MOST_PROLOG && rest.startsWith("<"); part += 1) {
    const end = prologEnd(rest);
    if (end === 0) return /^<([\w.:-]{1,80})[\s/>]/.exec(rest)?.[1] ?? null;
    if (end < 0) return null;
    rest = rest.slice(end).trimStart();
  }
  return null;
}

/** Where the part of the prolog ends that `text` starts with: 0 when it is an element, -1 when the part has no end. */
function prologEnd(text: string): number {
  const close = text.startsWith("<?") ? "?>" : text.startsWith("<!--") ? "-->" : text.startsWith("<!") ? ">" : "";
  if (close === "") return 0;
  const subset = close === ">" ? text.indexOf("[") : -1;
  const from = subset >= 0 && subset < text.indexOf(close) ? text.indexOf("]", subset) : 0;
  const end = from < 0 ? -1 : text.indexOf(close, from);
  return end < 0 ? -1 : end + close.length;
}

function parser(options: ParseOptions, sink: RecordSink, dialect: TestDialect): Parser {
  const times = new TimeReader(options);
  const sums = new OutcomeSums();
  const reader = new TestCaseReader(dialect, (testCase) => {
    sink.read();
    sums.take(`${testCase.file}\0${testCase.className}\0${testCase.name}`, testCase.outcome);
    const found = testCase.timestamp !== null && times.whole(testCase.timestamp);
    if (found && times.outOfRange) warnOutOfRange(sink, testCase.line);
    const input = recordOf(testCase, found ? times.time : null);
    sink.record(input, testCase.start, testCase.end - testCase.start, testCase.line);
  });
  /** Bytes of a case whose end has not come yet, should the document be cut off in it. */
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  let pushed = 0;
  /** First bytes after the place where the document stopped being XML. */
  let unread: Uint8Array | null = null;
  const hold = (chunk: Uint8Array): void => {
    const from = (reader.openStart ?? pushed + chunk.length) - pushed;
    if (from >= 0) {
      held = [];
      heldBytes = 0;
    }
    const start = Math.max(from, 0);
    const part = Buffer.from(chunk.subarray(start, start + DEAD_LETTER_RAW_LIMIT - heldBytes));
    if (part.length > 0) held.push(part);
    heldBytes += part.length;
    if (reader.gaveUpAt !== null && unread === null) {
      const at = Math.max(reader.gaveUpAt - pushed, 0);
      unread = Buffer.from(chunk.subarray(at, at + DEAD_LETTER_RAW_LIMIT));
    }
    pushed += chunk.length;
  };
  return {
    push(chunk) {
      reader.push(chunk);
      hold(chunk);
    },
    end() {
      const around = reader.around();
      const cut = reader.end();
      if (cut !== null) {
        sink.read();
        const message = `The test case "${cut.name}" at line ${cut.line}, byte ${cut.start} has no end; the report is cut off.`;
        const length = cut.end - cut.start;
        const raw = Buffer.concat(held);
        sink.deadLetter({
          offset: cut.start,
          length,
          line: cut.line,
          stage: "parse",
          reason: "truncated",
          message,
          raw,
          around,
        });
      }
      if (reader.gaveUpAt !== null && unread !== null) {
        const offset = reader.gaveUpAt;
        sink.read();
        const message = `From byte ${offset} on the document is not XML.`;
        sink.deadLetter({
          offset,
          length: pushed - offset,
          line: reader.line,
          stage: "parse",
          reason: "not-xml",
          message,
          raw: unread,
          around,
        });
      }
      if (reader.damage !== null) {
        const { message, line, offset } = reader.damage;
        sink.warn(
          "bad-xml",
          `Line ${line}, byte ${offset} is not well-formed XML (${message}); what could be read was kept.`,
        );
      }
      sink.tests(sums.totals());
    },
  };
}

function recordOf(testCase: TestCase, time: RecordInput["time"]): RecordInput {
  const written = testCase.time ?? "";
  const seconds = written === "" ? undefined : secondsOf(written);
  return testRecord(testCase, { time, seconds, context: testCase.suite === "" ? undefined : testCase.suite });
}

/** Of seconds with a thousands separator, or of TRX' 00:00:01.5000000. */
function secondsOf(text: string): number {
  const [, hours, minutes, seconds] = /^(\d+):(\d\d):(\d\d(?:\.\d+)?)$/.exec(text) ?? [];
  if (hours !== undefined) return Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds);
  return Number(text.replaceAll(",", ""));
}

function decode(raw: Uint8Array, context: string | null, dialect: TestDialect): DecodedRecord {
  let found: TestCase | null = null;
  const reader = new TestCaseReader(dialect, (testCase) => (found ??= testCase));
  reader.push(raw);
  const testCase = (found as TestCase | null) ?? reader.end();
  if (testCase === null) return { message: Buffer.from(raw).toString("utf8"), fields: [] };
  const fields: (readonly [string, FieldValue])[] = [...testCase.attributes, ["outcome", testCase.outcome]];
  if (context !== null) fields.push(["suite", context]);
  if (testCase.message !== null) fields.push(["failure", testCase.message]);
  if (testCase.detail.trim() !== "") fields.push(["detail", testCase.detail.trim()]);
  return { message: testMessage(testCase), fields };
}

export interface TestReport extends Pick<Format, "id" | "title" | "version"> {
  readonly dialect: TestDialect;
}

export const testReport = ({ dialect, ...of }: TestReport): Format => ({
  ...of,
  unit: "test",
  detect: (sample) => detect(sample, dialect),
  parser: (options, sink) => parser(options, sink, dialect),
  decode: (raw, context) => decode(raw, context, dialect),
});

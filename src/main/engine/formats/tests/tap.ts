/**
 * The Test Anything Protocol, versions 12 to 14, https://testanything.org/tap-version-14-specification.html: a test a
 * line, with diagnostics as YAML or comments below it, and subtests indented. Quirks: it tells no times; the line behind
 * a subtest repeats what its tests told; anything else a program prints between the lines is to be passed over.
 */
import type { DecodedRecord } from "../../../../shared/model/record.ts";
import type { Detection, Format, Parser, ParseOptions, RecordSink, Sample } from "../format.ts";
import { LineReader, lineText } from "../support/lines.ts";
import { type TapTest, TapSubtests, tapTest } from "../support/tests/tap-lines.ts";
import { OutcomeSums, testMessage, testRecord, type TestResult } from "../support/tests/result.ts";

const VERSION = /^TAP version \d+/;
const PLAN = /^ *\d+\.\.(\d+)\b/;
const BAIL = /^ *Bail out!(.*)$/i;
const DIAGNOSTIC = /^ *#(.*)$/s;
const YAML_OPEN = /^ +---/;
const YAML_CLOSE = /^ +\.\.\. *$/;
const FEWEST_NUMBERED = 3;
const LEAST_SHARE = 0.5;
/** Of a record; what a test says beyond it is left in the source. */
const MOST_CHARACTERS = 64 * 1024;
const MILLIS_PER_SECOND = 1_000;
const JOINT = " › ";

/** Cheap, for each text is asked: whether a line can be a test's that stands in no subtest. */
const mayBeTest = (line: string): boolean => line.startsWith("ok") || line.startsWith("not ok");

function detect(sample: Sample): Detection | null {
  if (!sample.lines.some(mayBeTest)) return null;
  const filled = sample.lines.filter((line) => line.trim().length > 0);
  const tests = filled.filter((line) => tapTest(line) !== null);
  const numbered = tests.filter((line) => /^ *(?:not )?ok \d+\b/.test(line)).length;
  const isStated = filled.slice(0, 20).some((line) => VERSION.test(line)) || filled.some((line) => PLAN.test(line));
  if (tests.length === 0 || (!isStated && numbered < FEWEST_NUMBERED)) return null;
  const own = filled.filter(
    (line) =>
      tapTest(line) !== null || /^ +\S|^#/.test(line) || VERSION.test(line) || PLAN.test(line) || BAIL.test(line),
  );
  const share = own.length / filled.length;
  if (share < LEAST_SHARE) return null;
  return {
    confidence: (isStated ? 0.7 : 0.5) + 0.27 * share,
    reason: `${tests.length} of ${filled.length} lines are results of tests`,
  };
}

/** What stands below a test's line: its message, and how long it took. */
function diagnosticsOf(lines: readonly string[]): {
  message: string | null;
  detail: string;
  seconds: number | undefined;
} {
  let message: string | null = null;
  let milliseconds = Number.NaN;
  for (const [index, line] of lines.entries()) {
    const [, key = "", value = ""] = /^\s*(message|error|duration_ms):\s*(.*?)\s*$/.exec(line) ?? [];
    if (key === "duration_ms") milliseconds = Number(value);
    else if (key !== "") message ??= unquoted(/^[|>][-+]?$/.test(value) ? (lines[index + 1]?.trim() ?? "") : value);
  }
  const comment = lines.map((line) => DIAGNOSTIC.exec(line)?.[1]?.trim() ?? "").find((text) => text !== "");
  const seconds = milliseconds >= 0 ? milliseconds / MILLIS_PER_SECOND : undefined;
  return { message: message || comment || null, detail: lines.join("\n"), seconds };
}

const unquoted = (text: string): string => /^(['"])(.*)\1$/s.exec(text)?.[2] ?? text;

/** `names` are those of the subtests around it. */
function resultOf(
  test: TapTest,
  below: readonly string[],
  names: readonly string[],
): TestResult & { seconds: number | undefined } {
  const { message, detail, seconds } = diagnosticsOf(below);
  const bad = test.outcome === "failed";
  return {
    name: [...names, test.name].join(JOINT),
    className: "",
    outcome: test.outcome,
    message: bad ? message : test.why,
    detail: bad ? detail : "",
    seconds,
  };
}

interface Open {
  readonly test: TapTest;
  readonly names: readonly string[];
  readonly below: string[];
  readonly offset: number;
  readonly line: number;
  characters: number;
  length: number;
}

class Tap implements Parser {
  readonly #sink: RecordSink;
  readonly #lines: LineReader;
  readonly #subtests = new TapSubtests();
  readonly #sums = new OutcomeSums();
  #tests = 0;
  #open: Open | null = null;
  #inYaml = false;

  constructor(options: ParseOptions, sink: RecordSink) {
    this.#sink = sink;
    this.#lines = new LineReader(
      sink,
      {
        tooLong: () => this.#close(),
        line: (text, offset, length, line) => this.#line(text, offset, length, line),
      },
      options.from,
    );
  }

  push(chunk: Uint8Array): void {
    this.#lines.push(chunk);
  }

  end(): void {
    this.#lines.end();
    this.#close();
    this.#sink.tests(this.#sums.totals());
  }

  #line(text: string, offset: number, length: number, line: number): void {
    const sink = this.#sink;
    if (this.#inYaml || (this.#open !== null && YAML_OPEN.test(text))) {
      this.#inYaml = !YAML_CLOSE.test(text);
      return this.#goOn(text, offset + length);
    }
    if (text.trim().length === 0) return sink.skip("blank line");
    const test = tapTest(text);
    if (test !== null) {
      this.#close();
      const { names, sums } = this.#subtests.around(test);
      if (sums) return sink.skip("sum of a subtest");
      this.#open = { test, names, below: [], offset, line, characters: 0, length };
      return;
    }
    if (this.#subtests.take(text)) {
      this.#close();
      return sink.skip("beginning of a subtest");
    }
    if (DIAGNOSTIC.test(text)) return this.#open === null ? sink.skip("comment") : this.#goOn(text, offset + length);
    this.#close();
    const bail = BAIL.exec(text)?.[1];
    if (bail !== undefined) return this.#bail(text, offset, length, line);
    if (VERSION.test(text) || PLAN.test(text)) return sink.skip("plan");
    return sink.skip("output between tests");
  }

  #goOn(text: string, end: number): void {
    const open = this.#open;
    this.#sink.skip("diagnostics of the test above");
    if (open === null || open.characters + text.length > MOST_CHARACTERS) return;
    open.below.push(text);
    open.characters += text.length + 1;
    open.length = end - open.offset;
  }

  #close(): void {
    this.#inYaml = false;
    const open = this.#open;
    if (open === null) return;
    this.#open = null;
    const { seconds, ...result } = resultOf(open.test, open.below, open.names);
    this.#record(result, seconds, open.names, open);
  }

  #bail(text: string, offset: number, length: number, line: number): void {
    this.#record(bailed(text), undefined, [], { offset, length, line });
  }

  #record(
    result: TestResult,
    seconds: number | undefined,
    names: readonly string[],
    { offset, length, line }: Pick<Open, "offset" | "length" | "line">,
  ): void {
    this.#tests += 1;
    this.#sums.take(String(this.#tests), result.outcome);
    const context = names.length === 0 ? undefined : JSON.stringify(names);
    this.#sink.record(testRecord(result, { time: null, seconds, context }), offset, length, line);
  }
}

const bailed = (text: string): TestResult => ({
  name: "Bail out!",
  className: "",
  outcome: "error",
  message: BAIL.exec(text)?.[1]?.trim() || null,
  detail: "",
});

function decode(raw: Uint8Array, context: string | null): DecodedRecord {
  const [first = "", ...below] = lineText(raw).split(/\r?\n/);
  const test = tapTest(first);
  if (test === null) return { message: testMessage(bailed(first)), fields: [] };
  const names = JSON.parse(context ?? "[]") as string[];
  const filled = below.filter((line) => line.trim().length > 0);
  const { seconds, ...result } = resultOf(test, filled, names);
  return {
    message: testMessage(result),
    fields: [
      ["name", result.name],
      ["outcome", result.outcome],
      ...(seconds === undefined ? [] : [["seconds", seconds] as const]),
      ...(filled.length === 0 ? [] : [["diagnostics", filled.join("\n")] as const]),
    ],
  };
}

export default {
  id: "tap",
  title: "Test Anything Protocol (TAP)",
  version: 1,
  unit: "line",
  detect,
  parser: (options, sink) => new Tap(options, sink),
  decode,
} satisfies Format;

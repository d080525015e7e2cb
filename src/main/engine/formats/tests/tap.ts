/**
 * The Test Anything Protocol, versions 12 to 14, https://testanything.org/tap-version-14-specification.html: a test a
 * line, with diagnostics as YAML or comments below it, and subtests indented. Quirks: it tells no times; the line behind
 * a subtest repeats what its tests told; anything else a program prints between the lines is to be passed over.
 */
import type { DecodedRecord } from "../../../../shared/model/record.ts";
import type { Detection, Format, Parser, Position, RecordSink, Sample } from "../format.ts";
import { type Block, BlockReader } from "../support/block-reader.ts";
import { lineText } from "../support/lines.ts";
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

interface Named {
  readonly test: TapTest;
  readonly names: readonly string[];
}

class Tap implements Parser {
  readonly #sink: RecordSink;
  readonly #blocks: BlockReader<Named>;
  readonly #subtests = new TapSubtests();
  readonly #sums = new OutcomeSums();
  #tests = 0;
  #inYaml = false;

  constructor(sink: RecordSink) {
    this.#sink = sink;
    this.#blocks = new BlockReader(sink, {
      noun: "test",
      line: (text, offset, length, line) => this.#line(text, offset, length, line),
      block: (block) => this.#test(block),
    });
  }

  push(chunk: Uint8Array): void {
    this.#blocks.push(chunk);
  }

  end(): void {
    this.#blocks.end();
    this.#sink.tests(this.#sums.totals());
  }

  get pending(): Position | null {
    return this.#blocks.pending;
  }

  #line(text: string, offset: number, length: number, line: number): void {
    const sink = this.#sink;
    const blocks = this.#blocks;
    if (this.#inYaml || (blocks.open !== null && YAML_OPEN.test(text))) {
      this.#inYaml = !YAML_CLOSE.test(text);
      return blocks.add();
    }
    if (text.trim().length === 0) return sink.skip("blank line");
    const test = tapTest(text);
    if (test !== null) {
      blocks.close();
      const { names, sums } = this.#subtests.around(test);
      return sums ? sink.skip("sum of a subtest") : blocks.begin({ test, names });
    }
    if (this.#subtests.take(text)) {
      blocks.close();
      return sink.skip("beginning of a subtest");
    }
    if (DIAGNOSTIC.test(text)) return blocks.open === null ? sink.skip("comment") : blocks.add();
    blocks.close();
    const bail = BAIL.exec(text)?.[1];
    if (bail !== undefined) return this.#bail(text, offset, length, line);
    if (VERSION.test(text) || PLAN.test(text)) return sink.skip("plan");
    return sink.skip("output between tests");
  }

  #test(block: Block<Named>): void {
    this.#inYaml = false;
    const { test, names } = block.head;
    const { seconds, ...result } = resultOf(test, block.texts.slice(1), names);
    this.#record(result, seconds, names, block);
  }

  #bail(text: string, offset: number, length: number, line: number): void {
    this.#record(bailed(text), undefined, [], { offset, length, line });
  }

  #record(
    result: TestResult,
    seconds: number | undefined,
    names: readonly string[],
    { offset, length, line }: Pick<Block<Named>, "offset" | "length" | "line">,
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
  version: 2,
  unit: "line",
  detect,
  parser: (_options, sink) => new Tap(sink),
  decode,
} satisfies Format;

/**
 * Tests of a run that is told by events: what starts is open until it ends, and events of many tests are mixed. A start
 * counts as read when it is met; whether it is skipped or is the record of a test that never ended is known later.
 */
import type { Timestamp } from "../../../../../shared/model/record.ts";
import type { RecordSink } from "../../format.ts";
import type { Outcome } from "./dialect.ts";
import { gravity, OutcomeSums, testRecord } from "./result.ts";
import { MOST_DETAIL, TextBudget } from "./text-budget.ts";

const NO_END = "the report tells no end of it";

/** A line of the source. */
export interface Place {
  readonly offset: number;
  readonly length: number;
  readonly line: number;
}

export interface StartedTest {
  readonly name: string;
  readonly suite: string;
  /** Null where events state none, or only how long the run had taken. */
  readonly time: Timestamp | null;
  /** On the clock of the run, in seconds; undefined where the end says how long a test took. */
  readonly at?: number | undefined;
}

export interface TestEnd {
  readonly outcome: Outcome;
  readonly seconds?: number | undefined;
  /** On the clock of the run, in seconds. */
  readonly at?: number | undefined;
  /** Tests of the runner itself: not told unless they went wrong. */
  readonly hidden?: boolean;
}

interface OpenTest {
  readonly key: string;
  readonly test: StartedTest;
  readonly place: Place;
  outcome: Outcome;
  message: string | null;
  detail: string;
  output: string;
}

/** What the events before it tell of the one that is a test's record; its context, as JSON. */
export interface TestContext {
  readonly name: string;
  readonly outcome: Outcome;
  readonly suite?: string;
  readonly failure?: string;
  readonly detail?: string;
  readonly output?: string;
}

export class TestRun {
  readonly #sink: RecordSink;
  readonly #sums = new OutcomeSums();
  readonly #messageOfOutput: (output: string) => string | null;
  readonly #open = new Map<string, OpenTest>();
  /** Tests that ended, for what is told of them later; null for one whose start was not read. */
  #ended = new Map<string, StartedTest | null>();
  readonly #texts = new TextBudget();
  #runs = 0;

  /** `messageOfOutput` finds in what a test wrote why it did not pass. */
  constructor(sink: RecordSink, messageOfOutput: (output: string) => string | null = () => null) {
    this.#sink = sink;
    this.#messageOfOutput = messageOfOutput;
  }

  isOpen(key: string): boolean {
    return this.#open.has(key);
  }

  /** Counts on; what had not ended never will. */
  restart(): void {
    this.giveUp(this.#open.keys());
    this.#ended = new Map();
    this.#runs += 1;
  }

  start(key: string, test: StartedTest, place: Place): void {
    if (this.#ended.get(key) === null) {
      this.#ended.set(key, test);
      return this.#sink.skip("start of a test that ended before it");
    }
    const before = this.#open.get(key);
    if (before !== undefined) this.#giveUp(before);
    this.#open.set(key, { key, test, place, outcome: "passed", message: null, detail: "", output: "" });
  }

  output(key: string, text: string): void {
    const open = this.#open.get(key);
    if (open !== undefined) open.output += this.#texts.keep(text, open.output.length);
    this.#sink.skip("output of a test");
  }

  /** An error of a test; after the end of the test it is a record of its own. False for a test that is not known. */
  fail(key: string, outcome: Outcome, message: string, detail: string, place: Place): boolean {
    const open = this.#open.get(key);
    if (open !== undefined) {
      if (gravity(outcome) > gravity(open.outcome)) {
        this.#texts.release(open.message, open.detail);
        open.outcome = outcome;
        open.message = this.#texts.keep(message.trim());
        open.detail = this.#texts.keep(detail);
      }
      this.#sink.skip("error of a test, told with its end");
      return true;
    }
    const test = this.#ended.get(key) ?? null;
    if (test === null) return false;
    const late = { key, test, place, outcome, message: message.trim().slice(0, MOST_DETAIL), detail, output: "" };
    this.#record(late, place, undefined);
    return true;
  }

  /** False for a test whose start was not read. */
  finish(key: string, end: TestEnd, place: Place): boolean {
    const open = this.#open.get(key);
    if (open === undefined) {
      if (!this.#ended.has(key)) this.#ended.set(key, null);
      return false;
    }
    this.#close(open);
    this.#sink.skip("start of a test");
    if (gravity(end.outcome) > gravity(open.outcome)) open.outcome = end.outcome;
    if (end.hidden === true && open.outcome === "passed") this.#sink.skip("test of the runner itself");
    else {
      const between = end.at === undefined || open.test.at === undefined ? undefined : end.at - open.test.at;
      this.#record(open, place, end.seconds ?? between);
    }
    return true;
  }

  /** Records what has not ended among `keys`, and says how many these are. */
  giveUp(keys: Iterable<string>): number {
    let given = 0;
    for (const key of keys) {
      const open = this.#open.get(key);
      if (open === undefined) continue;
      this.#giveUp(open);
      given += 1;
    }
    return given;
  }

  /** Records a test that one line tells all of. */
  only(key: string, test: StartedTest, end: TestEnd, output: string, place: Place): void {
    this.#record({ key, test, place, outcome: end.outcome, message: null, detail: "", output }, place, end.seconds);
  }

  end(): void {
    this.giveUp(this.#open.keys());
    this.#sink.tests(this.#sums.totals());
  }

  #giveUp(open: OpenTest): void {
    this.#close(open);
    const wrote = this.#messageOfOutput(open.output);
    open.message ??= wrote === null ? NO_END : `${NO_END}; it wrote: ${wrote}`;
    open.outcome = "error";
    this.#record(open, open.place, undefined);
  }

  #close(open: OpenTest): void {
    this.#open.delete(open.key);
    this.#ended.set(open.key, open.test);
    this.#texts.release(open.output, open.message, open.detail);
  }

  #record(from: OpenTest, { offset, length, line }: Place, seconds: number | undefined): void {
    const { test, outcome } = from;
    const output = outcome === "passed" ? "" : from.output;
    const message = from.message || this.#messageOfOutput(output);
    const detail = from.detail.trim().slice(0, MOST_DETAIL);
    this.#sums.take(`${this.#runs}\0${from.key}`, outcome);
    const context: TestContext = {
      name: test.name,
      outcome,
      ...(test.suite === "" ? {} : { suite: test.suite }),
      ...(message === null ? {} : { failure: message }),
      ...(detail === "" ? {} : { detail }),
      ...(output.trim() === "" ? {} : { output: output.trim() }),
    };
    const result = { name: test.name, className: "", outcome, message, detail };
    this.#sink.record(
      testRecord(result, { time: test.time, seconds, context: JSON.stringify(context) }),
      offset,
      length,
      line,
    );
  }
}

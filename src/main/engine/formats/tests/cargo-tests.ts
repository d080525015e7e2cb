/**
 * Events of Rust's test harness (`cargo test -- -Z unstable-options --format json`, cargo nextest's libtest-json),
 * https://doc.rust-lang.org/nightly/rustc/tests/index.html#--format-format. Quirk: an event has no time; what a test printed
 * stands with its end.
 */
import type { ParseOptions, RecordSink } from "../format.ts";
import { type JsonObject, numberOf } from "../support/json/value.ts";
import type { Outcome } from "../support/tests/dialect.ts";
import { type Refused, testEvents, textIn } from "../support/tests/events.ts";
import { type Place, TestRun } from "../support/tests/run.ts";

const TYPES = new Set(["suite", "test", "bench", "report"]);
const ENDS: Readonly<Record<string, Outcome>> = {
  ok: "passed",
  failed: "failed",
  ignored: "skipped",
  timeout: "error",
  allowed_failure: "skipped",
};
const PANIC = /panicked at ([^\n]*?):?\n(?:([^\n]+))?/;

/** Where a panic was, and what it said. */
function panicOf(output: string): string | null {
  const [, place, said] = PANIC.exec(output) ?? [];
  if (place !== undefined) return said === undefined ? place : `${said.trim()} (${place})`;
  return output.trim().split("\n", 1)[0] || null;
}

const isEvent = (object: JsonObject): boolean =>
  TYPES.has(textIn(object, "type")) &&
  (typeof object["event"] === "string" || textIn(object, "type") === "bench" || textIn(object, "type") === "report");

class CargoRun {
  readonly #run: TestRun;
  readonly #sink: RecordSink;
  /** Tests that run, and the lines that said so. */
  readonly #running = new Map<string, Place>();
  #suite = 0;

  constructor(sink: RecordSink) {
    this.#sink = sink;
    this.#run = new TestRun(sink, panicOf);
  }

  event(object: JsonObject, place: Place): Refused {
    if (!isEvent(object)) return { reason: "not-an-event", what: "is no event of Rust's test harness" };
    const type = textIn(object, "type");
    const event = textIn(object, "event");
    if (type !== "test") {
      if (type === "suite" && event === "started") this.#suite += 1;
      this.#sink.skip(type === "suite" ? "start or end of a suite" : "event of another kind");
      return null;
    }
    const name = textIn(object, "name");
    if (name === "") return { reason: "no-name", what: "names no test" };
    const key = `${this.#suite}\0${name}`;
    if (event === "started") {
      if (this.#running.has(key)) this.#sink.skip("start of a test");
      this.#running.set(key, place);
      return null;
    }
    const outcome = ENDS[event];
    if (outcome === undefined) {
      this.#sink.skip("event of another kind");
      return null;
    }
    if (this.#running.delete(key)) this.#sink.skip("start of a test");
    const seconds = numberOf(object["exec_time"]);
    const output = textIn(object, "stdout") || textIn(object, "message");
    this.#run.only(key, { name, suite: "", time: null }, { outcome, seconds }, output, place);
    return null;
  }

  end(): void {
    for (const [key, place] of this.#running) {
      const name = key.slice(key.indexOf("\0") + 1);
      const output = "the report tells no end of it";
      this.#run.only(key, { name, suite: "", time: null }, { outcome: "error" }, output, place);
    }
    this.#run.end();
  }
}

export default testEvents({
  id: "cargo-tests",
  title: "Test events of Rust (libtest JSON)",
  what: "events of Rust's test harness",
  keys: ["test_count", "name"],
  isEvent,
  isTelling: (object) =>
    (textIn(object, "type") === "suite" && typeof object["test_count"] === "number") ||
    (textIn(object, "type") === "test" && textIn(object, "name").includes("::")),
  passOver: (line) => (line.trimStart().startsWith("{") ? null : "output of the build"),
  run: (_options: ParseOptions, sink) => new CargoRun(sink),
});

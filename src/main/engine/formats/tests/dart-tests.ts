/**
 * Events of Dart's test runner, `dart test --reporter json` and `flutter test --machine`,
 * https://github.com/dart-lang/test/blob/master/pkgs/test/doc/json_reporter.md
 * Quirk: a test that has passed may still meet an error; it has failed then, and no second end is told.
 */
import { isObject, type JsonObject, numberOf, objectOf } from "../support/json/value.ts";
import type { Outcome } from "../support/tests/dialect.ts";
import { type Refused, testEvents, textIn } from "../support/tests/events.ts";
import { type Place, TestRun } from "../support/tests/run.ts";

const OUTCOMES: Readonly<Record<string, Outcome>> = { success: "passed", failure: "failed", error: "error" };
const MILLIS_PER_SECOND = 1_000;

/** Events that are met and tell nothing of one test. */
const PASSED_OVER: Readonly<Record<string, string>> = {
  allSuites: "number of suites",
  group: "group of tests",
  debug: "address of a debugger",
  done: "end of the run",
};

const has = (object: JsonObject, key: string): boolean => Object.hasOwn(object, key);

/** What each event has that objects of other kinds do not. */
const SHAPES: ReadonlyMap<unknown, (object: JsonObject) => boolean> = new Map([
  ["start", (object: JsonObject) => has(object, "protocolVersion")],
  ["allSuites", (object: JsonObject) => typeof object["count"] === "number"],
  ["suite", (object: JsonObject) => isObject(object["suite"])],
  ["group", (object: JsonObject) => isObject(object["group"])],
  ["debug", (object: JsonObject) => has(object, "suiteID")],
  ["testStart", (object: JsonObject) => keyOf(objectOf(object, "test")?.["id"]) !== null],
  ["print", (object: JsonObject) => has(object, "testID") && has(object, "message")],
  ["error", (object: JsonObject) => has(object, "testID") && has(object, "error")],
  ["testDone", (object: JsonObject) => has(object, "testID") && has(object, "result")],
  ["done", (object: JsonObject) => has(object, "success")],
]);
const TELLING = new Set<unknown>(["start", "testStart", "testDone"]);

const isTimed = (object: JsonObject): boolean => typeof object["time"] === "number";
const isEvent = (object: JsonObject): boolean => isTimed(object) && SHAPES.get(object["type"])?.(object) === true;

/** Ids are numbers that start anew with each run. */
const keyOf = (id: unknown): string | null => (typeof id === "number" ? String(id) : null);

const noStart = (key: string): Refused => ({
  reason: "no-start",
  what: `tells of test ${key}, which has not started or has ended already`,
});

class DartRun {
  readonly #run: TestRun;
  readonly #suites = new Map<string, string>();

  constructor(run: TestRun) {
    this.#run = run;
  }

  /** Null for an event that tells nothing of a test. */
  read(object: JsonObject, place: Place): Refused | "passed over" {
    switch (object["type"]) {
      case "start":
        this.#run.restart();
        this.#suites.clear();
        return "passed over";
      case "suite":
        return this.#suite(objectOf(object, "suite") ?? {});
      case "testStart":
        return this.#start(objectOf(object, "test") ?? {}, secondsOf(object), place);
      case "print":
      case "error":
      case "testDone":
        return this.#ofTest(object, place);
      default:
        return "passed over";
    }
  }

  end(): void {
    this.#run.end();
  }

  #suite(suite: JsonObject): "passed over" {
    this.#suites.set(keyOf(suite["id"]) ?? "", textIn(suite, "path") || textIn(suite, "platform"));
    return "passed over";
  }

  #start(test: JsonObject, at: number | undefined, place: Place): Refused {
    const suite = this.#suites.get(keyOf(test["suiteID"]) ?? "") ?? "";
    this.#run.start(keyOf(test["id"]) ?? "", { name: textIn(test, "name"), suite, time: null, at }, place);
    return null;
  }

  #ofTest(object: JsonObject, place: Place): Refused {
    const key = keyOf(object["testID"]);
    if (key === null) return { reason: "not-an-event", what: "names no test by a number" };
    if (object["type"] === "print") {
      this.#run.output(key, `${textIn(object, "message")}\n`);
      return null;
    }
    const known = object["type"] === "error" ? this.#fail(key, object, place) : this.#done(key, object, place);
    return known ? null : noStart(key);
  }

  #fail(key: string, object: JsonObject, place: Place): boolean {
    const outcome = object["isFailure"] === true ? "failed" : "error";
    return this.#run.fail(key, outcome, textIn(object, "error"), textIn(object, "stackTrace"), place);
  }

  #done(key: string, object: JsonObject, place: Place): boolean {
    const stated = OUTCOMES[textIn(object, "result")] ?? "error";
    const outcome = object["skipped"] === true && stated === "passed" ? "skipped" : stated;
    return this.#run.finish(key, { outcome, at: secondsOf(object), hidden: object["hidden"] === true }, place);
  }
}

function secondsOf(object: JsonObject): number | undefined {
  const milliseconds = numberOf(object["time"]);
  return milliseconds === undefined ? undefined : milliseconds / MILLIS_PER_SECOND;
}

/** A test that was skipped says why in a message. */
const firstLine = (output: string): string | null => output.trim().split("\n", 1)[0] || null;

export default testEvents({
  id: "dart-tests",
  title: "Test events of Dart and Flutter",
  what: "events of Dart's test runner",
  keys: ["protocolVersion", "test", "testID"],
  isEvent,
  isTelling: ({ type }) => TELLING.has(type),
  // The tool of Flutter tells of itself in between: [{"event":"test.startedProcess",…}]
  passOver: (line) => (/^\s*\[\{"event":/.test(line) ? "event of the Flutter tool" : null),
  run(_options, sink) {
    const run = new DartRun(new TestRun(sink, firstLine));
    return {
      event(object, place) {
        // Versions to come may add events.
        if (isTimed(object) && typeof object["type"] === "string" && !SHAPES.has(object["type"])) {
          sink.skip("event of another kind");
          return null;
        }
        if (!isEvent(object)) return { reason: "not-an-event", what: "is no event of Dart's test runner" };
        const result = run.read(object, place);
        if (result !== "passed over") return result;
        sink.skip(PASSED_OVER[textIn(object, "type")] ?? `${textIn(object, "type")} of the run`);
        return null;
      },
      end: () => run.end(),
    };
  },
});

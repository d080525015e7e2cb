/**
 * Events of `go test -json`, https://pkg.go.dev/cmd/test2json: a test belongs to its package, and what it printed says why it
 * failed. Quirk: a package may fail though none of its tests does (it was not built, it exited); it is then an error.
 */
import type { Timestamp } from "../../../../shared/model/record.ts";
import type { ParseOptions, RecordSink } from "../format.ts";
import { FieldTimes } from "../support/objects/field-times.ts";
import { goFailure } from "../support/tests/go-failure.ts";
import { type JsonObject, numberOf } from "../support/json/value.ts";
import type { Outcome } from "../support/tests/dialect.ts";
import { type Refused, testEvents, textIn } from "../support/tests/events.ts";
import { type Place, TestRun } from "../support/tests/run.ts";
import { TextBudget } from "../support/tests/text-budget.ts";

const ENDS: Readonly<Record<string, Outcome>> = { pass: "passed", bench: "passed", fail: "failed", skip: "skipped" };
const ACTIONS = new Set([
  ...Object.keys(ENDS),
  "start",
  "run",
  "pause",
  "cont",
  "output",
  "build-output",
  "build-fail",
]);

function isEvent(object: JsonObject): boolean {
  const action = textIn(object, "Action");
  if (!ACTIONS.has(action) || !isOfGo(object)) return false;
  if (action.startsWith("build-")) return typeof object["ImportPath"] === "string";
  return isNamed(object) || typeof object["Output"] === "string" || typeof object["Elapsed"] === "number";
}

/** Go's encoder writes the names of its fields; a log that has an `Action` has names of other kinds beside it. */
const isOfGo = (object: JsonObject): boolean => Object.keys(object).every((key) => /^[A-Z]/.test(key));

/** The package is not told where test2json was not given one. */
const isNamed = (object: JsonObject): boolean =>
  typeof object["Package"] === "string" || typeof object["Test"] === "string";

/** What is known of a package, and of a build, until it ends. */
interface Package {
  output: string;
  failed: boolean;
  /** Keys of its tests that run. */
  readonly running: Set<string>;
}

class GoRun {
  readonly #run: TestRun;
  readonly #sink: RecordSink;
  readonly #times: FieldTimes;
  readonly #texts = new TextBudget();
  readonly #packages = new Map<string, Package>();
  readonly #builds = new Map<string, string>();

  constructor(options: ParseOptions, sink: RecordSink) {
    this.#run = new TestRun(sink, goFailure);
    this.#sink = sink;
    this.#times = new FieldTimes(options, sink);
  }

  event(object: JsonObject, place: Place): Refused {
    if (!isEvent(object)) return this.#other(object);
    const action = textIn(object, "Action");
    const test = textIn(object, "Test");
    const inPackage = textIn(object, "Package");
    if (action.startsWith("build-")) this.#build(object);
    else if (test !== "") this.#ofTest(action, inPackage, test, object, place);
    else if (ENDS[action] !== undefined) this.#endPackage(ENDS[action], inPackage, object, place);
    else this.#ofPackage(inPackage, object);
    return null;
  }

  end(): void {
    this.#run.end();
  }

  /** Versions to come may add actions. */
  #other(object: JsonObject): Refused {
    if (textIn(object, "Action") === "" || !isOfGo(object) || !isNamed(object))
      return { reason: "not-an-event", what: "is no event of go test" };
    this.#sink.skip("event of another kind");
    return null;
  }

  #build(object: JsonObject): void {
    const path = textIn(object, "ImportPath");
    const before = this.#builds.get(path) ?? "";
    this.#builds.set(path, before + this.#texts.keep(textIn(object, "Output"), before.length));
    this.#sink.skip("output of a build");
  }

  #ofTest(action: string, inPackage: string, test: string, object: JsonObject, place: Place): void {
    const key = `${inPackage}\0${test}`;
    const outcome = ENDS[action];
    const started = (): { name: string; suite: string; time: Timestamp | null } => ({
      name: inPackage === "" ? test : `${inPackage}.${test}`,
      suite: inPackage,
      time: this.#times.of(object["Time"]),
    });
    if (action === "run") {
      this.#package(inPackage).running.add(key);
      return this.#run.start(key, started(), place);
    }
    if (action === "output") return this.#run.output(key, textIn(object, "Output"));
    if (outcome === undefined) return this.#sink.skip("pause of a test");
    this.#package(inPackage).running.delete(key);
    if (outcome === "failed") this.#package(inPackage).failed = true;
    const end = { outcome, seconds: numberOf(object["Elapsed"]) };
    // Benchmarks have no start, and a report may begin in the middle of a test.
    if (this.#run.isOpen(key)) this.#run.finish(key, end, place);
    else this.#run.only(key, started(), end, "", place);
  }

  #ofPackage(name: string, object: JsonObject): void {
    const found = this.#package(name);
    found.output += this.#texts.keep(textIn(object, "Output"), found.output.length);
    this.#sink.skip(textIn(object, "Action") === "output" ? "output of a package" : "start of a package");
  }

  #endPackage(outcome: Outcome, name: string, object: JsonObject, place: Place): void {
    const { output, failed, running } = this.#package(name);
    this.#texts.release(output);
    this.#packages.delete(name);
    const given = this.#run.giveUp(running);
    if (outcome !== "failed" || failed || given > 0) return this.#sink.skip("end of a package");
    const build = this.#builds.get(textIn(object, "FailedBuild")) ?? "";
    const test = { name: name || "package", suite: name, time: this.#times.of(object["Time"]) };
    const end = { outcome: "error", seconds: numberOf(object["Elapsed"]) } as const;
    this.#run.only(`${name}\0`, test, end, build + output, place);
  }

  #package(name: string): Package {
    const found = this.#packages.get(name) ?? { output: "", failed: false, running: new Set<string>() };
    this.#packages.set(name, found);
    return found;
  }
}

export default testEvents({
  id: "go-tests",
  title: "Test events of Go (go test -json)",
  what: "events of go test -json",
  keys: ["Action"],
  isEvent,
  isTelling: isNamed,
  run: (options, sink) => new GoRun(options, sink),
});

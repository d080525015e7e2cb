import { describe, expect, it } from "vitest";
import dartTests from "../../../../src/main/engine/formats/tests/dart-tests.ts";
import { detectFormat } from "../../../../src/main/engine/formats/registry.ts";
import { makeSample } from "../../../../src/main/engine/formats/sample.ts";
import { runReport } from "../report-run.ts";

const START = { protocolVersion: "0.1.1", pid: 1, type: "start", time: 0 };
const started = (id: number, name = `test ${id}`): object => ({ test: { id, name }, type: "testStart", time: id });
const done = (testID: number, result = "success", hidden = false): object => ({
  testID,
  result,
  skipped: false,
  hidden,
  type: "testDone",
  time: testID + 5,
});
const error = (testID: number): object => ({ testID, error: "late", isFailure: false, type: "error", time: 99 });
const run = (...events: readonly object[]): ReturnType<typeof runReport> =>
  runReport(dartTests, events.map((event) => JSON.stringify(event)).join("\n"));

const formatOf = (lines: readonly string[]): string | undefined =>
  detectFormat(makeSample("x", new TextEncoder().encode(lines.join("\n")), true)).best?.format.id;

describe("tests of Dart", () => {
  it("counts a test that fails after it has passed once, as an error", () => {
    const { totals, messages } = run(START, started(1), done(1), error(1));
    expect(totals).toEqual({ total: 1, passed: 0, failed: 0, errors: 1, skipped: 0 });
    expect(messages).toEqual(["passed test 1", "error test 1: late"]);
  });

  it("tells of the runner's own tests only where they go wrong", () => {
    const { totals, messages } = run(
      START,
      started(1, "loading a"),
      done(1, "success", true),
      started(2, "loading b"),
      error(2),
      done(2, "error", true),
      started(3, "(tearDownAll)"),
      done(3, "success", true),
      error(3),
    );
    expect(totals).toEqual({ total: 2, passed: 0, failed: 0, errors: 2, skipped: 0 });
    expect(messages).toEqual(["error loading b: late", "error (tearDownAll): late"]);
  });

  it("keeps runs apart that follow each other in one file, for each gives the same ids", () => {
    const { totals, messages } = run(START, started(1), done(1), started(2), START, started(1), done(1));
    expect(totals?.total).toBe(3);
    expect(messages).toEqual(["passed test 1", "error test 2: the report tells no end of it", "passed test 1"]);
  });

  it("accounts for 20,000 tests that start and never end, and for all that they print", () => {
    const events = Array.from({ length: 20_000 }, (_, id) => [
      started(id),
      { testID: id, messageType: "print", message: "x".repeat(1_000), type: "print", time: 1 },
    ]);
    const result = run(...events.flat());
    expect(result.messages).toHaveLength(20_000);
    expect(result.accounted).toBe(result.read);
  });

  it("leaves logs alone that are JSON lines with a type and a time", () => {
    const logs = ["start", "error", "print", "done"].map((type) =>
      JSON.stringify({ type, time: 1_781_258_400_000, level: "info", msg: "checkout" }),
    );
    expect(formatOf(logs)).toBe("json-lines");
    expect(formatOf([...logs, ...logs, JSON.stringify(started(1)), JSON.stringify(done(1))])).toBe("json-lines");
  });
});

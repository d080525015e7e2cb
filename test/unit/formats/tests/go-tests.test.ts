import { describe, expect, it } from "vitest";
import goTests from "../../../../src/main/engine/formats/tests/go-tests.ts";
import { detectFormat } from "../../../../src/main/engine/formats/registry.ts";
import { makeSample } from "../../../../src/main/engine/formats/sample.ts";
import { goFailure } from "../../../../src/main/engine/formats/support/tests/go-failure.ts";
import { runReport } from "../report-run.ts";

type Event = Readonly<Record<string, unknown>>;
const of = (Action: string, Test?: string, more: Event = {}): Event => ({ Action, Package: "p", Test, ...more });
const run = (...events: readonly Event[]): ReturnType<typeof runReport> =>
  runReport(goTests, events.map((event) => JSON.stringify(event)).join("\n"));
const formatOf = (lines: readonly string[]): string | undefined =>
  detectFormat(makeSample("x", new TextEncoder().encode(lines.join("\n")), true)).best?.format.id;

describe("tests of Go", () => {
  it("counts tests and their parts, and each of them once however often it ran", () => {
    const { totals, read, accounted } = run(
      of("run", "A"),
      of("run", "A/b"),
      of("fail", "A/b"),
      of("fail", "A"),
      of("run", "A"),
      of("run", "A/b"),
      of("pass", "A/b"),
      of("pass", "A"),
      of("run", "C"),
      of("skip", "C"),
      of("fail"),
    );
    expect(totals).toEqual({ total: 3, passed: 0, failed: 2, errors: 0, skipped: 1 });
    expect([read, accounted]).toEqual([11, 11]);
  });

  it("tells of a package that fails only where none of its tests says why", () => {
    expect(run(of("run", "A"), of("fail", "A"), of("fail")).messages).toEqual(["failed p.A"]);
    expect(run(of("run", "A"), of("fail")).messages).toEqual(["error p.A: the report tells no end of it"]);
    const exited = run(of("output", undefined, { Output: "panic: no config\n" }), of("fail"));
    expect(exited.messages).toEqual(["error p: panic: no config"]);
    expect(exited.totals).toEqual({ total: 1, passed: 0, failed: 0, errors: 1, skipped: 0 });
  });

  it("accounts for 20,000 packages that end while 20,000 tests of another run", () => {
    const tests = Array.from({ length: 20_000 }, (_, id) => of("run", `T${id}`));
    const packages = Array.from({ length: 20_000 }, (_, id) => of("pass", undefined, { Package: `q${id}` }));
    const { totals, read, accounted } = run(...tests, ...packages);
    expect(totals?.errors).toBe(20_000);
    expect(accounted).toBe(read);
  });

  it("is recognised between the lines of a build, and leaves logs alone", () => {
    const events = [of("run", "A"), of("pass", "A")].map((event) => JSON.stringify(event));
    expect(formatOf(["# example.com/p", "./p.go:3: undefined: x", ...events])).toBe("go-tests");
    const log = JSON.stringify({ time: "2026-06-12T10:00:00Z", level: "info", msg: "start", Action: "start" });
    expect(formatOf([log, log, log])).toBe("json-lines");
    expect(formatOf([log, log, log, ...events])).toBe("json-lines");
    const audit = JSON.stringify({
      time: "2026-06-12T10:00:00Z",
      msg: "a job",
      Action: "run",
      Package: "p",
      Output: "",
    });
    expect(formatOf([audit, audit, audit])).toBe("json-lines");
  });

  it("finds why a test failed in what it printed", () => {
    expect(goFailure("=== RUN   A\n    a_test.go:9: got 1\n--- FAIL: A (0.00s)\n")).toBe("a_test.go:9: got 1");
    expect(goFailure("--- FAIL: A (0.00s)\nFAIL\nexit status 1\n")).toBeNull();
    expect(goFailure("FAIL\tp [build failed]\n")).toBe("FAIL\tp [build failed]");
    expect(goFailure("  a_test.go:9: \n\tError Trace:\ta_test.go:9\n\t\t\tb_test.go:7\n\tError: \tNot equal\n")).toBe(
      "a_test.go:9: Not equal",
    );
  });
});

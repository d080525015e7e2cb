import { expect, it } from "vitest";
import mochaJson from "../../../../src/main/engine/formats/tests/mocha-json.ts";
import { runReport } from "../report-run.ts";

const STATS = { suites: 1, tests: 2, passes: 1, start: "2026-06-12T10:00:00Z" };
const test = (fullTitle: string, more: object = {}): object => ({ fullTitle, err: {}, ...more });
const damaged = { hello: "world" };

it("counts each test of Mocha's report once, and the hooks that failed", () => {
  const hook = test('s "before all" hook', { err: { message: "no port" } });
  const { totals, read, accounted } = runReport(
    mochaJson,
    JSON.stringify({
      stats: STATS,
      tests: [test("a"), test("a"), test("b")],
      pending: [test("b")],
      failures: [hook, damaged],
      passes: [test("a"), test("a")],
    }),
  );
  expect(totals).toEqual({ total: 4, passed: 2, failed: 1, errors: 0, skipped: 1 });
  expect([read, accounted]).toEqual([5, 5]);
});

it("reads a mended test of Mocha's report as it stood in it", () => {
  const { letters } = runReport(mochaJson, JSON.stringify({ stats: STATS, failures: [damaged] }));
  const [around] = letters.map((letter) => letter.around);
  const again = runReport(mochaJson, `${around?.before}${JSON.stringify(test("mended"))}${around?.after}`);
  expect(again.messages).toEqual(["failed mended"]);
  expect(again.read).toBe(1);
});

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../ingest/support.ts";
import { faultline } from "./support.ts";

const LOG = [
  "2026-03-01 10:00:00,123 INFO [main] com.shop.Pool: connection 4 opened",
  "2026-03-01 10:00:01,004 INFO [worker-2] com.shop.Pool: connection 5 opened",
  "2026-03-01 10:00:02,250 WARN [worker-2] com.shop.Pool: pool exhausted after 250 ms",
  "  at com.shop.Pool.take(Pool.java:17)",
  "2026-03-01 10:00:03,001 INFO [main] com.shop.Pool: connection 6 opened",
  "",
].join("\n");

function logFile(text: string): string {
  const file = join(temporaryFolder(), "app.log");
  writeFileSync(file, text);
  return file;
}

const lines = (stdout: string): unknown[] =>
  stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as unknown);

describe("faultline templates", () => {
  it("prints one object a record, in the order of the file", async () => {
    const { code, stdout } = await faultline(["templates", logFile(LOG), "--json"]);
    expect(code).toBe(0);
    const opened = { templateId: expect.stringMatching(/^[0-9a-f]{12}$/), template: "connection <*> opened" };
    const printed = lines(stdout);
    expect(printed).toEqual([
      { line: 1, ...opened },
      { line: 2, ...opened },
      { line: 3, templateId: expect.any(String), template: "pool exhausted after <*>" },
      { line: 5, ...opened },
    ]);
    expect(new Set(printed.map((one) => (one as { templateId: string }).templateId)).size).toBe(2);
  });

  it("prints each template with its count, and the files of several", async () => {
    const counted = await faultline(["templates", logFile(LOG), "--counts", "--json"]);
    expect(lines(counted.stdout)).toMatchObject([
      { template: "connection <*> opened", count: 3 },
      { template: "pool exhausted after <*>", count: 1 },
    ]);
    const [first, second] = [logFile(LOG), logFile(LOG)];
    const several = await faultline(["templates", first, second, "--json"]);
    expect(lines(several.stdout).map((one) => (one as { file: string }).file)).toEqual([
      ...Array.from({ length: 4 }, () => first),
      ...Array.from({ length: 4 }, () => second),
    ]);
  });

  it("reads a file of no known format line by line", async () => {
    const { stdout } = await faultline(["templates", logFile("nothing known 1\nnothing known 2\n\nelse\n"), "--json"]);
    expect(lines(stdout)).toMatchObject([
      { line: 1, template: "nothing known <*>" },
      { line: 2, template: "nothing known <*>" },
      { line: 4, template: "else" },
    ]);
  });

  it("prints the templates of a case with the same ids", async () => {
    const file = logFile(LOG);
    const made = join(temporaryFolder(), "a.faultline");
    await faultline(["analyze", file, "--case", made]);
    const ofCase = await faultline(["templates", made, "--json"]);
    const ofFile = await faultline(["templates", file, "--counts", "--json"]);
    expect(lines(ofCase.stdout)).toEqual(lines(ofFile.stdout));
  });

  it("says what is wrong with a file that is not there, or with a format that is none", async () => {
    const missing = await faultline(["templates", join(temporaryFolder(), "none.log")]);
    expect([missing.code, missing.stderr]).toEqual([1, expect.stringMatching(/no such file/)]);
    const unknown = await faultline(["templates", logFile(LOG), "--format", "none"]);
    expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringMatching(/no format "none"/)]);
  });

  it("never reads a case among files as if its bytes were a log", async () => {
    const made = join(temporaryFolder(), "a.faultline");
    await faultline(["analyze", logFile(LOG), "--case", made]);
    const both = await faultline(["templates", made, logFile(LOG), "--json"]);
    expect([both.code, both.stdout]).toEqual([2, ""]);
    expect(both.stderr).toMatch(/a\.faultline is a case/u);
  });

  it("says that pieces of a file could not be read", async () => {
    const file = logFile('{"level":"info","msg":"started"}\n{"level":"info","msg":\n{"level":"info","msg":"ended"}\n');
    const { code, stdout, stderr } = await faultline(["templates", file, "--json"]);
    expect([code, lines(stdout).length]).toEqual([0, 2]);
    expect(stderr).toMatch(/app\.log: 1 piece could not be read/u);
  });
});

import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { logLine, logLines, temporaryFolder } from "../ingest/support.ts";
import { cliFile, faultline } from "./support.ts";

interface Analysis {
  readonly case: string | null;
  readonly durationMs: number;
  readonly firstRecordsMs: number | null;
  readonly sources: readonly Record<string, unknown>[];
  readonly totals: Record<string, number>;
  readonly events: { bySource: Record<string, number>; bySeverity: Record<string, number> };
  readonly anomalies: readonly unknown[];
  readonly traces: Record<string, number>;
}

function dumps(): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "logs"));
  writeFileSync(join(folder, "logs", "app.jsonl"), `${logLines(99)}{"cut": \n${logLine(100, "error")}`);
  writeFileSync(
    join(folder, "commits.json"),
    JSON.stringify([
      {
        sha: "9fceb02d0ae598e95dc970b74767f19372d61af8",
        author: "Ada",
        message: "Shrink the pool",
        timestamp: "2026-03-01T10:00:00Z",
      },
    ]),
  );
  return folder;
}

describe("faultline analyze", () => {
  it("prints the accounting of what was read, and leaves nothing behind without a case", async () => {
    const folder = dumps();
    // Of its own: other tests make and remove folders in the common one meanwhile.
    const temporary = temporaryFolder();
    const { code, json, stderr } = await faultline(["analyze", folder, "--json"], undefined, { TMPDIR: temporary });
    expect([code, stderr]).toEqual([0, ""]);
    const analysis = json() as Analysis;
    expect(analysis.case).toBeNull();
    expect(analysis.sources).toEqual([
      expect.objectContaining({
        path: join(folder, "commits.json"),
        connector: "file",
        format: "commits",
        read: 1,
        records: 1,
        events: 1,
      }),
      expect.objectContaining({
        path: join(folder, "logs", "app.jsonl"),
        format: "json-lines",
        read: 101,
        records: 100,
        deadLetters: 1,
        skipped: 0,
        deadLettersDropped: 0,
        skippedWhy: {},
        from: "2026-03-01T10:13:20.000Z",
        to: "2026-03-01T10:13:21.000Z",
      }),
    ]);
    expect(analysis.totals).toMatchObject({
      sources: 2,
      read: 102,
      records: 101,
      deadLetters: 1,
      skipped: 0,
      events: 2,
    });
    expect(analysis.events).toMatchObject({ bySource: { GIT: 1, LOGS: 1, MANUAL: 0 }, bySeverity: { HIGH: 1 } });
    expect(analysis.traces).toEqual({ count: 0, slow: 0, failed: 0 });
    expect(analysis.anomalies).toEqual([]);
    expect(analysis.firstRecordsMs).toBeGreaterThan(0);
    expect(analysis.durationMs).toBeGreaterThanOrEqual(analysis.firstRecordsMs ?? Number.NaN);
    expect(readdirSync(temporary)).toEqual([]);
  });

  it("keeps a case, prints the same accounting of it later, and adds to it without reading anything twice", async () => {
    const folder = dumps();
    const file = join(temporaryFolder(), "outage.faultline");
    const made = (await faultline(["analyze", folder, "--case", file, "--json"])).json() as Analysis;
    expect(made.case).toBe(file);
    expect(existsSync(file)).toBe(true);
    const again = (await faultline(["analyze", "--case", file, "--json"])).json() as Analysis;
    const accounting = ({ sources, totals, events, anomalies, traces }: Analysis) => ({
      sources,
      totals,
      events,
      anomalies,
      traces,
    });
    expect(accounting(again)).toEqual(accounting(made));
    expect(again.firstRecordsMs).toBeNull();
    writeFileSync(join(folder, "more.jsonl"), logLines(7));
    const grown = (await faultline(["analyze", folder, "--case", file, "--json"])).json() as Analysis;
    expect(grown.totals).toMatchObject({ sources: 3, records: made.totals["records"]! + 7 });
  });

  it("names paths as they were typed", async () => {
    const folder = dumps();
    const { json } = await faultline(["analyze", "logs", "./commits.json", "--json"], folder);
    expect((json() as Analysis).sources.map((source) => source["path"])).toEqual(["logs/app.jsonl", "./commits.json"]);
  });

  it("fails when a path cannot be read, with the failure on its source, and reads the rest", async () => {
    const folder = dumps();
    const { code, json } = await faultline(["analyze", join(folder, "none"), folder, "--json"]);
    expect(code).toBe(1);
    const { sources } = json() as Analysis;
    expect(sources[0]).toMatchObject({
      state: "failed",
      format: null,
      messages: [expect.stringMatching(/no such file/u)],
    });
    expect(sources).toHaveLength(3);
  });

  it("prints a table for people", async () => {
    const { code, stdout } = await faultline(["analyze", dumps()]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/app\.jsonl +json-lines +101 +100 +1 +0/u);
    expect(stdout).toContain("101 records + 1 dead letters + 0 skipped = 102 read");
  });

  it("refuses what is no case by name and leaves it alone", async () => {
    const file = join(temporaryFolder(), "fake.faultline");
    writeFileSync(file, "no database");
    const { code, stderr } = await faultline(["analyze", dumps(), "--case", file]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/fake\.faultline is not a case of Faultline/u);
  });
});

describe("faultline parse", () => {
  it("prints each record with its place, in file order, and dead letters as such", async () => {
    const file = join(temporaryFolder(), "app.jsonl");
    const first = `{"time":"2026-03-01T10:00:00.123456789Z","level":"error","service":"cart","msg":"boom","trace_id":"4bf92f3577b34da6a3ce929d0e0e4736","span_id":"00f067aa0ba902b7","__proto__":"x","n":1}`;
    writeFileSync(file, `${first}\n{"cut": \n{"msg":"no time"}\n`);
    const { code, lines } = await faultline(["parse", file, "--format", "json-lines", "--json"]);
    expect(code).toBe(0);
    const [record, letter, last] = lines();
    expect(record).toMatchObject({
      line: 1,
      offset: 0,
      length: first.length,
      time: "2026-03-01T10:00:00.123456789Z",
      level: "error",
      service: "cart",
      message: "boom",
      traceId: "4bf92f3577b34da6a3ce929d0e0e4736",
      spanId: "00f067aa0ba902b7",
    });
    expect(Object.keys(record?.["fields"] as object)).toContain("__proto__");
    expect(letter).toEqual({ deadLetter: { line: 2, offset: first.length + 1, reason: expect.any(String) } });
    expect(last).toMatchObject({ line: 3, time: null, level: null, service: null, message: "no time", traceId: null });
  });

  it("prints all lines of a record, and lists as lists", async () => {
    const file = join(temporaryFolder(), "app.log");
    const trace = "java.lang.IllegalStateException: card declined\n\tat org.shop.Payment.charge(Payment.java:42)";
    writeFileSync(file, `2026-03-01T10:00:00Z ERROR failed\n${trace}\n2026-03-01T10:00:01Z INFO next\n`);
    const { lines } = await faultline(["parse", file, "--json"]);
    expect(lines().map(({ message }) => message)).toEqual([`failed\n${trace}`, "next"]);
    const json = join(temporaryFolder(), "app.jsonl");
    writeFileSync(json, '{"time":"2026-03-01T10:00:00Z","level":"info","msg":"sent","to":["a",{"b":1}],"tag":"[x]"}\n');
    const [record] = (await faultline(["parse", json, "--format", "json-lines", "--json"])).lines();
    expect(record?.["fields"]).toMatchObject({ to: ["a", { b: 1 }], tag: "[x]" });
  });

  it("reads gzip, and text lines in a zone and before a moment", async () => {
    const file = join(temporaryFolder(), "app.log.gz");
    writeFileSync(file, gzipSync("2026-03-01 10:00:00 ERROR one\n2026-03-01 10:00:01 INFO two\n"));
    const { lines } = await faultline(["parse", file, "--tz", "Europe/Berlin", "--now", "2026-03-02", "--json"]);
    expect(lines().map((record) => [record["time"], record["level"]])).toEqual([
      ["2026-03-01T09:00:00Z", "error"],
      ["2026-03-01T09:00:01Z", "info"],
    ]);
  });

  it("is quiet when its reader has seen enough", async () => {
    const file = join(temporaryFolder(), "app.jsonl");
    writeFileSync(file, logLines(200_000));
    const parsing = spawn(process.execPath, [cliFile, "parse", file, "--json"], { stdio: ["ignore", "pipe", "pipe"] });
    let stderr = "";
    parsing.stderr.on("data", (data: Buffer) => (stderr += data.toString()));
    parsing.stdout.once("data", () => parsing.stdout.destroy());
    const code = await new Promise((resolve) => parsing.on("close", resolve));
    expect([code, stderr]).toEqual([0, ""]);
  });

  it.each([
    ["an unknown format", ["--format", "klingon"], /no format "klingon"/u],
    ["an unknown zone", ["--tz", "Mars/Olympus"], /zone "Mars\/Olympus" is not known/u],
    ["a time that is none", ["--now", "yesterday"], /"yesterday" is no time/u],
    ["an unknown option", ["--colour"], /unknown option '--colour'/u],
  ])("refuses %s with exit code 2", async (_, args, message) => {
    const file = join(temporaryFolder(), "app.jsonl");
    writeFileSync(file, logLines(1));
    const { code, stderr, stdout } = await faultline(["parse", file, ...args]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(message);
  });

  it("fails with 1 for a file that is not there, or of no known kind", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "noise.bin"), Buffer.from([0, 1, 2, 3, 0, 0, 200, 0]));
    expect(await faultline(["parse", join(folder, "none.log")])).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/no such file/u),
    });
    expect(await faultline(["parse", join(folder, "noise.bin")])).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/no known format fits/u),
    });
  });
});

describe("faultline query and events", () => {
  it("print the records and events of a case that match", async () => {
    const file = join(temporaryFolder(), "outage.faultline");
    await faultline(["analyze", dumps(), "--case", file]);
    const errors = await faultline(["query", file, "level>=error", "--json"]);
    expect(errors.code).toBe(0);
    expect(errors.lines()).toEqual([
      expect.objectContaining({
        level: "error",
        service: "checkout",
        message: "order 100 placed",
        line: 101,
        time: "2026-03-01T10:13:21.000Z",
      }),
    ]);
    expect((await faultline(["query", file, "service:checkout", "--count", "--json"])).json()).toEqual({ count: 100 });
    expect((await faultline(["query", file, "order", "--limit", "3", "--json"])).lines()).toHaveLength(3);
    const window = ["--from", "2026-03-01T10:13:20.500Z", "--to", "2026-03-01T10:13:20.600Z"];
    expect((await faultline(["query", file, "", ...window, "--json"])).lines()).toHaveLength(10);
    const events = (await faultline(["events", file, "--json"])).lines();
    expect(events.map((event) => event["source"])).toEqual(["GIT", "LOGS"]);
    expect((await faultline(["events", file, "--source", "LOGS", "--json"])).lines()).toHaveLength(1);
  });

  it("refuse a filter, a choice and a case that are wrong", async () => {
    const file = join(temporaryFolder(), "outage.faultline");
    await faultline(["analyze", dumps(), "--case", file]);
    expect((await faultline(["query", file, "level>="])).code).toBe(2);
    expect((await faultline(["events", file, "--source", "NOBODY"])).code).toBe(2);
    expect((await faultline(["query", join(file, "none.faultline"), ""])).code).toBe(1);
  });
});

describe("faultline", () => {
  it("detects formats and lists them", async () => {
    const folder = dumps();
    const { lines } = await faultline([
      "detect",
      join(folder, "logs", "app.jsonl"),
      join(folder, "commits.json"),
      "--json",
    ]);
    expect(lines().map(({ format }) => format)).toEqual(["json-lines", "commits"]);
    expect(lines()[0]).toMatchObject({
      path: join(folder, "logs", "app.jsonl"),
      confidence: expect.any(Number),
      tried: expect.any(Array),
    });
    const formats = (await faultline(["formats", "--json"])).json() as { id: string }[];
    expect(formats.map(({ id }) => id)).toEqual(
      expect.arrayContaining(["json-lines", "logfmt", "jaeger-json", "otlp-json", "prometheus-json", "junit-xml"]),
    );
    expect((await faultline(["detect", join(folder, "none")])).code).toBe(1);
  });

  it("knows its version and its help, and refuses what it does not know", async () => {
    expect(await faultline(["--version"])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/u),
    });
    expect(await faultline(["--help"])).toMatchObject({ code: 0, stdout: expect.stringContaining("analyze") });
    expect((await faultline([])).code).toBe(2);
    expect((await faultline(["divine"])).code).toBe(2);
    expect((await faultline(["analyze"])).code).toBe(2);
  });
});

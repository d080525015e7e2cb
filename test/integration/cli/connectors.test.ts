// `faultline connectors` as a person runs it: processes that share the library of one data folder.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { ConnectorRow } from "../../../src/shared/contract/connectors.ts";
import { faultServer } from "../../support/fault-server.ts";
import { faultline, type Ran } from "./support.ts";

const EMPTY = '{"status":"success","data":{"resultType":"matrix","result":[]}}';

interface Scene {
  readonly folder: string;
  readonly run: (...args: string[]) => Promise<Ran>;
  readonly targets: () => Promise<ConnectorRow["targets"]>;
}

function scene(settings: Record<string, string> = {}): Scene {
  const folder = mkdtempSync(join(tmpdir(), "faultline-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const run = (...args: string[]): Promise<Ran> =>
    faultline(args, folder, { FAULTLINE_DATA: join(folder, "data"), RETRY_MAX_ATTEMPTS: "1", ...settings });
  const targets = async (): Promise<ConnectorRow["targets"]> => {
    const { connectors } = (await run("connectors", "list", "--json")).json() as { connectors: ConnectorRow[] };
    return connectors.flatMap((row) => row.targets);
  };
  return { folder, run, targets };
}

describe("faultline connectors", () => {
  it("list shows what earlier processes called", async () => {
    const { folder, run, targets } = scene();
    writeFileSync(join(folder, "app.jsonl"), '{"time":"2026-03-01T14:00:00Z","level":"error","msg":"x"}\n');
    expect((await run("analyze", "app.jsonl")).code).toBe(0);
    await run("detect", "app.jsonl");
    expect(await targets()).toMatchObject([
      { name: `file:${join(folder, "app.jsonl")}`, state: "closed", health: "healthy", ever: { errors: {} } },
    ]);
    expect((await run("connectors", "list")).stdout).toContain("app.jsonl");
  });

  it("health ends with 0, or with 2 when most breakers are open; reset closes them", async () => {
    const { run, targets } = scene({ CB_FAILURES_TO_OPEN: "1" });
    expect((await run("connectors", "health")).code).toBe(0);
    const server = await faultServer();
    server.on("/api/v1/query_range", { type: "status", status: 503 });
    const failed = await run("analyze", `prometheus:${server.origin}/?query=up`, "--json");
    expect(failed.code).toBe(1);
    const health = await run("connectors", "health", "--json");
    expect([health.code, health.json()]).toMatchObject([
      2,
      { overall: "critical", open: 1, openNames: [`prometheus:${server.origin}`] },
    ]);
    const name = `prometheus:${server.origin}`;
    expect((await run("connectors", "reset", name)).code).toBe(0);
    expect((await run("connectors", "health")).code).toBe(0);
    expect(await targets()).toMatchObject([{ name, state: "closed", actions: [{ action: "reset" }] }]);
    expect((await targets())[0]?.actions[0]?.by).toMatch(/ \(command line\)$/u);
  });

  it("health ends with 1 when some breakers are open", async () => {
    const { run } = scene({ CB_FAILURES_TO_OPEN: "1" });
    const [bad, good, better] = [await faultServer(), await faultServer(), await faultServer()];
    bad.on("/api/v1/query_range", { type: "status", status: 503 });
    for (const server of [good, better]) server.on("/api/v1/query_range", { type: "answer", body: EMPTY });
    await run("analyze", ...[bad, good, better].map(({ origin }) => `prometheus:${origin}/?query=up`));
    expect((await run("connectors", "health")).code).toBe(1);
  });

  it("drill tells what each policy did about a harmless call", async () => {
    const { run } = scene();
    const server = await faultServer();
    server.on("/api/v1/query", { type: "answer", body: EMPTY });
    const ran = await run("connectors", "drill", `prometheus:${server.origin}`, "--json");
    const { ok, steps } = ran.json() as { ok: boolean; steps: { policy: string; decision: string }[] };
    expect([ran.code, ok]).toEqual([0, true]);
    expect(steps.map(({ policy }) => policy)).toEqual([
      "total deadline",
      "fallback",
      "retry",
      "circuit breaker",
      "rate limit",
      "bulkhead",
      "attempt timeout",
      "call",
    ]);
    await server.close();
    const failed = await run("connectors", "drill", `prometheus:${server.origin}`);
    expect(failed.code).toBe(1);
    expect(failed.stdout).toContain("nothing answers there");
  });

  it("export prints the statistics of each operation as JSON lines", async () => {
    const { folder, run } = scene();
    writeFileSync(join(folder, "app.jsonl"), '{"time":"2026-03-01T14:00:00Z","msg":"x"}\n');
    await run("detect", "app.jsonl");
    const lines = (await run("connectors", "export")).lines();
    expect(lines).toContainEqual(expect.objectContaining({ connector: "file", operation: "open", window: "all" }));
  });

  it.each([
    ["a target that was never called", ["reset", "file:/nowhere"], 1],
    ["a connector that there is not", ["drill", "ftp:x"], 2],
    ["a drill of nothing", ["drill", "file"], 2],
  ])("refuses %s", async (_, args, code) => {
    expect((await scene().run("connectors", ...args)).code).toBe(code);
  });

  it("--verbose tells of retries on stderr, one JSON object a line, and nothing of passwords", async () => {
    const { run } = scene({ RETRY_MAX_ATTEMPTS: "2", RETRY_BASE_MS: "1" });
    const server = await faultServer();
    server.on("/api/v1/query_range", { type: "status", status: 500 });
    const path = `prometheus:${server.origin.replace("//", "//ada:secret@")}/?query=up`;
    const ran = await run("--verbose", "analyze", path);
    const lines = ran.stderr.split("\n").filter((line) => line.startsWith("{"));
    expect(lines.map((line) => JSON.parse(line) as unknown)).toContainEqual(
      expect.objectContaining({ event: "retry", attempt: 1, maxAttempts: 2, errorClass: "server" }),
    );
    expect(ran.stdout + ran.stderr).not.toContain("secret");
  });
});

// The whole engine over a server that fails: what the window is told, what is logged, what the next start knows.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { createWorkbench, type Workbench } from "../../../src/main/engine/workbench.ts";
import type { PushPayload } from "../../../src/shared/contract.ts";
import { CONNECTOR_CALLS } from "../../../src/shared/contract/connectors.ts";
import { faultServer } from "../../support/fault-server.ts";
import { temporaryFolder, workersFolder } from "../ingest/support.ts";

const environment = { RETRY_MAX_ATTEMPTS: "2", RETRY_BASE_MS: "1", CB_FAILURES_TO_OPEN: "2" };

function workbenchIn(dataFolder: string): Workbench {
  const workbench = createWorkbench({ dataFolder, workersFolder, environment });
  onTestFinished(() => workbench.close());
  return workbench;
}

describe("a server that fails", () => {
  it("is left alone, shown, told, logged, and remembered by the next start", async () => {
    const dataFolder = temporaryFolder();
    const server = await faultServer();
    server.on("/api/v1/query_range", { type: "status", status: 503 });
    const name = `prometheus:${server.origin}`;
    const workbench = workbenchIn(dataFolder);
    const pushed: PushPayload<"connectors.changed">[] = [];
    workbench.on("connectors.changed", (payload) => void pushed.push(payload));
    const info = await workbench.openPaths([`prometheus:${server.origin.replace("//", "//ada:secret@")}/?query=up`]);
    await workbench.idle();
    expect(info.title).toBe(server.origin.replace("http://", ""));
    expect(await workbench.calls["sources.list"](undefined)).toMatchObject([
      { connector: "prometheus", state: "failed", path: `${name}/?query=up` },
    ]);

    const rows = CONNECTOR_CALLS["connectors.list"].output.parse(await workbench.calls["connectors.list"](undefined));
    const target = rows.flatMap(({ targets }) => targets).find((one) => one.name === name);
    expect(target).toMatchObject({
      state: "open",
      health: "down",
      deadLetters: 0,
      lastError: { errorClass: "server" },
    });
    // The first of them may come before the breaker opens.
    await vi.waitFor(() => expect(pushed.at(-1)?.health).toMatchObject({ overall: "critical", openNames: [name] }));

    const held = await workbench.calls["connectors.holdOpen"]({ name });
    expect(CONNECTOR_CALLS["connectors.holdOpen"].output.parse(held)).toMatchObject([{ state: "held-open" }]);
    await expect(workbench.calls["connectors.reset"]({ name: "file:/nowhere" })).rejects.toThrow("not called yet");
    await workbench.close();

    const log = readFileSync(join(dataFolder, "logs", "faultline.jsonl"), "utf8");
    const lines = log
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as unknown);
    expect(lines).toContainEqual(expect.objectContaining({ event: "retry", name, attempt: 1, maxAttempts: 2 }));
    expect(log).not.toContain("secret");

    const next = workbenchIn(dataFolder);
    expect(await next.calls["connectors.health"](undefined)).toMatchObject({ overall: "critical", open: 1 });
    await next.calls["connectors.reset"]({ name });
    expect(await next.calls["connectors.health"](undefined)).toMatchObject({ overall: "healthy", open: 0 });
  });

  it("is never called for files alone, which leave no log", async () => {
    const dataFolder = temporaryFolder();
    const workbench = workbenchIn(dataFolder);
    await workbench.openPaths([import.meta.filename]);
    await workbench.idle();
    const rows = await workbench.calls["connectors.list"](undefined);
    expect(rows.find(({ connector }) => connector === "file")?.targets).toMatchObject([
      { target: import.meta.filename, state: "closed", health: "healthy" },
    ]);
    await workbench.close();
    expect(existsSync(join(dataFolder, "logs"))).toBe(false);
  });
});

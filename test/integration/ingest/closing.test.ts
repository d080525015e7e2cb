// What a case is closed in the middle of must neither hold its closing up nor stay behind.
import { readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { runDirectly } from "../../../src/main/engine/resilience/run.ts";
import { createWorkbench, type Workbench, type WorkbenchOptions } from "../../../src/main/engine/workbench.ts";
import type { Run } from "../../../src/shared/run.ts";
import { micros } from "../../../src/shared/units.ts";
import { caseOf, openCase } from "../dead-letters/support.ts";
import { logLines, temporaryFolder, workersFolder } from "./support.ts";

/** The threads of a case take seconds to start where others use the processor too. */
const BUSY_MACHINE = { timeout: 30_000 };

function testWorkbench(options: Partial<WorkbenchOptions> = {}): Workbench {
  const workbench = createWorkbench({ dataFolder: temporaryFolder(), workersFolder, ...options });
  onTestFinished(() => workbench.close());
  return workbench;
}

function dumps(lines = 200): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "app.jsonl"), logLines(lines));
  return folder;
}

/** Listing a folder takes until somebody gives up, as on a mount whose server is gone. */
function stalledWalk(): { readonly run: Run; readonly isWalking: () => boolean } {
  let isWalking = false;
  const run: Run = (call, action, signal, fallback) => {
    if (call.operation !== "walk") return runDirectly(call, action, signal, fallback);
    isWalking = true;
    return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error)));
  };
  return { run, isWalking: () => isWalking };
}

describe("a case that is closed", () => {
  it("does not wait for a walk through its paths that has stalled", async () => {
    const { run, isWalking } = stalledWalk();
    const workbench = testWorkbench({ run });
    const opened = workbench.openPaths([dumps()]);
    const outcome = opened.then(
      () => "opened",
      (thrown: Error) => thrown,
    );
    await vi.waitUntil(isWalking, BUSY_MACHINE);
    await workbench.calls["case.close"](undefined);
    expect(await outcome).toMatchObject({ failure: { reason: "cancelled" } });
    expect(await workbench.calls["case.info"](undefined)).toBeNull();
  });

  it("gives way to another one while a walk through its paths has stalled", async () => {
    const { run, isWalking } = stalledWalk();
    const workbench = testWorkbench({ run });
    const outcome = workbench.openPaths([dumps()]).catch((thrown: Error) => thrown);
    await vi.waitUntil(isWalking, BUSY_MACHINE);
    const file = join(dumps(), "app.jsonl");
    expect(await workbench.openPaths([file])).toMatchObject({ sources: 1 });
    expect(await outcome).toMatchObject({ failure: { reason: "cancelled" } });
  });

  it("lets go whoever waits for its import to end", async () => {
    const workbench = testWorkbench();
    await workbench.openPaths([dumps(150_000)]);
    const idle = workbench.idle();
    await workbench.close();
    await expect(idle).resolves.toBeUndefined();
  });

  it("is opened once, whatever path leads to it", async () => {
    const workbench = testWorkbench();
    const { file } = await workbench.openPaths([dumps()]);
    await workbench.idle();
    const link = join(temporaryFolder(), "link.faultline");
    symlinkSync(file, link);
    expect(await workbench.openPaths([link])).toMatchObject({ file, records: 200 });
  });

  it("ends its threads although its writer has died while sources wait to be read", async () => {
    const { session } = await caseOf({});
    const folder = temporaryFolder();
    for (let i = 0; i < 40; i += 1) writeFileSync(join(folder, `app-${i}.jsonl`), logLines(3_000));
    await session.importer.add([folder]);
    await session.writer.end();
    await session[Symbol.asyncDispose]().catch(() => {});
    await expect(session.info()).rejects.toMatchObject({ failure: { reason: "cancelled" } });
  });
});

/** Finds nothing at once, and never ends a search for suspects. */
const ENDLESS_SEARCH = `
  const { parentPort } = require("node:worker_threads");
  const found = { events: [], anomalies: [], traces: [] };
  parentPort.on("message", ({ id, method }) => {
    if (method === "suspects") parentPort.postMessage({ event: { what: "Searching" } });
    else parentPort.postMessage({ id, value: { found: require("node:v8").serialize(found), failures: [] } });
  });`;

it("closes although detectors wait for a search that does not end", async () => {
  const folder = temporaryFolder();
  for (const name of readdirSync(workersFolder)) symlinkSync(join(workersFolder, name), join(folder, name));
  rmSync(join(folder, "analysis.worker.js"));
  writeFileSync(join(folder, "analysis.worker.js"), ENDLESS_SEARCH);
  const searching = Promise.withResolvers<unknown>();
  const { session } = await caseOf(
    { "app.jsonl": logLines(200) },
    { atOnceUpTo: 100, workersFolder: folder, onSuspectProgress: searching.resolve },
  );
  await session.info();
  const search = session.findSuspects({ baseline: null, incident: null });
  await searching.promise;
  session.analyseAgain();
  await Promise.all([
    expect(search).rejects.toMatchObject({ failure: { reason: expect.any(String) as string } }),
    session[Symbol.asyncDispose](),
  ]);
});

it("can be opened again in the same process after its writer has died", async () => {
  const { session, file } = await caseOf({ "app.jsonl": logLines(200) });
  await session.writer.end();
  await expect(session.writer.call("sources", null)).rejects.toThrow(
    "A worker thread (writer) ended with code 1. Close the case and open it again: what was stored is kept.",
  );
  await session[Symbol.asyncDispose]().catch(() => {});
  const again = await openCase(file);
  expect(await again.session.info()).toMatchObject({ records: 200 });
});

it("looks for suspects after the detectors where both at once would be too much", async () => {
  const { session } = await caseOf({ "app.jsonl": logLines(200) }, { atOnceUpTo: 100 });
  await session.idle();
  const { revision, from, to } = await session.info();
  session.analyseAgain();
  // Windows for which nobody has an answer yet.
  const incident = { from: micros(((from ?? 0) + (to ?? 0)) / 2), to: micros(to ?? 0) };
  const found = await session.findSuspects({ baseline: null, incident });
  expect(found.revision).toBeGreaterThan(revision);
});

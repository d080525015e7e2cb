import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { createWorkbench, type Workbench } from "../../../src/main/engine/workbench.ts";
import { CALLS, PUSHES, type CaseInfo, type PushPayload } from "../../../src/shared/contract.ts";
import { micros } from "../../../src/shared/units.ts";
import { logLine, logLines, temporaryFolder, workersFolder } from "./support.ts";

function testWorkbench(dataFolder = temporaryFolder()): Workbench {
  const workbench = createWorkbench({ dataFolder, workersFolder });
  onTestFinished(() => workbench.close());
  return workbench;
}

const everything = { filter: "", from: null, to: null, samples: true };

function dumps(): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "app.jsonl"), `${logLines(200)}${logLine(201, "error")}`);
  return folder;
}

describe("the workbench", () => {
  it("makes a case of dropped paths, tells how it fills, and lists it as recent", async () => {
    const workbench = testWorkbench();
    const pushed: { progress: PushPayload<"import.progress">[]; changed: (CaseInfo | null)[] } = {
      progress: [],
      changed: [],
    };
    workbench.on("import.progress", (progress) => pushed.progress.push(PUSHES["import.progress"].parse(progress)));
    workbench.on("case.changed", ({ info }) => pushed.changed.push(info));
    const opened = await workbench.openPaths([dumps()]);
    expect(opened.sources).toBe(1);
    await workbench.idle();
    expect(await workbench.calls["case.info"](undefined)).toMatchObject({
      records: 201,
      events: 1,
      reading: 0,
      analysing: false,
    });
    expect(pushed.progress.at(-1)?.sources[0]).toMatchObject({ state: "done", records: 201 });
    expect(pushed.changed.at(-1)).toMatchObject({ records: 201, events: 1, analysing: false });
    const [recent] = await workbench.recentCases();
    expect(recent).toMatchObject({ file: opened.file, exists: true });
  });

  it("makes a case with threads that were loaded before, and another with new ones", async () => {
    const workbench = testWorkbench();
    workbench.warm();
    for (const paths of [[dumps()], [dumps()]]) {
      await workbench.openPaths(paths);
      await workbench.idle();
      expect(await workbench.calls["case.info"](undefined)).toMatchObject({ records: 201, reading: 0 });
    }
  });

  it("lets nobody who asks for suspects of the same windows lose their answer to another who does", async () => {
    const workbench = testWorkbench();
    await workbench.openPaths([dumps()]);
    await workbench.idle();
    const ask = workbench.calls["suspects.find"];
    const own = { baseline: null, incident: null };
    const info = await workbench.calls["case.info"](undefined);
    const [from, to] = [info?.from ?? 0, info?.to ?? 0];
    const brushed = (share: number) => ({
      baseline: null,
      incident: { from: micros(Math.round(from + (to - from) * share)), to: micros(to) },
    });
    const asked = [ask(own), ask(brushed(0.5)), ask(own), ask(brushed(0.6)), ask(own)];
    const outcomes = await Promise.allSettled(asked);
    expect(outcomes.map(({ status }) => status)).toEqual([
      "fulfilled",
      "rejected",
      "fulfilled",
      "fulfilled",
      "fulfilled",
    ]);
    expect(outcomes[1]).toMatchObject({ reason: { failure: { reason: "cancelled" } } });
    expect(outcomes[2]).toEqual(outcomes[0]);
  });

  it("reads more into a case whose threads have come to rest", async () => {
    const workbench = testWorkbench();
    await workbench.openPaths([dumps()]);
    await workbench.idle();
    await workbench.calls["case.add"]({ paths: [dumps()] });
    await workbench.idle();
    expect(await workbench.calls["case.info"](undefined)).toMatchObject({ records: 402, reading: 0 });
  });

  it("answers the calls of the contract as their schemas say", async () => {
    const workbench = testWorkbench();
    await workbench.openPaths([dumps()]);
    await workbench.idle();
    const { calls } = workbench;
    const sources = CALLS["sources.list"].output.parse(await calls["sources.list"](undefined));
    expect(sources).toHaveLength(1);
    const histogram = await calls["timeline.histogram"]({ selection: everything, buckets: 10 });
    expect(CALLS["timeline.histogram"].output.parse(histogram).total).toBe(201);
    const rows = await calls["records.rows"]({
      selection: { ...everything, filter: "level>=error" },
      start: 0,
      count: 10,
    });
    expect(CALLS["records.rows"].output.parse(rows).rows.some((row) => row.type === "record")).toBe(true);
    const formats = CALLS["formats.list"].output.parse(await calls["formats.list"](undefined));
    expect(formats.map((format) => format.id)).toContain("json-lines");
  });

  it("keeps notes of people when the detectors run again", async () => {
    const workbench = testWorkbench();
    await workbench.openPaths([dumps()]);
    await workbench.idle();
    const { calls } = workbench;
    const [event] = (await calls["events.list"]({ filter: {}, limit: 1, after: null })).items;
    if (event === undefined) throw new Error("no event");
    const { id: _, ...rest } = event;
    const note = await calls["events.create"]({
      event: {
        ...rest,
        source: "MANUAL",
        kind: "note",
        title: "Pager",
        fingerprint: "note-1",
        time: micros(rest.time),
      },
    });
    await calls["settings.write"]({ path: "detection.burstGapSeconds", value: 5 });
    await workbench.idle();
    expect(await calls["events.get"]({ id: note.id })).toMatchObject({ title: "Pager" });
    await calls["events.update"]({ id: note.id, change: { title: "Pager, 14:09" } });
    await calls["events.delete"]({ id: note.id });
    expect(await calls["events.get"]({ id: note.id })).toBeNull();
  });

  it("goes by new settings at once, and says where each comes from", async () => {
    const workbench = createWorkbench({
      dataFolder: temporaryFolder(),
      workersFolder,
      environment: { RETRY_MAX_ATTEMPTS: "5", CB_COOLDOWN_S: "none" },
      switches: ["retry.baseMs=7"],
    });
    onTestFinished(() => workbench.close());
    const { calls } = workbench;
    const folder = temporaryFolder();
    writeFileSync(join(folder, "app.jsonl"), `${logLines(200)}${logLine(201, "error")}${logLine(9_201, "error")}`);
    await workbench.openPaths([folder]);
    await workbench.idle();
    const bursts = async () => (await calls["case.info"](undefined))?.events;
    const before = await bursts();
    const written = await calls["settings.write"]({ path: "detection.burstGapSeconds", value: 60 });
    expect(CALLS["settings.write"].output.parse(written)).toMatchObject({
      values: { detection: { burstGapSeconds: 60 }, retry: { maxAttempts: 5, baseMs: 7 } },
      origins: {
        "detection.burstGapSeconds": { source: "file" },
        "retry.maxAttempts": { source: "environment", detail: "RETRY_MAX_ATTEMPTS" },
        "retry.baseMs": { source: "command line" },
        "breaker.cooldownSeconds": { source: "default" },
      },
      problems: [expect.stringContaining('CB_COOLDOWN_S is "none" in the environment')],
    });
    await workbench.idle();
    expect([before, await bursts()]).toStrictEqual([1, 2]);
    const wrong = calls["settings.write"]({ path: "detection.burstGapSeconds", value: 0 });
    await expect(wrong).rejects.toMatchObject({ failure: { reason: "bad-setting" } });
    expect((await calls["settings.read"](undefined)).values.detection.burstGapSeconds).toBe(60);
    expect(await calls["tokens.list"](undefined)).toStrictEqual([]);
  });

  it("remembers what a case held when it was closed before the detectors were done", async () => {
    const workbench = testWorkbench(temporaryFolder());
    await workbench.openPaths([dumps()]);
    await vi.waitUntil(async () => ((await workbench.calls["case.info"](undefined))?.records ?? 0) > 0, {
      interval: 1,
    });
    const held = (await workbench.calls["case.info"](undefined))?.records ?? 0;
    await workbench.calls["case.close"](undefined);
    const [recent] = await workbench.recentCases();
    expect(recent?.records).toBeGreaterThanOrEqual(held);
  });

  it("opens a case again, also when its dumps are gone, and another one in its place", async () => {
    const dataFolder = temporaryFolder();
    const first = testWorkbench(dataFolder);
    const { file } = await first.openPaths([dumps()]);
    await first.idle();
    await first.close();
    const second = createWorkbench({ dataFolder, workersFolder });
    onTestFinished(() => second.close());
    expect(await second.openPaths([file])).toMatchObject({ file, records: 201 });
    const copy = join(temporaryFolder(), "copy.faultline");
    await second.calls["case.copyTo"]({ file: copy });
    expect(await second.calls["case.open"]({ file: copy })).toMatchObject({ file: copy, records: 201 });
    await second.calls["case.close"](undefined);
    expect(await second.calls["case.info"](undefined)).toBeNull();
  });

  it("refuses what is no case by name, and keeps the open one", async () => {
    const workbench = testWorkbench();
    const { file } = await workbench.openPaths([dumps()]);
    const fake = join(temporaryFolder(), "fake.faultline");
    writeFileSync(fake, "this is no database");
    await expect(workbench.openPaths([fake])).rejects.toMatchObject({ failure: { reason: "not-a-case" } });
    expect(await workbench.calls["case.info"](undefined)).toMatchObject({ file });
    await expect(workbench.calls["case.open"]({ file: join(fake, "none.faultline") })).rejects.toThrow(
      /none\.faultline/u,
    );
    expect(existsSync(fake)).toBe(true);
  });

  it("says that no case is open", async () => {
    const workbench = testWorkbench();
    await expect(workbench.calls["records.count"]({ selection: everything })).rejects.toMatchObject({
      failure: { reason: "no-case" },
    });
  });

  it("closes in the middle of an import and leaves a case that says what was interrupted", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "app.jsonl"), logLines(150_000));
    const dataFolder = temporaryFolder();
    const first = createWorkbench({ dataFolder, workersFolder });
    const { file } = await first.openPaths([folder]);
    await first.close();
    const second = testWorkbench(dataFolder);
    await second.openPaths([file]);
    const [source] = await second.calls["sources.list"](undefined);
    expect(source?.state).toBe("cancelled");
    expect((source?.records ?? 0) + (source?.deadLetters ?? 0) + (source?.skipped ?? 0)).toBe(source?.read);
    expect(await second.calls["case.add"]({ paths: [folder] })).toMatchObject({ sources: 1 });
    await second.idle();
    expect(await second.calls["case.info"](undefined)).toMatchObject({ records: 150_000 });
  });
});

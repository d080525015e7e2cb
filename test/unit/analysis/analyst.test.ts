import { expect, it, onTestFinished, vi } from "vitest";
import { Analyst } from "../../../src/main/engine/analysis/analyst.ts";
import { DEFAULT_SETTINGS } from "../../../src/shared/settings.ts";
import { threadThatAnswers } from "./threads.ts";

/** An analyst whose passes answer as `answer` says, with what it stored and what it said of failures. */
function testAnalyst(answer: string, makeRoom = () => Promise.resolve(), keptMs?: number) {
  const failures: string[] = [];
  const store = vi.fn<() => Promise<void>>(() => Promise.resolve());
  const analyst = new Analyst({
    workerFile: threadThatAnswers(answer),
    file: "any.faultline",
    settings: () => DEFAULT_SETTINGS,
    store,
    makeRoom,
    onChange: () => {},
    onFailure: ({ message }) => failures.push(message),
    ...(keptMs === undefined ? {} : { keptMs }),
  });
  onTestFinished(() => analyst[Symbol.asyncDispose]());
  return { analyst, store, failures };
}

const NOTHING = `{ found: { events: [], anomalies: [], traces: [] }, failures: [] }`;

/** Long after the analyst was made. */
function later(): void {
  const now = performance.now();
  vi.spyOn(performance, "now").mockReturnValue(now + 60_000);
  onTestFinished(() => void vi.restoreAllMocks());
}

it("gives up the pass of a running import once all is read, says nothing of it, and makes one over all", async () => {
  const { analyst, store, failures } = testAnalyst(`call === 1 ? untilCancelled() : ${NOTHING}`);
  later();
  analyst.hint();
  expect(analyst.isAnalysing).toBe(true);
  analyst.request();
  await analyst.idle();
  expect(store).toHaveBeenCalledTimes(1);
  expect(failures).toEqual([]);
});

it("lets a pass over all end before the next one, so that ever new changes leave something to be seen", async () => {
  const { analyst, store } = testAnalyst(NOTHING);
  analyst.request();
  analyst.request();
  await analyst.idle();
  expect(store).toHaveBeenCalledTimes(2);
});

it("ends its thread after a pass over all, and starts another for the next", async () => {
  const { analyst, failures } = testAnalyst(
    `{ found: { events: [], anomalies: [], traces: [] }, failures: [{ reason: "thread", message: String(threadId) }] }`,
  );
  for (let pass = 0; pass < 2; pass++) {
    analyst.request();
    await analyst.idle();
  }
  expect(new Set(failures).size).toBe(2);
});

it("gives back the thread of a running import whose passes cost too much to be repeated", async () => {
  const { analyst, store } = testAnalyst(NOTHING, undefined, 0);
  let now = performance.now();
  vi.spyOn(performance, "now").mockImplementation(() => (now += 60_000));
  onTestFinished(() => void vi.restoreAllMocks());
  analyst.hint();
  await analyst.idle();
  expect(store).toHaveBeenCalledTimes(1);
  await vi.waitUntil(() => analyst.isResting);
  analyst.request();
  await analyst.idle();
  expect(store).toHaveBeenCalledTimes(2);
});

it("stores nothing of a pass that it closes upon", async () => {
  const { analyst, store, failures } = testAnalyst(`untilCancelled()`);
  analyst.request();
  await analyst[Symbol.asyncDispose]();
  expect(store).not.toHaveBeenCalled();
  expect(failures).toEqual([]);
  analyst.request();
  expect(analyst.isAnalysing).toBe(false);
});

it("begins a pass over all once there is room for it, and none where it is closed meanwhile", async () => {
  const room = Promise.withResolvers<void>();
  const { analyst, store } = testAnalyst(NOTHING, () => room.promise);
  analyst.request();
  expect(analyst.isAnalysing).toBe(true);
  const closed = analyst[Symbol.asyncDispose]();
  room.resolve();
  await closed;
  expect(store).not.toHaveBeenCalled();
});

it("makes the next pass in another thread when the one of a running import has ended by itself", async () => {
  const { analyst, store, failures } = testAnalyst(`call === 1 ? process.exit(3) : ${NOTHING}`);
  later();
  analyst.hint();
  await analyst.idle();
  expect(failures).toEqual(["A worker thread (answering) ended with code 3."]);
  analyst.request();
  await analyst.idle();
  expect(failures).toHaveLength(1);
  expect(store).toHaveBeenCalledTimes(1);
});

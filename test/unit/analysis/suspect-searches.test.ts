import { expect, it, onTestFinished, vi } from "vitest";
import { SuspectSearches } from "../../../src/main/engine/analysis/suspect-searches.ts";
import { micros } from "../../../src/shared/units.ts";
import { threadThatAnswers } from "./threads.ts";

/** Each search answers with its number as the revision, unless `answer` says otherwise. */
function testSearches(answer = "{ revision: call, verdict: null }", keptMs?: number): SuspectSearches {
  const options = { workerFile: threadThatAnswers(answer), file: "any.faultline" };
  const searches = new SuspectSearches(keptMs === undefined ? options : { ...options, keptMs });
  onTestFinished(() => searches[Symbol.asyncDispose]());
  return searches;
}

const own = { baseline: null, incident: null };
const brushed = (from: number) => ({ baseline: null, incident: { from: micros(from), to: micros(from + 1) } });

it("gives the answer of a search that was begun ahead to who asks while it runs", async () => {
  const searches = testSearches();
  searches.ahead();
  expect(await searches.find(own)).toMatchObject({ revision: 1 });
});

it("gives the last answer again without searching until records come, and others for other windows", async () => {
  const searches = testSearches();
  expect(await searches.find(own)).toMatchObject({ revision: 1 });
  expect(await searches.find(own)).toMatchObject({ revision: 1 });
  expect(await searches.find(brushed(1))).toMatchObject({ revision: 2 });
  searches.outdate();
  expect(await searches.find(brushed(1))).toMatchObject({ revision: 3 });
});

it("keeps no answer of a case that got records while it was searched", async () => {
  const searches = testSearches();
  const old = searches.find(own);
  searches.outdate();
  await old;
  expect(await searches.find(own)).toMatchObject({ revision: 2 });
});

it("ends its thread once nobody asks any more, keeps the answer, and searches the next time in another thread", async () => {
  const searches = testSearches("{ revision: threadId, verdict: null }", 1);
  const { revision } = await searches.find(own);
  await vi.waitUntil(() => searches.isResting);
  expect(await searches.find(own)).toMatchObject({ revision });
  expect(searches.isResting).toBe(true);
  expect((await searches.find(brushed(1))).revision).not.toBe(revision);
});

it("searches in the thread that was started for it, which a rest gives back unasked", async () => {
  const searches = testSearches("{ revision: threadId, verdict: null }");
  searches.warm();
  expect(searches.isResting).toBe(false);
  await searches.rest();
  expect(searches.isResting).toBe(true);
  searches.warm();
  searches.warm();
  const { revision } = await searches.find(own);
  expect((await searches.find(brushed(1))).revision).toBe(revision);
});

it("rests once searches have ended, and gives up those on the case as it was", async () => {
  const searches = testSearches("call === 1 ? untilCancelled() : { revision: call, verdict: null }");
  const old = searches.find(own);
  searches.outdate();
  await Promise.all([expect(old).rejects.toThrow("cancelled"), searches.rest()]);
  const answered = searches.find(own);
  await searches.rest();
  expect(await answered).toMatchObject({ revision: 2 });
});

it("ends a search on the case as it was, and searches anew", async () => {
  const searches = testSearches("call === 1 ? untilCancelled() : { revision: call, verdict: null }");
  const old = searches.find(own);
  searches.outdate();
  const [first, second] = await Promise.allSettled([old, searches.find(own)]);
  expect(first).toMatchObject({ status: "rejected", reason: { failure: { reason: "cancelled" } } });
  expect(second).toMatchObject({ status: "fulfilled", value: { revision: 2 } });
});

it("ends a search for windows that were given when others are, at once, and says nothing of one begun ahead", async () => {
  const searches = testSearches("call === 1 ? untilCancelled() : { revision: call, verdict: null }");
  const first = searches.find(brushed(1));
  searches.ahead();
  await expect(first).rejects.toThrow("cancelled");
  expect(await searches.find(own)).toMatchObject({ revision: expect.any(Number) });
});

it("searches in another thread when the one before has ended by itself", async () => {
  const searches = testSearches("call === 1 ? process.exit(3) : { revision: call, verdict: null }");
  await expect(searches.find(own)).rejects.toMatchObject({ failure: { reason: "worker-ended" } });
  expect(await searches.find(own)).toMatchObject({ revision: 2 });
});

it("fails those who wait when it is closed, and begins nothing after", async () => {
  const searches = testSearches("untilCancelled()");
  const waiting = searches.find(own);
  await Promise.all([expect(waiting).rejects.toThrow(/cancelled|ended/u), searches[Symbol.asyncDispose]()]);
  searches.ahead();
  await expect(searches.find(own)).rejects.toThrow("closed");
});

it("gives back a thread that was started ahead of a search that does not come", async () => {
  const searches = testSearches(undefined, 0);
  searches.warm();
  expect(searches.isResting).toBe(false);
  await vi.waitUntil(() => searches.isResting);
});

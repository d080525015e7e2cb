import { beforeEach, describe, expect, it } from "vitest";
import type { CaseInfo } from "../../../../src/shared/contract.ts";
import { mergeSources, takeInfo, useCase, type SourceInfo } from "../../../../src/renderer/state/case.ts";
import { setFilter, useSelection } from "../../../../src/renderer/state/selection.ts";
import { workOf } from "../../../../src/renderer/shell/status-bar.tsx";
import { sourceOf } from "../sources/source.ts";

const info = (revision: number, file = "/cases/a.faultline"): CaseInfo => ({
  file,
  title: "a",
  revision,
  from: null,
  to: null,
  main: null,
  sources: 1,
  read: 0,
  records: revision,
  samples: 0,
  deadLetters: 0,
  skipped: 0,
  events: 0,
  anomalies: 0,
  traces: 0,
  reading: 0,
  analysing: false,
});
const source = (id: number, over: Partial<SourceInfo> = {}): SourceInfo =>
  sourceOf({ id, path: `/dumps/${id}.jsonl`, bytes: 100, bytesRead: 100, read: 1, records: 1, ...over });

// The window's bridge is not there in a test: what the store asks on its own is answered with nothing.
beforeEach(() => {
  const bridge = { call: () => Promise.resolve({ ok: true, value: [] }), on: () => () => {}, pathForFile: () => "" };
  Object.assign(globalThis, { window: { faultline: bridge } });
  takeInfo(null);
});

describe("the open case", () => {
  it("never goes back to an older description", () => {
    takeInfo(info(5));
    takeInfo(info(3));
    expect(useCase.getState().info?.records).toBe(5);
  });

  it("may be another one with a lower revision", () => {
    takeInfo(info(5));
    takeInfo(info(1, "/cases/b.faultline"));
    expect(useCase.getState().info?.file).toBe("/cases/b.faultline");
  });

  it("begins with an empty filter", () => {
    takeInfo(info(1));
    setFilter("timeout");
    takeInfo(info(2));
    expect(useSelection.getState().filter).toBe("timeout");
    takeInfo(info(1, "/cases/b.faultline"));
    expect(useSelection.getState().filter).toBe("");
  });
});

it("keeps sources that a progress row does not name", () => {
  const merged = mergeSources([source(1), source(2)], [source(2, { records: 9 }), source(3)]);
  expect(merged.map(({ id, records }) => [id, records])).toEqual([
    [1, 1],
    [2, 9],
    [3, 1],
  ]);
});

describe("what the status bar says of the work", () => {
  it("names the one source that is read", () => {
    const work = workOf([source(1), source(2, { state: "reading", bytes: 200, bytesRead: 50 })], 1);
    expect(work).toEqual({ title: "Reading 2.jsonl", done: 50, whole: 200 });
  });

  it("counts several, and those that wait", () => {
    const sources = [
      source(1, { state: "reading", bytesRead: 50 }),
      source(2, { state: "reading", bytesRead: 0 }),
      source(3, { state: "waiting", bytesRead: 0 }),
    ];
    expect(workOf(sources, 3)).toEqual({ title: "Reading 3 sources", done: 50, whole: 300 });
  });

  it("is silent while the only thing left waits for a word of the person", () => {
    expect(workOf([source(1), source(2, { state: "paused", bytesRead: 50 })], 1)).toBeNull();
  });

  it("is silent when all have ended", () => expect(workOf([source(1)], 0)).toBeNull());
});

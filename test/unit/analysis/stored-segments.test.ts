import { expect, it } from "vitest";
import { StoredSegments } from "../../../src/main/engine/analysis/stored-segments.ts";
import { noCheck, testCase } from "../query/cases.ts";

it("gives segments in the order of the names of their sources, whichever was dropped first", () => {
  const made = testCase();
  const [late, early] = [made.source("z.log"), made.source("a.log")];
  made.add(late, [{ message: "z" }]);
  made.add(early, [{ message: "a" }]);
  const segments = new StoredSegments(made.open().reader, noCheck);
  expect([...segments.of(["log"])].map(({ row }) => row.sourceId)).toEqual([early, late]);
});

it("gives segments in the order of their sources, whichever was read first", () => {
  const made = testCase();
  const [first, second] = [made.source("commits.json"), made.source("git-log.txt")];
  made.add(second, [{ message: "b" }]);
  made.add(first, [{ message: "a" }]);
  made.add(second, [{ message: "b" }]);
  const segments = new StoredSegments(made.open().reader, noCheck);
  expect([...segments.of(["log"])].map(({ row }) => row.sourceId)).toEqual([first, second, second]);
});

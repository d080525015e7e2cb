import { expect, it } from "vitest";
import { AnalysisTurns } from "../../../src/main/engine/analysis/analysis-turns.ts";

/** Threads that rest when they are told to, and who waited for which of them. */
function testTurns(isLarge: boolean) {
  const ends = { detectors: Promise.withResolvers<void>(), searches: Promise.withResolvers<void>() };
  const begun: string[] = [];
  const turns = new AnalysisTurns({
    detectors: { rest: () => ends.detectors.promise },
    searches: { rest: () => ends.searches.promise },
    isLarge: () => isLarge,
  });
  const begins = (what: string) => () => void begun.push(what);
  const all = [
    turns.ofClocks().then(begins("clocks")),
    turns.ofSearch().then(begins("search")),
    turns.ofDetectors().then(begins("detectors")),
  ];
  return { ends, begun, all };
}

/** Until all that can happen has. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it("lets all of them look at a small case at the same time", async () => {
  const { begun, all } = testTurns(false);
  await Promise.all(all);
  expect(begun.toSorted()).toEqual(["clocks", "detectors", "search"]);
});

it("lets the search begin when the detectors are gone, and clocks be compared when the search is gone too", async () => {
  const { ends, begun, all } = testTurns(true);
  await settled();
  expect(begun).toEqual([]);
  ends.detectors.resolve();
  await settled();
  expect(begun).toEqual(["search"]);
  ends.searches.resolve();
  await Promise.all(all);
  expect(begun.toSorted()).toEqual(["clocks", "detectors", "search"]);
});

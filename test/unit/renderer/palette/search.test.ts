import { expect, it } from "vitest";
import { keyLines } from "../../../../src/renderer/palette/help.tsx";
import { score, search } from "../../../../src/renderer/palette/search.ts";

const titles = ["Fit the whole time", "Filter", "Show or hide facets", "Zoom to the selected range", "Close the case"];
const find = (typed: string): readonly string[] => search(typed, titles, (title) => title);

it("finds the beginning of a title first", () => expect(find("fi")).toEqual(["Filter", "Fit the whole time"]));

it("finds by the first letters of words", () => expect(find("zts")[0]).toBe("Zoom to the selected range"));

it("finds inside of a title", () => expect(find("facet")).toEqual(["Show or hide facets"]));

it("keeps everything in its order when nothing is typed", () => expect(find("")).toEqual(titles));

it("finds nothing in letters strewn over a title", () => expect(score("oie", "Show or hide facets")).toBeNull());

it("lists keys by group, without commands that have none", () => {
  const run = (): void => {};
  const lines = new Map(
    keyLines([
      { id: "a", title: "Fit", group: "Timeline", keys: ["f"], run },
      { id: "b", title: "No keys", group: "Case", run },
    ]),
  );
  expect(lines.get("Timeline")?.[0]).toEqual({ title: "Fit", keys: ["f"] });
  expect(lines.has("Case")).toBe(false);
});

import { expect, it } from "vitest";
import { marked, searchedIn } from "../../../../src/shared/query/searched.ts";

const show = (message: string, texts: readonly string[], filter = ""): string =>
  marked(message, { texts, expressions: searchedIn(filter).expressions })
    .map((part) => (part.marked ? `[${part.text}]` : part.text))
    .join("");

it("finds the texts that rows must hold, not those they must not", () => {
  expect(searchedIn('level>=error "timed out" -retry (a OR b)').texts).toEqual(["timed out", "a", "b"]);
  expect(searchedIn("level>=").texts).toEqual([]);
  expect(searchedIn("/a/ -/b/").expressions).toHaveLength(1);
});

it("marks every place, in any case of letters", () => {
  expect(show("Timed out: upstream timed out", ["timed out"])).toBe("[Timed out]: upstream [timed out]");
});

it("is exact for a text with a capital letter", () => {
  expect(show("timeout Timeout", ["Timeout"])).toBe("timeout [Timeout]");
});

it("prefers the longest of texts that begin together", () => {
  expect(show("timeout", ["time", "timeout"])).toBe("[timeout]");
});

it("keeps its places where folding changes lengths", () => {
  expect(show("İstanbul db", ["db"])).toBe("İstanbul [db]");
});

it("marks what a regular expression matches, beside texts", () => {
  expect(show("took 12 ms of 250 ms", ["took"], "/[0-9]+ ms/")).toBe("[took] [12 ms] of [250 ms]");
  expect(show("abc", [], "/x*/")).toBe("abc");
});

it("leaves a message without them whole", () => expect(show("all well", ["db"])).toBe("all well"));

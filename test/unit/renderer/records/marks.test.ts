import { expect, it } from "vitest";
import { marked, searchedTexts } from "../../../../src/renderer/records/marks.ts";

const show = (message: string, texts: readonly string[]): string =>
  marked(message, texts)
    .map((part) => (part.marked ? `[${part.text}]` : part.text))
    .join("");

it("finds the texts that rows must hold, not those they must not", () => {
  expect(searchedTexts('level>=error "timed out" -retry (a OR b)')).toEqual(["timed out", "a", "b"]);
  expect(searchedTexts("level>=")).toEqual([]);
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

it("leaves a message without them whole", () => expect(show("all well", ["db"])).toBe("all well"));

// Words of identifiers, and how much they tell.
import { expect, it } from "vitest";
import { Rarity, WHOLE, wordsOf } from "../../../../src/main/engine/suspects/changes/words.ts";

it("finds the same words in every spelling of an identifier", () => {
  for (const text of ["maxConnections", "max_connections", "MAX_CONNECTIONS", "max connections"])
    expect([...wordsOf(text)]).toEqual(expect.arrayContaining(["max", "connection"]));
});

it("keeps an identifier of several words as one too", () => {
  expect(wordsOf("postalCode is missing").has(`${WHOLE}postalcode`)).toBe(true);
});

it("leaves out what every text says, numbers and ids", () => {
  expect([...wordsOf("the service failed with error 500 for 4f2a1c9e8b7d")]).toEqual([]);
});

it("weighs a word by how few texts say it", () => {
  const rarity = new Rarity([new Set(["pool", "cart"]), new Set(["cart"]), new Set(["cart"])]);
  expect(rarity.of("pool")).toBe(1);
  expect(rarity.of("cart")).toBe(0);
});

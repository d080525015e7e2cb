import { expect, it } from "vitest";
import { keysOf } from "../../../../src/renderer/views/view.ts";

it("gives the first ten views a digit, and the others only keys of their own", () => {
  expect([1, 9, 10, 11].map((place) => keysOf({ place }))).toEqual([["1"], ["9"], ["0"], []]);
  expect(keysOf({ place: 11, keys: ["d"] })).toEqual(["d"]);
});

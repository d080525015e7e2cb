import { describe, expect, it } from "vitest";
import { Skeletons } from "../../../src/main/engine/templates/skeletons.ts";

/** A word without a digit, another for each number. */
const wordOf = (number: number): string => Array.from(String(number), (digit) => "abcdefghij"[Number(digit)]).join("");

describe("the skeletons of a source", () => {
  it("are one for all messages of a shape, also after the table has grown", () => {
    const skeletons = new Skeletons();
    const shapes = Array.from({ length: 2_000 }, (_, index) => `${wordOf(index)} took`);
    for (const shape of shapes) skeletons.of(`${shape} 1 ms`);
    expect(shapes.map((shape) => skeletons.of(`${shape} 77 ms`))).toEqual(shapes.map((shape) => `${shape} <*>`));
  });

  it("are bounded, and further messages get the template of those before", () => {
    const skeletons = new Skeletons(100);
    const told = new Set<string>();
    for (let index = 0; index < 20_000; index += 1) told.add(skeletons.of(`user ${wordOf(index)} has logged in`));
    expect(told.size).toBe(101);
    expect(told).toContain("user <*> has logged in");
  });

  it("are bounded for messages that are like no other", () => {
    const skeletons = new Skeletons(100);
    const told = new Set<string>();
    for (let index = 0; index < 20_000; index += 1)
      told.add(skeletons.of(`${wordOf(index)} ${wordOf(index * 7)} ${wordOf(index * 13)} x`));
    expect(told.size).toBeLessThanOrEqual(100 + 1_024 + 1);
  });
});

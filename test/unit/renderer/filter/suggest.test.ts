import { describe, expect, it } from "vitest";
import { withFilter } from "../../../../src/renderer/filter/history.ts";
import { completeAt, offers, take } from "../../../../src/renderer/filter/suggest.ts";

const inserts = (text: string, values: readonly { value: string; count: number }[] = []): readonly string[] =>
  offers(completeAt(text, text.length), values, String).map(({ insert }) => insert);

describe("offers at the cursor", () => {
  it("are fields for a word", () => expect(inserts("serv")).toContain("service:"));

  it("are the values of the case, quoted where they need it", () =>
    expect(
      inserts("service:ch", [
        { value: "checkout", count: 9 },
        { value: "check in", count: 1 },
      ]),
    ).toEqual(["checkout", '"check in"']));

  it("do not repeat what stands there", () =>
    expect(inserts("service:cart", [{ value: "cart", count: 1 }])).toEqual([]));
});

describe("taking an offer", () => {
  it("replaces what was begun and goes on after a space", () => {
    const text = "service:ch timeout";
    const next = take(text, { from: 8, to: 10 }, "checkout", true);
    expect(next).toEqual({ text: "service:checkout timeout", cursor: 16 });
    expect(take("service:ch", { from: 8, to: 10 }, "checkout", true).text).toBe("service:checkout ");
  });
});

it("remembers a filter once, latest first", () => {
  expect(withFilter(["b", "a"], "a")).toEqual(["a", "b"]);
  expect(withFilter(["a"], "  ")).toEqual(["a"]);
});

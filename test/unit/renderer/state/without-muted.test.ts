import { describe, expect, it } from "vitest";
import { withoutMuted } from "../../../../src/renderer/state/without-muted.ts";

describe("a filter without what is muted", () => {
  it.each([
    ["", [], ""],
    ["level>=error", [], "level>=error"],
    ["", ["0a1b"], "-template:0a1b"],
    ["a OR b", ["0a1b", "2c3d"], "(a OR b) -template:0a1b,2c3d"],
    // Who asks for a template gets it, and a filter that cannot be read is left to whoever says why.
    ["template:0a1b", ["0a1b"], "template:0a1b"],
    ["level>=", ["0a1b"], "level>="],
  ])("of %j without %j is %j", (filter, muted, left) => {
    expect(withoutMuted(filter, muted)).toBe(left);
  });
});

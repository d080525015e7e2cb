import { describe, expect, it } from "vitest";
import type { SuspectInfo } from "../../../../src/shared/contract/suspects.ts";
import { headingOf, likelihood, percent, shortObject } from "../../../../src/shared/text/suspect-words.ts";

const suspect = (given: Partial<SuspectInfo>): SuspectInfo => ({
  kind: "change",
  service: "cart",
  object: "41aba4d3aaa4ae312edc8db6ca5d8bf39876a5e4",
  title: "chore: pool size",
  score: 8,
  confidence: 0.9,
  since: null,
  evidence: [],
  missing: [],
  ...given,
});

describe("what a suspect is called", () => {
  it("is what was done, else the object, else the service", () => {
    expect(headingOf(suspect({}))).toBe("chore: pool size");
    expect(headingOf(suspect({ title: null, object: "api.example.com" }))).toBe("api.example.com");
    expect(headingOf(suspect({ title: null, object: null }))).toBe("cart");
  });

  it("cuts ids of commits and nothing else", () => {
    expect(shortObject("41aba4d3aaa4ae312edc8db6ca5d8bf39876a5e4")).toBe("41aba4d3aa");
    expect(shortObject("checkout_new_pricing")).toBe("checkout_new_pricing");
  });
});

it("says in words how sure it is", () => {
  expect([0.95, 0.7, 0.4, 0.2, 0.01, 0].map(likelihood)).toEqual([
    "very likely",
    "likely",
    "possible",
    "unlikely",
    "very unlikely",
    "very unlikely",
  ]);
  expect(percent(0.816)).toBe("82 %");
});

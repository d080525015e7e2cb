import { describe, expect, it } from "vitest";
import { rowText, type Fit } from "../../../../src/renderer/records/row-text.ts";
import type { ListRow } from "../../../../src/shared/contract.ts";
import { searchedIn } from "../../../../src/shared/query/searched.ts";

const deploy = (description: string): ListRow => ({
  type: "event",
  event: {
    id: 1,
    time: 0,
    endTime: null,
    source: "GIT",
    kind: "deploy",
    severity: "INFO",
    service: "pay",
    title: "deploy pay 4f2a1c",
    description,
    traceId: null,
    spanId: null,
    requestId: null,
    correlationId: null,
    reference: null,
    confidence: 1,
    fingerprint: "1",
    metadata: {},
    tags: [],
  },
});
const fit = (filter: string): Fit => ({ letters: 120, wrapped: false, searched: searchedIn(filter) });

describe("an event that was found by its description", () => {
  it("shows the words around what was searched before its title, marked", () => {
    const { parts, field } = rowText(deploy(`${"x".repeat(90)} approved by adaeze after lunch`), fit("adaeze"));
    const text = parts.map((part) => part.text).join("");
    expect(text).toMatch(/^…x+ approved by adaeze after lunch · deploy pay 4f2a1c$/u);
    expect(parts.filter((part) => part.marked).map((part) => part.text)).toEqual(["adaeze"]);
    expect(text.slice(field)).toBe("deploy pay 4f2a1c");
  });

  it("shows its title alone when that holds what was searched, or when the description does not either", () => {
    for (const [filter, description] of [
      ["pay", "pay again"],
      ["adaeze", "nothing"],
      ["", "anything"],
    ] as const) {
      const { parts, field } = rowText(deploy(description), fit(filter));
      expect(parts.map((part) => part.text).join("")).toBe("deploy pay 4f2a1c");
      expect(field).toBe(0);
    }
  });
});

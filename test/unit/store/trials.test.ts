import { describe, expect, it } from "vitest";
import { decodeTrials, encodeTrials } from "../../../src/main/engine/store/trials.ts";
import { NO_MATCH } from "../../../src/shared/model/source.ts";

const none = (format: string) => ({ format, confidence: 0, reason: NO_MATCH });
const MATCH = { format: "json-lines", confidence: 0.9, reason: "50 of 50 lines" };

describe("what recognition tried", () => {
  it("is stored in short where a format did not match, and read as it was", () => {
    const trials = [MATCH, { format: "text", confidence: 0, reason: "says something else" }, none("alerts")];
    const text = encodeTrials(trials);
    expect(text).toMatch(/,"alerts"\]$/);
    expect(decodeTrials(text)).toEqual(trials);
  });

  it("is told of each source by its own list, also when lists take turns", () => {
    const lists = [[MATCH], [none("json-lines")], []];
    const texts = [...lists, ...lists].map(encodeTrials);
    expect([...texts, ...texts].map(decodeTrials)).toEqual([...lists, ...lists, ...lists, ...lists]);
  });

  it("is read from cases that hold every trial in full", () => {
    expect(decodeTrials(JSON.stringify([MATCH, none("alerts")]))).toEqual([MATCH, none("alerts")]);
  });
});

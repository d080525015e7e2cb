// The likeliest change of each incident is the one that did it, or none where none did.
import { describe, expect, it } from "vitest";
import { findBeginning } from "../../../src/main/engine/suspects/onset.ts";
import { rankServices } from "../../../src/main/engine/suspects/services/rank-services.ts";
import type { ServiceBlame, Verdict, Windows } from "../../../src/main/engine/suspects/signals.ts";
import { verdictOf } from "../../../src/main/engine/suspects/verdict.ts";
import { CODE } from "./incidents/code.ts";
import { type Incident, minute, shaOf, signalsOf } from "./incidents/incident.ts";
import { OUTSIDE } from "./incidents/outside.ts";
import { SETTINGS } from "./incidents/settings.ts";
import { SUBTLE, SUBTLE_OUTSIDE } from "./incidents/subtle.ts";

const always = (): void => {};

function verdict(incident: Incident): Verdict {
  const signals = signalsOf(incident);
  const rank = (windows: Windows): readonly ServiceBlame[] => rankServices(signals, windows);
  return verdictOf(signals, findBeginning(signals, { baseline: null, incident: null }, rank, always), always);
}

describe("a change that did it", () => {
  it.each([...CODE, ...SETTINGS, ...SUBTLE])("$title", (incident) => {
    const { suspects, abstained } = verdict(incident);
    expect([abstained, suspects[0]?.kind, suspects[0]?.object]).toEqual([
      false,
      "change",
      shaOf(incident.culprit ?? ""),
    ]);
  });
});

describe("no change did it", () => {
  it.each([...OUTSIDE, ...SUBTLE_OUTSIDE])("$title", (incident) => {
    const { suspects, abstained, abstainedBecause } = verdict(incident);
    expect(abstained).toBe(true);
    expect(suspects[0]?.kind).not.toBe("change");
    expect(abstainedBecause).not.toBe("");
  });
});

describe("the onset", () => {
  it.each([...CODE, ...SETTINGS, ...OUTSIDE])("of $title is not later than its alert", (incident) => {
    const { onset } = verdict(incident);
    expect(onset?.time).toBeLessThanOrEqual(minute(incident.alert.at));
  });
});

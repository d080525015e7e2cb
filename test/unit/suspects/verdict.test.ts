// The likeliest change of each incident is the one that did it, or none where none did.
import { describe, expect, it } from "vitest";
import { findBeginning } from "../../../src/main/engine/suspects/onset.ts";
import { rankServices } from "../../../src/main/engine/suspects/services/rank-services.ts";
import type { ServiceBlame, Verdict, Windows } from "../../../src/main/engine/suspects/signals.ts";
import { verdictOf } from "../../../src/main/engine/suspects/verdict.ts";
import { CALLERS, OTHERS } from "./incidents/callers.ts";
import { CODE } from "./incidents/code.ts";
import { HELD_OUT } from "./incidents/held-out.ts";
import { HELD_OUT_OUTSIDE } from "./incidents/held-out-outside.ts";
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
  it.each([...CODE, ...SETTINGS, ...SUBTLE, ...HELD_OUT, ...CALLERS])("$title", (incident) => {
    const { suspects, abstained } = verdict(incident);
    expect([abstained, suspects[0]?.kind, suspects[0]?.object]).toEqual([
      false,
      "change",
      shaOf(incident.culprit ?? ""),
    ]);
  });
});

describe("deploys that are nearer and did nothing", () => {
  const beside = (incident: Incident): Incident =>
    ["blog", "careers", "newsletter"].reduce<Incident>((all, service, number) => {
      const id = `near${number}`;
      const files = [`services/${service}/layout.tsx`];
      const diff = `@@ ${files[0]} @@\n-  <Grid cols={3}>\n+  <Grid cols={4}>`;
      return {
        ...all,
        metrics: [...all.metrics, { service, name: "latency_p95_ms", from: 50, to: 50 }],
        commits: [...all.commits, { id, at: 88, says: `feat(${service}): new layout`, files, diff }],
        deploys: [...all.deploys, { at: 89.2 + number / 5, service, commit: id }],
      };
    }, incident);

  it.each(HELD_OUT)("do not come before $title", (incident) => {
    const { suspects, abstained } = verdict(beside(incident));
    expect([abstained, suspects[0]?.object]).toEqual([false, shaOf(incident.culprit ?? "")]);
  });

  it.each(HELD_OUT_OUTSIDE)("are not blamed for $title", (incident) => {
    expect(verdict(beside(incident)).abstained).toBe(true);
  });
});

describe("a change that is less sure than where it shows", () => {
  const all = [...CODE, ...SETTINGS, ...SUBTLE, ...HELD_OUT].map((incident) => verdict(incident).suspects);
  const isBesideSurer = ([first, ...others]: Verdict["suspects"]): boolean =>
    others.some(({ kind, confidence }) => kind !== "change" && confidence > (first?.confidence ?? 0));

  it("says so, and only then", () => {
    const saying = all.filter(([first]) => first?.missing.some((text) => text.includes("is surer")) === true);
    expect(saying.length).toBeGreaterThan(0);
    expect(saying).toEqual(all.filter(isBesideSurer));
  });
});

describe("no change did it", () => {
  it.each([...OUTSIDE, ...SUBTLE_OUTSIDE, ...HELD_OUT_OUTSIDE, ...OTHERS])("$title", (incident) => {
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

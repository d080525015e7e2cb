// `faultline suspects` over dumps and cases: the verdict as JSON and as text, from files of every kind at once.
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../ingest/support.ts";
import { faultline } from "./support.ts";

interface Answer {
  readonly onset: string | null;
  readonly onsetDetail: { readonly service: string | null; readonly confidence: number } | null;
  readonly abstained: boolean;
  readonly abstainedBecause: string | null;
  readonly suspects: readonly {
    readonly rank: number;
    readonly kind: string;
    readonly service: string | null;
    readonly object: string | null;
    readonly confidence: number;
    readonly evidence: readonly {
      readonly for: boolean;
      readonly text: string;
      readonly source: string | null;
      readonly offset?: number;
    }[];
    readonly missing: readonly string[];
  }[];
  readonly services: readonly { readonly rank: number; readonly service: string }[];
}

const SAMPLE = resolve("resources/sample-incident");
const truth = JSON.parse(readFileSync(resolve("resources/sample-incident.truth.json"), "utf8")) as {
  readonly cause: { readonly service: string; readonly object: { readonly sha: string } };
  readonly onset: string;
  readonly services: readonly string[];
};

describe("faultline suspects", () => {
  it("finds the true cause of the sample incident, and ranks every service", async () => {
    const { code, json } = await faultline(["suspects", SAMPLE, "--json"]);
    expect(code).toBe(0);
    const { onset, onsetDetail, abstained, suspects, services } = json() as Answer;
    expect(abstained).toBe(false);
    expect(suspects[0]).toMatchObject({
      rank: 1,
      kind: "change",
      service: truth.cause.service,
      object: truth.cause.object.sha,
    });
    expect(onsetDetail?.service).toBe(truth.cause.service);
    expect(Math.abs(Date.parse(onset ?? "") - Date.parse(truth.onset))).toBeLessThan(60_000);
    expect(services.map(({ service }) => service)).toEqual(expect.arrayContaining([...truth.services]));
    expect(services[0]?.service).toBe(truth.cause.service);
  });

  it("points at the bytes that each piece of evidence speaks of", async () => {
    const { json } = await faultline(["suspects", SAMPLE, "--json"]);
    const { suspects } = json() as Answer;
    const deployed = suspects[0]?.evidence.find(({ text }) => text.startsWith("Deployed"));
    const text = readFileSync(deployed?.source ?? "", "utf8").slice(deployed?.offset);
    expect(text.slice(0, 400)).toContain(truth.cause.object.sha);
  });

  it("says the same of a case, as text too", async () => {
    const file = join(temporaryFolder(), "sample.faultline");
    await faultline(["analyze", SAMPLE, "--case", file]);
    const { code, stdout } = await faultline(["suspects", file]);
    expect(code).toBe(0);
    expect(stdout).toContain(`1. change ${truth.cause.object.sha} at ${truth.cause.service}`);
    expect(stdout).toMatch(/^ {3}\+ Deployed on/mu);
  });

  it("abstains where there are no changes, and says what is missing", async () => {
    const { code, json } = await faultline(["suspects", join(SAMPLE, "metrics"), "--json"]);
    expect(code).toBe(0);
    const { abstained, abstainedBecause, suspects, services } = json() as Answer;
    expect(abstained).toBe(true);
    expect(abstainedBecause).toContain("no changes");
    expect(suspects.some(({ kind }) => kind === "change")).toBe(false);
    expect(suspects.flatMap(({ missing }) => missing)).toContain("Commits, deploys and flags.");
    expect(services.length).toBeGreaterThan(0);
  });

  it("takes windows, and refuses what are none", async () => {
    const baseline = "2026-03-17T13:00:00Z..2026-03-17T13:25:00Z";
    const given = await faultline([
      "suspects",
      SAMPLE,
      "--baseline",
      baseline,
      "--incident",
      "2026-03-17T13:31:00Z..2026-03-17T14:00:00Z",
      "--json",
    ]);
    expect((given.json() as Answer).suspects[0]?.object).toBe(truth.cause.object.sha);
    for (const wrong of [
      ["--baseline", "yesterday"],
      ["--incident", "2026-03-17T14:00:00Z..2026-03-17T13:00:00Z"],
    ]) {
      const { code, stderr } = await faultline(["suspects", SAMPLE, ...wrong]);
      expect(code).toBe(2);
      expect(stderr).toContain(wrong[0]);
    }
  });

  it.each([
    ["outside of the data", ["--incident", "2030-01-01..2030-01-02"], "No record of the case lies within the incident"],
    ["before the data", ["--baseline", "2020-01-01..2020-01-02"], "No record of the case lies within the baseline"],
    ["around all of the data", ["--incident", "2020-01-01..2030-01-01"], "nothing before it tells what is normal"],
    ["without length", ["--incident", "2026-03-17T13:31:00Z..2026-03-17T13:31:00Z"], "holds no time"],
    ["on a day that is none", ["--incident", "2026-02-30..2026-03-18"], '"2026-02-30" is no time'],
    [
      "in the wrong order",
      [
        "--baseline",
        "2026-03-17T13:40:00Z..2026-03-17T13:50:00Z",
        "--incident",
        "2026-03-17T13:31:00Z..2026-03-17T14:00:00Z",
      ],
      "it begins before the incident does",
    ],
  ])("refuses windows %s, and says why", async (_, windows, why) => {
    const { code, stderr } = await faultline(["suspects", SAMPLE, ...windows]);
    expect(code).toBe(2);
    expect(stderr).toContain(why);
  });

  it("takes windows with zones, and a baseline up to where the incident begins", async () => {
    const { code, stderr, json } = await faultline([
      "suspects",
      SAMPLE,
      "--baseline",
      "2026-03-17T14:00:00+01:00..2026-03-17T14:40:00+0100",
      "--incident",
      "2026-03-17T13:31:00Z..2026-03-17T14:00:00Z",
      "--json",
    ]);
    expect(code).toBe(0);
    expect(stderr).toContain("--baseline reaches into the incident; it counts up to 2026-03-17T13:31:00.000Z.");
    expect(json()).toMatchObject({ baseline: "2026-03-17T13:00:00.000Z..2026-03-17T13:31:00.000Z" });
  });

  it("tells nothing of a folder that holds nothing", async () => {
    const { code, json } = await faultline(["suspects", temporaryFolder(), "--json"]);
    expect(code).toBe(0);
    expect(json()).toMatchObject({ onset: null, abstained: true, suspects: [], services: [] });
  });
});

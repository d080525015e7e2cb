import { describe, expect, it } from "vitest";
import { rankFindings, type Candidate } from "../../../src/main/engine/series/rank.ts";
import { MINUTE } from "./support/noise.ts";

const candidate = (series: string, minute: number, extra: Partial<Candidate> = {}): Candidate => ({
  service: "db",
  series,
  start: minute * MINUTE,
  end: (minute + 5) * MINUTE,
  cadence: MINUTE,
  severity: "HIGH",
  evidence: 20,
  ...extra,
});
const ten = (): number => 10;
const shown = (candidates: readonly Candidate[], seriesOf = ten) =>
  rankFindings(candidates, seriesOf).map(({ members, severity }) =>
    [severity as string].concat(members.map(({ series }) => series)),
  );

describe("findings", () => {
  it("are one a service and moment, led by the gravest series", () => {
    expect(shown([candidate("cpu", 0), candidate("mem", 2, { severity: "CRITICAL" }), candidate("io", 30)])).toEqual([
      ["CRITICAL", "mem", "cpu"],
      ["MEDIUM", "io"],
    ]);
  });

  it("do not join services, nor moments that lie apart however many lie between", () => {
    const drift = [0, 2, 4, 6, 8].map((minute) => candidate(`s${minute}`, minute));
    expect(shown(drift)).toHaveLength(3);
    expect(shown([candidate("cpu", 0), candidate("cpu", 0, { service: "web" })])).toHaveLength(2);
  });

  it("are one step less grave when one of many series stands alone", () => {
    expect(shown([candidate("cpu", 0)])).toEqual([["MEDIUM", "cpu"]]);
    expect(shown([candidate("cpu", 0)], () => 2)).toEqual([["HIGH", "cpu"]]);
  });

  it("are the stronger the more series agree", () => {
    const agreed = [candidate("cpu", 0), candidate("mem", 0), candidate("io", 0), candidate("net", 0)];
    const [finding] = rankFindings(agreed, ten);
    expect(finding?.strength).toBe(20 + 1.5 * 2);
  });

  it("hold a series once, and of a restless one only the strongest", () => {
    expect(shown([candidate("cpu", 0), candidate("cpu", 1), candidate("mem", 0)])).toEqual([["HIGH", "cpu", "mem"]]);
    const restless = Array.from({ length: 20 }, (_, index) => candidate("cpu", index * 100, { evidence: index }));
    expect(rankFindings(restless, ten).map(({ strength }) => strength)).toEqual([19, 18, 17, 16, 15]);
  });
});

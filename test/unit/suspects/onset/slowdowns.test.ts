import { describe, expect, it } from "vitest";
import { findBeginning } from "../../../../src/main/engine/suspects/onset.ts";
import { slowdownsOf } from "../../../../src/main/engine/suspects/onset/slowdowns.ts";
import { rankServices } from "../../../../src/main/engine/suspects/services/rank-services.ts";
import { MINUTE, MS, System, type Work } from "../services/support.ts";

const wobble = (index: number): number => 1 + ((index * 7) % 5) / 20;
const request = (index: number, paying: number): Work => ({
  service: "web",
  operation: "POST /order",
  lasts: (30 + paying) * MS * wobble(index),
  calls: [{ service: "pay", operation: "POST /pay", at: 2 * MS, lasts: paying * MS * wobble(index) }],
});

describe("traces without errors, metrics and windows", () => {
  it("tell when requests began to take longer, and where", () => {
    const signals = new System()
      .requests(0, 30, 300, (index) => request(index, 20))
      .requests(30, 40, 100, (index) => request(index, 200))
      .signals();
    const beginning = findBeginning(
      signals,
      { baseline: null, incident: null },
      (windows) => rankServices(signals, windows),
      () => undefined,
    );
    expect(Math.abs((beginning.onset?.time ?? 0) - 30 * MINUTE)).toBeLessThan(MINUTE);
    expect(beginning.onset?.reason).toContain("duration of requests of");
    expect(beginning.onset?.reason).toContain("left its normal here");
    expect(beginning.onset?.service).toBe("pay");
    expect(beginning.blame[0]?.service).toBe("pay");
  });

  it("tell of no change where only other things are asked for", () => {
    const report: Work = { service: "web", operation: "GET /report", lasts: 900 * MS };
    const signals = new System()
      .requests(0, 30, 300, (index) => (index % 10 === 0 ? report : request(index, 20)))
      .requests(30, 40, 100, (index) => (index % 10 === 0 ? request(index, 20) : report))
      .signals();
    expect(slowdownsOf(signals.spans, null)).toStrictEqual([]);
  });
});

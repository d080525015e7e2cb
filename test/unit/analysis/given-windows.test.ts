import { describe, expect, it } from "vitest";
import { checkedWindows } from "../../../src/main/engine/analysis/given-windows.ts";
import type { TimeRange } from "../../../src/main/engine/suspects/signals.ts";
import { kindCode } from "../../../src/shared/model/record.ts";
import { micros } from "../../../src/shared/units.ts";

const range = (from: number, to: number): TimeRange => ({ from: micros(from), to: micros(to) });
const held = (kind: "log" | "commit", from: number, to: number) => ({
  firstTime: micros(from),
  lastTime: micros(to),
  kinds: 1 << kindCode(kind),
});
const logs = [held("log", 100, 200)];

describe("windows that people name", () => {
  it("stay as they are where they hold records", () => {
    const given = { baseline: range(100, 150), incident: range(150, 200) };
    expect(checkedWindows(logs, given)).toEqual(given);
    expect(checkedWindows(logs, { baseline: null, incident: null })).toEqual({ baseline: null, incident: null });
  });

  it("end the baseline where the incident begins", () => {
    expect(checkedWindows(logs, { baseline: range(100, 180), incident: range(150, 200) }).baseline).toEqual(
      range(100, 150),
    );
  });

  it.each([
    [{ baseline: null, incident: range(300, 400) }, "No record of the case lies within the incident"],
    [{ baseline: range(0, 50), incident: range(150, 200) }, "No record of the case lies within the baseline"],
    [{ baseline: range(180, 190), incident: range(150, 200) }, "it begins before the incident does"],
    [{ baseline: null, incident: range(50, 250) }, "nothing before it tells what is normal"],
  ])("are refused where they cannot be meant: %j", (given, why) => {
    expect(() => checkedWindows(logs, given)).toThrow(why);
  });

  it("have nothing before them where only commits came before", () => {
    const segments = [held("commit", 0, 90), ...logs];
    expect(() => checkedWindows(segments, { baseline: null, incident: range(95, 250) })).toThrow("nothing before it");
  });
});

// Where an incident began among all that departed, with and without alerts.
import { describe, expect, it } from "vitest";
import type { Departure } from "../../../../src/main/engine/suspects/onset/departure.ts";
import { alertOfIncident, firstOf, symptomsOf } from "../../../../src/main/engine/suspects/onset/first-symptom.ts";
import type { AlertSignal } from "../../../../src/main/engine/suspects/signals.ts";
import { minute } from "../incidents/incident.ts";

const place = { sourceId: 1, offset: 0, record: "s1:0" };
const departure = (at: number, size = 20, given: Partial<Departure> = {}): Departure => ({
  time: minute(at),
  before: 1,
  after: 9,
  size,
  step: 60_000_000,
  service: "cart",
  of: "metric",
  series: "error_ratio",
  family: "errors",
  isSymptom: true,
  place,
  ...given,
});
const alert = (at: number, metric = "error_ratio"): AlertSignal => ({
  time: minute(at),
  service: "cart",
  message: "",
  fields: [["metric", metric]],
  place,
});

const hours = { from: minute(0), to: minute(120) };

describe("the first symptom", () => {
  it("is not a stray one minutes before, where the data holds ten minutes", () => {
    const all = [departure(90), departure(94), departure(94), departure(94.1)];
    expect(firstOf(all, undefined, null, { from: minute(90), to: minute(100) })?.time).toBe(minute(94));
  });

  it("is where most departs, not the first stray one", () => {
    const all = [departure(5, 9), departure(90), departure(91), departure(92)];
    expect(firstOf(all, undefined, null, hours)?.time).toBe(minute(90));
  });

  it("is what clearly departed shortly before most did", () => {
    const all = [departure(87, 12), departure(90), departure(91)];
    expect(firstOf(all, undefined, null, hours)?.time).toBe(minute(87));
  });

  it("is not later than the alert, and not long before it", () => {
    const all = [departure(1), departure(2), departure(3), departure(80), departure(110), departure(111)];
    expect(firstOf(all, alert(85), null, hours)?.time).toBe(minute(80));
  });

  it("is what the alert is about, however long that took", () => {
    const disk = departure(60, 9, { series: "disk_used", isSymptom: false, family: "saturation" });
    const all = symptomsOf([disk, departure(80), departure(81)], [alert(85, "disk_used")]);
    expect(firstOf(all, alert(85, "disk_used"), null, hours)?.time).toBe(minute(60));
  });

  it("is none where nothing departs", () => {
    expect(firstOf([], alert(85), null, hours)).toBeNull();
  });
});

describe("the alert of an incident", () => {
  it("is the first of those that have its departures behind them", () => {
    const all = [departure(88), departure(89), departure(90)];
    expect(alertOfIncident([alert(3), alert(93), alert(97)], all)?.time).toBe(minute(93));
  });
});

// What left its normal, of all that a case holds.
import { expect, it } from "vitest";
import { departuresOf } from "../../../../src/main/engine/suspects/onset/departures.ts";
import { MINUTE, System } from "../services/support.ts";

const wobble = (minute: number): number => 1 + 0.05 * Math.sin(minute * 1.7);

it("holds a counter to its growth: it rises all the time, and fails from one moment on", () => {
  let failed = 0;
  let served = 0;
  const signals = new System()
    .metric("web", "http_requests_total", (minute) => (served += 600 * wobble(minute)), 120)
    .metric("web", "http_errors_total", (minute) => (failed += (minute < 80 ? 6 : 90) * wobble(minute)), 120)
    .signals();
  const departures = departuresOf(signals, null, null, () => undefined);
  expect(departures.map(({ series, time, isSymptom }) => [series, time / MINUTE, isSymptom])).toEqual([
    ["http_errors_total", 80, true],
  ]);
  expect(departures[0]?.after).toBeCloseTo(1.5, 1);
});

it("holds what people suffered by for a while only, and no other thing that passed", () => {
  const passing =
    (usual: number, worst: number) =>
    (minute: number): number =>
      (minute >= 70 && minute < 80 ? worst : usual) * wobble(minute);
  const signals = new System()
    .metric("web", "latency_p99_ms", passing(40, 300), 120)
    .metric("web", "cache_entries", passing(40, 300), 120)
    .signals();
  const departures = departuresOf(signals, null, null, () => undefined);
  expect(departures.map(({ series, time }) => [series, time / MINUTE])).toEqual([["latency_p99_ms", 70]]);
});

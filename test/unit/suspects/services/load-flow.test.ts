// Who made the work: more requests that a caller passes on, and more that nobody above asks for.
import { expect, it } from "vitest";
import { rankServices } from "../../../../src/main/engine/suspects/services/rank-services.ts";
import { System, windows } from "./support.ts";

const wobble = (minute: number): number => 1 + 0.05 * Math.sin(minute * 1.7);
const step =
  (before: number, after: number) =>
  (minute: number): number =>
    (minute < 20 ? before : after) * wobble(minute);

const ranked = (system: System): string[] => rankServices(system.signals(), windows).map(({ service }) => service);

it("blames who is asked more often by itself, not those that it asks", () => {
  const system = new System()
    .calls("web", "feed", "cart")
    .calls("feed", "store")
    .metric("web", "requests_per_second", step(100, 100))
    .metric("feed", "requests_per_second", step(20, 160))
    .metric("store", "requests_per_second", step(40, 320))
    .metric("cart", "requests_per_second", step(30, 30))
    .metric("web", "latency_p99_ms", step(200, 700))
    .metric("feed", "latency_p99_ms", step(80, 600))
    .metric("store", "latency_p99_ms", step(5, 400))
    .metric("cart", "latency_p99_ms", step(20, 20));
  expect(ranked(system)[0]).toBe("feed");
});

it("blames the door where more came in, and none of those behind it", () => {
  const system = new System().calls("web", "cart").calls("cart", "store");
  for (const [service, rate, slow] of [
    ["web", 100, 900],
    ["cart", 60, 700],
    ["store", 120, 600],
  ] as const)
    system
      .metric(service, "requests_per_second", step(rate, 5 * rate))
      .metric(service, "latency_p99_ms", step(50, slow));
  expect(ranked(system)[0]).toBe("web");
});

it("hands errors down to a callee that has as many of a hundred, however wild it is", () => {
  const dips = new Set([3, 4, 11, 12]);
  const wild = (minute: number): number => (dips.has(minute) ? 70 : minute < 20 ? 100 : 40);
  const system = new System()
    .calls("web", "cart")
    .calls("cart", "store")
    .metric("web", "availability", step(99.8, 55))
    .metric("cart", "availability", step(99.9, 45))
    .metric("store", "availability", wild);
  expect(ranked(system)[0]).toBe("store");
});

it("blames who bears more work far worse than it grew by, where it came from outside", () => {
  const system = new System().calls("web", "cart", "ads").calls("cart", "store");
  for (const [service, rate, before, after] of [
    ["web", 100, 90, 420],
    ["cart", 60, 40, 360],
    ["ads", 30, 15, 18],
    ["store", 120, 4, 330],
  ] as const)
    system
      .metric(service, "requests_per_second", step(rate, 2 * rate))
      .metric(service, "latency_p99_ms", step(before, after));
  expect(ranked(system)[0]).toBe("store");
});

it("blames who fails under twice the work, and not the door", () => {
  const system = new System().calls("web", "cart").calls("cart", "store");
  for (const [service, rate, errors] of [
    ["web", 100, 0.2],
    ["cart", 60, 0.2],
    ["store", 120, 0.25],
  ] as const)
    system
      .metric(service, "requests_per_second", step(rate, 2 * rate))
      .metric(service, "error_ratio", step(0.001, errors));
  expect(ranked(system)[0]).toBe("store");
});

import { expect, test } from "vitest";
import { firstSeen, seenOnDays } from "../../../../src/renderer/templates/first-seen.ts";

const at = (iso: string): number => Date.parse(iso) * 1000;
const seen = (...times: readonly (string | null)[]) => times.map((iso) => ({ first: iso === null ? null : at(iso) }));

test("templates of one day show their clock, those of several the date too", () => {
  expect(seenOnDays(seen("2026-03-17T09:00:00Z", null, "2026-03-17T23:59:59Z"), "UTC")).toBe(false);
  expect(seenOnDays(seen("2026-03-17T09:00:00Z", "2026-03-18T00:00:00Z"), "UTC")).toBe(true);
  expect(firstSeen(at("2026-03-17T09:00:00Z"), "UTC", false)).toBe("09:00:00");
  expect(firstSeen(at("2026-03-17T09:00:00Z"), "UTC", true)).toBe("2026-03-17 09:00:00");
});

test("which day it is, is asked in the zone that is shown", () => {
  const nightly = seen("2026-03-17T22:30:00Z", "2026-03-17T23:30:00Z");
  expect(seenOnDays(nightly, "UTC")).toBe(false);
  expect(seenOnDays(nightly, "Europe/Berlin")).toBe(true);
});

test("templates without a time are of no day", () => {
  expect(seenOnDays(seen(null, null), "UTC")).toBe(false);
  expect(seenOnDays([], "UTC")).toBe(false);
});

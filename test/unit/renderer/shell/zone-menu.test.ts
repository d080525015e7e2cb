import { expect, it } from "vitest";
import { zoneChoices } from "../../../../src/renderer/shell/zone-menu.tsx";

const all = ["Africa/Accra", "America/New_York", "Europe/Berlin", "UTC"];
const ids = (typed: string): readonly string[] => zoneChoices(typed, "Europe/Berlin", all).map(({ id }) => id);

it("offers UTC and the local zone before all others", () =>
  expect(ids("")).toEqual(["UTC", "Europe/Berlin", "Africa/Accra", "America/New_York"]));

it("finds a zone by parts of its name", () => {
  expect(ids("new yor")).toEqual(["America/New_York"]);
  expect(ids("local")).toEqual(["Europe/Berlin"]);
  expect(ids("atlantis")).toEqual([]);
});

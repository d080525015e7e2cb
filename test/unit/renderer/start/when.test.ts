import { describe, expect, it } from "vitest";
import { shortTitles } from "../../../../src/renderer/start/titles.ts";
import { ago, caseSpan, servicesText } from "../../../../src/renderer/start/when.ts";

const at = (iso: string): number => Date.parse(iso) * 1000;

describe("when a case happened", () => {
  it("says the day once when the case begins and ends on it", () => {
    expect(caseSpan(at("2026-06-20T14:02:10Z"), at("2026-06-20T14:31:40Z"), "UTC")).toBe("2026-06-20 14:02–14:31 UTC");
  });

  it("says both days when midnight lies between them, in the shown zone", () => {
    expect(caseSpan(at("2026-06-20T21:00:00Z"), at("2026-06-20T22:30:00Z"), "Europe/Berlin")).toBe(
      "2026-06-20 23:00 – 2026-06-21 00:30 UTC+2",
    );
  });

  it("is unknown for a case without times", () => {
    expect(caseSpan(null, null, "UTC")).toBeNull();
  });
});

describe("when a case was opened", () => {
  const now = at("2026-06-20T12:00:00Z");
  it.each([
    ["2026-06-20T11:59:31Z", "just now"],
    ["2026-06-20T11:48:00Z", "12 min ago"],
    ["2026-06-20T09:00:00Z", "3 h ago"],
    ["2026-06-19T11:00:00Z", "yesterday"],
    ["2026-06-15T12:00:00Z", "5 days ago"],
    ["2026-01-02T12:00:00Z", "on 2026-01-02"],
    ["2026-06-20T12:00:05Z", "just now"],
  ])("%s was %s", (time, words) => {
    expect(ago(at(time), now, "UTC")).toBe(words);
  });
});

it("names three services and counts the rest", () => {
  expect(servicesText(["cart", "checkout", "orders"])).toBe("cart, checkout, orders");
  expect(servicesText(["cart", "checkout", "orders", "pay", "web"])).toBe("cart, checkout, orders and 2 more");
});

it("says once what two formats share", () => {
  expect(
    shortTitles(["Alerts (JSON)", "Metrics as CSV, one sample a row", "Metrics as CSV, one series a column"]),
  ).toEqual(["Alerts", "Metrics as CSV"]);
});

import { describe, expect, it } from "vitest";
import { addsUp, skipReasons, totalsOf } from "../../../../src/renderer/sources/accounting.ts";
import { plainTextFirst } from "../../../../src/renderer/sources/formats.ts";
import { countStates, narrowed, sorted } from "../../../../src/renderer/sources/order.ts";
import { nextRates } from "../../../../src/renderer/sources/rates.ts";
import { spanText } from "../../../../src/renderer/sources/span-text.ts";
import { sourceOf } from "./source.ts";

const ids = (sources: readonly { readonly id: number }[]): readonly number[] => sources.map(({ id }) => id);

describe("the accounting of the import panel", () => {
  const good = sourceOf({ id: 1, read: 10, records: 7, deadLetters: 1, skipped: 2 });
  const lost = sourceOf({ id: 2, read: 10, records: 9 });

  it("adds up the sources", () => {
    expect(totalsOf([good, good])).toMatchObject({ read: 20, records: 14, deadLetters: 2, skipped: 4, wrong: [] });
  });

  it("names the source that lost a unit, even when another one has it twice", () => {
    const twice = sourceOf({ id: 3, read: 10, records: 11 });
    const totals = totalsOf([good, lost, twice]);
    expect(totals.read).toBe(totals.records + totals.deadLetters + totals.skipped);
    expect(ids(totals.wrong)).toEqual([2, 3]);
    expect(addsUp(lost)).toBe(false);
  });

  it("lists the commonest reason for skipping first", () => {
    const source = sourceOf({ skippedWhy: { header: 1, "blank line": 18, comment: 1 } });
    expect(skipReasons(source)).toEqual([
      ["blank line", 18],
      ["comment", 1],
      ["header", 1],
    ]);
  });
});

describe("the order of the import panel", () => {
  const sources = [
    sourceOf({ id: 1, path: "/d/app-10.log", from: 30, state: "done" }),
    sourceOf({ id: 2, path: "/d/app-9.log", from: null, state: "failed" }),
    sourceOf({ id: 3, path: "/d/web.log", from: 10, state: "reading" }),
  ];

  it("is that of opening when nothing is sorted", () => {
    expect(ids(sorted(sources, null))).toEqual([1, 2, 3]);
  });

  it("reads numbers in names as numbers", () => {
    expect(ids(sorted(sources, { column: "path", descending: false }))).toEqual([2, 1, 3]);
  });

  it("puts sources without a time last in both directions", () => {
    expect(ids(sorted(sources, { column: "time", descending: false }))).toEqual([3, 1, 2]);
    expect(ids(sorted(sources, { column: "time", descending: true }))).toEqual([1, 3, 2]);
  });

  it("puts what wants a look first when sorted by state", () => {
    expect(ids(sorted(sources, { column: "state", descending: false }))).toEqual([2, 3, 1]);
  });

  it("narrows to a state and to every typed word", () => {
    expect(ids(narrowed(sources, { text: "LOG app", state: null }))).toEqual([1, 2]);
    expect(ids(narrowed(sources, { text: "app", state: "failed" }))).toEqual([2]);
    expect(countStates(sources).get("reading")).toBe(1);
  });
});

describe("the rate of a source", () => {
  const at = (bytesRead: number) => [sourceOf({ id: 4, state: "reading", bytesRead })];

  it("is unknown at the first look and measured at the second", () => {
    const first = nextRates(new Map(), at(0), 0);
    expect(first.get(4)?.rate).toBeNull();
    expect(nextRates(first, at(500_000), 500).get(4)?.rate).toBe(1_000_000);
  });

  it("does not jump on two looks that are close together", () => {
    const second = nextRates(nextRates(new Map(), at(0), 0), at(500_000), 500);
    expect(nextRates(second, at(900_000), 510).get(4)?.rate).toBe(1_000_000);
  });

  it("falls when the reading stalls", () => {
    const second = nextRates(nextRates(new Map(), at(0), 0), at(500_000), 500);
    expect(nextRates(second, at(500_000), 1_000).get(4)?.rate).toBe(600_000);
  });

  it("begins anew for a source that is read again, and forgets one that has ended", () => {
    const second = nextRates(nextRates(new Map(), at(0), 0), at(500_000), 500);
    expect(nextRates(second, at(100), 1_000).get(4)?.rate).toBeNull();
    expect(nextRates(second, [sourceOf({ id: 4, state: "done" })], 1_000).size).toBe(0);
  });
});

it("offers plain text before all other formats", () => {
  const formats = ["JUnit XML", "Plain text", "Alerts"].map((title) => ({
    id: title.toLowerCase().replace(" ", "-"),
    title,
    unit: "line",
  }));
  expect(plainTextFirst(formats).map(({ title }) => title)).toEqual(["Plain text", "Alerts", "JUnit XML"]);
});

describe("from when to when a source is", () => {
  const at = (iso: string): number => Date.parse(iso) * 1000;
  it.each([
    ["2026-06-20T14:02:10.5Z", "2026-06-20T14:31:40Z", "20 Jun, 14:02:10–14:31:40"],
    ["2026-06-20T14:02:10.1Z", "2026-06-20T14:02:10.9Z", "20 Jun, 14:02:10"],
    ["2026-06-20T23:59:59Z", "2026-06-21T00:00:01Z", "20 Jun, 23:59:59 – 21 Jun, 00:00:01"],
  ])("%s to %s", (from, to, text) => {
    expect(spanText(at(from), at(to), "UTC")).toBe(text);
  });
});

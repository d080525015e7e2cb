import { describe, expect, it } from "vitest";
import { newNote } from "../../../../src/renderer/notes/note.ts";
import { plain, reportOf, type ReportFacts } from "../../../../src/renderer/notes/report.ts";

const T0 = Date.UTC(2026, 5, 20, 10, 30) * 1000;
const MINUTE = 60_000_000;

const info: ReportFacts["info"] = {
  file: "/c/shop.faultline",
  title: "shop <outage>",
  revision: 3,
  from: T0 - 90 * MINUTE,
  to: T0 + 30 * MINUTE,
  main: null,
  sources: 2,
  read: 101,
  records: 100,
  deadLetters: 1,
  skipped: 0,
  samples: 0,
  events: 1,
  anomalies: 0,
  traces: 0,
  reading: 0,
  analysing: false,
};

const verdict: NonNullable<ReportFacts["verdict"]> = {
  revision: 3,
  onset: { time: T0, confidence: 0.92, reason: "errors of pay left their normal.", service: "pay", place: null },
  windows: { baseline: { from: T0 - 90 * MINUTE, to: T0 }, incident: { from: T0, to: T0 + 30 * MINUTE } },
  abstained: false,
  abstainedBecause: "",
  suspects: [
    {
      kind: "change",
      service: "pay",
      object: "47d8230a1b2c3d4e",
      title: "use *one* pool",
      score: 3,
      confidence: 0.84,
      since: T0 - MINUTE,
      evidence: [
        { for: true, text: "Deployed on pay", place: { sourceId: 1, offset: 7, record: "s1:7" }, time: T0, weight: 1 },
        { for: false, text: "pay recovered by itself", place: null, time: null, weight: 0.2 },
      ],
      missing: ["Traces."],
    },
  ],
  services: [],
};

const pinned = {
  ...newNote(
    {
      time: T0 + MINUTE,
      severity: "HIGH",
      service: "pay",
      title: "a | b\nc",
      description: "pay.log:3",
      tags: ["pinned"],
    },
    "pin s1:3",
  ),
  id: 1,
};
const note = {
  ...newNote(
    { time: T0 - MINUTE, severity: "INFO", service: null, title: "deployed by hand", description: "", tags: [] },
    "n",
  ),
  id: 2,
};

const facts: ReportFacts = {
  info,
  zone: "UTC",
  verdict,
  events: [pinned, note],
  places: new Map([["s1:7", "deploys.json:4"]]),
};

describe("the report", () => {
  it("tells when it began, the cause with the place of its evidence, and what happened in the order of time", () => {
    const text = reportOf(facts);
    expect(text).toContain(
      "# Incident: shop \\<outage\\>\n\nIt began **2026-06-20 10:30:00.000 UTC** at **pay** (confidence 92 %).",
    );
    expect(text).toContain(
      "1. **use \\*one\\* pool**: change, 47d8230a1b2c3d4e, at pay, very likely (84 %), since 2026-06-20 10:29",
    );
    expect(text).toContain(
      "   - For: Deployed on pay (deploys.json:4)\n   - Against: pay recovered by itself\n   - Missing: Traces.",
    );
    const rows = text.split("\n").filter((line) => /^\| \d/u.test(line));
    expect(rows.map((row) => row.split(" | ").slice(1, 4))).toEqual([
      ["−1 m", "Note", ""],
      ["", "**Onset**", "pay"],
      ["+1 m", "Evidence", "pay"],
    ]);
    expect(text).toContain("100 records from 2 sources of 20 Jun, 09:00:00–11:00:00. 1 part could not be read.");
  });

  it("keeps a cell a cell, whatever a log line holds", () => {
    const row = reportOf(facts)
      .split("\n")
      .find((line) => line.includes("Evidence"));
    expect(row).toContain("a \\| b↵c (pay.log:3)");
    expect(plain("_a_ db_pool_max")).toBe("\\_a\\_ db_pool_max");
    expect(plain("[x](javascript:1) <b> `c`\u202e")).toBe("\\[x\\](javascript:1) \\<b\\> \\`c\\`‹U+202E›");
  });

  it("says so where nothing is known", () => {
    const text = reportOf({ ...facts, verdict: { ...verdict, onset: null, windows: null, suspects: [] }, events: [] });
    expect(text).toContain("When it began cannot be told");
    expect(text).toContain("Nobody is suspected.");
    expect(text).toContain("No note was written");
    expect(reportOf({ ...facts, verdict: null })).toContain("The search for causes has not ended.");
  });
});

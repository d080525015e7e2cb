import { describe, expect, it } from "vitest";
import { FailureError } from "../../../../src/shared/failure.ts";
import { gatherFacts, type ReportedCase, type ReportFacts } from "../../../../src/shared/report/facts.ts";
import { formatOfName } from "../../../../src/shared/report/formats.ts";
import { reportAsHtml } from "../../../../src/shared/report/html.ts";
import { reportAsJson } from "../../../../src/shared/report/json.ts";
import { plain, reportAsMarkdown } from "../../../../src/shared/report/markdown.ts";
import { pinMetadata } from "../../../../src/shared/report/pins.ts";
import { makeReport } from "../../../../src/shared/report/report.ts";
import { concluded, facts, MINUTE, saying, T0 } from "./support.ts";

const markdownOf = (told: ReportFacts): string => reportAsMarkdown(makeReport(told));
const { verdict } = facts;
if (verdict === null) throw new Error("the facts have a verdict");

describe("the report in Markdown", () => {
  it("tells when it began, the cause with the place of its evidence, and what happened in the order of time", () => {
    const text = markdownOf(facts);
    expect(text).toContain(
      "# Incident: shop \\<outage\\>\n\nIt began **2026-06-20 10:30:00.000 UTC** at **pay** (confidence 92 %): errors of",
    );
    expect(text).toContain(
      "1. **use \\*one\\* pool**: change, 47d8230a1b, at pay, very likely (84 %), since 2026-06-20 10:29",
    );
    expect(text).toContain(
      "   - For: Deployed on pay (changes/deploys.json:4)\n   - Against: pay recovered by itself\n   - Missing: Traces.",
    );
    const rows = text.split("\n").filter((line) => /^\| \d/u.test(line));
    expect(rows.map((row) => row.split(" | ").slice(1, 4))).toEqual([
      ["−1 m", "Note", ""],
      ["", "**Onset**", "pay"],
      ["+1 m", "Evidence", "pay"],
    ]);
    expect(rows[0]).toContain("deployed by hand (as agreed)");
    expect(text).toContain(
      "100 records from 2 sources of 20 Jun, 09:00:00–11:00:00. 1 part could not be read, 1 source stopped.",
    );
    const { info } = facts;
    expect(markdownOf({ ...facts, info: { ...info, deadLetters: 0 }, unread: [] })).toContain("Everything was read.");
  });

  it("tells what people pinned to a suspect beside what the search found, and of a suspect that it would only name", () => {
    const [first] = verdict.suspects;
    const [pin] = facts.events;
    if (first === undefined || pin === undefined) throw new Error("the facts have a suspect and a pin");
    const suspects = ["a", "b", "c", "d"].map((object) =>
      Object.assign(structuredClone(first), { object, evidence: [] }),
    );
    const last = { ...first, object: "d" };
    const events = [{ ...pin, metadata: pinMetadata(last, false) }];
    const told = makeReport({ ...facts, verdict: { ...verdict, suspects }, events });
    expect(told.suspects.map((suspect) => suspect.evidence.length)).toEqual([0, 0, 0, 1]);
    expect(reportAsMarkdown(told)).toContain("   - Against, pinned: a \\| b↵c (logs/pay.log:3)");
    expect(reportAsHtml(told)).toContain('<span class="side">Against, pinned</span>a | b');
    expect(told.moments.map(({ what }) => what)).toContain("Evidence");
  });

  it("keeps a cell a cell, and names the place of a pin once", () => {
    const row = markdownOf(facts)
      .split("\n")
      .find((line) => line.includes("Evidence"));
    expect(row).toMatch(/a \\\| b↵c \(logs\/pay\.log:3\) \|$/u);
  });

  it.each([
    ["_a_ db_pool_max", "\\_a\\_ db_pool_max"],
    ["[x](javascript:1) <b> `c`\u202e", "\\[x\\](javascript:1) \\<b\\> \\`c\\`‹U+202E›"],
    ["see https://evil.example or www.evil.example", "see https\\://evil.example or www\\.evil.example"],
    ["&lt;b&gt; ping @everyone", "\\&lt;b\\&gt; ping \\@everyone"],
  ])("escapes %s", (text, escaped) => {
    expect(plain(text)).toBe(escaped);
  });

  it("has the same lines, headings and cells whatever the logs say", () => {
    const shape = (text: string): readonly string[] =>
      markdownOf(saying(text))
        .split("\n")
        .map((line) => `${/^(?:#+|\||\d\.| *-|)/u.exec(line)?.[0]}${line.match(/(?<!\\)[|<>`[\]]/gu)?.length ?? 0}`);
    const hostile = "x\r\n\n# Pwned | <script>alert(1)</script>\n\n- [a](http://b) `c` ![d](http://e)\u2028# f";
    expect(shape(hostile)).toEqual(shape("harmless"));
  });

  it("says so where nothing is known", () => {
    const text = markdownOf({
      ...facts,
      verdict: { ...verdict, onset: null, windows: null, suspects: [] },
      events: [],
    });
    expect(text).toContain("When it began cannot be told");
    expect(text).toContain("Nobody is suspected.");
    expect(text).toContain("No note was written");
    expect(markdownOf({ ...facts, verdict: null })).toContain("The search for causes has not ended.");
  });
});

describe("the report as JSON", () => {
  it("tells times in UTC, offsets in seconds and places with their whole path", () => {
    const report = JSON.parse(reportAsJson(makeReport({ ...facts, zone: "Asia/Kolkata" }))) as {
      readonly onset: { readonly time: string };
      readonly suspects: readonly {
        readonly rank: number;
        readonly evidence: readonly { readonly place: unknown }[];
      }[];
      readonly timeline: readonly Record<string, unknown>[];
    };
    expect(report.onset.time).toBe("2026-06-20T10:30:00.000Z");
    expect(report.suspects[0]?.rank).toBe(1);
    expect(report.suspects[0]?.evidence[0]?.place).toEqual({ path: "/dumps/changes/deploys.json", line: 4 });
    expect(report.timeline.map(({ what, secondsFromOnset }) => [what, secondsFromOnset])).toEqual([
      ["Note", -60],
      ["Onset", 0],
      ["Evidence", 60],
    ]);
  });
});

describe("what a report is made from", () => {
  const reported: ReportedCase = {
    events: ({ filter }) =>
      Promise.resolve({ items: filter.kind === "note" ? facts.events : [], next: null, total: facts.events.length }),
    place: (ref) =>
      ref === "s2:3"
        ? Promise.reject(new FailureError("not-found", "gone"))
        : Promise.resolve({ path: "/dumps/changes/deploys.json", line: 4 }),
    sources: () =>
      Promise.resolve([
        { connector: "folder", path: "/dumps", state: "done" },
        { connector: "file", path: "/dumps/logs/pay.log", state: "cancelled" },
        { connector: "file", path: "/dumps/changes/deploys.json", state: "done" },
        { connector: "prometheus", path: "prometheus:http://metrics", state: "failed" },
      ]),
  };

  it("leaves the folder of all files out of their places, and asks for no more than is told", async () => {
    const gathered = await gatherFacts(reported, { info: facts.info, zone: "UTC", verdict });
    expect(gathered.folder).toBe("/dumps/");
    expect(gathered.unread).toEqual(["1 source failed", "1 source stopped"]);
    expect([...gathered.places.keys()]).toEqual(["s1:7"]);
  });

  it("tells a pin whose record is gone without its place, with what it says of it", async () => {
    const gathered = await gatherFacts(reported, { info: facts.info, zone: "UTC", verdict });
    const pin = makeReport(gathered).moments.find(({ what }) => what === "Evidence");
    expect(pin).toMatchObject({ time: T0 + MINUTE, place: null, more: "pay.log:3" });
  });

  it("takes its form from the name of its file", () => {
    expect(["a.md", "a.HTML", "b.htm", "c.json", "d.md.txt", "e"].map(formatOfName)).toEqual([
      "markdown",
      "html",
      "html",
      "json",
      null,
      null,
    ]);
  });
});

describe("a report after people concluded", () => {
  it("begins with the summary and the cause, its reasons and where its evidence stands", () => {
    const text = markdownOf(concluded());
    const heads = text.split("\n").filter((line) => line.startsWith("#"));
    expect(heads.map((line) => line.replace(/^#+ /u, ""))).toEqual([
      "Incident: shop \\<outage\\>",
      "Cause",
      "Suspects, likeliest first",
      "What happened",
      "Follow-ups",
      "What it rests on",
    ]);
    expect(text).toContain("Orders failed for \\| 9 m\n\nIt \\*halved\\* the pool.↵Seen in the diff.\n\nIt began");
    expect(text).toContain(
      "## Cause\n\n**use \\*one\\* pool**: the cause, change, 47d8230a1b, at pay, very likely (84 %), since 2026-06-20 10:29:00.000 UTC\n\nIt \\*halved\\* the pool.↵Seen in the diff.\n\n- For: Deployed on pay (changes/deploys.json:4)",
    );
    expect(text).toContain("- [ ] Test the pool under load: It \\*halved");
  });

  it("tells the evidence of what was ruled out, however far down it stands, and of the cause once", () => {
    const text = markdownOf(concluded());
    expect(text).toMatch(/4\. \*\*queue\*\*: ruled out, service.*\n {3}- For: Deployed on pay/u);
    expect(text).toMatch(/1\. \*\*use .* the cause, .*\n2\. /u);
  });

  it("leaves out of the order of time what it tells elsewhere, and keeps a conclusion whose suspect is gone", () => {
    const moments = makeReport(concluded()).moments.filter(({ isOnset }) => !isOnset);
    expect(moments.map(({ what, text }) => [what, text])).toEqual([
      ["Note", "deployed by hand"],
      ["Conclusion", "Cause: gone"],
      ["Evidence", "a | b\nc"],
    ]);
  });

  it("believes no file that says what people concluded", () => {
    const told = concluded();
    const events = told.events.map(({ ...event }) => Object.assign(event, { source: "LOGS" as const }));
    const report = makeReport({ ...told, events });
    expect(report.suspects.map(({ decision }) => decision)).toEqual([null, null, null, null]);
    expect([...report.summary, ...report.followUps]).toEqual([]);
  });

  it("is as safe and as whole as a page and as JSON", () => {
    const page = reportAsHtml(makeReport(concluded("<script>alert(1)</script>")));
    expect(page).not.toContain("<script>");
    expect(page).toContain("<h2>Cause</h2>");
    expect(page.indexOf("<h2>Follow-ups</h2>")).toBeGreaterThan(page.indexOf("<h2>What happened</h2>"));
    const { suspects, followUps } = JSON.parse(reportAsJson(makeReport(concluded()))) as {
      readonly suspects: readonly { readonly decision: string | null; readonly why: string | null }[];
      readonly followUps: readonly { readonly text: string }[];
    };
    expect(suspects.map(({ decision }) => decision)).toEqual(["cause", null, null, "ruled-out"]);
    expect(suspects[0]?.why).toBe("It *halved* the pool.\nSeen in the diff.");
    expect(followUps.map(({ text }) => text)).toEqual(["Test the pool under load"]);
  });
});

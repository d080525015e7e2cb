import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../ingest/support.ts";
import { faultline } from "./support.ts";

const START = Date.UTC(2026, 2, 17, 13);
const SECOND = 1_000;
const iso = (millis: number): string => new Date(START + millis).toISOString();
const hex = (value: number, digits: number): string => (value + 2 ** 32).toString(16).padStart(digits, "a");
/** Deterministic and even, 0–1. */
const even = (place: number): number => (place * 0.618_033_988_75) % 1;

/** Twenty minutes of calls; in the second half every third is refused by a bank, and a request is named in plain text. */
function incident(): string {
  const folder = temporaryFolder();
  const lines: string[] = [];
  const line = (at: number, level: string, message: string, extra = {}): void => {
    lines.push(JSON.stringify({ timestamp: iso(at), level, service: "pay", message, ...extra }));
  };
  for (let second = 0; second < 1_200; second += 1) {
    line(second * SECOND, "info", "served a request", { host: `b-${second % 4}` });
    if (second >= 600 && second % 3 === 0)
      line(second * SECOND + 1, "error", "card refused by bank", { host: "b-2", request_id: `req-${second}xy` });
  }
  writeFileSync(join(folder, "pay.jsonl"), `${lines.join("\n")}\n`);
  writeFileSync(join(folder, "bank.log"), `${iso(601 * SECOND)} INFO bank: looking at req-600xy for pay\n`);
  return folder;
}

const WINDOWS = ["--a", `${iso(0)}..${iso(600 * SECOND)}`, "--b", `${iso(600 * SECOND)}..${iso(1_200 * SECOND)}`];

interface Difference {
  readonly kind: string;
  readonly name: string;
  readonly text: string;
  readonly filter: string;
  readonly a: { readonly count: number };
  readonly b: { readonly count: number };
}
const differencesOf = (json: unknown): readonly Difference[] =>
  (json as { readonly differences: readonly Difference[] }).differences;

describe("faultline compare", () => {
  it("ranks what changed between two windows, with the counts of both and a filter that leaves them", async () => {
    const folder = incident();
    const { code, stderr, json } = await faultline(["compare", folder, ...WINDOWS, "--json"]);
    expect([code, stderr]).toEqual([0, ""]);
    const differences = differencesOf(json());
    expect(differences[0]).toMatchObject({ name: expect.stringMatching(/card refused by bank|error/u) as string });
    const refused = differences.find(({ kind }) => kind === "template");
    expect(refused).toMatchObject({ a: { count: 0 }, b: { count: 200 } });
    expect(refused?.filter).toMatch(/^template:[\da-f]{12}$/u);
  });

  it("says the same to a person", async () => {
    const { code, stdout } = await faultline(["compare", incident(), ...WINDOWS]);
    expect(code).toBe(0);
    expect(stdout).toContain("template   card refused by bank: new, 200 in B (0.334/s) and none in A");
  });

  it("explains a selection by what sets it apart from the rest", async () => {
    const args = ["compare", incident(), "--filter", "level>=error", "--against", "rest", "--json"];
    const differences = differencesOf((await faultline(args)).json());
    expect(differences.map(({ text }) => text)).toContainEqual(expect.stringMatching(/^host = b-2: 100 % in B/u));
  });

  it.each([
    [["--a", `${iso(0)}..${iso(SECOND)}`], "--a says how it was; name with --b what is asked about."],
    [["--b", `${iso(SECOND)}..${iso(0)}`], "--b ends before it begins"],
    [["--b", "yesterday"], '--b takes two times with ".." between them'],
    [["--filter", "level>=(", "--against", "rest"], "Filter, character"],
    [["--against", "nothing"], "--against"],
  ])("refuses %j", async (args, message) => {
    const { code, stderr } = await faultline(["compare", incident(), ...args]);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});

/** Spans of 100–300 ms, and a log of their service by a clock that is `ahead` milliseconds ahead. */
function skewed(ahead: number): string {
  const folder = temporaryFolder();
  const spans: unknown[] = [];
  const lines: string[] = [];
  for (let trace = 0; trace < 80; trace += 1) {
    const start = trace * SECOND + Math.round(even(trace) * 300);
    const took = 100 + Math.round(even(trace + 9) * 200);
    spans.push({
      traceID: hex(trace, 32),
      processes: { p1: { serviceName: "web" } },
      spans: [
        {
          traceID: hex(trace, 32),
          spanID: hex(trace, 16),
          operationName: "GET /",
          references: [],
          startTime: (START + start) * 1_000,
          duration: took * 1_000,
          processID: "p1",
        },
      ],
    });
    const at = start + Math.round(even(trace + 4) * took) + ahead;
    const ids = { trace_id: hex(trace, 32), span_id: hex(trace, 16) };
    lines.push(JSON.stringify({ timestamp: iso(at), level: "info", service: "web", message: "asked", ...ids }));
  }
  writeFileSync(join(folder, "traces.json"), JSON.stringify({ data: spans }));
  writeFileSync(join(folder, "web.jsonl"), `${lines.join("\n")}\n`);
  return folder;
}

describe("faultline skew", () => {
  it.each([2_300, -450])("recovers a clock that is %d ms ahead", async (ahead) => {
    const { code, json } = await faultline(["skew", skewed(ahead), "--json"]);
    expect(code).toBe(0);
    const { clocks } = json() as { readonly clocks: readonly Record<string, number | string | boolean>[] };
    expect(clocks).toHaveLength(1);
    const [clock = {}] = clocks;
    const sign = String(clock["source"]).endsWith("web.jsonl") ? 1 : -1;
    expect(Math.abs(Number(clock["offsetMicros"]) - sign * ahead * 1_000)).toBeLessThan(20_000);
    expect(clock).toMatchObject({ ids: 80, basis: "spans", differs: true });
  });

  it("says in a sentence when clocks agree, and when nothing tells", async () => {
    expect((await faultline(["skew", skewed(0)])).stdout).toMatch(/Clock agrees with that of .+ from 80 shared ids/u);
    expect((await faultline(["skew", incident()])).stdout).toBe(
      "No two sources share enough ids to compare their clocks.\n",
    );
  });
});

describe("faultline correlate", () => {
  it("finds an id in the field of one source and in the text of another", async () => {
    const { code, json } = await faultline(["correlate", incident(), "--id", "req-600xy", "--json"]);
    expect(code).toBe(0);
    const found = json() as { total: number; records: { message: string; source: string }[] };
    expect(found.total).toBe(2);
    expect(found.records.map(({ source }) => source.split(/[/\\]/u).at(-1))).toEqual(["pay.jsonl", "bank.log"]);
  });

  it("says so when nothing bears it", async () => {
    expect((await faultline(["correlate", incident(), "--id", "req-none1"])).stdout).toBe(
      "No record bears req-none1.\n",
    );
  });
});

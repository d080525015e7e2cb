// `faultline report` over dumps and cases: the same report as that of the window, in each of its forms.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../ingest/support.ts";
import { faultline } from "./support.ts";

const SAMPLE = resolve("resources/sample-incident");
const truth = JSON.parse(readFileSync(resolve("resources/sample-incident.truth.json"), "utf8")) as {
  readonly cause: { readonly object: { readonly sha: string } };
};

interface Reported {
  readonly title: string;
  readonly suspects: readonly {
    readonly object: string | null;
    readonly evidence: readonly { readonly place: { readonly path: string; readonly line: number } | null }[];
  }[];
  readonly timeline: readonly { readonly what: string }[];
}

describe("faultline report", () => {
  it("names the cause, and each piece of evidence by the line where it stands", async () => {
    const { code, json } = await faultline(["report", SAMPLE, "--format", "json"]);
    expect(code).toBe(0);
    const { title, suspects, timeline } = json() as Reported;
    expect(title).toBe("sample-incident");
    expect(suspects[0]?.object).toBe(truth.cause.object.sha);
    const deployed = suspects[0]?.evidence[0]?.place;
    const lines = readFileSync(deployed?.path ?? "", "utf8").split("\n");
    expect(lines.slice((deployed?.line ?? 0) - 1, (deployed?.line ?? 0) + 6).join("\n")).toContain(
      truth.cause.object.sha,
    );
    // Detectors ran: deploys and alerts are theirs.
    expect(new Set(timeline.map(({ what }) => what))).toEqual(new Set(["Flag", "Deploy", "Onset", "Alert"]));
  });

  it("reads a case as well as the paths it was made from, and tells times in the zone that is asked for", async () => {
    const folder = temporaryFolder();
    const file = join(folder, "shop.faultline");
    await faultline(["analyze", SAMPLE, "--case", file]);
    const fromCase = await faultline(["report", file, "--tz", "Asia/Kolkata"]);
    const fromPaths = await faultline(["report", SAMPLE, "--tz", "Asia/Kolkata"]);
    expect(fromCase.code).toBe(0);
    expect(fromCase.stdout).toContain("It began **2026-03-17 19:01:59.214 UTC+5:30**");
    expect(fromCase.stdout).toBe(fromPaths.stdout);
  });

  it("writes the form that the name of the file asks for, and keeps log text from becoming markup", async () => {
    const folder = temporaryFolder();
    const dumps = join(folder, "dumps & more");
    mkdirSync(dumps);
    const at = (second: number): string => new Date(Date.UTC(2026, 2, 1, 10, 0, second)).toISOString();
    const lines = Array.from({ length: 600 }, (_, second) =>
      JSON.stringify({
        time: at(second),
        level: second < 400 ? "info" : "error",
        service: "<i>pay</i>",
        message: second < 400 ? `paid order ${second}` : `<script>alert(${second})</script> | [x](http://evil)`,
      }),
    );
    writeFileSync(join(dumps, "pay.jsonl"), `${lines.join("\n")}\n`);
    const out = join(folder, "report.html");
    const { code, stdout } = await faultline(["report", dumps, "--out", out]);
    expect([code, stdout]).toEqual([0, ""]);
    const page = readFileSync(out, "utf8");
    expect(page).toContain("&lt;i&gt;pay&lt;/i&gt;");
    expect(page).toContain("<h1>Incident: dumps &amp; more</h1>");
    expect(page).not.toMatch(/<(?:script|i)\b/u);
    const { stdout: markdown } = await faultline(["report", dumps]);
    expect(markdown).toContain("**\\<i\\>pay\\</i\\>**");
    expect(markdown).not.toMatch(/(?<!\\)<(?:script|i)\b/u);
  });

  it.each([
    [["report"], 2, "missing required argument"],
    [["report", SAMPLE, "--format", "pdf"], 2, "Allowed choices are markdown, html, json"],
    [["report", SAMPLE, "--out", ""], 2, "--out is empty"],
    [["report", SAMPLE, "--tz", "Mars"], 2, "The zone"],
    [["report", "/no/such/path"], 1, "there is no such file or folder"],
    [["report", join(SAMPLE, "alert.json"), "--out", "/no/such/folder/report.md"], 1, "there is no such folder"],
  ])("says what is wrong with %j", async (args, expected, message) => {
    const { code, stdout, stderr } = await faultline(args);
    expect([code, stdout]).toEqual([expected, ""]);
    expect(stderr).toContain(message);
  });
});

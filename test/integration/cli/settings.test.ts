// `faultline settings` as a person types it, over a data folder of its own.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../ingest/support.ts";
import { faultline, type Ran } from "./support.ts";

interface Printed {
  readonly file: string;
  readonly settings: readonly { path: string; value: unknown; source: string; detail: string; inFile: unknown }[];
  readonly problems: readonly string[];
}

const printed = ({ json }: Ran): Printed => json() as Printed;
const settingOf = (ran: Ran, path: string) => printed(ran).settings.find((setting) => setting.path === path);

describe("faultline settings", () => {
  it("prints every value with where it came from", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "settings.json"), '{"retry": {"maxAttempts": 4, "baseMs": 70}}');
    const env = { FAULTLINE_DATA: folder, RETRY_BASE_MS: "80", CB_COOLDOWN_S: "20" };
    const args = ["settings", "--set", "breaker.cooldownSeconds=10", "--set", "detection.slowTraceMs=1,2,3"];
    const ran = await faultline([...args, "--json"], undefined, env);
    expect([ran.code, ran.stderr]).toEqual([0, ""]);
    expect(printed(ran)).toMatchObject({ file: join(folder, "settings.json"), problems: [] });
    expect(settingOf(ran, "retry.maxAttempts")).toMatchObject({ value: 4, source: "file" });
    expect(settingOf(ran, "retry.baseMs")).toMatchObject({
      value: 80,
      source: "environment",
      detail: "RETRY_BASE_MS",
      inFile: 70,
    });
    expect(settingOf(ran, "breaker.cooldownSeconds")).toMatchObject({ value: 10, source: "command line" });
    expect(settingOf(ran, "detection.slowTraceMs")).toMatchObject({ value: [1, 2, 3], source: "command line" });
    expect(settingOf(ran, "assumedZone")).toMatchObject({ value: "UTC", source: "default", inFile: null });
    const text = await faultline(args, undefined, env);
    expect(text.stdout).toMatch(/^retry\.baseMs +80 ms +environment: RETRY_BASE_MS +400 ms +a number from 1/mu);
  });

  it("ends with 1 and a sentence for each value that was refused", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "settings.json"), '{"retry": {"maxAttemps": 4}, "assumedZone": 7}');
    const env = { FAULTLINE_DATA: folder, CB_HALF_OPEN_PROB: "1.5" };
    const { code, stdout, stderr } = await faultline(["settings", "--set", "retry.baseMs=soon"], undefined, env);
    expect(code).toBe(1);
    expect(stdout).toContain("retry.maxAttempts");
    expect(stderr.trim().split("\n")).toEqual([
      expect.stringContaining('has "retry.maxAttemps", which is no setting; did you mean "retry.maxAttempts"?'),
      expect.stringContaining("assumedZone is 7 in "),
      expect.stringContaining('retry.baseMs is "soon" on the command line; it must be a number from 1 to 60,000 ms.'),
      expect.stringContaining("CB_HALF_OPEN_PROB is 1.5 in the environment (breaker.halfOpenProbability)"),
    ]);
  });

  it("sets and unsets values of the file, and refuses what cannot stand there", async () => {
    const folder = join(temporaryFolder(), "data");
    const run = (...args: string[]) => faultline(["settings", ...args, "--data-folder", folder]);
    const set = await run("set", "retry.maxAttempts", "6");
    expect([set.code, set.stdout]).toEqual([0, "retry.maxAttempts is 6 (file)\n"]);
    expect(JSON.parse(readFileSync(join(folder, "settings.json"), "utf8"))).toEqual({ retry: { maxAttempts: 6 } });
    const high = await run("set", "retry.maxAttempts", "60");
    expect([high.code, high.stderr]).toEqual([
      2,
      "faultline: retry.maxAttempts was not changed: it must be a whole number from 1 to 10.\n",
    ]);
    const unknown = await run("set", "maxAttempts", "6");
    expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining('did you mean "retry.maxAttempts"?')]);
    const unset = await run("unset", "retry.maxAttempts");
    expect(unset.stdout).toBe("retry.maxAttempts is 3 (default)\n");
    expect(JSON.parse(readFileSync(join(folder, "settings.json"), "utf8"))).toEqual({});
  });

  it("never overwrites a file that is not JSON", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "settings.json"), '{"retry": ');
    const listed = await faultline(["settings"], undefined, { FAULTLINE_DATA: folder });
    expect([listed.code, listed.stderr]).toEqual([1, expect.stringContaining("is not JSON")]);
    expect(existsSync(join(folder, "settings.broken-1.json"))).toBe(false);
    const set = await faultline(["settings", "set", "retry.baseMs", "9"], undefined, { FAULTLINE_DATA: folder });
    expect([set.code, set.stderr]).toEqual([0, expect.stringContaining("settings.broken-1.json")]);
    expect(readFileSync(join(folder, "settings.broken-1.json"), "utf8")).toBe('{"retry": ');
  });

  it("keeps no other command from its work, which says what was refused and goes by the rest", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "settings.json"), "not JSON");
    const log = join(folder, "a.log");
    writeFileSync(log, "2026-03-01 14:00:00 INFO [main] hello\n");
    const env = { FAULTLINE_DATA: folder };
    const args = ["parse", log, "--json", "--set", "assumedZone=Europe/Berlin"];
    const { code, lines, stderr } = await faultline(args, undefined, env);
    expect([code, stderr]).toEqual([0, expect.stringContaining("is not JSON")]);
    expect(lines()[0]).toMatchObject({ time: expect.stringContaining("2026-03-01T13:00:00") });
  });
});

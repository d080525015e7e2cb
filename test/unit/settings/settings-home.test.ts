import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { BREAKER, BULKHEAD, HEALTH, RETRY, TIMEOUTS_MS } from "../../../src/main/engine/resilience/defaults.ts";
import { resilienceChoices } from "../../../src/main/engine/settings/resilience.ts";
import { SettingsHome } from "../../../src/main/engine/settings/settings-home.ts";
import { watchSettings } from "../../../src/main/engine/settings/settings-watch.ts";
import { DEFAULT_SETTINGS } from "../../../src/shared/settings.ts";
import { temporaryFolder } from "../store/support.ts";

function homeIn(dataFolder: string, text?: string): SettingsHome {
  if (text !== undefined) writeFileSync(join(dataFolder, "settings.json"), text);
  return new SettingsHome({ dataFolder });
}
const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);
const contentOf = (folder: string): unknown => JSON.parse(readFileSync(join(folder, "settings.json"), "utf8"));

describe("the settings file", () => {
  it("is made with its folder by the first change, and holds what was changed alone", () => {
    const folder = join(temporaryFolder(), "new");
    const home = homeIn(temporaryFolder());
    expect(home.current).toStrictEqual(DEFAULT_SETTINGS);
    const made = new SettingsHome({ dataFolder: folder });
    expect(made.write("retry.maxAttempts", 5).values.retry.maxAttempts).toBe(5);
    expect(contentOf(folder)).toStrictEqual({ retry: { maxAttempts: 5 } });
    expect(new SettingsHome({ dataFolder: folder }).current.retry.maxAttempts).toBe(5);
    expect(readdirSync(folder)).toStrictEqual(["settings.json"]);
  });

  it.skipIf(process.platform === "win32")("is for its owner alone, also where an older one was for everybody", () => {
    const folder = join(temporaryFolder(), "new");
    new SettingsHome({ dataFolder: folder }).write("retry.capMs", 9);
    const modes = (): string[] => [folder, join(folder, "settings.json")].map(modeOf);
    expect(modes()).toStrictEqual(["700", "600"]);
    chmodSync(join(folder, "settings.json"), 0o644);
    // What a crash left is no way around it.
    writeFileSync(join(folder, `settings.json.${process.pid}.tmp`), "left", { mode: 0o644 });
    new SettingsHome({ dataFolder: folder }).write("retry.capMs", 10);
    expect(modes()).toStrictEqual(["700", "600"]);
  });

  it("keeps all else that a person wrote, in its order, also what is no setting", () => {
    const folder = temporaryFolder();
    const home = homeIn(folder, '{"note": "ours", "retry": {"capMs": 9, "maxAttempts": 4}, "assumedZone": "UTC"}');
    home.write("retry.capMs", 10);
    home.write("retry.maxAttempts", null);
    expect(JSON.stringify(contentOf(folder))).toBe('{"note":"ours","retry":{"capMs":10},"assumedZone":"UTC"}');
    home.write("retry.capMs", null);
    expect(contentOf(folder)).toStrictEqual({ note: "ours", assumedZone: "UTC" });
  });

  it("refuses what is no setting, or out of its range, and stays as it was", () => {
    const folder = temporaryFolder();
    const home = homeIn(folder, '{"retry": {"maxAttempts": 4}}');
    expect(() => home.write("retry.maxAttempts", 11)).toThrow(
      "retry.maxAttempts was not changed: it must be a whole number from 1 to 10.",
    );
    expect(() => home.write("timeouts.http", 1)).toThrow("from 50 to 600,000 ms");
    expect(() => home.write("retry.attempts", 1)).toThrow('There is no setting "retry.attempts"');
    expect(contentOf(folder)).toStrictEqual({ retry: { maxAttempts: 4 } });
  });

  it("that nobody can read is kept aside before a new one is begun, each time under a free name", () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "settings.broken-1.json"), "older");
    const home = homeIn(folder, '{"retry": {');
    expect(home.resolved.problems).toHaveLength(1);
    expect(readFileSync(home.file, "utf8")).toBe('{"retry": {');
    const { problems } = home.write("retry.maxAttempts", 5);
    expect(problems).toStrictEqual([expect.stringContaining("settings.broken-2.json")]);
    expect(readFileSync(join(folder, "settings.broken-2.json"), "utf8")).toBe('{"retry": {');
    expect(readFileSync(join(folder, "settings.broken-1.json"), "utf8")).toBe("older");
    expect(contentOf(folder)).toStrictEqual({ retry: { maxAttempts: 5 } });
  });

  it("is read again when it was edited by hand", () => {
    const folder = temporaryFolder();
    const home = homeIn(folder);
    writeFileSync(home.file, '{"assumedZone": "Asia/Tokyo"}');
    expect([home.current.assumedZone, home.reload().values.assumedZone, home.current.assumedZone]).toStrictEqual([
      "UTC",
      "Asia/Tokyo",
      "Asia/Tokyo",
    ]);
  });

  it("stays a link where it is one", () => {
    const [folder, elsewhere] = [temporaryFolder(), temporaryFolder()];
    writeFileSync(join(elsewhere, "mine.json"), "{}");
    symlinkSync(join(elsewhere, "mine.json"), join(folder, "settings.json"));
    homeIn(folder).write("assumedZone", "Asia/Tokyo");
    expect(readFileSync(join(elsewhere, "mine.json"), "utf8")).toContain("Asia/Tokyo");
  });

  it.each([
    ["a folder", (file: string) => mkdirSync(file), "is no file"],
    ["larger than anyone writes", (file: string) => writeFileSync(file, " ".repeat(1_048_577)), "larger than 1 MiB"],
  ])("that is %s keeps nothing from starting", (_, make, sentence) => {
    const folder = temporaryFolder();
    make(join(folder, "settings.json"));
    const { values, problems } = homeIn(folder).resolved;
    expect(values).toStrictEqual(DEFAULT_SETTINGS);
    expect(problems).toStrictEqual([expect.stringContaining(sentence)]);
  });

  it("takes over what a library kept, but only what differs, and only where there is no file", () => {
    const folder = temporaryFolder();
    homeIn(folder).adopt({ ...DEFAULT_SETTINGS, assumedZone: "Asia/Tokyo", detection: { burstGapSeconds: -1 } });
    expect(contentOf(folder)).toStrictEqual({ assumedZone: "Asia/Tokyo" });
    homeIn(folder).adopt({ assumedZone: "Europe/Berlin" });
    expect(contentOf(folder)).toStrictEqual({ assumedZone: "Asia/Tokyo" });
  });
});

describe("what the settings say of the layer around connector calls", () => {
  it("is that layer's own defaults as long as nobody chooses", () => {
    const choices = resilienceChoices(homeIn(temporaryFolder()).resolved);
    expect(choices.retry).toStrictEqual({});
    expect(BREAKER).toMatchObject(choices.breaker);
    expect(HEALTH).toMatchObject(choices.health);
    expect(choices.bulkhead).toStrictEqual(BULKHEAD);
    expect(choices.timeoutsMs).toStrictEqual(TIMEOUTS_MS);
    const { maxAttempts, baseMs, capMs, jitterPercent } = DEFAULT_SETTINGS.retry;
    expect(RETRY).toMatchObject({ maxAttempts, backoff: { baseMs, capMs, jitter: jitterPercent / 100 } });
  });

  it("is the chosen retry numbers alone, so that each kind of call keeps its other ones", () => {
    const home = homeIn(temporaryFolder(), '{"retry": {"jitterPercent": 50, "maxAttempts": 3}}');
    expect(resilienceChoices(home.resolved).retry).toStrictEqual({ maxAttempts: 3, jitter: 0.5 });
  });
});

describe("a settings file that is broken while the program runs", () => {
  it.each([
    ["no JSON", (file: string) => writeFileSync(file, '{"retry": {'), "is not JSON"],
    ["no object", (file: string) => writeFileSync(file, "[1]"), "is no JSON object"],
    ["larger than anyone writes", (file: string) => writeFileSync(file, " ".repeat(1_048_577)), "larger than 1 MiB"],
  ])("(%s) leaves the values that it had before, and says so, until it is mended", (_, break_, sentence) => {
    const home = homeIn(temporaryFolder(), '{"retry": {"maxAttempts": 7}}');
    break_(home.file);
    const { values, problems } = home.reload();
    expect(values.retry.maxAttempts).toBe(7);
    expect(problems).toStrictEqual([expect.stringContaining(sentence)]);
    expect(problems[0]).toContain("the values that it had before stand");
    writeFileSync(home.file, '{"retry": {"maxAttempts": 8}}');
    expect(home.reload()).toMatchObject({ values: { retry: { maxAttempts: 8 } }, problems: [] });
    rmSync(home.file);
    expect(home.reload()).toMatchObject({ values: DEFAULT_SETTINGS, problems: [] });
  });
});

describe("watching the settings file", () => {
  function watched(text: string) {
    const home = homeIn(temporaryFolder(), text);
    const told: { readonly maxAttempts: number; readonly problems: readonly string[] }[] = [];
    const watch = watchSettings(home, ({ values, problems }) =>
      told.push({ maxAttempts: values.retry.maxAttempts, problems }),
    );
    onTestFinished(() => watch[Symbol.dispose]());
    return { home, told, watch };
  }

  it("tells of a file that was written in several steps once, of one that was replaced, and of one that is broken", async () => {
    const { home, told } = watched("{}");
    writeFileSync(home.file, "");
    writeFileSync(home.file, '{"retry":');
    appendFileSync(home.file, ' {"maxAttempts": 4}}');
    await vi.waitFor(() => expect(told).toStrictEqual([{ maxAttempts: 4, problems: [] }]), 5_000);
    writeFileSync(`${home.file}.new`, '{"retry": {"maxAttempts": 5}}');
    renameSync(`${home.file}.new`, home.file);
    await vi.waitFor(() => expect(told.at(-1)).toStrictEqual({ maxAttempts: 5, problems: [] }), 5_000);
    writeFileSync(home.file, "{");
    await vi.waitFor(
      () => expect(told.at(-1)).toMatchObject({ maxAttempts: 5, problems: [expect.stringContaining("is not JSON")] }),
      5_000,
    );
  });

  it("tells of nothing that the program wrote itself", async () => {
    const { home, told } = watched("{}");
    home.write("retry.maxAttempts", 6);
    writeFileSync(`${home.file}.other`, "x");
    writeFileSync(home.file, '{"retry": {"maxAttempts": 9}}');
    await vi.waitFor(() => expect(told).toHaveLength(1), 5_000);
    expect(told).toStrictEqual([{ maxAttempts: 9, problems: [] }]);
  });

  it("keeps nothing from starting where there is nothing to watch", () => {
    const home = new SettingsHome({ dataFolder: join(temporaryFolder(), "none such") });
    expect(() => watchSettings(home, () => {})[Symbol.dispose]()).not.toThrow();
  });
});

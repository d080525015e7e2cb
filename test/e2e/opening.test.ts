/** The main job: a folder of dumps becomes one timeline, whichever way it is opened, and every unit is accounted for. */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, join, relative, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test, type Page } from "@playwright/test";
import Database from "better-sqlite3";
import { independentCount } from "../../scripts/eval/independent-count.mjs";
import type { CallOutput } from "../../src/shared/contract.ts";
import { tarOf, zipOf } from "../support/archives.ts";
import { launchApp } from "./support/app.ts";
import { ask, grouped, loaded, read, SAMPLE } from "./support/case.ts";
import { dropPaths } from "./support/drop.ts";

const sample = resolve(SAMPLE);

/** A wide table counts its samples, a report its tests, `git log` its commits: no line or element of the file. */
const OWN_UNITS = new Set(["csv-metrics-wide", "junit-xml", "git-log", "prometheus-json", "otlp-json"]);

async function expectSampleIsThere(window: Page): Promise<void> {
  const info = await loaded(window);
  const sources = await ask(window, "sources.list", undefined);
  expect(sources).toHaveLength(25);
  for (const source of sources) {
    expect(source.records + source.deadLetters + source.skipped, source.path).toBe(source.read);
    if (source.format === null || OWN_UNITS.has(source.format)) continue;
    expect(source.read, source.path).toBe(independentCount(source.path).count);
  }
  expect(sources.filter((source) => source.format === null).map((source) => basename(source.path))).toEqual([
    "tcp-rtt.hist",
  ]);

  const sum = (key: "records" | "deadLetters" | "skipped"): number =>
    sources.reduce((total, source) => total + source[key], 0);
  await expect(window.getByRole("contentinfo")).toContainText("25 sources");
  await expect(window.getByRole("contentinfo")).toContainText(`${grouped(sum("records"))} records`);
  await expect(window.getByRole("contentinfo")).toContainText(`${sum("deadLetters")} dead letters`);
  await expect(window.getByRole("contentinfo")).toContainText(`${grouped(sum("skipped"))} skipped`);
  expect(info.from).toBeLessThan(info.to ?? 0);

  const lanes = await ask(window, "timeline.lanes", {
    selection: { filter: "", from: null, to: null, samples: false },
    limit: 100,
  });
  for (const lane of ["changes", "ci", "alerts", "errors", "metrics", "traces"]) {
    expect(lanes.find((entry) => entry.lane === lane)?.total, lane).toBeGreaterThan(0);
  }
}

test("a folder named on the command line is read whole", async () => {
  const { window, close } = await launchApp({ args: [sample] });
  await expectSampleIsThere(window);
  await expect(window.getByRole("listbox", { name: "Rows" }).getByRole("option").first()).toBeVisible();
  await close();
});

test("a folder dropped on the window is read whole, and a second drop adds to the case", async () => {
  const extra = join(mkdtempSync(join(tmpdir(), "faultline-extra-")), "extra.jsonl");
  writeFileSync(extra, '{"time":"2026-03-17T13:30:00Z","level":"error","service":"late","msg":"added later"}\n');
  const { window, close } = await launchApp();
  await expect(window.getByRole("region", { name: /open/i }).first()).toBeVisible();
  await dropPaths(window, [sample]);
  await expectSampleIsThere(window);
  await dropPaths(window, [extra]);
  await expect.poll(async () => (await ask(window, "case.info", undefined))?.sources).toBe(26);
  await close();
});

test("an archive of the folder gives the same, each of its files as a source of its own", async () => {
  const files = readdirSync(sample, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ name: relative(sample, path), content: readFileSync(path) }));
  const folder = mkdtempSync(join(tmpdir(), "faultline-archive-"));
  const inner = files.splice(0, 5);
  const archive = join(folder, "incident.zip");
  writeFileSync(archive, zipOf([{ name: "more.tar.gz", content: gzipSync(tarOf(inner)) }, ...files]));
  const { window, close } = await launchApp();
  await dropPaths(window, [archive]);
  await read(window);
  const [asFolder, asArchive] = [await sourcesOf(sample), await ask(window, "sources.list", undefined)];
  const counts = (sources: typeof asFolder): Record<string, number> =>
    Object.fromEntries(
      sources.map(({ path, records }) => [path.replace(/^.*(?:sample-incident\/| › )/u, ""), records]),
    );
  expect(counts(asArchive)).toEqual(counts(asFolder));
  await window.keyboard.press("9");
  const grid = window.getByRole("grid", { name: "Sources" });
  await expect(grid).toContainText("more.tar.gz › ");
  rmSync(folder, { recursive: true });
  await close();
});

/** What is read of a path in a case of its own. */
async function sourcesOf(path: string): Promise<CallOutput<"sources.list">> {
  const { window, close } = await launchApp({ args: [path] });
  await read(window);
  const sources = await ask(window, "sources.list", undefined);
  await close();
  return sources;
}

test("Open… reads what the person chose in the system's dialog", async () => {
  const { app, window, close } = await launchApp();
  await app.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] });
  }, sample);
  await expect(window.getByRole("button", { name: "Open folder…" })).toBeVisible();
  await window.keyboard.press("Control+Shift+O");
  await expectSampleIsThere(window);
  await close();
});

test("the sample incident opens from the first screen, and is among the recent cases afterwards", async () => {
  const profile = mkdtempSync(join(tmpdir(), "faultline-profile-"));
  const first = await launchApp({ userDataDir: profile });
  await first.window.getByRole("button", { name: /sample incident/i }).click();
  await expectSampleIsThere(first.window);
  await first.close();

  const second = await launchApp({ userDataDir: profile });
  await second.window
    .getByRole("listbox", { name: /recent/i })
    .getByRole("option")
    .first()
    .dblclick();
  await expectSampleIsThere(second.window);
  await second.close();
  rmSync(profile, { recursive: true, force: true });
});

test("a case is whole after the dumps are gone", async () => {
  const folder = mkdtempSync(join(tmpdir(), "faultline-gone-"));
  const profile = mkdtempSync(join(tmpdir(), "faultline-profile-"));
  const dumps = join(folder, "dumps");
  cpSync(join(sample, "logs"), dumps, { recursive: true });
  const first = await launchApp({ args: [dumps], userDataDir: profile });
  const { file, records } = await loaded(first.window);
  await first.close();
  rmSync(folder, { recursive: true });

  const second = await launchApp({ args: [file], userDataDir: profile });
  expect((await loaded(second.window)).records).toBe(records);
  const selection = { filter: "level>=error", from: null, to: null, samples: false };
  const { rows } = await ask(second.window, "records.rows", { selection, start: 0, count: 5 });
  const row = rows.find((entry) => entry.type === "record");
  expect(row?.record.message.length).toBeGreaterThan(10);
  await second.close();
  rmSync(profile, { recursive: true, force: true });
});

test("a second start brings the first window to the front and opens its paths there", async () => {
  const profile = mkdtempSync(join(tmpdir(), "faultline-profile-"));
  const { window, close } = await launchApp({ userDataDir: profile });
  const electron = createRequire(import.meta.url)("electron") as string;
  const root = resolve(".");
  const noSandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const second = spawn(electron, [root, ...noSandbox, `--user-data-dir=${profile}`, sample], { stdio: "pipe" });
  const said: string[] = [];
  second.stdout.on("data", (text: Buffer) => said.push(text.toString()));
  const [code] = (await once(second, "close")) as [number];
  expect(code).toBe(0);
  expect(said.join("")).toContain("open already");
  await expectSampleIsThere(window);
  await close();
  rmSync(profile, { recursive: true, force: true });
});

test("a case of a newer version, a damaged one and a path that is not there are refused by name and left untouched", async () => {
  const folder = mkdtempSync(join(tmpdir(), "faultline-refused-"));
  const damaged = join(folder, "damaged.faultline");
  const bytes = Buffer.alloc(50_000, "SQLite format 3\0 nothing after this");
  writeFileSync(damaged, bytes);
  const newer = join(folder, "newer.faultline");
  execFileSync(process.execPath, [resolve("out/main/cli.js"), "analyze", join(sample, "alert.json"), "--case", newer]);
  const database = new Database(newer);
  database.pragma("user_version = 999");
  database.close();
  const future = readFileSync(newer);
  const refused = await launchApp({ args: [newer] });
  await expect(refused.window.getByText(/newer\.faultline was written by a newer Faultline/).first()).toBeVisible();
  expect(readFileSync(newer).equals(future)).toBe(true);
  await refused.close();

  const { window, close } = await launchApp({ args: [damaged] });
  await expect(window.getByText(/damaged\.faultline/).first()).toBeVisible();
  expect(readFileSync(damaged).equals(bytes)).toBe(true);
  await close();

  const missing = await launchApp({ args: [join(folder, "nowhere.log")] });
  await expect(missing.window.getByText(/nowhere\.log/).first()).toBeVisible();
  await missing.window.getByRole("button", { name: "Show the sources" }).click();
  await expect(missing.window.getByRole("row").filter({ hasText: "nowhere.log" })).toBeVisible();
  await missing.close();
  rmSync(folder, { recursive: true });
});

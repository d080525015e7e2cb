/** What could not be read is mended in the real window, and goes where it belongs in time. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, type Page } from "@playwright/test";
import { launchApp } from "./support/app.ts";
import { ask, read } from "./support/case.ts";

const START = Date.parse("2026-03-17T13:00:00Z");
const iso = (second: number): string => new Date(START + second * 1_000).toISOString();

const good = (second: number): string =>
  JSON.stringify({ time: iso(second), level: "info", service: "checkout", msg: `request ${second} served` });

let folder = "";

test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "faultline-letters-"));
});
test.afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A dump of 100 lines, of which those that are named are damaged. */
function dump(damaged: Readonly<Record<number, string>>): string {
  const file = join(folder, "checkout.jsonl");
  const lines = Array.from({ length: 100 }, (_, index) => damaged[index] ?? good(index));
  writeFileSync(file, `${lines.join("\n")}\n`);
  return file;
}

async function accounting(window: Page) {
  const [source] = await ask(window, "sources.list", undefined);
  if (source === undefined) throw new Error("the case has no source");
  const { read: units, records, deadLetters, skipped } = source;
  expect(records + deadLetters + skipped).toBe(units);
  return { records, deadLetters, skipped };
}

/** Opens the view with the first letter in focus. */
async function firstLetter(window: Page) {
  await window.keyboard.press("8");
  const grid = window.getByRole("grid", { name: "Dead letters" });
  await grid.focus();
  await window.keyboard.press("Home");
  return grid;
}

test("a damaged line is edited by keyboard, previewed, replayed, and stands on the timeline", async () => {
  const { window, close } = await launchApp({ args: [dump({ 40: good(40).slice(0, -12) })] });
  await read(window);
  expect(await accounting(window)).toEqual({ records: 99, deadLetters: 1, skipped: 0 });
  await firstLetter(window);
  await window.keyboard.press("Enter");
  const editor = window.getByRole("region", { name: "Edit" });
  const text = editor.getByRole("textbox");
  await expect(text).toBeFocused();
  await expect(editor.getByText("1 fault as json-lines")).toBeVisible();
  await text.fill(
    JSON.stringify({ time: iso(40), level: "error", service: "payment", msg: "mended by hand", attempt: 7 }),
  );
  await expect(editor.getByText("1 record as json-lines")).toBeVisible();
  await expect(editor.getByRole("definition").filter({ hasText: "mended by hand" })).toBeVisible();
  await expect(editor.getByRole("row", { name: "attempt" })).toContainText("7");
  await window.keyboard.press("ControlOrMeta+Enter");
  await expect(window.getByText("1 replayed, 0 failed again, 0 skipped")).toBeVisible();
  expect(await accounting(window)).toEqual({ records: 100, deadLetters: 0, skipped: 0 });
  await window.getByRole("button", { name: "Show records" }).click();
  const row = window.getByRole("option", { name: /mended by hand/u });
  await expect(row).toContainText("13:00:40");
  await expect(row).toContainText("payment");
  await close();
});

test("one that fails again keeps its editor and tells every attempt", async () => {
  const { window, close } = await launchApp({ args: [dump({ 3: '{"time":"2026-03-17T13:00:03Z",oops}' })] });
  await read(window);
  await firstLetter(window);
  await window.keyboard.press("Enter");
  const editor = window.getByRole("region", { name: "Edit" });
  await editor.getByRole("textbox").fill('{"time":"2026-03-17T13:00:03Z",still}');
  await window.keyboard.press("ControlOrMeta+Enter");
  await expect(window.getByText("0 replayed, 1 failed again, 0 skipped")).toBeVisible();
  await expect(editor.getByRole("textbox")).toHaveValue('{"time":"2026-03-17T13:00:03Z",still}');
  const detail = window.getByRole("region", { name: "Detail" });
  await expect(detail.getByText("Failed again")).toBeVisible();
  await expect(detail.getByText("Could not be read")).toBeVisible();
  expect(await accounting(window)).toEqual({ records: 99, deadLetters: 1, skipped: 0 });
  await close();
});

test("a group is read as another format, after its first letters showed what comes of it", async () => {
  const logfmt = (second: number): string => `ts=${iso(second)} level=warn service=cart msg="cache miss ${second}"`;
  const { window, close } = await launchApp({ args: [dump({ 10: logfmt(10), 20: logfmt(20), 30: "{{{" })] });
  await read(window);
  expect(await accounting(window)).toMatchObject({ records: 97, deadLetters: 3 });
  await firstLetter(window);
  await window.keyboard.press("r");
  const question = window.getByRole("region", { name: "Read otherwise" });
  await expect(question.getByRole("button", { name: "Replay all 3 dead letters" })).toBeDisabled();
  await expect(question.getByRole("button", { name: "Format to read it as" })).toBeFocused();
  await window.keyboard.press("Enter");
  await window.getByRole("combobox", { name: "Format" }).fill("logfmt");
  await window.keyboard.press("Enter");
  await expect(question.getByRole("cell", { name: "cache miss 10" })).toBeVisible();
  await question.getByRole("button", { name: "Replay all 3 dead letters" }).click();
  await expect(window.getByText("2 replayed, 1 failed again, 0 skipped")).toBeVisible();
  expect(await accounting(window)).toEqual({ records: 99, deadLetters: 1, skipped: 0 });
  await close();
});

test("marked letters are discarded for a reason, which the accounting then names", async () => {
  const { window, close } = await launchApp({ args: [dump({ 5: "{1", 6: "{2", 7: "{3" })] });
  await read(window);
  const grid = await firstLetter(window);
  await window.keyboard.press("x");
  await window.keyboard.press("j");
  await window.keyboard.press("x");
  await expect(grid.getByRole("checkbox", { checked: true })).toHaveCount(2);
  await window.keyboard.press("Delete");
  const question = window.getByRole("region", { name: "Discard" });
  await expect(question.getByRole("button", { name: "Discard", exact: true })).toBeDisabled();
  await window.keyboard.type("noise of the test");
  await window.keyboard.press("Enter");
  await expect(window.getByText("2 dead letters discarded")).toBeVisible();
  expect(await accounting(window)).toEqual({ records: 97, deadLetters: 1, skipped: 2 });
  const [source] = await ask(window, "sources.list", undefined);
  expect(Object.keys(source?.skippedWhy ?? {})).toEqual(["discarded: noise of the test"]);
  await close();
});

test("a source with more dead letters than are kept waits for a word, goes on, and says how many are not kept", async () => {
  const damaged = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [index * 3, `{${index}`]));
  const { window, close } = await launchApp({ args: [dump(damaged), "--set=deadLetters.maxCount=10"] });
  await expect(window.getByRole("button", { name: "1 source waits for you" })).toBeVisible();
  await window.keyboard.press("9");
  const banner = window.getByRole("alert").filter({ hasText: "checkout.jsonl" });
  await expect(banner).toContainText("waits");
  await banner.getByRole("button", { name: "Continue, only count them" }).click();
  await read(window);
  await expect(banner).toBeHidden();
  expect(await accounting(window)).toEqual({ records: 70, deadLetters: 30, skipped: 0 });
  await window.keyboard.press("8");
  await expect(window.getByText("20 more were counted and not kept.")).toBeVisible();
  await close();
});

test("the byte at which reading failed is marked in the text and in the hex dump", async () => {
  const { window, close } = await launchApp({ args: [dump({ 2: '{"time":"2026-03-17T13:00:02Z",oops}' })] });
  await read(window);
  await firstLetter(window);
  const bytes = window.getByRole("region", { name: "Raw bytes" });
  await expect(bytes.locator("mark")).toHaveText("o");
  await bytes.getByRole("button", { name: "Hex" }).click();
  await expect(bytes.locator("mark")).toHaveText(["6f", "o"]);
  await close();
});

test("letters are exported, discarded, and come back by an import", async () => {
  const { app, window, close } = await launchApp({ args: [dump({ 5: "{1", 6: "{2" })] });
  await read(window);
  const file = join(folder, "letters.jsonl");
  // The system's own dialogs are out of reach of a test.
  await app.evaluate(({ dialog }, path) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: path });
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] });
  }, file);
  const grid = await firstLetter(window);
  await window.getByRole("button", { name: "Export and import" }).click();
  await window.getByRole("menuitem", { name: "Export all 2 dead letters…" }).click();
  await expect(window.getByText(`2 dead letters were written to ${file}`)).toBeVisible();
  await window.getByRole("button", { name: "Discard…" }).first().click();
  await window.keyboard.type("by mistake");
  await window.keyboard.press("Enter");
  await expect(window.getByText("Nothing was lost")).toBeVisible();
  expect(await accounting(window)).toEqual({ records: 98, deadLetters: 0, skipped: 2 });
  await window.getByRole("button", { name: "Import dead letters…" }).click();
  await expect(grid.getByRole("row")).toHaveCount(3);
  expect(await accounting(window)).toEqual({ records: 98, deadLetters: 2, skipped: 0 });
  await close();
});

test("the last of many letters is one key away, and the first again", async () => {
  const damaged = Object.fromEntries(Array.from({ length: 99 }, (_, index) => [index, `{"cut": ${index}`]));
  const file = dump(damaged);
  const more = Array.from({ length: 3_000 }, (_, index) => `{"more": ${index}`);
  writeFileSync(file, `${good(99)}\n${more.join("\n")}\n`, { flag: "a" });
  const { window, close } = await launchApp({ args: [file] });
  await read(window);
  const grid = await firstLetter(window);
  const bytes = window.getByRole("region", { name: "Raw bytes" });
  await expect(bytes).toContainText('{"cut": 0');
  await window.keyboard.press("End");
  await expect(bytes).toContainText('{"more": 2999');
  await expect(grid.getByRole("row", { selected: true })).toContainText("3,101");
  await window.keyboard.press("k");
  await expect(bytes).toContainText('{"more": 2998');
  await window.keyboard.press("Home");
  await expect(bytes).toContainText('{"cut": 0');
  await close();
});

test("words narrow the list, what is done is done to those alone, and Escape takes them back", async () => {
  const { window, close } = await launchApp({ args: [dump({ 5: "{1", 15: "{2", 16: "{3", 25: "[4]" })] });
  await read(window);
  const grid = await firstLetter(window);
  const words = window.getByRole("searchbox", { name: "Words in what is wrong" });
  await words.focus();
  await window.keyboard.type("JSON valid");
  // The header is a row too.
  await expect(grid.getByRole("row")).toHaveCount(4);
  await window.getByRole("button", { name: "Discard…" }).first().click();
  const question = window.getByRole("region", { name: "Discard" });
  await expect(question).toContainText("Discard all 3 dead letters with “JSON valid” because");
  await window.keyboard.type("noise");
  await window.keyboard.press("Enter");
  await expect(window.getByText("3 dead letters discarded")).toBeVisible();
  await expect(window.getByText("No dead letters here")).toBeVisible();
  await words.focus();
  await window.keyboard.press("Escape");
  await expect(words).toHaveValue("");
  await expect(grid.getByRole("row")).toHaveCount(2);
  expect(await accounting(window)).toEqual({ records: 96, deadLetters: 1, skipped: 3 });
  await close();
});

test("a line too long to be read is looked at, and text of one's own is read in its place", async () => {
  const long = `{"time":"${iso(40)}","level":"info","service":"checkout","msg":"${"x".repeat(17 * 1_024 * 1_024)}"}`;
  const { window, close } = await launchApp({ args: [dump({ 40: long })] });
  await read(window);
  await firstLetter(window);
  const detail = window.getByRole("region", { name: "Detail" });
  await expect(detail.getByText("over the limit of 16 MiB; edit it down to what matters").first()).toBeVisible();
  await window.keyboard.press("Enter");
  const editor = window.getByRole("region", { name: "Edit" });
  await editor.getByRole("button", { name: "Write a text of your own…" }).focus();
  await window.keyboard.press("Enter");
  const text = editor.getByRole("textbox");
  await expect(text).toBeFocused();
  await expect(editor.getByText("is read in place of all of it")).toBeVisible();
  await text.fill(JSON.stringify({ time: iso(40), level: "error", service: "checkout", msg: "cut by hand" }));
  await expect(editor.getByText("1 record as json-lines")).toBeVisible();
  await window.keyboard.press("ControlOrMeta+Enter");
  await expect(window.getByText("1 replayed, 0 failed again, 0 skipped")).toBeVisible();
  expect(await accounting(window)).toEqual({ records: 100, deadLetters: 0, skipped: 0 });
  await close();
});

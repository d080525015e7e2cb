/** An investigation by the keyboard alone: it is never lost, and every way that leads away leads back. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { expect, test, type Page } from "@playwright/test";
import { launchApp, type LaunchedApp } from "./support/app.ts";
import { ask, loaded, SAMPLE } from "./support/case.ts";

let opened: LaunchedApp;
let window: Page;

test.beforeAll(async () => {
  opened = await launchApp({ args: [resolve(SAMPLE)] });
  ({ window } = opened);
  await loaded(window);
});
test.afterAll(() => opened.close());

const view = (title: string) => window.getByRole("region", { name: title, exact: true }).first();
const rows = () => window.getByRole("listbox", { name: "Rows" });

test("every view that is opened by its key takes the keyboard", async () => {
  for (const [key, title] of [
    ["2", "Suspects"],
    ["3", "Anomalies"],
    ["4", "Traces"],
    ["5", "Templates"],
    ["6", "Compare"],
    ["7", "Notes"],
    ["9", "Sources"],
    ["1", "Timeline"],
  ] as const) {
    await window.keyboard.press(key);
    await expect(view(title).locator(":focus")).toHaveCount(1);
  }
});

test("a piece of evidence leads to the timeline, and Backspace to the suspects with the same one chosen", async () => {
  await window.keyboard.press("2");
  const chosen = () => window.locator(".suspect[aria-current=true] .suspect-name");
  await expect(chosen()).toBeVisible();
  await window.keyboard.press("j");
  const name = await chosen().textContent();
  await window.keyboard.press("g");
  await expect(rows().getByRole("option", { selected: true })).toBeVisible();
  await window.keyboard.press("Backspace");
  await expect(chosen()).toHaveText(name ?? "");
});

test("the trace of a row is left for the row", async () => {
  await window.keyboard.press("1");
  const box = window.getByRole("combobox", { name: "Filter of all views" });
  const counts = window.locator(".list-counts");
  const before = await counts.textContent();
  await box.fill("kind:span");
  await box.press("Enter");
  await expect(counts).not.toHaveText(before ?? "");
  await rows().focus();
  await window.keyboard.press("j");
  const row = await rows().getByRole("option", { selected: true }).textContent();
  await window.keyboard.press("t");
  await expect(window.getByRole("tree")).toBeVisible();
  await window.keyboard.press("Backspace");
  await expect(rows().getByRole("option", { selected: true })).toHaveText(row ?? "");
  await window.keyboard.press("Backspace");
  await expect(box).toHaveValue("");
});

test("Enter in the filter gives the keyboard to the rows, unless the filter cannot be read", async () => {
  await window.keyboard.press("1");
  const box = window.getByRole("combobox", { name: "Filter of all views" });
  await window.keyboard.press("/");
  await window.keyboard.type("level>=loud");
  await window.keyboard.press("Enter");
  await expect(box).toBeFocused();
  await box.fill("level>=error");
  await window.keyboard.press("Enter");
  await expect(rows()).toBeFocused();
  await window.keyboard.press("Backspace");
  await expect(box).toHaveValue("");
});

test("the facets are walked by arrows, and their values are no stops on the way to the list", async () => {
  await window.keyboard.press("1");
  await window.keyboard.press("f");
  const facets = window.getByRole("region", { name: "Facets" }).last();
  const box = window.getByRole("combobox", { name: "Filter of all views" });
  await facets.getByRole("button", { name: /^Service/u }).focus();
  await window.keyboard.press("ArrowDown");
  const service = (await facets.locator(".facet-value:focus .facet-name").textContent()) ?? "";
  await window.keyboard.press("ArrowRight");
  await window.keyboard.press("ArrowRight");
  await window.keyboard.press("Enter");
  await expect(box).toHaveValue(`-service:${service}`);
  await window.keyboard.press("Backspace");
  await expect(box).toHaveValue("");
  for (let stop = 0; stop < 14 && !(await rows().evaluate((list) => list === document.activeElement)); stop += 1)
    await window.keyboard.press("Tab");
  await expect(rows()).toBeFocused();
});

test("j takes the keyboard from a button to the list, so that Enter opens the row", async () => {
  await window.keyboard.press("1");
  await window.getByRole("button", { name: "Hide facets" }).focus();
  await window.keyboard.press("j");
  await expect(rows()).toBeFocused();
  await window.keyboard.press("4");
  const tab = window.getByRole("button", { name: "Traces", exact: true }).last();
  await tab.click();
  await window.keyboard.press("j");
  await window.keyboard.press("Enter");
  await expect(window.getByRole("tree")).toBeVisible();
  await window.keyboard.press("Escape");
});

test("a note gives the keyboard back to the list", async () => {
  await window.keyboard.press("1");
  await rows().focus();
  await window.keyboard.press("n");
  await expect(window.getByRole("textbox", { name: "Text" })).toBeFocused();
  await window.keyboard.press("Escape");
  await expect(rows()).toBeFocused();
});

test("the selected record is copied as its source wrote it, and as JSON", async () => {
  await window.keyboard.press("1");
  await window.keyboard.press("f");
  await rows().focus();
  await window.keyboard.press("}");
  const detail = window.getByRole("region", { name: "Detail" });
  await expect(detail.getByRole("heading", { level: 2 })).not.toBeEmpty();
  const clipboard = () => opened.app.evaluate(({ clipboard: held }) => held.readText());
  await window.keyboard.press("ControlOrMeta+c");
  await expect(window.getByText("The record copied.")).toBeVisible();
  const raw = await clipboard();
  expect(raw).not.toBe("");
  await window.keyboard.press("ControlOrMeta+Shift+c");
  await expect(window.getByText("The record as JSON copied.")).toBeVisible();
  expect(JSON.parse(await clipboard())).toMatchObject({ raw });
});

test("the listed rows are copied as lines, no more of them than can be pasted, from the selected one on", async () => {
  await window.keyboard.press("1");
  const box = window.getByRole("combobox", { name: "Filter of all views" });
  const clipboard = () => opened.app.evaluate(({ clipboard: held }) => held.readText());
  await box.fill("kind:deploy");
  await box.press("Enter");
  const selection = { filter: "kind:deploy", from: null, to: null, samples: false };
  const { count } = await ask(window, "records.count", { selection });
  await window.getByRole("button", { name: /^Copy these rows/u }).click();
  await expect(window.getByText(`${count} rows copied.`)).toBeVisible();
  expect((await clipboard()).split("\n")).toHaveLength(count);
  await box.fill("");
  await box.press("Enter");
  const all = await ask(window, "records.count", { selection: { ...selection, filter: "" } });
  await expect(rows().getByRole("option").first()).toHaveAttribute("aria-setsize", String(all.count));
  await rows().focus();
  await window.keyboard.press("Home");
  await window.keyboard.press("j");
  await expect(rows().getByRole("option", { selected: true })).toHaveAttribute("aria-posinset", "2");
  await window.keyboard.press("Shift+Y");
  await expect(window.getByText(/^Rows 2 to 1,001 of [\d,]+ copied as JSON\.$/u)).toBeVisible();
  expect(JSON.parse(await clipboard())).toHaveLength(1_000);
});

test("evidence is pinned with one key, leads back to its record, and stands in the report that is saved", async () => {
  await window.keyboard.press("1");
  await rows().focus();
  const selected = rows().getByRole("option", { selected: true });
  await window.keyboard.press("Home");
  await expect(selected).toHaveAttribute("aria-posinset", "1");
  const before = (await selected.getAttribute("aria-posinset")) ?? "";
  await window.keyboard.press("}");
  await expect(selected).not.toHaveAttribute("aria-posinset", before);
  const heading = window.getByRole("region", { name: "Detail" }).getByRole("heading", { level: 2 });
  await window.keyboard.press("p");
  const said = await window.getByText(/^Pinned to the notes: /u).textContent();
  const message = said?.slice("Pinned to the notes: ".length) ?? "";
  expect(message).not.toBe("");
  await window.keyboard.press("p");
  await expect(window.getByText("This is pinned to the notes already.")).toBeVisible();
  await window.keyboard.press("7");
  const pinned = window.getByRole("grid", { name: "Notes" }).getByRole("row").filter({ hasText: message });
  await expect(pinned).toHaveCount(1);
  await pinned.click();
  await window.getByRole("button", { name: "Show the record" }).click();
  await expect(heading).toHaveText(message);
  const file = join(mkdtempSync(join(tmpdir(), "faultline-report-")), "report.md");
  await opened.app.evaluate(({ dialog }, path) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: path });
  }, file);
  await window.keyboard.press("ControlOrMeta+k");
  await window.keyboard.type("save a report");
  await window.keyboard.press("Enter");
  await expect(window.getByText(`The report was written to ${file}.`)).toBeVisible();
  const report = readFileSync(file, "utf8");
  expect(report).toContain("## Suspects, likeliest first");
  expect(report.split("\n").filter((line) => line.includes("| Evidence |"))).toHaveLength(1);
  await window.keyboard.press("7");
  const page = file.replace(/md$/u, "html");
  await opened.app.evaluate(({ dialog }, path) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: path });
  }, page);
  await window.getByRole("button", { name: "Save the report…" }).click();
  await expect(window.getByText(`The report was written to ${page}.`)).toBeVisible();
  expect(readFileSync(page, "utf8")).toMatch(/^<!doctype html>[^]*<td>Evidence<\/td>[^]*<\/html>\n$/u);
  rmSync(dirname(file), { recursive: true });
  await window.getByRole("button", { name: "Save the report…" }).click();
  await expect(window.getByText(`${page} could not be written: there is no such folder`)).toBeVisible();
});

test("what was just done is taken back by a key, and only what a notice still tells of", async () => {
  await window.keyboard.press("7");
  const notes = window.getByRole("grid", { name: "Notes" }).getByRole("row", { name: /pinned/u });
  await expect(notes).toHaveCount(1);
  await window.keyboard.press("Home");
  await window.keyboard.press("Delete");
  await expect(window.getByText(/^The note .* was deleted\.$/u)).toBeVisible();
  await expect(notes).toHaveCount(0);
  await window.keyboard.press("ControlOrMeta+z");
  await expect(window.getByText(/^The note .* was deleted\.$/u)).toHaveCount(0);
  await window.keyboard.press("7");
  await expect(notes).toHaveCount(1);
});

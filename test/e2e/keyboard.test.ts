/** An investigation by the keyboard alone: it is never lost, and every way that leads away leads back. */
import { resolve } from "node:path";
import { expect, test, type Page } from "@playwright/test";
import { launchApp, type LaunchedApp } from "./support/app.ts";
import { loaded, SAMPLE } from "./support/case.ts";

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
  await box.fill("kind:span");
  await box.press("Enter");
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

test("a note gives the keyboard back to the list", async () => {
  await window.keyboard.press("1");
  await rows().focus();
  await window.keyboard.press("n");
  await expect(window.getByRole("textbox", { name: "Text" })).toBeFocused();
  await window.keyboard.press("Escape");
  await expect(rows()).toBeFocused();
});

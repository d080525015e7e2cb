/** Templates of a case: listed, looked into, shown as lines, muted with a way back, merged and taken apart. */
import { resolve } from "node:path";
import { expect, test, type Page } from "@playwright/test";
import { launchApp } from "./support/app.ts";
import { ask, loaded, SAMPLE } from "./support/case.ts";

const ALL = { filter: "", from: null, to: null, samples: false };

const grid = (window: Page) => window.getByRole("grid", { name: "Templates" });
const rows = (window: Page) =>
  grid(window)
    .getByRole("row")
    .filter({ has: window.getByRole("gridcell") });

async function openTemplates(window: Page): Promise<void> {
  await loaded(window);
  await window.keyboard.press("5");
  await expect(rows(window).first()).toBeVisible();
  await grid(window).focus();
}

test("templates are listed, and one leads to its lines and values", async () => {
  const { window, close } = await launchApp({ args: [resolve(SAMPLE)] });
  await openTemplates(window);
  const { templates } = await ask(window, "templates.list", { selection: ALL });
  const [most] = templates;
  await window.keyboard.press("j");
  const detail = window.getByRole("article");
  await expect(detail.getByRole("heading", { level: 2 })).toHaveText(most?.text ?? "");
  await expect(detail.getByRole("heading", { name: "Values" })).toBeVisible();

  await window.keyboard.press("g");
  await expect(window.getByRole("listbox", { name: "Rows" }).getByRole("option").first()).toBeVisible();
  const count = await ask(window, "records.count", { selection: { ...ALL, filter: `template:${most?.id}` } });
  expect(count.records).toBe(most?.count);
  await expect(window.getByRole("status").filter({ hasText: "records" }).first()).toContainText(
    count.records.toLocaleString("en-US"),
  );
  await close();
});

test("a muted template is left out of the list, which says so and leads back", async () => {
  const { window, close } = await launchApp({ args: [resolve(SAMPLE)] });
  await openTemplates(window);
  await window.keyboard.press("j");
  await window.keyboard.press("m");
  await expect(window.getByRole("button", { name: "1 muted" })).toBeVisible();
  await window.getByRole("button", { name: "Undo" }).click();
  await expect(window.getByRole("button", { name: /muted/ })).toHaveCount(0);
  await window.keyboard.press("m");
  await expect(window.getByRole("button", { name: "1 muted" })).toBeVisible();
  await window.keyboard.press("1");
  const note = window.getByText("1 template muted");
  await expect(note).toBeVisible();
  const [muted] = await ask(window, "templates.muted", undefined);
  const selection = { ...ALL, filter: `-template:${muted?.id}` };
  const { total } = await ask(window, "timeline.histogram", { selection, buckets: 1 });
  await expect(window.getByRole("group", { name: /^Timeline/ })).toHaveAccessibleName(
    `Timeline, ${total.toLocaleString("en-US")} records`,
  );
  await note.getByRole("button", { name: "Show" }).click();
  await expect(rows(window)).toHaveCount(1);
  await grid(window).focus();
  await window.keyboard.press("j");
  await window.getByRole("button", { name: "Show again" }).click();
  await expect(window.getByRole("button", { name: /muted/ })).toHaveText("0 muted");
  await close();
});

test("two templates become one by hand, and come apart again", async () => {
  const { window, close } = await launchApp({ args: [resolve(SAMPLE)] });
  await openTemplates(window);
  const before = await ask(window, "templates.list", { selection: ALL });
  await window.keyboard.press("j");
  await window.getByRole("button", { name: "Merge…" }).click();
  await grid(window).focus();
  await window.keyboard.press("j");
  await window.getByRole("button", { name: "Make them one" }).click();
  await expect
    .poll(async () => (await ask(window, "templates.list", { selection: ALL })).templates.length)
    .toBe(before.templates.length - 1);
  await window.getByRole("button", { name: "Take apart" }).click();
  await expect
    .poll(async () => (await ask(window, "templates.list", { selection: ALL })).templates.length)
    .toBe(before.templates.length);
  await close();
});

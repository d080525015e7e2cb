/** What the list of records shows: chosen columns outlive the window, and a narrow one leaves the message its room. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, test, type Page } from "@playwright/test";
import { launchApp, type LaunchedApp } from "./support/app.ts";
import { loaded, SAMPLE } from "./support/case.ts";

const profile = mkdtempSync(join(tmpdir(), "faultline-columns-"));
let opened: LaunchedApp;
let window: Page;

async function open(): Promise<void> {
  opened = await launchApp({ args: [resolve(SAMPLE)], userDataDir: profile });
  ({ window } = opened);
  await loaded(window);
}
const resize = (width: number, height: number): Promise<void> =>
  opened.app.evaluate(({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(...size), [
    width,
    height,
  ] as const);
const message = () => window.locator(".record-rows .row").first().locator(".cell-message");
const widthOf = async (part: string): Promise<number> =>
  (await window.locator(".row.head").locator(part).boundingBox())?.width ?? 0;

test.beforeAll(open);
test.afterAll(async () => {
  await opened.close();
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
});

test("a column is chosen in the menu, by keyboard too, and its width by its border", async () => {
  await resize(1_280, 800);
  await expect(window.locator(".row.head .cell-source")).toBeHidden();
  await window.getByRole("button", { name: "Columns and rows of the list" }).focus();
  await window.keyboard.press("Enter");
  await window.getByRole("menuitemcheckbox", { name: "Source" }).press("Enter");
  await expect(window.getByRole("menuitemcheckbox", { name: "Source" })).toBeChecked();
  await window.keyboard.press("Escape");
  await expect(window.locator(".record-rows .row .cell-source").first()).toBeVisible();
  const before = await widthOf(".cell-service");
  const border = window.getByRole("separator", { name: "Width of the column Service" });
  await border.focus();
  await window.keyboard.press("ArrowLeft");
  await expect.poll(() => widthOf(".cell-service")).toBe(before - 8);
  const box = await border.boundingBox();
  await window.mouse.move((box?.x ?? 0) + 4, (box?.y ?? 0) + 8);
  await window.mouse.down();
  await window.mouse.move((box?.x ?? 0) + 34, (box?.y ?? 0) + 8, { steps: 3 });
  await window.mouse.up();
  await expect.poll(() => widthOf(".cell-service")).toBe(before + 22);
});

test("columns are as they were when the window is opened again", async () => {
  const width = await widthOf(".cell-service");
  await opened.close();
  await open();
  await resize(1_280, 800);
  await expect(window.locator(".record-rows .row .cell-source").first()).toBeVisible();
  await expect.poll(() => widthOf(".cell-service")).toBe(width);
  await window.keyboard.press("ControlOrMeta+k");
  await window.keyboard.type("as wide as fit");
  await window.keyboard.press("Enter");
  await expect(window.locator(".row.head .cell-source")).toBeHidden();
});

test("a narrow window keeps the message readable, and its facets a click away", async () => {
  await resize(900, 700);
  await expect.poll(async () => (await message().boundingBox())?.width ?? 0).toBeGreaterThan(190);
  const facets = window.getByRole("region", { name: "Facets" });
  await expect(facets).toHaveCount(0);
  await window.getByRole("button", { name: "Show facets" }).click();
  await expect(facets.first()).toBeVisible();
  await window.keyboard.press("\\");
  await expect(facets).toHaveCount(0);
  await resize(1_280, 800);
  await expect(facets.first()).toBeVisible();
});

test("a detail that was hidden is a click away", async () => {
  await window.getByRole("button", { name: "Hide detail" }).click();
  await expect(window.getByRole("region", { name: "Detail" })).toHaveCount(0);
  await window.getByRole("button", { name: "Show detail" }).click();
  await expect(window.getByRole("region", { name: "Detail" })).toBeVisible();
});

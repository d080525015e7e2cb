/** Messages that are longer than their row: a hit beyond the edge is shown, and rows can be wrapped. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, type Page } from "@playwright/test";
import { launchApp, type LaunchedApp } from "./support/app.ts";
import { read } from "./support/case.ts";

const folder = mkdtempSync(join(tmpdir(), "faultline-long-"));
const ROWS = 400;
let opened: LaunchedApp;
let window: Page;

const line = (index: number): string =>
  JSON.stringify({
    timestamp: new Date(Date.UTC(2026, 5, 20, 14, 0, index)).toISOString(),
    level: "info",
    service: "checkout",
    order: `order-${index}-of-the-day`,
    message:
      index % 2 === 0
        ? `the ${index}th order was taken`
        : `IllegalStateException: no stock for the ${index}th order\n\tat com.shop.Inventory.reserve(Inventory.java:214)\n\tat com.shop.Checkout.pay(Checkout.java:88)\nCaused by: java.sql.SQLTimeoutException: ${"pool is exhausted ".repeat(8)}hit-${index}`,
  });

const rows = () => window.locator(".record-rows");
const row = (text: string) => rows().locator("[role=option]").filter({ hasText: text });
const heightOf = async (text: string): Promise<number> => (await row(text).first().boundingBox())?.height ?? 0;

test.beforeAll(async () => {
  const file = join(folder, "app.jsonl");
  writeFileSync(file, Array.from({ length: ROWS }, (_, index) => `${line(index)}\n`).join(""));
  opened = await launchApp({ args: [file], userDataDir: join(folder, "profile") });
  ({ window } = opened);
  await read(window);
});
test.afterAll(async () => {
  await opened.close();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

test("a hit beyond the edge of its row is in sight", async () => {
  const filter = window.getByRole("combobox", { name: "Filter of all views" });
  await filter.fill("hit-399");
  await filter.press("Enter");
  const mark = row("…").locator("mark");
  await expect(mark).toHaveText("hit-399");
  const edge = (await row("…").locator(".cell-message").boundingBox()) ?? { x: 0, width: 0 };
  const shown = (await mark.boundingBox()) ?? { x: 0, width: Infinity };
  expect(shown.x + shown.width).toBeLessThanOrEqual(edge.x + edge.width);
  await filter.fill("");
  await filter.press("Enter");
});

test("a hit in a field that no row shows is told with its field", async () => {
  const filter = window.getByRole("combobox", { name: "Filter of all views" });
  await filter.fill("order-122-of");
  await filter.press("Enter");
  await expect(row("the 122th order was taken")).toContainText(
    "order: order-122-of-the-day · the 122th order was taken",
  );
  await expect(row("the 122th order was taken").locator("mark")).toHaveText("order-122-of");
  await filter.fill("");
  await filter.press("Enter");
});

test("w wraps long messages, up to the last row and back, and stays so", async () => {
  await window
    .getByRole("tab", { name: "Timeline" })
    .or(window.getByRole("button", { name: "Timeline" }))
    .first()
    .click();
  await expect(window.getByRole("status").filter({ hasText: `${ROWS} records` })).toBeVisible();
  await rows().focus();
  await window.keyboard.press("Home");
  await expect(row("the 0th order was taken")).toBeVisible();
  const single = await heightOf("the 0th order was taken");
  expect(await heightOf("the 1th order")).toBe(single);
  await window.keyboard.press("w");
  await expect.poll(() => heightOf("the 1th order")).toBeGreaterThan(3 * single);
  expect(await heightOf("the 0th order was taken")).toBe(single);
  await window.keyboard.press("End");
  await expect(row(`${ROWS - 1}th order`).last()).toBeInViewport({ ratio: 0.99 });
  await window.keyboard.press("Home");
  await expect(row("the 0th order was taken")).toBeInViewport({ ratio: 0.99 });
  // No row covers another one.
  const boxes = await rows()
    .locator("[role=option]")
    .evaluateAll((found) =>
      found.map((one) => ({ top: one.getBoundingClientRect().top, bottom: one.getBoundingClientRect().bottom })),
    );
  const sorted = boxes.toSorted((a, b) => a.top - b.top);
  sorted.forEach(({ bottom }, place) => expect(bottom).toBeLessThanOrEqual((sorted[place + 1]?.top ?? Infinity) + 1));
  await window.reload();
  await expect.poll(() => heightOf("the 1th order")).toBeGreaterThan(3 * single);
  await window.getByRole("button", { name: "Columns and rows of the list" }).click();
  await window.getByRole("menuitemcheckbox", { name: /Wrap long messages/ }).click();
  await expect.poll(() => heightOf("the 1th order")).toBe(single);
});

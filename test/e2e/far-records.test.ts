/** A dump in which a few records bear 1970: the timeline shows the incident, and says where the others are. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, type Page } from "@playwright/test";
import { launchApp, type LaunchedApp } from "./support/app.ts";
import { loaded } from "./support/case.ts";

const folder = mkdtempSync(join(tmpdir(), "faultline-far-"));
let opened: LaunchedApp;
let window: Page;

const BEGIN = Date.UTC(2026, 5, 9, 12, 0, 0);
/** A controller whose clock is set only once it has reached its server. */
const line = (i: number): string => {
  const isUnset = i === 0 || i === 1_200 || i === 1_201;
  const time = new Date(isUnset ? i * 10 : BEGIN + i * 900);
  const level = i > 2_400 && i < 2_700 && i % 4 === 0 ? "error" : "info";
  const message = level === "error" ? `valve ${i % 7} did not answer within 5000 ms` : `pressure ${(i * 37) % 100} kPa`;
  return JSON.stringify({ time: time.toISOString(), level, service: `controller-${i % 3}`, message });
};

test.beforeAll(async () => {
  const file = join(folder, "controller.jsonl");
  writeFileSync(file, Array.from({ length: 4_000 }, (_, i) => `${line(i)}\n`).join(""));
  opened = await launchApp({ args: [file] });
  ({ window } = opened);
  await loaded(window);
});
test.afterAll(async () => {
  await opened.close();
  rmSync(folder, { recursive: true, force: true });
});

const range = () => window.getByRole("button", { name: "Range of time" });
const summary = () => window.getByRole("region", { name: "Records" }).first().getByRole("status").first();
const far = () => window.getByRole("button", { name: /^3 records far away 1970-01-01/u });

test("the timeline opens on the incident, the list holds all, and far records are one click away and back", async () => {
  await expect(range()).toContainText("20269 Jun, 12:00:00");
  await expect(summary()).toContainText("4,000 records");
  await far().click();
  await expect(range()).toContainText("19701 Jan, 00:00:00");
  await expect(summary()).toContainText("3 records");
  await expect(far()).toBeHidden();
  await window.getByRole("button", { name: /^Nearly all records 2026-06-09/u }).click();
  await expect(range()).toContainText("20269 Jun");
  await expect(summary()).toContainText("4,000 records");
});

test("all of the time is a key away", async () => {
  await window.keyboard.press("Shift+F");
  await expect(range()).toContainText(" – 2027-01-01");
  await expect(far()).toBeHidden();
  await window.keyboard.press("f");
  await expect(far()).toBeVisible();
});

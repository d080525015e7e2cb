/** The suspects of an incident, by keyboard: the likeliest with its evidence, and the onset on the timeline. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test, type Page } from "@playwright/test";
import { launchApp, type LaunchedApp } from "./support/app.ts";
import { loaded, SAMPLE } from "./support/case.ts";

let opened: LaunchedApp;
let window: Page;
const truth = JSON.parse(readFileSync(`${SAMPLE}.truth.json`, "utf8")) as {
  readonly cause: { readonly service: string; readonly object: { readonly sha: string } };
};

test.beforeAll(async () => {
  opened = await launchApp({ args: [resolve(SAMPLE)] });
  ({ window } = opened);
  await loaded(window);
});
test.afterAll(() => opened.close());
test.beforeEach(async () => {
  await window.keyboard.press("2");
});

const cards = () => window.getByRole("list", { name: "Suspects, likeliest first" }).locator("> li");

test("the true cause comes first, open, with its evidence", async () => {
  const first = cards().first();
  await expect(first).toContainText(truth.cause.object.sha.slice(0, 10));
  await expect(first).toContainText(truth.cause.service);
  await expect(first.getByRole("heading", { name: "For" })).toBeVisible();
  await expect(first).toContainText("Deployed on");
});

test("j and k go through the suspects", async () => {
  await expect(cards().first()).toHaveAttribute("aria-current", "true");
  await window.keyboard.press("j");
  await expect(cards().nth(1)).toHaveAttribute("aria-current", "true");
  await window.keyboard.press("k");
  await expect(cards().first()).toHaveAttribute("aria-current", "true");
});

test("a piece of evidence shows its record in the detail", async () => {
  await cards()
    .first()
    .getByRole("button", { name: /^Deployed on/u })
    .click();
  await expect(window.getByRole("region", { name: "Detail" })).toContainText(truth.cause.object.sha.slice(0, 7));
});

test("g leads to the timeline, at the change", async () => {
  await expect(cards().first()).toBeVisible();
  await window.keyboard.press("g");
  await expect(window.getByRole("listbox", { name: "Rows" }).getByRole("option", { selected: true })).toContainText(
    "deploy",
  );
});

test("a service leads to its records", async () => {
  await window.getByRole("region", { name: "Services" }).getByRole("button").first().click();
  await expect(window.getByRole("combobox", { name: "Filter of all views" })).toHaveValue(/service:/u);
  await window.getByRole("combobox", { name: "Filter of all views" }).fill("");
  await window.keyboard.press("Enter");
});

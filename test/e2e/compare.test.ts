/** What changed, who belongs to a record, and what sets a selection apart: by keyboard from the first screen. */
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

const differences = () => window.getByRole("grid", { name: "Differences, what differs most for certain first" });
const filterBox = () => window.getByRole("combobox", { name: "Filter of all views" });

async function setFilter(text: string): Promise<void> {
  await filterBox().fill(text);
  await filterBox().press("Enter");
  await filterBox().blur();
}

test("the view compares before and after the onset, and a row leads to its records", async () => {
  await window.keyboard.press("d");
  await expect(differences().getByRole("row").nth(1)).toBeVisible();
  await window.keyboard.press("j");
  await expect(differences().locator('[aria-selected="true"]')).toHaveAttribute("data-index", "0");
  await expect(window.getByRole("region", { name: "Evidence" })).toContainText(/in A, .+ in B/u);
  await window.keyboard.press("g");
  await expect(filterBox()).not.toHaveValue("");
  await expect(window.getByRole("listbox", { name: "Rows" }).getByRole("option").first()).toBeVisible();
});

test("a filter is explained against everything else", async () => {
  await window.keyboard.press("1");
  await window.keyboard.press("f");
  await setFilter("level>=error kind:log");
  await window.keyboard.press("e");
  await expect(window.getByRole("button", { name: "the rest" })).toHaveAttribute("aria-pressed", "true");
  await expect(differences().getByRole("row").nth(1)).toBeVisible();
});

test("what differs around the onset follows the filter, also one that nothing matches", async () => {
  await setFilter("nothing says these words");
  await window.getByRole("button", { name: "Before and after the onset" }).click();
  await expect(window.getByText("A holds no record: there is nothing to compare.")).toBeVisible();
  await expect(window.getByRole("button", { name: "Without filter" })).toBeVisible();
  await setFilter("");
  await expect(differences().getByRole("row").nth(1)).toBeVisible();
  await expect(window.getByRole("button", { name: "Without filter" })).toBeHidden();
});

test("a log line shows what belongs to it in other sources", async () => {
  await setFilter("kind:log has:trace");
  await window.keyboard.press("1");
  await window.getByRole("listbox", { name: "Rows" }).getByRole("option").nth(5).click();
  await expect(window.getByText("Same trace").last()).toBeVisible();
});

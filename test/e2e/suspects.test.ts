/** The suspects of an incident, by keyboard: the likeliest with its evidence, and the onset on the timeline. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
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

test("what people conclude of the suspects is kept in the case, can be taken back, and begins the report", async () => {
  const mark = (place: number) => cards().nth(place).locator(".suspect-facts");
  await expect(cards().first()).toHaveAttribute("aria-current", "true");
  await window.keyboard.press("c");
  await expect(mark(0)).toContainText("Cause");
  await window.keyboard.press("j");
  await window.keyboard.press("x");
  await expect(mark(1)).toContainText("Ruled out");
  await window.keyboard.press("ControlOrMeta+z");
  await expect(mark(1)).not.toContainText("Ruled out");
  await window.keyboard.press("x");
  await expect(mark(1)).toContainText("Ruled out");
  await window.keyboard.press("x");
  await expect(mark(1)).not.toContainText("Ruled out");
  await window.keyboard.press("k");
  await window.keyboard.press("w");
  const text = window.getByRole("textbox", { name: "Text" });
  await text.press("End");
  await text.press("ControlOrMeta+End");
  await text.pressSequentially("\nThe pool was cut from 40 to 4.");
  await window.keyboard.press("ControlOrMeta+Enter");
  await expect(cards().first()).toContainText("The pool was cut from 40 to 4.");
  await window.keyboard.press("n");
  await text.fill("Alert on the size of the pool");
  await window.getByRole("button", { name: "Follow-up" }).click();
  await window.keyboard.press("ControlOrMeta+Enter");
  await window.keyboard.press("7");
  await expect(window.getByRole("button", { name: /^Cause: / })).toBeVisible();
  await window.getByRole("button", { name: "Copy the report" }).click();
  await expect(window.getByText("The report was copied as Markdown.")).toBeVisible();
  const report = await opened.app.evaluate(({ clipboard }) => clipboard.readText());
  expect(report).toMatch(
    /## Cause\n\n\*\*.*: the cause, change[^]*The pool was cut from 40 to 4\.[^]*For: Deployed on .* \(.*:\d+\)/u,
  );
  expect(report).toContain("## Follow-ups\n\n- [ ] Alert on the size of the pool");
});

test("the menu of a row filters by what was clicked and pins the row to a suspect, with the mouse and without", async () => {
  await window.keyboard.press("1");
  await window.keyboard.press("}");
  const row = window.getByRole("listbox", { name: "Rows" }).getByRole("option", { selected: true });
  const service = row.locator(".cell-service");
  const name = await service.textContent();
  await service.click({ button: "right" });
  await window.getByRole("menuitem", { name: `Filter out service: ${name}` }).click();
  const filter = window.getByRole("combobox", { name: "Filter of all views" });
  await expect(filter).toHaveValue(`-service:${name}`);
  await window.keyboard.press("Backspace");
  await expect(filter).toHaveValue("");
  const list = window.getByRole("listbox", { name: "Rows" });
  await expect(service).toHaveText(name ?? "");
  await list.focus();
  await window.keyboard.press("Shift+F10");
  await expect(window.getByRole("menuitem", { name: `Filter for service: ${name}` })).toBeVisible();
  await window.keyboard.type("evidence against");
  await window.keyboard.press("ArrowRight");
  await expect(window.getByRole("menu", { name: "Evidence against…" })).toBeVisible();
  await window.keyboard.press("Enter");
  await expect(window.getByText(/^Pinned as evidence against /u)).toBeVisible();
  await expect(list).toBeFocused();
  await window.keyboard.press("2");
  const pinned = cards()
    .first()
    .getByRole("listitem")
    .filter({ has: window.getByLabel("pinned against it") });
  await expect(pinned).toContainText(name ?? "");
  await pinned.getByRole("button", { name: "Unpin" }).click();
  await expect(pinned).toHaveCount(0);
  await window.keyboard.press("ControlOrMeta+z");
  await expect(pinned).toHaveCount(1);
});

test("a range that was brushed is taken for the incident from where it was brushed, and given back", async () => {
  await window.keyboard.press("1");
  const chart = window.getByRole("group", { name: /^Timeline/u });
  const box = await chart.boundingBox();
  if (box === null) throw new Error("the chart is not on screen");
  await window.mouse.move(box.x + box.width * 0.6, box.y + 30);
  await window.mouse.down();
  await window.mouse.move(box.x + box.width * 0.8, box.y + 30, { steps: 4 });
  await window.mouse.up();
  const tools = window.getByRole("group", { name: "The selected range" });
  await expect(tools.getByRole("button")).toHaveCount(4);
  await window.keyboard.press("Shift+S");
  await expect(window.getByText("(given)")).toBeVisible();
  await window.getByRole("button", { name: "Find the incident from the data" }).click();
  await expect(window.getByText("(given)")).toHaveCount(0);
  await expect(cards().first()).toContainText(truth.cause.object.sha.slice(0, 10));
  await window.keyboard.press("Escape");
  await expect(tools).toHaveCount(0);
});

test("the incident is told at a glance before anything is selected, and leads to the evidence", async () => {
  const { window: fresh, close } = await launchApp({ args: [resolve(SAMPLE)] });
  await loaded(fresh);
  const glance = fresh.getByRole("region", { name: "The incident at a glance" });
  await expect(glance.getByRole("listitem").first()).toContainText("Change");
  await glance.getByRole("listitem").first().getByRole("button").click();
  const chosen = fresh.getByRole("list", { name: "Suspects, likeliest first" }).locator("> li[aria-current=true]");
  await expect(chosen).toContainText(truth.cause.object.sha.slice(0, 10));
  await fresh.keyboard.press("Backspace");
  await expect(glance).toBeVisible();
  await close();
});

test("a service whose name reverses text cannot make the verdict say something else, nor push it out of sight", async () => {
  const folder = mkdtempSync(join(tmpdir(), "faultline-names-"));
  const names = ["pay\u202etxt.exe", "s".repeat(300)];
  const lines = Array.from({ length: 1_200 }, (_, second) => {
    const level = second > 800 ? "error" : "info";
    const time = new Date(Date.UTC(2026, 5, 20, 10, 0, second)).toISOString();
    return JSON.stringify({ time, level, service: names[second % 2], msg: level === "info" ? "served" : "refused" });
  });
  writeFileSync(join(folder, "app.jsonl"), lines.join("\n"));
  const { window: hostile, close } = await launchApp({ args: [folder] });
  await loaded(hostile);
  await hostile.keyboard.press("2");
  const pane = hostile.getByRole("region", { name: "Suspects" }).last();
  await expect(pane).toContainText("pay‹U+202E›txt.exe");
  expect(await pane.textContent()).not.toContain("\u202e");
  expect(await pane.evaluate((element) => element.scrollWidth <= element.clientWidth)).toBe(true);
  await close();
  rmSync(folder, { recursive: true });
});

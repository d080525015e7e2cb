/** The first screen of an incident, by mouse and by keyboard alone. */
import { resolve } from "node:path";
import { expect, test, type Page } from "@playwright/test";
import { launchApp, type LaunchedApp } from "./support/app.ts";
import { ask, grouped, loaded, SAMPLE } from "./support/case.ts";

let opened: LaunchedApp;
let window: Page;

test.beforeAll(async () => {
  opened = await launchApp({ args: [resolve(SAMPLE)] });
  ({ window } = opened);
  await loaded(window);
});
test.afterAll(() => opened.close());

/** Every test starts from the whole incident, without a filter. */
test.beforeEach(async () => {
  await window.keyboard.press("Escape");
  await setFilter("");
  await window.keyboard.press("1");
  await window.keyboard.press("f");
});

const rows = () => window.getByRole("listbox", { name: "Rows" }).getByRole("option");
const filterBox = () => window.getByRole("combobox", { name: "Filter of all views" });
const range = () => window.getByRole("button", { name: "Range of time" });
const summary = () => window.getByRole("region", { name: "Records" }).first().getByRole("status").first();

async function setFilter(text: string): Promise<void> {
  await filterBox().fill(text);
  await filterBox().press("Enter");
  await filterBox().blur();
}

const countOf = async (filter: string): Promise<number> =>
  (await ask(window, "records.count", { selection: { filter, from: null, to: null, samples: false } })).records;

/** From the beginning: "615 records" also ends "5,615 records", which may still stand there. */
const counted = (records: number): RegExp => new RegExp(`^${grouped(records)} records?`, "u");

test("a filter narrows the list to what it says, and clearing it brings everything back", async () => {
  const errors = await countOf("level>=error");
  const all = await countOf("");
  expect(errors).toBeGreaterThan(0);
  expect(errors).toBeLessThan(all);
  await expect(summary()).toContainText(counted(all));
  await window.keyboard.press("/");
  await window.keyboard.type("level>=error");
  await window.keyboard.press("Enter");
  await expect(summary()).toContainText(counted(errors));
  await setFilter("");
  await expect(summary()).toContainText(counted(all));
});

test("a filter that cannot be read says where and what", async () => {
  await filterBox().fill("level>=");
  await filterBox().press("Enter");
  await expect(filterBox()).toHaveAttribute("aria-invalid", "true");
  await expect(window.getByRole("search").getByRole("status")).not.toBeEmpty();
  await filterBox().fill("level>=error");
  await expect(filterBox()).toHaveAttribute("aria-invalid", "false");
});

test("a facet narrows to a service by one click, and lets it go by another", async () => {
  const panel = window.getByRole("region", { name: "Facets" }).last();
  const inFacet = panel.getByRole("button", { name: /^cart-service/ }).first();
  await inFacet.click();
  await expect(filterBox()).toHaveValue(/service:cart-service/);
  await expect(summary()).toContainText(counted(await countOf("service:cart-service")));
  await inFacet.click();
  await expect(filterBox()).toHaveValue("");
});

test("a brush over the bars selects a range, f shows everything again", async () => {
  const chart = window.getByRole("group", { name: /^Timeline/ });
  const box = await chart.boundingBox();
  if (box === null) throw new Error("the chart has no place on screen");
  const whole = await range().textContent();
  const all = (await summary().textContent()) ?? "";
  await window.mouse.move(box.x + box.width * 0.7, box.y + 40);
  await window.mouse.down();
  await window.mouse.move(box.x + box.width * 0.85, box.y + 45, { steps: 5 });
  await window.mouse.up();
  await expect(summary()).not.toHaveText(all);
  await window.keyboard.press("z");
  await expect(range()).not.toHaveText(whole ?? "");
  await window.keyboard.press("f");
  await expect(range()).toHaveText(whole ?? "");
});

test("the wheel zooms at the pointer, and f shows everything again", async () => {
  const chart = window.getByRole("group", { name: /^Timeline/ });
  const whole = await range().textContent();
  await chart.hover({ position: { x: 600, y: 40 } });
  await window.mouse.wheel(0, -400);
  await expect(range()).not.toHaveText(whole ?? "");
  await window.keyboard.press("f");
  await expect(range()).toHaveText(whole ?? "");
});

/** A trace whose spans and log lines are both in the case: not every request was traced. */
async function tracedRequest(): Promise<string> {
  const page = { limit: 20, after: null };
  const everywhere = { from: null, to: null, service: null };
  const { items } = await ask(window, "traces.list", { ...everywhere, only: "failed", order: "errors", ...page });
  for (const { traceId } of items) {
    const { records } = await ask(window, "traces.records", { traceId, limit: 10 });
    if (records[0]?.span !== null && records[0] !== undefined) return traceId;
  }
  throw new Error("the sample has no trace with log lines");
}

test("a row shows every field and its own bytes, and leads to its trace and back to its context", async () => {
  const filter = `trace:${await tracedRequest()} kind:log`;
  await setFilter(filter);
  await expect(summary()).toContainText(counted(await countOf(filter)));
  await rows().first().click();
  const detail = window.getByRole("region", { name: "Detail" }).first();
  await expect(detail.getByRole("heading", { level: 2 })).not.toBeEmpty();
  await expect(detail).toContainText("Fields");
  // Related records come later, with a "Same trace" of their own that names the id.
  await expect(detail.getByRole("button", { name: /^Same trace .*other records?/u })).toBeVisible();
  await detail.getByRole("button", { name: "Same trace", exact: true }).click();
  // The waterfall, with the record on its span.
  await expect(window.getByRole("tree").getByRole("treeitem", { selected: true })).toBeVisible();
  await expect(window.getByRole("list", { name: "Records written in the span" })).toBeVisible();
  await window.keyboard.press("1");
  await rows().first().click();
  await detail.getByRole("button", { name: "Show in context" }).click();
  await expect(filterBox()).toHaveValue("");
  await expect(window.getByRole("option", { selected: true })).toBeVisible();
});

test("the keyboard alone walks the rows and the errors", async () => {
  const selected = () => window.getByRole("option", { selected: true });
  await expect(rows().first()).toBeVisible();
  await rows().first().click();
  await window.keyboard.press("Home");
  await expect(selected()).toHaveAttribute("aria-posinset", "1");
  await window.keyboard.press("j");
  await window.keyboard.press("j");
  await expect(selected()).toHaveAttribute("aria-posinset", "3");
  await window.keyboard.press("k");
  await expect(selected()).toHaveAttribute("aria-posinset", "2");
  await window.keyboard.press("}");
  await expect.poll(() => selected().getAttribute("data-level")).toMatch(/[56]/);
});

test("times are shown in the zone that the person chose", async () => {
  await rows().first().waitFor();
  const inUtc = (await rows().first().textContent()) ?? "";
  await window.getByRole("button", { name: /^Zone of all times/ }).click();
  await window.keyboard.type("Asia/Tokyo");
  await window.keyboard.press("Enter");
  await expect(window.getByRole("button", { name: /^Zone of all times/ })).toContainText("UTC+9");
  await expect(rows().first()).not.toHaveText(inUtc);
  await window.getByRole("button", { name: /^Zone of all times/ }).click();
  await window.keyboard.type("UTC");
  await window.keyboard.press("Enter");
  await expect(rows().first()).toHaveText(inUtc);
});

test("the palette reaches every view", async () => {
  for (const [words, role, name] of [
    ["Anomalies", "listbox", "Anomalies"],
    ["Traces", "region", "Traces"],
  ] as const) {
    await window.keyboard.press("Control+K");
    await window.getByRole("combobox", { name: /Command/ }).fill(words);
    await window.keyboard.press("Enter");
    await expect(window.getByRole(role, { name })).toBeVisible();
  }
});

test("an anomaly is charted against its baseline, and leads to the timeline", async () => {
  await window.keyboard.press("3");
  await expect(window.getByRole("listbox", { name: "Anomalies" }).getByRole("option").first()).toBeVisible();
  await expect(window.getByRole("img", { name: /baseline/i })).toBeVisible();
  await window.getByRole("button", { name: "Show on timeline" }).first().click();
  await expect(window.getByRole("group", { name: /^Timeline/ })).toBeVisible();
});

test("a trace opens as a waterfall of all its spans", async () => {
  await window.keyboard.press("4");
  const traces = window.getByRole("listbox", { name: "Traces" }).getByRole("option");
  await expect(traces.first()).toBeVisible();
  await traces.first().click();
  const tree = window.getByRole("tree");
  await expect(tree).toBeVisible();
  const { items } = await ask(window, "traces.list", {
    from: null,
    to: null,
    service: null,
    only: "all",
    order: "duration",
    limit: 1,
    after: null,
  });
  await expect(tree).toHaveAccessibleName(new RegExp(`${items[0]?.spanCount} rows`));
});

/** Traces: what one tells, what many tell together, and how two differ. */
import { resolve } from "node:path";
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

/** Every test starts from the list of all traces. */
test.beforeEach(async () => {
  await window.keyboard.press("4");
  await window.keyboard.press("Escape");
  await window.getByRole("button", { name: "Traces", exact: true }).last().click();
  await expect(list().getByRole("option").first()).toBeVisible();
});

const list = () => window.getByRole("listbox", { name: "Traces" });

test("an open trace tells what is odd about it, by keyboard too", async () => {
  await list().getByRole("option").first().click();
  const findings = window.getByRole("region", { name: "What is odd about this trace" }).getByRole("listitem");
  await expect(findings.first()).toBeVisible();
  await window.getByRole("tree").focus();
  await window.keyboard.press("]");
  await expect(findings.first().getByRole("button")).toHaveAttribute("aria-current", "true");
  await expect(window.getByRole("tree").getByRole("treeitem", { selected: true })).toBeVisible();
  const toggle = window.getByRole("button", { name: "Critical path" });
  await expect(toggle).toHaveAttribute("aria-pressed", "true");
  await window.keyboard.press("c");
  await expect(toggle).toHaveAttribute("aria-pressed", "false");
});

test("the list obeys the filter, says so, and leads out of what it leaves empty", async () => {
  const all = await list().getByRole("option").first().getAttribute("aria-setsize");
  const box = window.getByRole("combobox", { name: "Filter of all views" });
  await box.fill("kind:span level>=error");
  await expect(window.getByRole("status").filter({ hasText: "with a record of the filter" })).toBeVisible();
  await expect(list().getByRole("option").first()).not.toHaveAttribute("aria-setsize", all ?? "");
  const page = { from: null, to: null, service: null, only: "all", order: "duration", limit: 5, after: null } as const;
  const { total } = await ask(window, "traces.list", { ...page, filter: "kind:span level>=error" });
  await expect(list().getByRole("option").first()).toHaveAttribute("aria-setsize", String(total));
  await box.fill("service:nobody");
  await expect(window.getByRole("heading", { name: "No traces" })).toBeVisible();
  await window.getByRole("button", { name: "Clear the filter" }).last().click();
  await expect(list().getByRole("option").first()).toHaveAttribute("aria-setsize", all ?? "");
});

test("operations, services and windows of traces are told beside their list", async () => {
  await window.getByRole("button", { name: "Operations" }).click();
  const operations = window.getByRole("grid", { name: "Operations" });
  await expect(operations.getByRole("row").nth(1)).toContainText("%");
  const selection = { filter: "", from: null, to: null, samples: false };
  const { services, calls } = await ask(window, "traces.graph", { selection });
  await window.getByRole("button", { name: "Services" }).click();
  const nodes = window.getByRole("group", { name: /^Graph of/u }).getByRole("button");
  await expect(nodes).toHaveCount(services.length);
  await nodes.first().focus();
  await window.keyboard.press("ArrowRight");
  await expect(window.getByRole("grid", { name: "Calls between services" })).toBeVisible();
  await window.getByRole("button", { name: "List" }).click();
  await window.getByRole("button", { name: "All calls" }).click();
  await expect(window.getByRole("grid", { name: "Calls between services" })).toHaveAttribute(
    "aria-rowcount",
    String(calls.length + 1),
  );
  const tabs = window.getByRole("group", { name: "What is shown of the traces" });
  await tabs.getByRole("button", { name: "Compare" }).click();
  await expect(window.getByRole("grid", { name: "Operations in both windows" }).getByRole("row").nth(1)).toBeVisible();
});

test("two traces are compared by their paths", async () => {
  await list().focus();
  await window.keyboard.press("Home");
  await window.keyboard.press("x");
  await window.keyboard.press("j");
  await window.keyboard.press("x");
  await expect(window.getByRole("grid", { name: "Paths of both traces" }).getByRole("row").nth(1)).toBeVisible();
  // What does not fit in a line stands in a second one, above the table.
  const toolbar = window.locator(".compare-toolbar");
  expect(await toolbar.evaluate((element) => element.scrollHeight - element.clientHeight)).toBe(0);
});

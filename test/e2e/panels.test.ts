/** The panels around the timeline: what was read and how, what was lost, what people wrote down. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, test } from "@playwright/test";
import { launchApp } from "./support/app.ts";
import { ask, loaded, SAMPLE } from "./support/case.ts";

const sample = resolve(SAMPLE);

test("what was not recognised is read as plain text by one click, and the accounting still adds up", async () => {
  const { window, close } = await launchApp({ args: [sample] });
  await loaded(window);
  await window.keyboard.press("9");
  const row = window.getByRole("row").filter({ hasText: "tcp-rtt.hist" });
  await expect(row).toContainText("Not recognised");
  await row.getByRole("button", { name: "Read as plain text" }).click();
  await expect(row).toContainText("plain-text");
  const records = async (): Promise<number | undefined> =>
    (await ask(window, "sources.list", undefined)).find(({ path }) => path.endsWith("tcp-rtt.hist"))?.records;
  await expect.poll(records).toBeGreaterThan(0);
  await expect(window.getByText("Adds up in every source")).toBeVisible();
  await close();
});

test("a dump that no format fits is read as plain text from where it is missed", async () => {
  const folder = mkdtempSync(join(tmpdir(), "faultline-plain-"));
  writeFileSync(join(folder, "worker.out"), "starting worker\nretry 3\nuser logged in\n".repeat(200));
  const { window, close } = await launchApp({ args: [folder] });
  await window.getByRole("button", { name: "Read it as plain text" }).click();
  await expect(window.getByRole("status").filter({ hasText: "600 records" })).toBeVisible();
  await expect(window.getByText("No record of this case has a time.")).toBeVisible();
  await close();
  rmSync(folder, { recursive: true });
});

test("a dead letter shows its own bytes and leads to its source", async () => {
  const { window, close } = await launchApp({ args: [sample] });
  await loaded(window);
  const { items } = await ask(window, "deadLetters.list", { sourceId: null, reason: null, limit: 10, after: null });
  const [first] = items;
  if (first === undefined) throw new Error("the sample has no dead letters");
  await window.keyboard.press("8");
  await window.getByRole("grid", { name: "Dead letters" }).focus();
  await window.keyboard.press("Home");
  const detail = window.getByRole("region", { name: "Detail" });
  await expect(detail).toContainText(first.message);
  await expect(detail.getByRole("region", { name: "Raw bytes" })).toContainText(
    new TextDecoder().decode(first.raw).slice(0, 40),
  );
  await detail.getByRole("button", { name: first.path }).click();
  await expect(window.getByRole("grid", { name: "Sources" }).locator("[aria-selected=true]")).toBeVisible();
  await close();
});

test("a note is written with one key, stands on the timeline, and comes back when its deletion is undone", async () => {
  const { window, close } = await launchApp({ args: [sample] });
  await loaded(window);
  await window.keyboard.press("n");
  await window.keyboard.type("Pager went off");
  await window.getByLabel("Time", { exact: true }).fill("13:40:30");
  await window.keyboard.press("Control+Enter");
  const notes = async (): Promise<number> => {
    const lanes = await ask(window, "timeline.lanes", {
      selection: { filter: "", from: null, to: null, samples: false },
      limit: 10,
    });
    return lanes.find(({ lane }) => lane === "notes")?.total ?? 0;
  };
  await expect.poll(notes).toBe(1);
  await window.keyboard.press("7");
  await expect(window.getByRole("row").filter({ hasText: "Pager went off" })).toContainText("13:40:30");
  await window.getByRole("grid", { name: "Notes" }).focus();
  await window.keyboard.press("Home");
  await window.keyboard.press("Delete");
  await expect.poll(notes).toBe(0);
  await window.getByRole("button", { name: "Undo" }).click();
  await expect.poll(notes).toBe(1);
  await close();
});

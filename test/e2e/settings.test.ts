/** The settings in the window: without a case, by keyboard, with what the file says wrongly and what lies above it. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, type Page } from "@playwright/test";
import { launchApp } from "./support/app.ts";
import { loaded, SAMPLE } from "./support/case.ts";

const row = (window: Page, title: string) => window.getByRole("group", { name: title, exact: true });

test.describe("the settings", () => {
  let profile = "";
  test.beforeEach(() => {
    profile = mkdtempSync(join(tmpdir(), "faultline-settings-"));
  });
  test.afterEach(() => rmSync(profile, { recursive: true, force: true, maxRetries: 5 }));

  const file = (): string => join(profile, "settings.json");
  const saved = (): unknown => JSON.parse(readFileSync(file(), "utf8"));

  test("open by keyboard without a case, save what is valid at once and refuse the rest in place", async () => {
    const { window, close } = await launchApp({ userDataDir: profile });
    try {
      await expect(window.getByRole("button", { name: "Open files…" })).toBeVisible();
      await window.keyboard.press("Control+,");
      await expect(window.getByRole("textbox", { name: "Find a setting" })).toBeFocused();
      await window.keyboard.type("attempts");
      const attempts = row(window, "Attempts");
      await expect(attempts.getByText("default", { exact: true })).toBeVisible();
      const field = attempts.getByRole("textbox");
      await field.focus();
      await window.keyboard.press("Control+a");
      await window.keyboard.type("60");
      await expect(attempts.getByRole("alert")).toHaveText("It must be a whole number from 1 to 10.");
      await window.keyboard.press("Control+a");
      await window.keyboard.type("6");
      await expect(attempts.getByText("file", { exact: true })).toBeVisible();
      expect(saved()).toEqual({ retry: { maxAttempts: 6 } });
      await attempts.getByRole("button", { name: "Back to the default, 3" }).click();
      await expect(field).toHaveValue("3");
      expect(saved()).toEqual({});
      await window.getByRole("button", { name: "Leave the settings" }).click();
      await expect(window.getByRole("button", { name: "Open files…" })).toBeVisible();
    } finally {
      await close();
    }
  });

  test("say what is wrong in the file, and what lies above it", async () => {
    writeFileSync(file(), '{"retry": {"maxAttemps": 4, "baseMs": 70}, "detection": {"burstGapSeconds": -1}}');
    const args = ["--set=breaker.cooldownSeconds=10", SAMPLE];
    const { window, close } = await launchApp({ args, env: { RETRY_BASE_MS: "80" }, userDataDir: profile });
    try {
      await loaded(window);
      await window.keyboard.press("9");
      const problems = window.getByRole("alert");
      await expect(problems).toContainText('did you mean "retry.maxAttempts"?');
      await expect(problems).toContainText("detection.burstGapSeconds is -1");
      const base = row(window, "First retry delay");
      await expect(base.getByText("environment", { exact: true })).toBeVisible();
      await expect(base.getByRole("textbox")).toHaveValue("70");
      await expect(base).toContainText("80 ms counts, from RETRY_BASE_MS in the environment");
      await expect(row(window, "Breaker cooldown").getByText("command line", { exact: true })).toBeVisible();
      await base.getByRole("textbox").fill("90");
      await expect.poll(saved).toMatchObject({ retry: { maxAttemps: 4, baseMs: 90 } });
      await window.getByRole("textbox", { name: "Find a setting" }).press("Escape");
      await expect(window.locator(".rail-item[aria-current=page]")).toHaveText("Timeline");
    } finally {
      await close();
    }
  });
});

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
      await window.keyboard.press("Control+,");
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

  test("follow a file that is edited in another program, and keep what stood when it is broken", async () => {
    const { window, close } = await launchApp({ userDataDir: profile });
    try {
      await window.keyboard.press("Control+,");
      const field = row(window, "Attempts").getByRole("textbox");
      await expect(field).toHaveValue("3");
      writeFileSync(file(), '{"retry": {"maxAttempts": 7}}');
      await expect(field).toHaveValue("7");
      writeFileSync(file(), '{"retry": {"maxAttempts": 8}');
      const problems = window.locator(".settings-problems");
      await expect(problems).toContainText("is not JSON");
      await expect(problems).toContainText("the values that it had before stand");
      await expect(field).toHaveValue("7");
      writeFileSync(file(), '{"retry": {"maxAttempts": 8}}');
      await expect(field).toHaveValue("8");
      await expect(problems).toBeHidden();
    } finally {
      await close();
    }
  });

  test("sign in to a server by keyboard, say what is missing, and sign out", async () => {
    const { window, close } = await launchApp({ userDataDir: profile });
    try {
      await window.keyboard.press("Control+,");
      await window.getByRole("button", { name: "Sign in to a server" }).press("Enter");
      const form = window.getByRole("form", { name: "Sign in to a server" });
      await expect(form.getByRole("textbox", { name: "Server" })).toBeFocused();
      await window.keyboard.type("http://metrics.example:9090/graph");
      await expect(form).toContainText("whoever is on the way can read the token");
      await window.keyboard.press("Enter");
      await expect(form).toContainText("It is needed.");
      await form.getByRole("radio", { name: "Client credentials" }).check();
      await expect(form.getByRole("textbox", { name: "Token URL" })).toBeVisible();
      await form.getByRole("radio", { name: "Bearer token" }).check();
      await form.getByLabel("Token", { exact: true }).fill("not-a-real-token");
      await window.keyboard.press("Enter");
      await expect(form).toBeHidden();
      const signIns = window.getByRole("region", { name: "Sign-in" });
      await expect(signIns).toContainText("prometheus:http://metrics.example:9090");
      await expect(signIns.getByText("signed in", { exact: true })).toBeVisible();
      await signIns.getByRole("button", { name: "Sign out" }).press("Enter");
      await expect(signIns).toContainText("Nobody is signed in");
    } finally {
      await close();
    }
  });
});

/** How connectors do, and what a person decides over them, in the real window. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { resolve } from "node:path";
import { expect, test } from "@playwright/test";
import { launchApp } from "./support/app.ts";
import { ask, loaded, read, SAMPLE } from "./support/case.ts";

const sample = resolve(SAMPLE);

test("the view shows the calls that reading the case took, and finds one target of them", async () => {
  const { window, close } = await launchApp({ args: [sample] });
  await loaded(window);
  await window.keyboard.press("0");
  const grid = window.getByRole("grid", { name: "Connectors" });
  const connector = grid.getByRole("row").filter({ hasText: /^File/u });
  await expect(connector).toContainText("Healthy");
  const file = (await ask(window, "connectors.list", undefined)).find((one) => one.connector === "file");
  expect(file?.lastHour.calls).toBeGreaterThan(20);
  await expect(connector.locator("[data-column=calls]")).toHaveText(String(file?.lastHour.calls));
  await window.getByLabel("Find a target").fill("junit.xml");
  const target = grid.getByRole("row").filter({ hasText: "junit.xml" });
  await expect(target).toContainText("Healthy");
  await target.click();
  const detail = window.getByRole("region", { name: "Connector", exact: true });
  await expect(detail.getByRole("heading", { level: 2 })).toContainText("junit.xml");
  await expect(detail.getByRole("row", { name: "1 h" })).toContainText("0 %");
  await close();
});

test("a target is held open, which the status bar tells, and reset; both are on record", async () => {
  const { window, close } = await launchApp({ args: [sample] });
  await loaded(window);
  const status = window.getByRole("button", { name: /^Connectors (healthy|degraded|critical)/u });
  await expect(status).toHaveText("Connectors healthy");
  await status.click();
  await window.getByLabel("Find a target").fill("junit.xml");
  const target = window.getByRole("row").filter({ hasText: "junit.xml" });
  await target.click();
  const detail = window.getByRole("region", { name: "Connector", exact: true });
  await detail.getByRole("button", { name: "Hold open" }).click();
  await expect(target).toContainText("Held open");
  await expect(status).toHaveText(/^Connectors (degraded|critical), 1 open$/u);
  await detail.getByRole("button", { name: "Reset" }).click();
  await expect(target).toContainText("Healthy");
  await expect(status).toHaveText("Connectors healthy");
  await expect(detail.getByRole("listitem").filter({ hasText: "Held open by" })).toBeVisible();
  await expect(detail.getByRole("listitem").filter({ hasText: "Reset by" })).toBeVisible();
  await close();
});

test("a Prometheus server is added from the first screen, and its samples become a case", async () => {
  const now = Date.now() / 1_000;
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://localhost");
    asked.push(url.pathname);
    const values = Array.from({ length: 20 }, (_, index) => [now - 300 + index * 15, String(index)]);
    const result = [{ metric: { __name__: "queue_depth", job: "worker" }, values }];
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ status: "success", data: { resultType: "matrix", result } }));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { window, close } = await launchApp();
  await window.getByRole("button", { name: "Read metrics of a Prometheus server…" }).click();
  const form = window.getByRole("form", { name: "Add Prometheus" });
  await window.keyboard.press("Enter");
  await expect(form.getByText("Write its address")).toBeVisible();
  await form.getByLabel("Address").fill(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  await form.getByLabel("Queries").fill("queue_depth");
  await form.getByRole("button", { name: "Begin a case" }).click();
  await expect
    .poll(async () => (await ask(window, "case.info", undefined))?.samples ?? 0, { timeout: 20_000 })
    .toBeGreaterThan(0);
  expect(asked).toContain("/api/v1/query_range");
  await window.keyboard.press("0");
  await expect(window.getByRole("row").filter({ hasText: "127.0.0.1" })).toContainText("Healthy");
  await close();
  server.close();
});

test("a server that wants to know who asks is signed in to from its row, and then read", async () => {
  const now = Date.now() / 1_000;
  const shown: (string | undefined)[] = [];
  const server = createServer(({ headers }, response) => {
    shown.push(headers.authorization);
    response.setHeader("content-type", "application/json");
    if (headers.authorization !== "Bearer let-me-in") {
      response.writeHead(401).end('{"status":"error"}');
      return;
    }
    const values = Array.from({ length: 20 }, (_, index) => [now - 300 + index * 15, String(index)]);
    const result = [{ metric: { __name__: "queue_depth" }, values }];
    response.end(JSON.stringify({ status: "success", data: { resultType: "matrix", result } }));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const path = `prometheus:${origin}/?query=queue_depth&start=-10m&end=now&step=15s`;
  const { window, close } = await launchApp();
  try {
    await ask(window, "case.create", { paths: [path] });
    await read(window);
    await window.keyboard.press("0");
    await window.getByRole("row").filter({ hasText: origin }).click();
    const detail = window.getByRole("region", { name: "Connector", exact: true });
    await expect(detail).toContainText("sign in to it");
    await detail.getByRole("button", { name: "Sign in" }).press("Enter");
    const form = window.getByRole("form", { name: "Sign in to a server" });
    await expect(form.getByRole("textbox", { name: "Server" })).toBeFocused();
    await expect(form.getByRole("textbox", { name: "Server" })).toHaveValue(origin);
    await form.getByLabel("Token", { exact: true }).fill("let-me-in");
    await window.keyboard.press("Enter");
    await expect(window.getByRole("region", { name: "Sign-in" })).toContainText(`prometheus:${origin}`);
    await ask(window, "case.add", { paths: [path] });
    await expect
      .poll(async () => (await ask(window, "case.info", undefined))?.samples ?? 0, { timeout: 20_000 })
      .toBeGreaterThan(0);
    expect(shown).toEqual([undefined, "Bearer let-me-in"]);
  } finally {
    await close();
    server.close();
  }
});

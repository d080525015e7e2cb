/** What the tests ask the engine through the window's own bridge, and how long they wait for it. */
import { expect, type Page } from "@playwright/test";
import type { CallInput, CallName, CallOutput } from "../../../src/shared/contract.ts";
import type { Result } from "../../../src/shared/failure.ts";

export const SAMPLE = "resources/sample-incident";

export async function ask<N extends CallName>(window: Page, name: N, input: CallInput<N>): Promise<CallOutput<N>> {
  const answer = (await window.evaluate(([call, value]) => globalThis.window.faultline.call(call, value), [
    name,
    input,
  ] as const)) as Result<CallOutput<N>>;
  if (!answer.ok) throw new Error(`${name}: ${answer.failure.message}`);
  return answer.value;
}

/** Resolves once everything is read, the detectors are done and the window shows the case. */
export async function read(window: Page): Promise<CallOutput<"case.info"> & object> {
  await expect
    .poll(
      async () => {
        const info = await ask(window, "case.info", undefined);
        return info !== null && info.sources > 0 && info.reading === 0 && !info.analysing;
      },
      { timeout: 45_000 },
    )
    .toBe(true);
  // The engine knows of a case before the window does; its keys do nothing until then.
  await expect(window.getByRole("contentinfo")).toContainText(/\d sources?/u);
  const info = await ask(window, "case.info", undefined);
  if (info === null) throw new Error("the case was closed");
  return info;
}

/** The same, and something was found in it. */
export async function loaded(window: Page): Promise<CallOutput<"case.info"> & object> {
  await expect
    .poll(async () => (await ask(window, "case.info", undefined))?.events ?? 0, { timeout: 45_000 })
    .toBeGreaterThan(0);
  return await read(window);
}

export const grouped = (value: number): string => value.toLocaleString("en-US");

/** Drops files as a file manager does: with their paths, which a page cannot make up. */
import type { Page } from "@playwright/test";

export async function dropPaths(window: Page, files: readonly string[]): Promise<void> {
  const session = await window.context().newCDPSession(window);
  const { innerWidth, innerHeight } = await window.evaluate(() => ({
    innerWidth: globalThis.innerWidth,
    innerHeight: globalThis.innerHeight,
  }));
  const data = { items: [], files: [...files], dragOperationsMask: 1 };
  const place = { x: innerWidth / 2, y: innerHeight / 2, data };
  for (const type of ["dragEnter", "dragOver", "drop"] as const) {
    await session.send("Input.dispatchDragEvent", { type, ...place });
  }
  await session.detach();
}
